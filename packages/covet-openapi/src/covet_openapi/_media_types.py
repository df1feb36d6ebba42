"""Media types: which are JSON, and what a schema says of a body that is not."""

from ._json import JsonObject

JSON = "application/json"
OCTETS = "application/octet-stream"
JSON_LINES = "application/jsonl"

STREAMS_OF_JSON = frozenset(
    {JSON_LINES, "application/json-seq", "application/x-ndjson", "text/event-stream"}
)
"""Media types whose bodies are one JSON value after another."""


def is_json(media_type: str) -> bool:
    """Return whether bodies of *media_type* are JSON, also by its suffix (RFC 6839 §3.1)."""
    plain = essence(media_type)
    return plain == JSON or plain.endswith("+json")


def essence(media_type: str) -> str:
    """Return type and subtype, without parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def opaque_schema(media_type: str) -> JsonObject:
    """Return the schema of a body or part that is not taken apart: text, or bytes.

    ``contentMediaType`` is what OpenAPI 3.1 means by bytes; ``format`` is what client generators
    and Swagger UI look for.

    Source: OpenAPI 3.1.0 §4.8.14.2, https://spec.openapis.org/oas/v3.1.0#considerations-for-file-uploads
    """
    if media_type.startswith("text/") or essence(media_type) in STREAMS_OF_JSON:
        return {"type": "string"}
    content = OCTETS if media_type == "*/*" else media_type
    return {"type": "string", "format": "binary", "contentMediaType": content}
