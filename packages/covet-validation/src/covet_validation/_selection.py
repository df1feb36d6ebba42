"""Which members of a response are written: sets of names, put where the type has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, cast, get_args, get_origin

from pydantic import BaseModel

from covet_validation._errors import ValidationException
from covet_validation._types import is_list, members
from covet_validation.models import CursorPage, ErrorDetail, PaginatedResponse, SuccessResponse

Selection: TypeAlias = Mapping[str, Any] | set[str]
"""What Pydantic calls *include* and *exclude*: names, or names with what is selected below."""

_ENVELOPES: Mapping[type[BaseModel], str] = {
    PaginatedResponse: "items",
    CursorPage: "items",
    SuccessResponse: "data",
}


def placed(annotation: Any, selection: Selection, *, is_include: bool) -> dict[str, Any]:
    """Return *selection*, which names members of the items, for values of type *annotation*.

    Lists apply it to each item, pages and envelopes to what they hold; what is around stays.
    """
    for member in members(annotation):
        if is_list(member):
            (item, *_) = get_args(member) or (Any,)
            return {"__all__": placed(item, selection, is_include=is_include)}
        held = _held(member)
        if held is not None:
            name, inner = held
            below = placed(inner, selection, is_include=is_include)
            around: dict[str, Any] = {}
            if is_include:
                around = dict.fromkeys((*member.model_fields, *member.model_computed_fields), True)
            return around | {name: below}
    return dict(selection) if isinstance(selection, Mapping) else dict.fromkeys(selection, True)


def _held(member: Any) -> tuple[str, Any] | None:
    """Return the member of an envelope that holds what it is about, and its type."""
    if not isinstance(member, type) or not issubclass(member, BaseModel):
        return None
    for envelope, name in _ENVELOPES.items():
        if issubclass(member, envelope):
            return name, member.model_fields[name].annotation
    return None


def sparse(annotation: Any, fields: Iterable[str], *, by_alias: bool = True) -> dict[str, Any]:
    """Return the selection of the dotted names *fields*, as a client writes them.

    Raises:
        ValidationException: some of them do not exist.
    """
    target = _item_of(annotation)
    selection: dict[str, Any] = {}
    has_unknown = False
    for field in fields:
        path = _path_of(target, field.split("."), by_alias=by_alias)
        if path is None:
            has_unknown = True
        else:
            _add(selection, path)
    if has_unknown:
        known = ", ".join(sorted(_wire_fields(target, by_alias=by_alias)))
        detail = ErrorDetail(
            field="fields",
            location="query",
            message=f"Some fields do not exist. Known are: {known}.",
            code="UNKNOWN_FIELD",
        )
        raise ValidationException([detail])
    return placed(annotation, selection, is_include=True)


def _add(selection: dict[str, Any], path: list[tuple[str, bool]]) -> None:
    """Add the field at *path* to *selection*, below ``__all__`` where a step holds a list."""
    for index, (name, is_many) in enumerate(path):
        if selection.get(name) is True:
            return
        if index == len(path) - 1:
            selection[name] = True
            return
        selection = selection.setdefault(name, {})
        if is_many:
            selection = selection.setdefault("__all__", {})


def _path_of(annotation: Any, names: list[str], *, by_alias: bool) -> list[tuple[str, bool]] | None:
    """Return the Python names on the way, each with whether it holds a list; None if unknown."""
    path: list[tuple[str, bool]] = []
    for name in names:
        found = _wire_fields(annotation, by_alias=by_alias).get(name)
        if found is None:
            return None
        python_name, annotation = found
        path.append((python_name, is_list(annotation)))
        annotation = _item_of(annotation)
    return path


def _item_of(annotation: Any) -> Any:
    """Return what lists and envelopes in *annotation* hold."""
    for member in members(annotation):
        if is_list(member):
            return _item_of((get_args(member) or (Any,))[0])
        held = _held(member)
        if held is not None:
            return _item_of(held[1])
    return annotation


def _wire_fields(annotation: Any, *, by_alias: bool) -> dict[str, tuple[str, Any]]:
    """Return the Python name and the type of each member, by its name in the response."""
    found: dict[str, tuple[str, Any]] = {}
    for member in members(annotation):
        if not isinstance(member, type) or not issubclass(get_origin(member) or member, BaseModel):
            continue
        model = cast("type[BaseModel]", member)
        for name, info in model.model_fields.items():
            alias = info.serialization_alias or info.alias
            found[alias if by_alias and alias else name] = (name, info.annotation)
        for name, computed in model.model_computed_fields.items():
            found[computed.alias if by_alias and computed.alias else name] = (
                name,
                computed.return_type,
            )
    return found
