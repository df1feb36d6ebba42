"""A database: the notes in a table, one transaction a request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import String, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from covet import Covet, Database, NotFound, PaginatedResponse, PaginationParams


class Base(DeclarativeBase):
    """The tables."""


class Note(Base):
    """A row."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(100), unique=True)


class NewNote(BaseModel):
    """What a client sends."""

    title: Annotated[str, Field(min_length=1, max_length=100)]


class NoteOut(NewNote):
    """What a client gets, read from the attributes of a row."""

    model_config = ConfigDict(from_attributes=True)

    id: int


database = Database("sqlite:///notes.db", metadata=Base.metadata)


@asynccontextmanager
async def lifespan(app: Covet) -> AsyncIterator[None]:
    await database.create_all()
    yield


app = Covet(title="Notes", database=database, lifespan=lifespan)


@app.post("/notes", status_code=201, response_model=NoteOut)
async def create_note(data: NewNote, session: AsyncSession) -> Note:
    note = Note(title=data.title)
    session.add(note)
    return note


@app.get("/notes")
async def list_notes(page: PaginationParams, session: AsyncSession) -> PaginatedResponse[NoteOut]:
    total = await session.scalar(select(func.count()).select_from(Note))
    rows = await session.scalars(
        select(Note).order_by(Note.id).offset(page.offset).limit(page.limit)
    )
    return PaginatedResponse(
        items=[NoteOut.model_validate(note) for note in rows],
        total=total or 0,
        page=page.page,
        per_page=page.per_page,
    )


@app.get("/notes/{note_id}", response_model=NoteOut)
async def read_note(note_id: int, session: AsyncSession) -> Note:
    note = await session.get(Note, note_id)
    if note is None:
        raise NotFound("There is no such note.")
    return note
