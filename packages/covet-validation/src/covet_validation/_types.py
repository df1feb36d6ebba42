"""What an annotation says about how a value travels: one text, many texts, or a structure."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import types
import typing
from collections import abc, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic import AliasChoices, AliasPath, BaseModel, Json, RootModel
from pydantic.fields import FieldInfo

_LISTS = (list, tuple, set, frozenset, deque)
_ABSTRACT_LISTS = frozenset(
    {
        abc.Collection,
        abc.Iterable,
        abc.MutableSequence,
        abc.MutableSet,
        abc.Sequence,
        abc.Set,
    }
)

_AROUND_TYPES = frozenset({Annotated, typing.NotRequired, typing.Required})
_JSON_TEXT = cast("type[Any]", Json)  # which type checkers take for Annotated


@dataclass(frozen=True, slots=True)
class ModelField:
    """A member of a structured type: its name in Python, its names in requests, its type."""

    name: str
    wire_names: tuple[str, ...]
    has_alias: bool
    annotation: Any


def bare(annotation: Any) -> Any:
    """Return *annotation* without ``Annotated``, type aliases and the like around it."""
    while True:
        if get_origin(annotation) in _AROUND_TYPES:
            annotation = get_args(annotation)[0]
        elif hasattr(annotation, "__value__"):  # PEP 695
            annotation = annotation.__value__
        else:
            return annotation


def class_of(annotation: Any) -> type[Any] | None:
    """Return the class of *annotation* without its parameters; None if it has none."""
    found: Any = get_origin(annotation) or annotation
    return found if inspect.isclass(found) else None


def members(annotation: Any) -> list[Any]:
    """Return the members of a union, bare and without None; of any other type the type itself."""
    annotation = bare(annotation)
    if get_origin(annotation) not in {Union, types.UnionType}:
        return [annotation]
    found: list[Any] = []
    for member in get_args(annotation):
        found += [one for one in members(member) if one is not type(None)]
    return found


def is_list(annotation: Any) -> bool:
    """Say whether a value of this type is made of all texts of its name rather than of the last."""
    if is_json_text(annotation):
        return False
    return any(_is_list(member) for member in members(annotation))


def _is_list(member: Any) -> bool:
    kind = class_of(member)
    if kind is None:
        return False
    is_named_tuple = hasattr(kind, "_fields")
    return kind in _ABSTRACT_LISTS or (issubclass(kind, _LISTS) and not is_named_tuple)


def is_structured(annotation: Any) -> bool:
    """Say whether values of this type travel as a JSON document rather than as texts."""
    if is_json_text(annotation):
        return False
    return any(_is_structured(member) for member in members(annotation))


def is_json_text(annotation: Any) -> bool:
    """Say whether values of this type travel as a text that is a JSON document: Json[T]."""
    metadata = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return any(isinstance(item, _JSON_TEXT) or item is _JSON_TEXT for item in metadata)


def _is_structured(member: Any) -> bool:
    if is_model(member) or is_root_model(member) or _is_mapping(member):
        return True
    return _is_list(member) and any(is_structured(argument) for argument in get_args(member))


def is_whole(annotation: Any) -> bool:
    """Say whether values of this type can be made of all the texts of a location, by name."""
    return all(is_model(member) or _is_mapping(member) for member in members(annotation))


def _is_mapping(member: Any) -> bool:
    kind = class_of(member)
    return kind is not None and issubclass(kind, Mapping)


def is_model(member: Any) -> bool:
    """Say whether *member* has named members: a Pydantic model, a dataclass or a TypedDict."""
    kind = class_of(member)
    if kind is None:
        return False
    if issubclass(kind, BaseModel):
        return not issubclass(kind, RootModel)
    return dataclasses.is_dataclass(kind) or _is_typed_dict(kind)


def _is_typed_dict(kind: type[Any]) -> bool:
    """Say so also of those of typing_extensions, which Pydantic needs before Python 3.12."""
    return hasattr(kind, "__required_keys__") and issubclass(kind, dict)


def is_root_model(member: Any) -> bool:
    """Say whether *member* is a Pydantic model of one nameless value."""
    kind = class_of(member)
    return kind is not None and issubclass(kind, RootModel)


def pydantic_model(member: Any) -> type[BaseModel] | None:
    """Return *member* if it is a Pydantic model."""
    kind = class_of(member)
    return kind if kind is not None and issubclass(kind, BaseModel) else None


def forbids_extra(annotation: Any) -> bool:
    """Say whether a model of this type reports the names that it does not know."""
    for member in members(annotation):
        config = getattr(member, "model_config", None) or getattr(member, "__pydantic_config__", {})
        if config.get("extra") == "forbid":
            return True
    return False


def model_fields(annotation: Any) -> Iterator[ModelField]:
    """Yield the named members of the structured types in *annotation*."""
    for member in members(annotation):
        model = pydantic_model(member)
        if model is not None:
            for name, info in model.model_fields.items():
                yield _field(name, info, info.annotation)
        elif is_model(member):
            kind: Any = class_of(member)
            infos: Mapping[str, FieldInfo] = getattr(kind, "__pydantic_fields__", {})
            for name, hint in typing.get_type_hints(kind, include_extras=True).items():
                yield _field(name, infos.get(name) or _info_of(hint), hint)


def _info_of(hint: Any) -> FieldInfo | None:
    metadata: Iterable[Any] = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((item for item in metadata if isinstance(item, FieldInfo)), None)


def _field(name: str, info: FieldInfo | None, annotation: Any) -> ModelField:
    names: tuple[str, ...] = ()
    if info is not None:
        alias = info.validation_alias or info.alias
        choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
        for choice in choices:
            first = choice.path[0] if isinstance(choice, AliasPath) else choice
            if isinstance(first, str):
                names += (first,)
    return ModelField(name, names or (name,), bool(names), annotation)


def spellings(annotation: Any) -> dict[str, Any]:
    """Return the values of literals and enumerations that are no texts, by how a text spells them.

    ``Literal[1, True]`` gives ``{"1": 1, "true": True}``; Pydantic itself compares them strictly.
    """
    found: dict[str, Any] = {}
    texts: set[Any] = set()
    for member in members(annotation):
        if _is_list(member):
            for argument in get_args(member):
                found |= spellings(argument)
        for value in _values(member):
            if isinstance(value, str):
                texts.add(value)
            elif isinstance(value, bool):
                found[str(value).lower()] = value
            elif isinstance(value, int | float):
                found[str(value)] = value
    return {text: value for text, value in found.items() if text not in texts}


def _values(member: Any) -> Iterable[Any]:
    if get_origin(member) is Literal:
        return get_args(member)
    kind = class_of(member)
    if kind is not None and issubclass(kind, enum.Enum):
        return [one.value for one in kind]
    return ()
