"""The database: one engine, and one session with one transaction per request."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar

from sqlalchemy import ColumnElement, MetaData, event, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import AsyncAdaptedQueuePool, PoolResetState

from covet.errors import Conflict, ServiceUnavailable, UnprocessableContent
from covet_validation import ValidationException
from covet_validation.sqlalchemy import explain_integrity_error

M = TypeVar("M", bound=DeclarativeBase)

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}
_SQLITE_BUSY_MS = 5000  # how long a writer waits for the one before it
_WRITES = "covet_writes"  # the execution option that tells SQLite to lock before it reads


class Database:
    """A database and the sessions on it; SQLite in a file unless *url* says otherwise.

    `sqlite:///file.db`, `sqlite://` (memory) and `postgresql://user@host/name` get their async
    drivers; any URL of SQLAlchemy that names an async driver works. *metadata* holds the tables:
    by it, a violated constraint is reported under the name of its column. A request that waits
    longer than *pool_timeout_seconds* for a connection is answered with 503.

    Nothing is opened before first use. Closing is `await database.dispose()`, which the
    application does when it stops.
    """

    def __init__(
        self,
        url: str | URL = "sqlite:///covet.db",
        *,
        metadata: MetaData | None = None,
        pool_size: int = 10,
        pool_timeout_seconds: float = 2.0,
        echo: bool = False,
    ) -> None:
        self.url: URL = _with_async_driver(make_url(url))
        self.metadata = metadata
        is_sqlite = self.url.get_backend_name() == "sqlite"
        is_memory = is_sqlite and self.url.database in {None, "", ":memory:"}
        self.engine: AsyncEngine = create_async_engine(
            self.url,
            echo=echo,
            poolclass=AsyncAdaptedQueuePool,
            pool_size=1 if is_memory else pool_size,  # in memory, a connection is the database
            max_overflow=0,
            pool_timeout=pool_timeout_seconds,
            pool_pre_ping=not is_sqlite,
        )
        writing = self.engine
        if is_sqlite:
            _prepare_sqlite(self.engine, wal=not is_memory)
            writing = self.engine.execution_options(**{_WRITES: True})
        self._sessions = {
            True: async_sessionmaker(writing, expire_on_commit=False),
            False: async_sessionmaker(self.engine, expire_on_commit=False),
        }

    def session(self, *, writes: bool = True) -> AsyncSession:
        """Return a new session; on SQLite, one that *writes* takes the write lock as it begins.

        (A SQLite transaction that reads first and writes later fails at once when another wrote
        in between; one that says so beforehand waits for its turn.)
        """
        return self._sessions[writes]()

    def loader(
        self, model: type[M], *conditions: ColumnElement[bool]
    ) -> Callable[[str, AsyncSession], Awaitable[M | None]]:
        """Return a function that loads a *model* by its primary key given as text.

        It fits `JWTAuthenticator(load_user=…)`: the subject of a token is text, the key of a
        table often is not. A row that does not meet the *conditions*, such as `User.is_active`,
        is not loaded, and a subject that is no key loads nothing.
        """
        (key,) = inspect(model).primary_key
        read_key: Callable[[str], Any] = key.type.python_type

        async def load(subject: str, session: AsyncSession) -> M | None:
            try:
                identity = read_key(subject)
                return await session.scalar(select(model).where(key == identity, *conditions))
            except (ValueError, OverflowError, DataError):  # no key, or none that the column holds
                return None

        load.__annotations__["return"] = model | None
        return load

    def translate(self, error: BaseException) -> Exception | None:
        """Return what a client may know of an error of this database, None where it is nothing.

        A violated constraint becomes the `ErrorDetail` of its column, a value that no column of
        its type can hold 422, a database that cannot be reached and a pool that stays empty 503.
        """
        match error:
            case IntegrityError() if self.metadata is not None:
                failure = explain_integrity_error(error, self.metadata)
                if failure is None:
                    return None
                if failure.status_code == Conflict.status_code:
                    return Conflict("A value is taken already.", details=failure.errors)
                return ValidationException(list(failure.errors))
            case DBAPIError() if _is_unfit_value(error):
                return UnprocessableContent("A value is none that its column can hold.")
            case OverflowError() if _passed_sqlalchemy(error):  # sqlite3's own
                return UnprocessableContent("A value is none that its column can hold.")
            case PoolTimeoutError():
                return ServiceUnavailable("Too many requests wait for the database.")
            case DBAPIError(connection_invalidated=True):
                return ServiceUnavailable("The database does not answer.")
            case OSError() if _passed_sqlalchemy(error):  # asyncpg's own, when it cannot connect
                return ServiceUnavailable("The database does not answer.")
            case _:
                return None

    async def create_all(self) -> None:
        """Create the tables of *metadata* that do not exist yet."""
        if self.metadata is None:
            raise ValueError("Database(metadata=…) is not given. Pass Base.metadata.")
        async with self.engine.begin() as connection:
            await connection.run_sync(self.metadata.create_all)

    async def dispose(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def _is_unfit_value(error: DBAPIError) -> bool:
    """Tell whether the driver refused a value: too large a number, a NUL in a text.

    asyncpg has classes of that name of its own, which SQLAlchemy does not map to its DataError.
    """
    causes = (error, error.orig, getattr(error.orig, "__cause__", None))
    return any(kind.__name__ == "DataError" for one in causes for kind in type(one).__mro__)


def _passed_sqlalchemy(error: BaseException) -> bool:
    """Tell whether *error* came up through SQLAlchemy, and so from the database."""
    frames = traceback.walk_tb(error.__traceback__)
    return any(frame.f_globals.get("__name__", "").startswith("sqlalchemy.") for frame, _ in frames)


def _with_async_driver(url: URL) -> URL:
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def _prepare_sqlite(engine: AsyncEngine, *, wal: bool) -> None:
    """Make SQLite enforce foreign keys, wait for locks, and begin transactions when told to.

    Source: https://docs.sqlalchemy.org/en/20/dialects/sqlite.html, "Serializable isolation"
    """

    def connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        cursor = connection.cursor()
        if wal:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={_SQLITE_BUSY_MS}")
        cursor.close()

    def begin(connection: Any) -> None:
        mode: Literal["IMMEDIATE", "DEFERRED"] = (
            "IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "DEFERRED"
        )
        connection.exec_driver_sql(f"BEGIN {mode}")

    def reset(connection: Any, _: object, state: PoolResetState) -> None:
        # SQLAlchemy takes a failed COMMIT for the end of the transaction; SQLite keeps it open.
        if state.asyncio_safe:
            connection.rollback()

    event.listen(engine.sync_engine.pool, "reset", reset)
    event.listen(engine.sync_engine, "connect", connect)
    event.listen(engine.sync_engine, "begin", begin)
