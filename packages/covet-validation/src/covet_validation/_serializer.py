"""A handler's result to the bytes of a response, through the type that it declares."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, SchemaSerializer, to_json

from covet_validation._containers import is_iterator, is_mapping, is_sequence
from covet_validation._details import pydantic_errors
from covet_validation._errors import ResponseMismatchError, UnloadedAttributeError
from covet_validation._plainness import flat_fields, is_plain
from covet_validation._relations import UnloadedAttribute, refuse_unloaded, shape_of
from covet_validation._selection import Selection, placed, sparse
from covet_validation._types import bare, class_of

Writer: TypeAlias = Callable[[Any], bytes]

_MAX_KNOWN_KINDS = 8  # combinations of present and absent optional fields
_MAX_FLAT_FIELDS = 24  # above, Pydantic's own check is the cheaper one

_USUAL: Mapping[str, Any] = {"by_alias": True}

_UNEXPECTED = re.compile(
    r"PydanticSerializationUnexpectedValue\(Expected `(?P<kind>[^`]*)` - .*? "
    r"\[(?:field_name='(?P<field>[^']*)', )?"
)
_UNREADABLE = ("MissingGreenlet", "DetachedInstanceError", "lazy='raise")


class ResponseSerializer:
    """Writes results as JSON, each through its declared type.

    What the type does not declare is left out, also of instances of a subclass, in lists, unions
    and nested fields. A result that is no instance of the type (a dict, an ORM object, a
    dataclass, another page) is validated into it first.
    """

    def __init__(self) -> None:
        self._writers: dict[tuple[Any, ...], Writer] = {}

    def serialize(
        self, result: Any, response_model: Any = None, *, fields: Iterable[str] | None = None
    ) -> bytes:
        """Return *result* as JSON.

        Without *response_model* it is written as what it is. *fields* names the members to
        write, dotted where they are nested, as ``?fields=id,author.name`` does.

        Raises:
            ResponseMismatchError: the result does not fit *response_model*: a server error.
            UnloadedAttributeError: it has a relation that is not loaded.
            ValidationException: *fields* names what does not exist: the client's error.
        """
        if fields is None:
            return self.compile(response_model)(result)
        selection = sparse(response_model, fields)
        return _writer(response_model, {"by_alias": True, "include": selection})(result)

    def compile(
        self,
        response_model: Any = None,
        *,
        by_alias: bool = True,
        exclude_none: bool = False,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        include: Selection | None = None,
        exclude: Selection | None = None,
    ) -> Writer:
        """Return the function that writes results of type *response_model*.

        *include* and *exclude* name members of the model, or of the items of a list or page.

        Raises:
            pydantic.PydanticUserError: Pydantic cannot make a schema of *response_model*.
        """
        options: dict[str, Any] = {"by_alias": by_alias}
        flags = {
            "exclude_none": exclude_none,
            "exclude_unset": exclude_unset,
            "exclude_defaults": exclude_defaults,
        }
        options |= {name: True for name, is_set in flags.items() if is_set}
        if include is not None:
            options["include"] = placed(response_model, include, is_include=True)
        if exclude is not None:
            options["exclude"] = placed(response_model, exclude, is_include=False)
        if include is not None or exclude is not None:
            return _writer(response_model, options)
        key = (response_model, *options.items())
        try:
            known = self._writers.get(key)
        except TypeError:  # metadata that cannot be hashed
            return _writer(response_model, options)
        if known is None:
            known = self._writers[key] = _writer(response_model, options)
        return known


def _writer(model: Any, options: Mapping[str, Any]) -> Writer:
    """Return the cheapest function that writes *model* with *options* and is sure to be right."""
    if model is None:
        return _anything_writer(options)
    if bare(model) is bytes:
        return _raw_writer(model)
    adapter: TypeAdapter[Any] = TypeAdapter(model)
    schema = adapter.core_schema
    if is_plain(schema):
        return _plain_writer(model, adapter)
    checked = _checked_writer(model, adapter.serializer, options)
    convert = _converter(model, adapter, checked)
    kind = class_of(bare(model))
    if kind is not None and _has_instances(kind):
        write = _instance_writer(model, kind, checked, convert)
        names = flat_fields(schema)
        if names is not None and 0 < len(names) <= _MAX_FLAT_FIELDS and options == _USUAL:
            return _flat_writer(kind, names, adapter.serializer, write)
        return write
    return _container_writer(tuple(_models_in(model)), checked, convert)


def _has_instances(kind: type[Any]) -> bool:
    """Say whether values of *kind* are told by their class, as those of a TypedDict are not."""
    return issubclass(kind, BaseModel) or dataclasses.is_dataclass(kind)


def _models_in(annotation: Any) -> Iterator[type[Any]]:
    annotation = bare(annotation)
    kind = class_of(annotation)
    if kind is not None and _has_instances(kind):
        yield kind
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _anything_writer(options: Mapping[str, Any]) -> Writer:
    """Write results that have no declared type as what they are; bytes are the body itself."""
    by_alias = options["by_alias"]
    exclude_none = options.get("exclude_none", False)

    def write(value: Any) -> bytes:
        if isinstance(value, bytes):
            return value
        try:
            return to_json(
                value,
                by_alias=by_alias,
                exclude_none=exclude_none,
                inf_nan_mode="null",
                fallback=_plain_mapping,
            )
        except PydanticSerializationError as error:
            reasons = _reasons(error)
        raise ResponseMismatchError(None, [*reasons, "the handler declares no response type"])

    return write


def _plain_mapping(value: Any) -> dict[Any, Any]:
    if is_mapping(value):
        return dict(value)
    raise TypeError(f"Unable to serialize unknown type: {type(value)}")


def _raw_writer(model: Any) -> Writer:
    """Write bytes as the body that they are."""

    def write(value: Any) -> bytes:
        if isinstance(value, bytes | bytearray):
            return bytes(value)
        raise ResponseMismatchError(model, [f"it is no bytes but {type(value).__name__}"])

    return write


def _plain_writer(model: Any, adapter: TypeAdapter[Any]) -> Writer:
    """Write scalars and containers of them: what was validated needs no second check."""
    validate = adapter.validator.validate_python
    write_json = adapter.serializer.to_json

    def write(value: Any) -> bytes:
        try:
            return write_json(validate(value))
        except ValidationError as error:
            mismatches = _mismatches(error)
        raise ResponseMismatchError(model, mismatches)

    return write


def _checked_writer(model: Any, serializer: SchemaSerializer, options: Mapping[str, Any]) -> Writer:
    """Write what is of the declared type already, checking that all of it is."""
    write_json = serializer.to_json

    def write_as_usual(value: Any) -> bytes:  # unpacking options takes a fifth of a microsecond
        try:
            return write_json(value, by_alias=True, warnings="error")
        except PydanticSerializationError as error:
            reasons = _reasons(error)
        raise ResponseMismatchError(model, reasons)

    def write(value: Any) -> bytes:
        try:
            return write_json(value, warnings="error", **options)
        except PydanticSerializationError as error:
            reasons = _reasons(error)
        raise ResponseMismatchError(model, reasons)

    return write_as_usual if options == _USUAL else write


def _converter(model: Any, adapter: TypeAdapter[Any], checked: Writer) -> Writer:
    """Write what has to become the declared type first."""
    validate = adapter.validator.validate_python
    shape = shape_of(model)

    def write(value: Any) -> bytes:
        if is_iterator(value):
            value = [*value]
        try:
            refuse_unloaded(value, shape)
            fitted = validate(value, from_attributes=True, by_alias=True, by_name=True)
        except UnloadedAttribute as found:
            failure: ResponseMismatchError = UnloadedAttributeError(
                model, owner=found.owner, attribute=found.attribute, kind=found.kind
            )
        except ValidationError as error:
            failure = _unread_attribute(model, value, error) or ResponseMismatchError(
                model, _mismatches(error)
            )
        else:
            return checked(fitted)
        raise failure

    return write


def _instance_writer(model: Any, kind: type, checked: Writer, convert: Writer) -> Writer:
    """Write instances of *kind* at once; other results are converted first."""
    names = tuple(kind.model_fields) if issubclass(kind, BaseModel) else ()

    def write(value: Any) -> bytes:
        if not isinstance(value, kind):
            return convert(value)
        if len(value.__dict__) < len(names):  # made without validation; Pydantic does not mind
            missing = [f"{name}: missing" for name in names if name not in value.__dict__]
            raise ResponseMismatchError(model, missing)
        return checked(value)

    return write


def _container_writer(models: tuple[type, ...], checked: Writer, convert: Writer) -> Writer:
    """Write what holds models: at once if it seems to hold them, converted first if it does not."""

    def write(value: Any) -> bytes:
        if isinstance(_first(value), models):
            try:
                return checked(value)
            except ResponseMismatchError:
                pass  # a mixed list
        return convert(value)

    return write


def _first(value: Any) -> object:
    """Return the first item of a list; anything else as it is."""
    return value[0] if is_sequence(value) and value else value


def _flat_writer(
    kind: type,
    names: tuple[str, ...],
    serializer: SchemaSerializer,
    write_other: Writer,
) -> Writer:
    """Write models of scalars only, of which the types of the values tell whether they fit.

    Pydantic's own check costs a microsecond a call, more than writing such a model. It is asked
    once for each combination of types; what it has accepted is written without it.
    """
    write_json = serializer.to_json
    pick: Callable[[Mapping[str, Any]], Any] = itemgetter(*names, names[0])  # always a tuple
    known: list[list[type]] = []  # few: comparing lists of types is cheaper than hashing them

    def write(value: Any) -> bytes:
        if type(value) is not kind:
            return write_other(value)
        try:
            kinds = [*map(type, pick(value.__dict__))]
        except KeyError:
            return write_other(value)
        if kinds in known:
            return write_json(value, by_alias=True)
        body = write_other(value)
        if len(known) < _MAX_KNOWN_KINDS:
            known.append(kinds)
        return body

    return write


def _mismatches(error: ValidationError) -> list[str]:
    """Return each place and rule that a result breaks; never a value."""
    return [
        f"{'.'.join(map(str, one['loc'])) or 'the result'}: {one['type']}"
        for one in pydantic_errors(error)
    ]


def _reasons(error: PydanticSerializationError) -> list[str]:
    """Return what *error* says without the values that it repeats."""
    text = str(error)
    found = [
        f"{match['field'] or 'the result'}: is no {match['kind']}"
        for match in map(_UNEXPECTED.search, text.splitlines())
        if match is not None
    ]
    unknown = "Unable to serialize unknown type: "
    if not found and unknown in text:
        found = [f"it holds {text[text.index(unknown) + len(unknown) :]}, which is no JSON"]
    return found or ["it cannot be written as JSON"]


def _unread_attribute(
    model: Any, value: Any, error: ValidationError
) -> UnloadedAttributeError | None:
    """Return the error of the first property that reads what its session would not load."""
    for one in error.errors(include_url=False, include_input=False):
        reason = str(one.get("ctx", {}).get("error", ""))
        if one["type"] == "get_attribute_error" and any(name in reason for name in _UNREADABLE):
            *way, attribute = one["loc"]
            owner = type(_follow(value, way)).__name__
            return UnloadedAttributeError(
                model, owner=owner, attribute=str(attribute), kind="property"
            )
    return None


def _follow(value: Any, way: Iterable[int | str]) -> Any:
    """Return what is at the end of *way*, skipping the steps that are none of *value*'s."""
    for step in way:
        value = _step(value, step)
    return value


def _step(value: Any, step: int | str) -> Any:
    if is_sequence(value) and isinstance(step, int):
        return value[step]
    known: Mapping[Any, Any] = value if is_mapping(value) else getattr(value, "__dict__", {})
    return known.get(step, value)
