"""The database rules of a model as it states them: what is unique, and what has to exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypedDict, TypeGuard, cast

from sqlalchemy import Column, ColumnElement, inspect
from sqlalchemy.orm import InstrumentedAttribute, Mapper

DatabaseColumn: TypeAlias = InstrumentedAttribute[Any] | Column[Any]
"""``User.email`` of a mapped class, or ``users.c.email`` of a table."""

_NAME = "__db_validations__"


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Unique:
    """No row may have the value yet: ``Unique(User.email)``.

    Several columns are unique together and stand under as many fields, in the same order:
    ``("team_id", "handle"): Unique(User.team_id, User.handle)``. *ignore_case* compares what the
    database makes lower case of texts; *where* limits which rows count, as that of a partial
    index does.
    """

    columns: tuple[DatabaseColumn, ...]
    ignore_case: bool
    where: ColumnElement[bool] | None

    def __init__(
        self,
        *columns: DatabaseColumn,
        ignore_case: bool = False,
        where: ColumnElement[bool] | None = None,
    ) -> None:
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "ignore_case", ignore_case)
        object.__setattr__(self, "where", where)


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Exists:
    """A row has to have the value: ``Exists(Team.id)``; of a list, one row for each value.

    *where* limits which rows count: ``Exists(Team.id, where=Team.is_active)``.
    """

    columns: tuple[DatabaseColumn, ...]
    where: ColumnElement[bool] | None

    def __init__(self, *columns: DatabaseColumn, where: ColumnElement[bool] | None = None) -> None:
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "where", where)


class UniqueMapping(TypedDict, total=False):
    """*field* of the mapped class *model*, or several *fields* together."""

    model: type[Any]
    field: str
    fields: tuple[str, ...] | list[str]
    ignore_case: bool


class RuleMapping(TypedDict, total=False):
    """``{"unique": {"model": User, "field": "email"}}``, ``{"foreign_key": Team}``, or both."""

    unique: UniqueMapping
    foreign_key: type[Any]


Rule: TypeAlias = Unique | Exists
DatabaseRules: TypeAlias = Mapping[
    str | tuple[str, ...], Rule | RuleMapping | list[Rule] | tuple[Rule, ...] | None
]
"""Rules by the field, or the fields together, that they are about; None drops an inherited one."""


def stated_rules(model: type[Any]) -> dict[tuple[str, ...], object]:
    """Return what *model* and its bases state, by fields; the nearest class wins, None drops."""
    found: dict[tuple[str, ...], object] = {}
    for base in reversed(model.__mro__):
        stated: Mapping[str | tuple[str, ...], object] = vars(base).get(_NAME) or {}
        for key, rule in stated.items():
            fields = (key,) if isinstance(key, str) else tuple(key)
            found.pop(fields, None)
            if rule is not None:
                found[fields] = rule
    return found


def spelled_rules(stated: object) -> Iterator[Rule]:
    """Yield the rules that stand under one key, in either spelling.

    Raises:
        ValueError: *stated* is no rule; the text says why, as the end of a sentence.
    """
    match stated:
        case Unique() | Exists():
            yield stated
        case list() | tuple():
            for one in cast("list[object]", stated):
                if not isinstance(one, Unique | Exists):
                    raise ValueError(f"has {one!r} in its list. Write Unique(…) or Exists(…).")
                yield one
        case Mapping():
            yield from _of_mapping(cast("Mapping[str, Any]", stated))
        case _:
            raise ValueError(
                f"is {stated!r}. Write Unique(User.email), Exists(Team.id) or a mapping."
            )


def _of_mapping(stated: Mapping[str, Any]) -> Iterator[Rule]:
    unknown = sorted(stated.keys() - RuleMapping.__annotations__.keys())
    if unknown or not stated:
        raise ValueError(f"has the kinds {unknown}. Known are 'unique' and 'foreign_key'.")
    if "unique" in stated:
        unique: Mapping[str, Any] = stated["unique"]
        names: Sequence[str] = [unique["field"]] if "field" in unique else unique.get("fields", ())
        unknown = sorted(unique.keys() - UniqueMapping.__annotations__.keys())
        if "model" not in unique or not names or unknown:
            raise ValueError(
                f"has the unique rule {unique!r}. Write {{'model': User, 'field': 'email'}}."
            )
        columns = [column_named(unique["model"], name) for name in names]
        yield Unique(*columns, ignore_case=unique.get("ignore_case", False))
    if "foreign_key" in stated:
        yield Exists(*primary_key(stated["foreign_key"]))


def primary_key(model: type[Any]) -> tuple[Column[Any], ...]:
    """Return the columns of *model*'s primary key.

    Raises:
        ValueError: *model* is not mapped to a table.
    """
    return tuple(as_column(one) for one in _mapper(model).primary_key)


def column_named(model: type[Any], name: str) -> Column[Any]:
    """Return the column that the attribute *name* of *model* is mapped to.

    Raises:
        ValueError: there is none; names are looked up, never put into SQL.
    """
    found = _mapper(model).column_attrs.get(name)
    if found is None:
        raise ValueError(f"names {model.__name__}.{name}, which is no column.")
    return as_column(found.columns[0])


def as_column(found: object) -> Column[Any]:
    """Return *found*, which an application called a column.

    Raises:
        ValueError: it is none.
    """
    if not _is_column(found):
        raise ValueError(f"compares {found}, which is no column.")
    return found


def mapper_of(model: object) -> Mapper[Any] | None:
    """Return how the class *model* is mapped to tables; None if it is not, or is no class."""
    if not isinstance(model, type):
        return None
    found = cast("object", inspect(model, raiseerr=False))
    return found if _is_mapper(found) else None


def _mapper(model: object) -> Mapper[Any]:
    found = mapper_of(model)
    if found is None:
        raise ValueError(f"names {model!r}, which is no mapped class.")
    return found


def _is_mapper(value: object) -> TypeGuard[Mapper[Any]]:
    return isinstance(value, Mapper)


def _is_column(value: object) -> TypeGuard[Column[Any]]:
    return isinstance(value, Column)
