"""An application whose handlers fail in every way that a handler can; served by the tests.

Tests wait for what happens inside it by asking: ``GET /signals/{name}`` answers once it happened.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field
from sqlalchemy import ForeignKey, String, event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from starlette.datastructures import UploadFile

from covet import Cookie, Covet, Database, File, Form, Header, Request, Settings

CANARY = "canary-7d1f"  # in what handlers raise; no client may ever see it


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "rows"

    name: Mapped[str] = mapped_column(String(50), primary_key=True)


class Child(Base):
    """Its parent is looked for when the transaction is committed, no earlier."""

    __tablename__ = "children"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent: Mapped[str] = mapped_column(
        ForeignKey("rows.name", deferrable=True, initially="DEFERRED")
    )


class Point(BaseModel):
    x: float
    y: float


class Visit(BaseModel):
    number: int
    since: date
    count: int
    theme: str
    point: Point


class Transfer(BaseModel):
    amount: int


settings = Settings()
database = Database(settings.database_url, metadata=Base.metadata)
signals: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)


@asynccontextmanager
async def lifespan(_: Covet) -> AsyncIterator[None]:
    await database.create_all()
    yield


app = Covet(title="Faulty", database=database, settings=settings, lifespan=lifespan)


@app.get("/signals/{name}")
async def wait_for(name: str) -> bool:
    await asyncio.wait_for(signals[name].wait(), timeout=10)
    return True


# --- Handlers that raise ---


@app.get("/raises")
async def raise_() -> None:
    raise RuntimeError(CANARY)


@app.get("/raises-in-thread")
def raise_in_thread() -> None:
    raise KeyError(CANARY)


@app.get("/misfit")
async def misfit() -> Point:
    return {"x": CANARY, "y": 1}  # type: ignore[return-value]


# --- Transactions that fail ---


@app.get("/rows/{name}")
async def row_exists(name: str, db: AsyncSession) -> bool:
    return await db.get(Row, name) is not None


@app.post("/rows/{name}", status_code=201)
async def add_row(name: str, point: Point, db: AsyncSession) -> bool:
    db.add(Row(name=name))
    return point.x == point.y


@app.post("/rows/{name}/then-raise", status_code=201)
async def add_row_and_raise(name: str, db: AsyncSession) -> bool:
    db.add(Row(name=name))
    await db.flush()
    raise RuntimeError(CANARY)


@app.post("/rows/{name}/then-wait", status_code=201)
async def add_row_and_wait(name: str, db: AsyncSession) -> bool:
    db.add(Row(name=name))
    await db.flush()
    signals[f"{name} waits"].set()
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        signals[f"{name} was cancelled"].set()
        raise
    return True


@app.post("/rows/{name}/too-slowly", status_code=201, timeout=0.2)
async def add_row_too_slowly(name: str, db: AsyncSession) -> bool:
    db.add(Row(name=name))
    await db.flush()
    await asyncio.Event().wait()
    return True


@app.post("/rows/{name}/commit-fails", status_code=201)
async def add_row_and_fail_to_commit(name: str, db: AsyncSession) -> bool:
    @event.listens_for(db.sync_session, "before_commit")
    def fail(_: object) -> None:
        raise RuntimeError(CANARY)

    db.add(Row(name=name))
    await db.flush()
    return True


@app.post("/children/{parent}", status_code=201)
async def add_child(parent: str, db: AsyncSession) -> bool:
    db.add(Child(parent=parent))
    await db.flush()
    return True


# --- Inputs of every location ---


@app.post("/inputs/{number:int}")
async def read_inputs(
    number: int,
    since: date,
    x_count: Annotated[int, Header()],
    theme: Annotated[Literal["dark", "light"], Cookie()],
    point: Point,
) -> Visit:
    return Visit(number=number, since=since, count=x_count, theme=theme, point=point)


@app.get("/numbers/{number}")
async def read_number(number: Annotated[int, Field(ge=1)]) -> int:
    return number


@app.post("/form")
async def read_form(age: Annotated[int, Form(ge=0)], name: Annotated[str, Form()]) -> int:
    return age + len(name)


@app.post("/files")
async def read_file(
    file: Annotated[UploadFile, File()], caption: Annotated[str, Form(max_length=10)]
) -> int:
    return len(await file.read()) + len(caption)


@app.post("/transfers", request_model=Transfer)
async def transfer(amount: int, db: AsyncSession, request: Request) -> list[str]:
    return [str(amount), type(db).__name__, type(request).__name__]
