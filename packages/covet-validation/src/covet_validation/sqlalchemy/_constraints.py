"""Which constraint of which table an IntegrityError is about, by what the driver says of it.

SQLite reports the columns of a unique constraint and nothing of a foreign key, PostgreSQL the name
of either. No text is searched for values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, MetaData, Table
from sqlalchemy.exc import IntegrityError, NoReferenceError
from sqlalchemy.schema import ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint

_SQLSTATES = {  # whether it is about what is unique; PostgreSQL, appendix A
    "23505": True,  # unique_violation
    "23503": False,  # foreign_key_violation
}
_SQLITE_NAMES = {  # https://www.sqlite.org/rescode.html
    "SQLITE_CONSTRAINT_UNIQUE": True,
    "SQLITE_CONSTRAINT_PRIMARYKEY": True,
    "SQLITE_CONSTRAINT_ROWID": True,
    "SQLITE_CONSTRAINT_FOREIGNKEY": False,
}
_SQLITE_UNIQUE = "UNIQUE constraint failed: "
_POSTGRESQL_NAME_BYTES = 63  # NAMEDATALEN - 1
_WRITTEN_TABLE = re.compile(
    r"\s*(?P<verb>INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"
    r"[\"`\[]?(?:\w+[\"`\]]?\.[\"`\[]?)?(?P<table>\w+)"
)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A rule of a table: its name where it has one, and its columns.

    *referred* are the columns that a foreign key refers to, in the order of *columns*.
    """

    table: Table
    is_unique: bool
    name: str | None
    columns: tuple[Column[Any], ...]
    referred: tuple[Column[Any], ...] = ()

    @property
    def postgresql_name(self) -> str:
        """The name that PostgreSQL gives it if it has none."""
        if self.name is not None:
            return self.name
        columns = "_".join(column.name for column in self.columns)
        if not self.is_unique:
            return f"{self.table.name}_{columns}_fkey"
        if self.columns == tuple(self.table.primary_key.columns):
            return f"{self.table.name}_pkey"
        return f"{self.table.name}_{columns}_key"

    @property
    def sqlite_text(self) -> str:
        """How SQLite names it in an error."""
        return ", ".join(f"{self.table.name}.{column.name}" for column in self.columns)


@dataclass(frozen=True, slots=True)
class Violation:
    """A unique or foreign key that a statement violated.

    Attributes:
        is_unique: Whether it is about what is unique.
        is_still_referred: Whether the row that was written is the one that others refer to.
        constraint: Which one; None where the database does not say, or says what no table knows.
    """

    is_unique: bool
    is_still_referred: bool
    constraint: Constraint | None


def tables_of(metadata: MetaData | Iterable[MetaData]) -> list[Table]:
    """Return the tables of one or several *metadata*."""
    every = [metadata] if isinstance(metadata, MetaData) else metadata
    return [table for one in every for table in one.tables.values()]


def violation_of(error: IntegrityError, tables: Iterable[Table]) -> Violation | None:
    """Return what *error* violated, None if that is neither a unique nor a foreign key."""
    verb, _ = _written(error.statement)
    found: Violation | None = None
    for cause in _causes(error.orig):
        sqlstate = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
        sqlite_name = getattr(cause, "sqlite_errorname", None)
        if sqlite_name in _SQLITE_NAMES:
            return _on_sqlite(cause, _SQLITE_NAMES[sqlite_name], list(tables), error.statement)
        if sqlstate in _SQLSTATES:
            is_unique = _SQLSTATES[sqlstate]
            if _diagnostic(cause, "constraint_name"):
                return _on_postgresql(cause, is_unique, tables, error.statement)
            found = Violation(is_unique, not is_unique and verb == "DELETE", None)
    return found


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield *error* and what it was raised from; drivers' own errors come last."""
    while error is not None:
        yield error
        error = error.__cause__


def _diagnostic(cause: BaseException, name: str) -> object:
    """Return what the driver says: asyncpg on the error, psycopg on its ``diag``."""
    return getattr(getattr(cause, "diag", cause), name, None)


def _on_postgresql(
    cause: BaseException, is_unique: bool, tables: Iterable[Table], statement: str | None
) -> Violation:
    name = _cut(str(_diagnostic(cause, "constraint_name")))
    table_name = _diagnostic(cause, "table_name")
    schemas = {_diagnostic(cause, "schema_name"), None}
    found = [
        one
        for one in _constraints(tables, is_unique=is_unique)
        if one.table.name == table_name
        and one.table.schema in schemas
        and _cut(one.postgresql_name) == name
    ]
    verb, written = _written(statement)
    is_elsewhere = written is not None and written != table_name
    return Violation(
        is_unique,
        not is_unique and (verb == "DELETE" or is_elsewhere),
        found[0] if found else None,
    )


def _cut(name: str) -> bytes:
    return name.encode()[:_POSTGRESQL_NAME_BYTES]


def _on_sqlite(
    cause: BaseException, is_unique: bool, tables: list[Table], statement: str | None
) -> Violation:
    constraints = list(_constraints(tables, is_unique=is_unique))
    if is_unique:
        words = str(cause).removeprefix(_SQLITE_UNIQUE)
        found = [one for one in constraints if words in {one.sqlite_text, f"index '{one.name}'"}]
        return Violation(is_unique, False, found[0] if found else None)
    verb, written = _written(statement)  # SQLite does not say which one failed
    is_known = any(table.name == written for table in tables)
    candidates = [one for one in constraints if one.table.name == written]
    is_still_referred = verb == "DELETE" or (verb == "UPDATE" and is_known and not candidates)
    return Violation(is_unique, is_still_referred, candidates[0] if len(candidates) == 1 else None)


def _written(statement: str | None) -> tuple[str, str | None]:
    """Return the verb of *statement* and the table that it writes."""
    found = _WRITTEN_TABLE.match(statement or "")
    return (found["verb"].split()[0], found["table"]) if found else ("", None)


def _constraints(tables: Iterable[Table], *, is_unique: bool) -> Iterator[Constraint]:
    for table in tables:
        for one in table.constraints:
            name = str(one.name) if isinstance(one.name, str) else None
            match one:
                case UniqueConstraint() | PrimaryKeyConstraint() if is_unique:
                    yield Constraint(table, True, name, tuple(one.columns))
                case ForeignKeyConstraint() if not is_unique:
                    yield Constraint(table, False, name, tuple(one.columns), _referred(one))
                case _:
                    pass
        for index in table.indexes:
            if index.unique and is_unique:
                name = str(index.name) if isinstance(index.name, str) else None
                yield Constraint(table, True, name, tuple(index.columns))


def _referred(foreign_key: ForeignKeyConstraint) -> tuple[Column[Any], ...]:
    try:
        return tuple(element.column for element in foreign_key.elements)
    except NoReferenceError:  # a table that this metadata does not have
        return ()
