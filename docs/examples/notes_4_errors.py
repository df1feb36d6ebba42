"""Errors: raised where they are found, documented, and of one's own kind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from covet import APIException, Conflict, Covet, Database, NotFound, Router
from notes_3_database import Base, NewNote, Note, NoteOut

MAX_NOTES = 3

notes = Router(prefix="/notes", tags=["notes"])


class NotebookFull(APIException):
    """507: there is no room for another note."""

    status_code = 507
    title = "Notebook Full"
    code = "NOTEBOOK_FULL"


@notes.post("/", status_code=201, response_model=NoteOut, raises=[Conflict, NotebookFull])
async def create_note(data: NewNote, session: AsyncSession) -> Note:
    if (await session.scalar(select(func.count()).select_from(Note)) or 0) >= MAX_NOTES:
        raise NotebookFull(f"A notebook holds {MAX_NOTES} notes. Delete one.")
    note = Note(title=data.title)
    session.add(note)
    return note


@notes.get("/{note_id}", response_model=NoteOut)
async def read_note(note_id: int, session: AsyncSession) -> Note:
    note = await session.get(Note, note_id)
    if note is None:
        raise NotFound("There is no such note.")
    return note


@notes.delete("/{note_id}", status_code=204)
async def delete_note(note_id: int, session: AsyncSession) -> None:
    await session.delete(await read_note(note_id, session))


def create_app(url: str = "sqlite:///notes.db") -> Covet:
    database = Database(url, metadata=Base.metadata)

    @asynccontextmanager
    async def lifespan(app: Covet) -> AsyncIterator[None]:
        await database.create_all()
        yield

    app = Covet(title="Notes", database=database, lifespan=lifespan)
    app.include(notes)
    return app


app = create_app()
