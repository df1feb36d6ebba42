"""Pydantic's validation errors as the details of an error response."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails as PydanticError
from pydantic_core import from_json

from covet_validation._containers import is_mapping, is_sequence
from covet_validation._errors import MalformedJSONError
from covet_validation._messages import code_and_message
from covet_validation.models import ErrorDetail, InputLocation

LONGEST_FIELD = 200

_POSITION = re.compile(r"^(?P<reason>.*) at line (?P<line>\d+) column (?P<column>\d+)$", re.DOTALL)
_KEY_KINDS = frozenset({"missing", "missing_argument", "missing_keyword_only_argument"})
_LOCATIONS: Mapping[str, InputLocation] = {
    "path": "path",
    "query": "query",
    "header": "header",
    "cookie": "cookie",
    "body": "body",
    "form": "form",
    "file": "form",
}


def details_of(
    errors: Iterable[PydanticError],
    data: Mapping[str, Any],
    names: Mapping[tuple[str, str], str] | None = None,
) -> list[ErrorDetail]:
    """Return one detail for each broken rule, in the order of *errors*, without repetitions.

    *data* is what was validated, by source: the path of an error is followed along it, so that
    what Pydantic adds to a path (the members of a union, the names of functions) is left out.
    *names* tells how the request calls a field where Pydantic calls it otherwise.
    """
    found: dict[ErrorDetail, None] = {}
    for error in errors:
        source, *path = error["loc"] or ("body",)
        location = _LOCATIONS[str(source).partition(":")[0]]
        steps = field_path(path, data.get(str(source)), error["type"])
        if names and steps:
            steps[0] = names.get((location, steps[0]), steps[0])
        code, message = code_and_message(error["type"], error.get("ctx", {}), error["msg"])
        if not steps and code == "MISSING" and location == "body":
            message = "A request body is required."
        field = ".".join(steps)[:LONGEST_FIELD]
        found[ErrorDetail(field=field, location=location, message=message, code=code)] = None
    return list(found)


def field_path(path: Sequence[int | str], value: Any, kind: str) -> list[str]:
    """Return the steps of *path* that lead into *value*; the last one may be what is missing."""
    steps: list[str] = []
    last = len(path) - 1
    for index, step in enumerate(path):
        value = _document(value)
        is_there, value = _follow(value, step)
        if is_there or (index == last and kind in _KEY_KINDS):
            steps.append(str(step))
    return steps


def _follow(value: Any, step: int | str) -> tuple[bool, Any]:
    """Return whether *step* leads into *value*, and where to; else *value*."""
    if is_mapping(value) and step in value:
        return True, value[step]
    if is_sequence(value) and isinstance(step, int) and 0 <= step < len(value):
        return True, value[step]
    return False, value


def _document(value: Any) -> Any:
    """Return *value*, or where it is a JSON text, what that says."""
    if not isinstance(value, str | bytes):
        return value
    try:
        return from_json(value)
    except ValueError:
        return value


def pydantic_errors(error: ValidationError) -> list[PydanticError]:
    """Return the single errors of *error* without what the client sent."""
    return error.errors(include_url=False, include_input=False)


def malformed_json(parser_message: str, others: Iterable[ErrorDetail] = ()) -> MalformedJSONError:
    """Return the error of a body that is no JSON, from what the JSON parser says of it."""
    found = _POSITION.match(parser_message)
    line, column = (int(found["line"]), int(found["column"])) if found else (1, 1)
    detail = ErrorDetail(
        field="",
        location="body",
        message=f"The body is not valid JSON: {parser_message}.",
        code="JSON_INVALID",
    )
    return MalformedJSONError([detail, *others], line=line, column=column)
