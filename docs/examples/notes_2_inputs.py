"""Validated inputs: notes in memory, a body, a path parameter and a page of a list."""

from typing import Annotated

from pydantic import BaseModel, Field

from covet import Covet, NotFound, PaginatedResponse, PaginationParams

app = Covet(title="Notes")


class NewNote(BaseModel):
    """What a client sends."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    tags: list[str] = []


class Note(NewNote):
    """What a client gets."""

    id: int


notes: dict[int, Note] = {}


@app.post("/notes", status_code=201)
async def create_note(data: NewNote) -> Note:
    note = Note(id=len(notes) + 1, title=data.title, tags=data.tags)
    notes[note.id] = note
    return note


@app.get("/notes")
async def list_notes(page: PaginationParams, tag: str | None = None) -> PaginatedResponse[Note]:
    found = [note for note in notes.values() if tag is None or tag in note.tags]
    return PaginatedResponse(
        items=found[page.offset : page.offset + page.limit],
        total=len(found),
        page=page.page,
        per_page=page.per_page,
    )


@app.get("/notes/{note_id}")
async def read_note(note_id: int) -> Note:
    if note_id not in notes:
        raise NotFound("There is no such note.")
    return notes[note_id]
