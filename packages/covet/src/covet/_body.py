"""Read a request's body, bounded while it streams."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from covet._context import RequestContext
from covet.errors import BadRequest, ClientDisconnected
from covet_security import BodyTooLargeError, parse_content_length

_MULTIPART = b"multipart/form-data"
_MAX_PARTS = 1000  # fields and files, each counted while parsing


def is_multipart(context: RequestContext) -> bool:
    """Tell whether the body says that it is a multipart form (RFC 7578)."""
    return any(
        name == b"content-type" and value[: len(_MULTIPART)].lower() == _MULTIPART
        for name, value in context.scope["headers"]
    )


async def read_body(context: RequestContext, max_bytes: int) -> bytes:
    """Return the whole body, at most *max_bytes* of it.

    Raises:
        ContentLengthError: its Content-Length is no length.
        BodyTooLargeError: it is longer, by its Content-Length or by the bytes that came.
        ClientDisconnected: the client went away before the end.
    """
    for name, value in context.scope["headers"]:
        if name == b"content-length" and not (value.isdigit() and int(value) <= max_bytes):
            _refuse_announced(context, max_bytes)
    receive = context.receive
    message = await receive()
    body: bytes = message.get("body", b"")
    size = len(body)
    if size > max_bytes:
        raise BodyTooLargeError(max_bytes, size)
    if message.get("more_body", False):
        chunks = [body]
        while message.get("more_body", False):
            message = await receive()
            chunk: bytes = message.get("body", b"")
            size += len(chunk)
            if size > max_bytes:
                raise BodyTooLargeError(max_bytes, size)
            chunks.append(chunk)
        body = b"".join(chunks)
    if message["type"] == "http.disconnect":
        raise ClientDisconnected
    return body


async def read_multipart(
    context: RequestContext, max_bytes: int, whole: Collection[str] = ()
) -> dict[str, object]:
    """Return the parts of a multipart body by name: a text, an `UploadFile`, or a list of them.

    Files named in *whole* come as their bytes. Files above 1 MiB go to disk while they arrive;
    all are closed when the request ends.

    Raises:
        BodyTooLargeError: the body is longer than *max_bytes*.
        BadRequest: it is no well-formed multipart body, or has too many parts.
        ClientDisconnected: the client went away before the end.
    """
    _refuse_announced(context, max_bytes)
    parser = MultiPartParser(
        Headers(scope=context.scope),
        _stream(context, max_bytes),
        max_files=_MAX_PARTS,
        max_fields=_MAX_PARTS,
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError) as error:  # a missing boundary is a KeyError
        reason: str = getattr(error, "message", "its Content-Type names no boundary")
        raise BadRequest(f"The multipart body cannot be read: {reason.rstrip('.')}.") from error

    async def close_files(_: BaseException | None) -> None:
        await form.close()

    context.on_close(close_files)
    parts: dict[str, object] = {}
    for name in form:
        values: list[UploadFile | str | bytes] = [*form.getlist(name)]
        if name in whole:
            values = [await _content(value) for value in values]
        parts[name] = values[0] if len(values) == 1 else values
    return parts


async def _content(value: UploadFile | str | bytes) -> str | bytes:
    return await value.read() if isinstance(value, UploadFile) else value


async def _stream(context: RequestContext, max_bytes: int) -> AsyncGenerator[bytes, None]:
    size = 0
    more = True
    while more:
        message = await context.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnected
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > max_bytes:
            raise BodyTooLargeError(max_bytes, size)
        yield chunk
        more = message.get("more_body", False)


def _refuse_announced(context: RequestContext, max_bytes: int) -> None:
    """Refuse a body by its Content-Length, before any of it is read."""
    announced = parse_content_length(context.scope["headers"])
    if announced is not None and announced > max_bytes:
        raise BodyTooLargeError(max_bytes, announced)
