"""What an application may answer, by the OpenAPI document that it serves itself."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import httpx2
from jsonschema import Draft202012Validator, FormatChecker

PROBLEM_MEDIA_TYPE = "application/problem+json"
PROBLEM = {  # spec.md A4: RFC 9457 with this project's members
    "type": "object",
    "required": [
        "type", "title", "status", "instance",
        "error", "status_code", "details", "timestamp", "request_id",
    ],
    "properties": {
        "type": {"type": "string", "pattern": "^urn:covet:[a-z0-9-]+$"},
        "title": {"type": "string", "minLength": 1},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "minLength": 1},
        "instance": {"type": "string", "pattern": "^/"},
        "error": {"type": "string", "minLength": 1},
        "status_code": {"type": "integer"},
        "details": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "location", "message", "code"],
                "properties": {
                    "field": {"type": "string"},
                    "location": {"enum": ["body", "query", "path", "header", "cookie", "form"]},
                    "message": {"type": "string", "minLength": 1},
                    "code": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"},
                },
                "additionalProperties": False,
            },
        },
        "timestamp": {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$"},
        "request_id": {"type": "string", "minLength": 1},
        "retry_after": {"type": "integer", "minimum": 0},
    },
    "additionalProperties": False,
}  # fmt: skip
_PROBLEM = Draft202012Validator(PROBLEM)


def problem_of(response: httpx2.Response, status: int) -> dict[str, Any]:
    """Return the one body of errors, checked against its one schema."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM_MEDIA_TYPE
    body: dict[str, Any] = response.json()
    assert [error.message for error in _PROBLEM.iter_errors(body)] == []
    assert body["status"] == body["status_code"] == status
    assert body["title"] == body["error"]
    assert body["instance"] == response.request.url.raw_path.decode()
    assert body["request_id"] == response.headers["x-request-id"]
    return body


def details_of(response: httpx2.Response, status: int = 422) -> list[tuple[str, str, str]]:
    """Return location, field and code of each fault that a problem lists."""
    details = problem_of(response, status)["details"]
    return [(one["location"], one["field"], one["code"]) for one in details]


@dataclass(frozen=True, slots=True)
class _Operation:
    pattern: re.Pattern[str]
    method: str
    responses: Mapping[str, Any]


class Contract:
    """The answers that a document promises; `breaches` says what a response did not keep."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._validators: dict[str, Draft202012Validator] = {}
        self._operations = [
            _Operation(_pattern(path), method.upper(), operation["responses"])
            for path, item in sorted(document["paths"].items(), key=lambda entry: "{" in entry[0])
            for method, operation in item.items()
        ]

    def breaches(self, response: httpx2.Response) -> list[str]:
        """Return what *response* breaks of the contract.

        A redirect to the same operation's path is no answer yet, and a path that is no operation
        can promise nothing; neither is judged. Nor is a refusal by OAuth 2.0's own rules, which
        has its own body (RFC 6749 §5.2) and is tested where it is given.
        """
        method, path = response.request.method, response.request.url.path
        responses = self._responses_of(method, path)
        if responses is None or response.status_code == 308:
            return []
        answer = f"{method} {path} answers {response.status_code}"
        documented = responses.get(str(response.status_code))
        if documented is None:
            return [f"{answer}, which is not documented: {', '.join(responses)}."]
        content = documented.get("content", {})
        if not content:
            return [f"{answer} with a body."] if response.content else []
        media_type = response.headers.get("content-type", "").partition(";")[0]
        media = next((content[one] for one in content if fnmatchcase(media_type, one)), None)
        if media is None:
            return [f"{answer} as {media_type!r}, which is not documented: {', '.join(content)}."]
        if not media_type.endswith("json"):
            return []
        faults = self._validator(media.get("schema", {})).iter_errors(response.json())
        return [f"{answer}: {fault.json_path} {fault.message}" for fault in faults]

    def _validator(self, schema: Mapping[str, Any]) -> Draft202012Validator:
        """Return what checks bodies against *schema*; one for all that are written alike."""
        written = json.dumps(schema)
        if written not in self._validators:
            self._validators[written] = Draft202012Validator(
                {"components": self._document["components"], **schema},
                format_checker=FormatChecker(),
            )
        return self._validators[written]

    def _responses_of(self, method: str, path: str) -> Mapping[str, Any] | None:
        for operation in self._operations:
            if operation.method == method and operation.pattern.fullmatch(path):
                return operation.responses
        return None


def _pattern(template: str) -> re.Pattern[str]:
    literal_and_names = re.split(r"\{[^}]*\}", template)
    return re.compile("[^/]+".join(map(re.escape, literal_and_names)))
