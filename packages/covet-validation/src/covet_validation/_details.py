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
MAX_ERRORS = 500

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
    texts = JSONTexts()
    last_read = list(data)[-1]
    for error in errors:
        source, *path = error["loc"] or (last_read,)
        location = _LOCATIONS[str(source).partition(":")[0]]
        steps = field_path(path, data.get(str(source)), error["type"], texts)
        if names and steps:
            steps[0] = names.get((location, steps[0]), steps[0])
        code, message = code_and_message(error["type"], error.get("ctx", {}), error["msg"])
        if not steps and code == "MISSING" and location == "body":
            message = "A request body is required."
        field = ".".join(steps)[:LONGEST_FIELD]
        found[ErrorDetail(field=field, location=location, message=message, code=code)] = None
    return list(found)


class JSONTexts:
    """The values of JSON texts, each read once: an error more must not cost a reading more."""

    def __init__(self) -> None:
        self._values: dict[int, tuple[str | bytes, Any]] = {}  # the text keeps its id taken

    def value(self, text: str | bytes) -> Any:
        """Return what *text* says, or *text* itself where it is no JSON."""
        known = self._values.get(id(text))
        if known is None:
            try:
                known = (text, from_json(text))
            except ValueError:
                known = (text, text)
            self._values[id(text)] = known
        return known[1]


def field_path(path: Sequence[int | str], value: Any, kind: str, texts: JSONTexts) -> list[str]:
    """Return the steps of *path* that lead into *value*; the last one may be what is missing."""
    steps: list[str] = []
    last = len(path) - 1
    for index, step in enumerate(path):
        if isinstance(value, str | bytes):
            value = texts.value(value)
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
    attributes = getattr(value, "__dict__", None)  # read from there, nothing is loaded or computed
    if is_mapping(attributes) and step in attributes:
        return True, attributes[step]
    return False, value


def pydantic_errors(error: ValidationError) -> list[PydanticError]:
    """Return the single errors of *error* without what the client sent.

    Of a great many, which only an attack has, one remains: to list them costs more than to find
    them.
    """
    if error.error_count() <= MAX_ERRORS:
        return error.errors(include_url=False, include_input=False)
    return [PydanticError(type="too_many_errors", loc=(), msg="", input=None)]


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
