"""The race: who loses it is told what the check would have said, had it come a moment later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import MetaData
from sqlalchemy.exc import IntegrityError

from covet_validation._details import MAX_ERRORS
from covet_validation.models import ErrorDetail
from covet_validation.sqlalchemy._ask import Connection, details_of_demands, unmet_demands
from covet_validation.sqlalchemy._constraints import Violation, tables_of, violation_of
from covet_validation.sqlalchemy._demands import Demand
from covet_validation.sqlalchemy._errors import DatabaseValidationError, database_error


@dataclass(frozen=True, slots=True)
class IntegrityFailure:
    """What a client is told of a violated constraint: 409 if something is taken, 422 if missing."""

    status_code: int
    errors: tuple[ErrorDetail, ...]


def explain_integrity_error(
    error: IntegrityError, metadata: MetaData | Iterable[MetaData]
) -> IntegrityFailure | None:
    """Return what *error* means to a client, None for other than unique and foreign keys.

    The constraint is found in *metadata* by the name or the columns that SQLite or PostgreSQL
    (asyncpg, psycopg) report; each column is one detail, by its key. Where it cannot be found,
    one detail without a field remains. No value is read and none is repeated.
    """
    violation = violation_of(error, tables_of(metadata))
    if violation is None:
        return None
    errors = tuple(_details_of_columns(violation))
    return IntegrityFailure(int(database_error(errors).status_code), errors)


async def explain_lost_race(
    error: IntegrityError, demands: Sequence[Demand], connection: Connection
) -> DatabaseValidationError | None:
    """Return what the check of *demands* would have said, had *error*'s winner been there.

    Asks the rules again, for the database names one constraint where several may be violated, and
    SQLite no foreign key; *connection* must have begun a transaction after the error. What the
    rules do not find, by then or at all, is told by the constraint.
    """
    every = {table for demand in demands for table in [demand.rule.table]}
    metadata = dict.fromkeys(one for table in every if (one := getattr(table, "metadata", None)))
    violation = violation_of(error, tables_of(metadata))
    if violation is None:
        return None
    if violation.is_still_referred:
        return database_error(_details_of_columns(violation))
    unmet = await unmet_demands(demands, connection)
    details = details_of_demands(unmet)
    if not _is_told_by(unmet, violation):
        about = [demand for demand in demands if _is_about(demand, violation)]
        details += about[0].details() if len(about) == 1 else _details_of_columns(violation)
    return database_error(details[:MAX_ERRORS])


def _is_told_by(unmet: Iterable[Demand], violation: Violation) -> bool:
    """Say whether what the rules found explains *violation*."""
    if violation.constraint is None:
        return any(demand.rule.is_unique is violation.is_unique for demand in unmet)
    return any(_is_about(demand, violation) for demand in unmet)


def _is_about(demand: Demand, violation: Violation) -> bool:
    """Say whether *demand* asks what the violated constraint enforces."""
    constraint, rule = violation.constraint, demand.rule
    if constraint is None or rule.is_unique is not violation.is_unique:
        return False
    enforced = constraint.columns if rule.is_unique else constraint.referred
    return set(rule.columns) == set(enforced)


def _details_of_columns(violation: Violation) -> list[ErrorDetail]:
    """Return one detail for each column of the constraint, by the column's key."""
    constraint = violation.constraint
    if violation.is_unique:
        code, message = "ALREADY_EXISTS", "This value is taken."
        if constraint is not None and len(constraint.columns) > 1:
            message = "This combination of values is taken."
    elif violation.is_still_referred:
        code, message, constraint = (
            "STILL_REFERENCED",
            "Other objects still refer to this one.",
            None,
        )
    else:
        code, message = "REFERENCE_NOT_FOUND", "What this refers to does not exist."
    fields = [column.key for column in constraint.columns] if constraint is not None else [""]
    return [ErrorDetail(field=one, location="body", message=message, code=code) for one in fields]
