"""One call from the raw pieces of a request to a handler's keyword arguments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails as PydanticError
from pydantic_core import from_json

from covet_validation._details import LONGEST_FIELD, details_of, malformed_json, pydantic_errors
from covet_validation._errors import UnsupportedMediaTypeError, ValidationException
from covet_validation._frugal import SMALL_BODY_BYTES
from covet_validation._headers import read_cookies, read_headers
from covet_validation._inputs import RequestInput
from covet_validation._media_type import matches, media_type
from covet_validation._plan import BodyFormat, plan_inputs
from covet_validation._query import (
    MAX_FIELDS,
    FieldEncodingError,
    TooManyFieldsError,
    parse_fields,
)
from covet_validation._signature import read_inputs
from covet_validation.models import ErrorDetail, InputLocation

RawHeaders: TypeAlias = Sequence[tuple[bytes, bytes]]

_JSON_HEADER = (b"content-type", b"application/json")
_N, _I = b"NI"  # how NaN and Infinity start: one byte is found ten times faster than a word


class RequestValidator:
    """Reads a handler's inputs from requests, all in one pass of one compiled validator.

    Attributes:
        inputs: What is read, in the order of the handler's parameters, then those of *more*.
        body_format: How the body is read: ``json``, ``form`` (URL-encoded or multipart),
            ``multipart``, ``bytes``; None if it never is.
        media_types: What the body's media type may be, as ``type/subtype``; ``*`` is a wildcard.
        body_required: Whether a request without a body is refused.
        reads_path, reads_query, reads_headers, reads_cookies: What else is read.
    """

    def __init__(
        self,
        handler: Callable[..., Any],
        *,
        path_params: Collection[str] = (),
        methods: Collection[str] = ("GET",),
        injected: Collection[str] = (),
        request_model: Any = None,
        hints: Mapping[str, Any] | None = None,
        more: Iterable[RequestInput] = (),
    ) -> None:
        """Compile the inputs of *handler*, and *more* of other callables.

        The parameters are those of `read_inputs`; *more* are inputs with keys of their own,
        which are validated in the same pass.

        Raises:
            SignatureError: with everything that cannot be served, each with its place.
        """
        inputs = read_inputs(
            handler,
            path_params=path_params,
            methods=methods,
            injected=injected,
            request_model=request_model,
            hints=hints,
        )
        self._compile((*inputs, *more))

    @classmethod
    def from_inputs(cls, inputs: Iterable[RequestInput]) -> RequestValidator:
        """Return the validator of *inputs* that were read already.

        Raises:
            SignatureError: with every input that contradicts another one.
        """
        validator = cls.__new__(cls)
        validator._compile(tuple(inputs))
        return validator

    def _compile(self, inputs: tuple[RequestInput, ...]) -> None:
        plan = plan_inputs(inputs)
        self._plan = plan
        self.inputs: tuple[RequestInput, ...] = inputs
        self.body_format: BodyFormat | None = plan.body_format
        self.media_types: tuple[str, ...] = plan.media_types
        self.body_required: bool = plan.body_required
        self.reads_path: bool = "path" in plan.reads
        self.reads_query: bool = "query" in plan.reads
        self.reads_headers: bool = "header" in plan.reads
        self.reads_cookies: bool = "cookie" in plan.reads
        self._run = plan.validator.validate_python
        self._frugal = plan.frugal
        self._query_lists = plan.lists["query"]
        self._is_shaped = bool(plan.spelled or plan.views)
        takes_plain_json = plan.json_only is not None and not plan.spreads
        self._run_json = (
            plan.json_only.validate_json if plan.json_only and takes_plain_json else None
        )
        self._json_key = plan.json_input.key if plan.json_input is not None else ""
        self._usual_header = (
            _JSON_HEADER if "application/json" in plan.media_types else None
        )  # found by one comparison in C, where reading the header takes microseconds

    def validate(
        self,
        path_params: Mapping[str, object],
        query_string: bytes,
        headers: RawHeaders,
        body: bytes | Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        """Return the keyword arguments, by `RequestInput.key`; absent ones have their defaults.

        *path_params* are as the router gives them, *query_string* and *headers* as ASGI does.
        *body* is the whole body; a multipart one comes parsed, as the value or upload of each
        field, or a list of them.

        Raises:
            ValidationException: with every broken rule of every location.
            MalformedJSONError: the body is not JSON.
            UnsupportedMediaTypeError: the body is none of `media_types`.
        """
        if (
            self._run_json is not None
            and body
            and isinstance(body, bytes)
            and (len(body) <= SMALL_BODY_BYTES or not self._frugal.is_needed(body))
        ):
            if self._usual_header not in headers:
                self._check_media_type(headers)
            if body.find(_N) >= 0 or body.find(_I) >= 0:
                _check_numbers(body)
            try:
                return {self._json_key: self._run_json(body)}
            except ValidationError as error:
                errors = pydantic_errors(error)
            for one in errors:
                one["loc"] = ("body", *one["loc"])
            raise self._failure(errors, {"body": body}, [])
        data: dict[str, Any] = {"path": path_params}
        faults: list[ErrorDetail] = []
        if self.reads_query:
            data["query"] = (
                _read_fields(query_string, self._query_lists, "query", faults)
                if query_string
                else {}
            )
        if self.reads_headers:
            data["header"] = read_headers(headers, self._plan.headers, self._plan.lists["header"])
        if self.reads_cookies:
            data["cookie"] = read_cookies(headers, self._plan.lists["cookie"])
        if self.body_format is not None:
            self._read_body(data, headers, body, faults)
        if self._is_shaped:
            self._shape(data)
        run: Callable[[Any], Any] = self._run
        if self.body_format == "json" and "body" in data and self._frugal.is_needed(data["body"]):
            run = self._frugal.run
        try:
            values: dict[str, Any] = run(data)
        except ValidationError as error:
            errors = pydantic_errors(error)
        else:
            if not faults:
                for spread in self._plan.spreads:
                    values.update(spread.take(values.pop(spread.key)))
                return values
            errors = []
        raise self._failure(errors, data, faults)

    def _read_body(
        self,
        data: dict[str, Any],
        headers: RawHeaders,
        body: bytes | Mapping[str, object] | None,
        faults: list[ErrorDetail],
    ) -> None:
        """Put what there is of *body* into *data*; an absent one leaves a place to defaults."""
        if isinstance(body, Mapping):
            if self.body_format not in {"form", "multipart"}:
                raise TypeError(
                    f"A parsed form was given, but the body is read as {self.body_format}."
                )
            if body:
                self._check_media_type(headers)
            data["form"] = _read_parsed_form(body, self._plan.lists["form"])
        elif self.body_format in {"form", "multipart"}:
            data["form"] = {}
            if body:
                if self._check_media_type(headers) == "multipart/form-data":
                    raise TypeError("A multipart body is parsed before it is validated.")
                data["form"] = _read_fields(body, self._plan.lists["form"], "form", faults)
        elif body:
            if self._usual_header not in headers:
                self._check_media_type(headers)
            if self.body_format == "json" and (body.find(_N) >= 0 or body.find(_I) >= 0):
                _check_numbers(body)
            data["body"] = body
        elif self.body_format == "bytes" and self.body_required:
            data["body"] = b""
        elif self._plan.empty_json is not None:
            data["body"] = self._plan.empty_json

    def _check_media_type(self, headers: RawHeaders) -> str | None:
        essence = media_type(headers)
        if matches(essence, self.media_types):
            return essence
        supported = " or ".join(self.media_types)
        detail = ErrorDetail(
            field="content-type",
            location="header",
            message=f"The media type of the body should be {supported}.",
            code="UNSUPPORTED_MEDIA_TYPE",
        )
        raise UnsupportedMediaTypeError([detail], supported=self.media_types)

    def _shape(self, data: dict[str, Any]) -> None:
        """Replace texts that spell other values, and give models their part of a location."""
        for location, tables in self._plan.spelled.items():
            found = dict(data[location])
            for key in tables.keys() & found.keys():
                found[key] = _spelled(found[key], tables[key])
            data[location] = found
        for view in self._plan.views:
            fields: Mapping[str, Any] = data[view.location]
            if not view.needed or not view.needed.isdisjoint(fields):
                data[view.source] = {
                    key: value for key, value in fields.items() if key not in view.hidden
                }

    def _failure(
        self, errors: list[PydanticError], data: Mapping[str, Any], faults: list[ErrorDetail]
    ) -> ValidationException:
        """Return what to raise for *errors* of the validator and *faults* found before it ran."""
        told = {(fault.location, fault.field) for fault in faults}
        details = details_of(errors, data, self._plan.names)
        details = faults + [one for one in details if (one.location, one.field) not in told]
        for error in errors:
            if error["type"] == "json_invalid" and error["loc"] == ("body",):
                others = [one for one in details if one.code != "JSON_INVALID" or one.field]
                return malformed_json(str(error.get("ctx", {}).get("error", "")), others)
        return ValidationException(details)


def _read_fields(
    raw: bytes, lists: Collection[str], location: InputLocation, faults: list[ErrorDetail]
) -> Mapping[str, Any]:
    try:
        return parse_fields(raw, lists)
    except TooManyFieldsError:
        code, message = "TOO_MANY_FIELDS", f"There should be at most {MAX_FIELDS} fields."
        faults.append(ErrorDetail(field="", location=location, message=message, code=code))
        raise ValidationException(faults) from None
    except FieldEncodingError as error:
        faults += [
            ErrorDetail(
                field=name[:LONGEST_FIELD],
                location=location,
                message="Value should be percent-encoded UTF-8.",
                code="INVALID_ENCODING",
            )
            for name in dict.fromkeys(error.names)
        ]
        return error.fields


def _read_parsed_form(form: Mapping[str, object], lists: Collection[str]) -> dict[str, object]:
    """Return the fields of a parsed multipart form, without the files that were not chosen."""
    fields: dict[str, object] = {}
    for name, value in form.items():
        values: list[object] = [*value] if isinstance(value, list | tuple) else [value]
        values = [one for one in values if getattr(one, "filename", None) != ""]
        if values:
            fields[name] = values if name in lists else values[-1]
    return fields


def _spelled(value: object, table: Mapping[str, Any]) -> object:
    if isinstance(value, list):
        return [_spelled(one, table) for one in cast("list[object]", value)]
    return table.get(value, value) if isinstance(value, str) else value


def _check_numbers(body: bytes) -> None:
    """Refuse the literals NaN, Infinity and -Infinity, which are no JSON (RFC 8259 §6).

    Raises:
        MalformedJSONError: *body* has one outside of its strings.
    """
    if body.find(b"NaN") < 0 and body.find(b"Infinity") < 0:
        return
    try:
        from_json(body, allow_inf_nan=False)
    except ValueError as error:
        reason = str(error)
    else:
        return
    raise malformed_json(reason)
