"""One SELECT for any number of rules: it returns which of them are not met.

    SELECT 0 AS arm, 0 AS item WHERE EXISTS (SELECT 1 FROM users WHERE users.email = :v0_0)
    UNION ALL
    SELECT 1, v1.item … FROM unnest(:l1_0) … WHERE NOT EXISTS (SELECT 1 FROM teams WHERE …)

Values are bound, always. The statement depends on the shape of what is asked alone, so that it is
made once and found again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Executable,
    Integer,
    SmallInteger,
    String,
    bindparam,
    column,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.types import TypeEngine

from covet_validation.sqlalchemy._plan import PlannedRule

_CACHE_SIZE = 1024
_ONE: ColumnElement[int] = literal_column("1", Integer)
_INTEGERS = frozenset({Integer, SmallInteger, BigInteger})


@dataclass(frozen=True, slots=True)
class Arm:
    """A part of the statement: one rule, for one value or for a list of them.

    Attributes:
        rule: What is asked.
        present: By column, whether there is a value; otherwise that of the row being changed.
        excludes: Whether a row is left out: the one being changed.
        is_list: Whether it asks for a list of values at once.
    """

    rule: PlannedRule
    present: tuple[bool, ...]
    excludes: bool
    is_list: bool


def value_name(arm: int, index: int) -> str:
    """Return the name of a single value's parameter."""
    return f"v{arm}_{index}"


def list_name(arm: int, index: int) -> str:
    """Return the name of a list's parameter."""
    return f"l{arm}_{index}"


def identity_name(arm: int, index: int) -> str:
    """Return the name of the parameter of a part of the primary key that is left out."""
    return f"x{arm}_{index}"


@lru_cache(_CACHE_SIZE)
def statement_of(arms: tuple[Arm, ...], dialect: str) -> Executable:
    """Return the statement that yields (arm, item) for each rule that is not met."""
    selects: list[Any] = [
        _list_select(index, arm, dialect) if arm.is_list else _single_select(index, arm)
        for index, arm in enumerate(arms)
    ]
    return selects[0] if len(selects) == 1 else union_all(*selects)


def compared_type(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type by which values are bound: integers may be larger than their column's."""
    return BigInteger() if type(type_) in _INTEGERS else type_


def _single_select(index: int, arm: Arm) -> Executable:
    values: list[ColumnElement[Any]] = [
        bindparam(value_name(index, place), type_=compared_type(one.type))
        for place, one in enumerate(arm.rule.columns)
    ]
    return select(_number(index, "arm"), _number(0, "item")).where(_failure(index, arm, values))


def _list_select(index: int, arm: Arm, dialect: str) -> Executable:
    source: Any
    if dialect == "postgresql":
        types = [compared_type(one.type) for one in arm.rule.columns]
        arrays = [
            bindparam(list_name(index, place), type_=ARRAY(type_))
            for place, type_ in enumerate(types)
        ]
        columns = [column(f"value_{place}", type_) for place, type_ in enumerate(types)]
        source = (
            func.unnest(*arrays)
            .table_valued(*columns, with_ordinality="item", name=f"v{index}")
            .render_derived()
        )
        item = source.c.item - _ONE
        values = [source.c[one.name] for one in columns]
    else:
        document = bindparam(list_name(index, 0), type_=String())
        source = func.json_each(document).table_valued("key", "value", name=f"v{index}")
        item = source.c.key
        values = [
            func.json_extract(source.c.value, literal_column(f"'$[{place}]'"))
            for place in range(len(arm.rule.columns))
        ]
    return (
        select(_number(index, "arm"), item.label("item"))
        .select_from(source)
        .where(_failure(index, arm, values))
    )


def _number(value: int, label: str) -> ColumnElement[int]:
    return literal_column(str(value), Integer).label(label)


def _failure(index: int, arm: Arm, values: Sequence[ColumnElement[Any]]) -> ColumnElement[bool]:
    """Return the condition under which the rule of *arm* is not met by *values*."""
    rule = arm.rule
    rows = select(_ONE).select_from(rule.table).where(*_matches(index, arm, values))
    if rule.where is not None:
        rows = rows.where(rule.where)
    return rows.exists() if rule.is_unique else ~rows.exists()


def _matches(
    index: int, arm: Arm, values: Sequence[ColumnElement[Any]]
) -> Iterator[ColumnElement[bool]]:
    rule = arm.rule
    for place, one in enumerate(rule.columns):
        value: Any = values[place]
        if not arm.present[place]:
            changed = rule.table.alias()
            value = (
                select(changed.c[one.key])
                .where(*_is_row(index, changed.primary_key))
                .scalar_subquery()
            )
        if rule.ignore_case and isinstance(one.type, String):
            yield func.lower(one) == func.lower(value)
        else:
            yield one == value
    if arm.excludes:
        same = _is_row(index, rule.primary_key)
        first, *others = same
        for other in others:
            first &= other
        yield ~first


def _is_row(index: int, key: Any) -> list[ColumnElement[bool]]:
    """Return the conditions under which a row is the one that is changed."""
    return [
        one == bindparam(identity_name(index, place), type_=compared_type(one.type))
        for place, one in enumerate(key)
    ]
