"""Ask the database which demands are not met: one statement, however many there are."""

from __future__ import annotations

import json
import math
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias, cast

from sqlalchemy import Dialect, Integer
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from covet_validation._details import MAX_ERRORS
from covet_validation.models import ErrorDetail
from covet_validation.sqlalchemy._demands import ABSENT, Demand
from covet_validation.sqlalchemy._errors import database_error
from covet_validation.sqlalchemy._plan import PlannedRule
from covet_validation.sqlalchemy._statement import (
    Arm,
    identity_name,
    list_name,
    statement_of,
    value_name,
)

Connection: TypeAlias = AsyncSession | AsyncConnection
"""What rules are asked through: the statement is part of its transaction."""

_MAX_ARMS = 200  # SQLite takes 500 terms of a UNION ALL
_MAX_INTEGER = 2**63


async def require(demands: Iterable[Demand], connection: Connection) -> None:
    """Check that all *demands* are met.

    Raises:
        DatabaseValidationError: with every one that is not.
    """
    unmet = await unmet_demands(list(demands), connection)
    if unmet:
        raise database_error(details_of_demands(unmet))


def details_of_demands(demands: Iterable[Demand]) -> list[ErrorDetail]:
    """Return what to tell a client of *demands* that are not met; of a great many, the first."""
    details = (detail for demand in demands for detail in demand.details())
    return list(islice(details, MAX_ERRORS))


async def unmet_demands(demands: Sequence[Demand], connection: Connection) -> list[Demand]:
    """Return those *demands* that are not met, in their order."""
    unmet = await _unmet(demands, connection)
    return [demands[index] for index in sorted(unmet)]


@dataclass(frozen=True, slots=True)
class _Question:
    """An arm of the statement, the demands that it asks, and its parameters but for their names."""

    arm: Arm
    demands: tuple[int, ...]
    values: tuple[object, ...]
    identity: tuple[object, ...]


async def _unmet(demands: Sequence[Demand], connection: Connection) -> set[int]:
    """Return the indices of the *demands* that are not met."""
    if not demands:
        return set()
    dialect = _dialect_of(connection, demands[0])
    unmet = _repeated(demands)
    groups: dict[tuple[Any, ...], list[int]] = {}
    for index, demand in enumerate(demands):
        if not _can_be_asked(demand, dialect):
            if not demand.rule.is_unique:
                unmet.add(index)
        elif index not in unmet:
            present = tuple(value is not ABSENT for value in demand.values)
            groups.setdefault((demand.rule, present, demand.identity), []).append(index)
    questions = [
        question
        for (rule, present, identity), indices in groups.items()
        for question in _questions(rule, present, identity, indices, demands, dialect)
    ]
    for start in range(0, len(questions), _MAX_ARMS):
        unmet |= await _ask(questions[start : start + _MAX_ARMS], connection, dialect)
    return unmet


def _questions(
    rule: PlannedRule,
    present: tuple[bool, ...],
    identity: tuple[object, ...] | None,
    indices: Sequence[int],
    demands: Sequence[Demand],
    dialect: Dialect,
) -> Iterator[_Question]:
    """Yield one question for all demands of a kind, or one for each where no list can hold them."""
    excluded = identity or ()
    if len(indices) > 1:
        rows = [demands[index].values for index in indices]
        lists = _lists(rule, rows, dialect)
        if lists is not None:
            arm = Arm(rule, present, bool(excluded), is_list=True)
            yield _Question(arm, tuple(indices), lists, excluded)
            return
    arm = Arm(rule, present, bool(excluded), is_list=False)
    for index in indices:
        yield _Question(arm, (index,), demands[index].values, excluded)


async def _ask(
    questions: Sequence[_Question], connection: Connection, dialect: Dialect
) -> set[int]:
    """Return the indices of the demands that the database says are not met."""
    parameters: dict[str, object] = {}
    for number, question in enumerate(questions):
        name = list_name if question.arm.is_list else value_name
        for place, value in enumerate(question.values):
            if value is not ABSENT:
                parameters[name(number, place)] = value
        for place, value in enumerate(question.identity):
            parameters[identity_name(number, place)] = value
    arms = tuple(question.arm for question in questions)
    if isinstance(connection, AsyncSession) and connection.autoflush and _is_pending(connection):
        await connection.flush()  # of statements that name tables, SQLAlchemy 2.0 does not itself
    result = await connection.execute(statement_of(arms, dialect.name), parameters)
    found = cast("Iterable[tuple[int, int]]", result.all())
    return {questions[arm].demands[item] for arm, item in found}


def _is_pending(session: AsyncSession) -> bool:
    return bool(session.new or session.dirty or session.deleted)


def _lists(
    rule: PlannedRule, rows: Sequence[tuple[object, ...]], dialect: Dialect
) -> tuple[object, ...] | None:
    """Return *rows* as the parameters of one arm; None if this database cannot take them so."""
    if dialect.name == "postgresql":
        columns = zip(*rows, strict=True)
        return tuple([None if one is ABSENT else one for one in column] for column in columns)
    if dialect.name != "sqlite":
        return None
    bind = [one.type.dialect_impl(dialect).bind_processor(dialect) for one in rule.columns]
    document: list[list[object]] = []
    for row in rows:
        bound = [
            None if value is ABSENT else process(value) if process else value
            for process, value in zip(bind, row, strict=True)
        ]
        if not all(_is_json(value) for value in bound):
            return None
        document.append(bound)
    return (json.dumps(document),)


def _is_json(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or (isinstance(value, int | str) and "\0" not in str(value))


def _can_be_asked(demand: Demand, dialect: Dialect) -> bool:
    """Say whether the values are any that a column can hold; others are in no row."""
    for value, column in zip(demand.values, demand.rule.columns, strict=True):
        if isinstance(value, int) and isinstance(column.type, Integer):
            if not -_MAX_INTEGER <= value < _MAX_INTEGER:
                return False
        elif isinstance(value, str):
            if "\0" in value and dialect.name == "postgresql":
                return False
            if any("\ud800" <= character <= "\udfff" for character in value):
                return False
    return True


def _repeated(demands: Sequence[Demand]) -> set[int]:
    """Return the indices of what is unique and is demanded before in the same input."""
    seen: set[tuple[object, ...]] = set()
    found: set[int] = set()
    for index, demand in enumerate(demands):
        rule = demand.rule
        if not rule.is_unique or not all(isinstance(one, Hashable) for one in demand.values):
            continue
        values = [
            value.lower() if rule.ignore_case and isinstance(value, str) else value
            for value in demand.values
        ]
        key = (*rule.columns, *values)
        if key in seen:
            found.add(index)
        seen.add(key)
    return found


def _dialect_of(connection: Connection, demand: Demand) -> Dialect:
    if isinstance(connection, AsyncConnection):
        return connection.dialect
    return connection.get_bind(clause=demand.rule.table).dialect
