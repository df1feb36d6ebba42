"""Database errors as validation errors: the loser of a race gets what the check would have said.

Needs the extra ``covet-validation[sqlalchemy]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, TypeAlias

from covet_validation.models import ErrorDetail

try:
    from sqlalchemy import Column, MetaData, Table
    from sqlalchemy.exc import IntegrityError
    from sqlalchemy.schema import ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "covet_validation.sqlalchemy needs SQLAlchemy. Install covet-validation[sqlalchemy].",
        name="sqlalchemy",
    ) from None

__all__ = ["IntegrityFailure", "explain_integrity_error"]

_Kind: TypeAlias = Literal["unique", "foreign key"]

_SQLSTATES: dict[str, _Kind] = {
    "23505": "unique",  # unique_violation, PostgreSQL appendix A
    "23503": "foreign key",  # foreign_key_violation
}
_SQLITE_NAMES: dict[str, _Kind] = {  # https://www.sqlite.org/rescode.html
    "SQLITE_CONSTRAINT_UNIQUE": "unique",
    "SQLITE_CONSTRAINT_PRIMARYKEY": "unique",
    "SQLITE_CONSTRAINT_ROWID": "unique",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "foreign key",
}
_SQLITE_UNIQUE = "UNIQUE constraint failed: "
_POSTGRESQL_NAME_BYTES = 63  # NAMEDATALEN - 1
_WRITTEN_TABLE = re.compile(
    r"\s*(?:INSERT\s+INTO|UPDATE)\s+[\"`\[]?(?:\w+[\"`\]]?\.[\"`\[]?)?(\w+)"
)


@dataclass(frozen=True, slots=True)
class IntegrityFailure:
    """What a client is told of a violated constraint: 409 if something is taken, 422 if missing."""

    status_code: int
    errors: tuple[ErrorDetail, ...]


@dataclass(frozen=True, slots=True)
class _Constraint:
    """A rule of a table: its name where it has one, and its columns."""

    table: Table
    kind: _Kind
    name: str | None
    columns: tuple[Column[Any], ...]

    @property
    def postgresql_name(self) -> str:
        """The name that PostgreSQL gives it if it has none."""
        if self.name is not None:
            return self.name
        columns = "_".join(column.name for column in self.columns)
        if self.kind == "foreign key":
            return f"{self.table.name}_{columns}_fkey"
        if self.columns == tuple(self.table.primary_key.columns):
            return f"{self.table.name}_pkey"
        return f"{self.table.name}_{columns}_key"

    @property
    def sqlite_text(self) -> str:
        """How SQLite names it in an error."""
        return ", ".join(f"{self.table.name}.{column.name}" for column in self.columns)


def explain_integrity_error(
    error: IntegrityError, metadata: MetaData | Iterable[MetaData]
) -> IntegrityFailure | None:
    """Return what *error* means to a client, None for other than unique and foreign keys.

    The constraint is found in *metadata* by the name or the columns that SQLite or PostgreSQL
    (asyncpg, psycopg) report; each column is one detail, by its key. Where it cannot be found,
    one detail without a field remains. No value is read and none is repeated.
    """
    all_metadata = [metadata] if isinstance(metadata, MetaData) else list(metadata)
    tables = [table for one in all_metadata for table in one.tables.values()]
    kind: _Kind | None = None
    found: _Constraint | None = None
    for cause in _causes(error.orig):
        sqlstate = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
        sqlite_name = getattr(cause, "sqlite_errorname", None)
        if sqlstate in _SQLSTATES:
            kind = _SQLSTATES[sqlstate]
            found = found or _on_postgresql(cause, kind, tables)
        elif sqlite_name in _SQLITE_NAMES:
            kind = _SQLITE_NAMES[sqlite_name]
            found = _on_sqlite(cause, kind, tables, error)
    return None if kind is None else _failure(kind, found, error)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _on_postgresql(
    cause: BaseException, kind: _Kind, tables: Iterable[Table]
) -> _Constraint | None:
    diagnostics = getattr(cause, "diag", cause)
    name = getattr(diagnostics, "constraint_name", None)
    table_name = getattr(diagnostics, "table_name", None)
    schema = getattr(diagnostics, "schema_name", None)
    for one in _constraints(tables):
        if (
            one.kind == kind
            and one.table.name == table_name
            and one.table.schema in {schema, None}
            and name is not None
            and _cut(one.postgresql_name) == _cut(name)
        ):
            return one
    return None


def _cut(name: str) -> bytes:
    return name.encode()[:_POSTGRESQL_NAME_BYTES]


def _on_sqlite(
    cause: BaseException, kind: _Kind, tables: Iterable[Table], error: IntegrityError
) -> _Constraint | None:
    constraints = [one for one in _constraints(tables) if one.kind == kind]
    if kind == "unique":
        words = str(cause).removeprefix(_SQLITE_UNIQUE)
        for one in constraints:
            if words in {one.sqlite_text, f"index '{one.name}'"}:
                return one
        return None
    written = _WRITTEN_TABLE.match(error.statement or "")  # SQLite does not say which one failed
    of_table = [one for one in constraints if written and one.table.name == written[1]]
    return of_table[0] if len(of_table) == 1 else None


def _constraints(tables: Iterable[Table]) -> Iterator[_Constraint]:
    for table in tables:
        for one in table.constraints:
            name = str(one.name) if isinstance(one.name, str) else None
            match one:
                case UniqueConstraint() | PrimaryKeyConstraint():
                    yield _Constraint(table, "unique", name, tuple(one.columns))
                case ForeignKeyConstraint():
                    yield _Constraint(table, "foreign key", name, tuple(one.columns))
                case _:
                    pass
        for index in table.indexes:
            if index.unique:
                name = str(index.name) if isinstance(index.name, str) else None
                yield _Constraint(table, "unique", name, tuple(index.columns))


def _failure(
    kind: _Kind, constraint: _Constraint | None, error: IntegrityError
) -> IntegrityFailure:
    if kind == "unique":
        status, code, message = HTTPStatus.CONFLICT, "ALREADY_EXISTS", "This value is taken."
        if constraint is not None and len(constraint.columns) > 1:
            message = "This combination of values is taken."
    elif (error.statement or "").lstrip()[:6].upper() == "DELETE":
        status, code = HTTPStatus.CONFLICT, "STILL_REFERENCED"
        message, constraint = "Other objects still refer to this one.", None
    else:
        status, code = HTTPStatus.UNPROCESSABLE_ENTITY, "REFERENCE_NOT_FOUND"
        message = "What this refers to does not exist."
    fields = [column.key for column in constraint.columns] if constraint is not None else [""]
    return IntegrityFailure(
        status_code=int(status),
        errors=tuple(
            ErrorDetail(field=field, location="body", message=message, code=code)
            for field in fields
        ),
    )
