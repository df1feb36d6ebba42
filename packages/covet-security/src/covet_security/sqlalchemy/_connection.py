"""One transaction on a database that may not answer, and the insert that may be an update."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from covet_security._errors import StoreUnavailableError

_SQLITE_ERROR = 1  # of the statement, as where a table is missing
_NO_ANSWER = {"08", "53", "57"}  # connection, resources, operator: classes of SQLSTATE

_INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


@asynccontextmanager
async def answering(of: str, *, timeout_seconds: float) -> AsyncGenerator[None, None]:
    """Give the block's questions to a database so much time.

    Raises:
        StoreUnavailableError: the database, the store *of* something, does not answer in time.
    """
    try:
        async with asyncio.timeout(timeout_seconds):
            yield
    except (DBAPIError, PoolTimeoutError, OSError) as error:
        if isinstance(error, DBAPIError) and not _is_no_answer(error):
            raise
        raise StoreUnavailableError(
            f"the store of {of} does not answer: {type(error).__name__}"
        ) from error


@asynccontextmanager
async def transaction(
    engine: AsyncEngine, *, of: str, timeout_seconds: float
) -> AsyncGenerator[AsyncConnection, None]:
    """Yield a connection in a transaction that is committed at the end.

    Raises:
        StoreUnavailableError: the database, the store *of* something, does not answer in time.
    """
    async with answering(of, timeout_seconds=timeout_seconds), engine.begin() as connection:
        yield connection


def upsert(
    connection: AsyncConnection,
    table: Any,
    values: Mapping[str, Any],
    changes: Mapping[str, Any],
    *,
    key: Sequence[str] = (),
) -> Any:
    """Return the statement that inserts *values* or, where their *key* is, makes *changes*.

    The key is the primary one unless said.
    """
    insert: Any = _INSERT[connection.dialect.name]
    key = key or [column.name for column in inspect(table).primary_key]
    statement = insert(table).values(**values)
    return statement.on_conflict_do_update(index_elements=key, set_=changes)


def _is_no_answer(error: DBAPIError) -> bool:
    """Return whether the database is at fault, and not what it was asked."""
    if getattr(error.orig, "sqlite_errorcode", None) == _SQLITE_ERROR:
        return False
    state: str = getattr(error.orig, "sqlstate", None) or ""
    is_lost = error.connection_invalidated or state[:2] in _NO_ANSWER
    return is_lost or isinstance(error, OperationalError | InterfaceError)
