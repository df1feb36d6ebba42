"""Documentation: what the document says, where it is served, what it leaves out."""

from typing import Annotated

from pydantic import BaseModel, Field

from covet import Conflict, Covet, Query, Router

app = Covet(
    title="Library",
    version="2.1.0",
    description="Books and who wrote them.",
    contact={"name": "The librarian", "email": "library@example.com"},
    license_info={"name": "MIT"},
    servers=["https://api.example.com"],
    docs_path="/help",
    openapi_path="/help/openapi.json",
)
books = Router(prefix="/books", tags=["books"])


class Book(BaseModel):
    """A book."""

    title: Annotated[str, Field(examples=["Notes on the Analytical Engine"])]
    pages: Annotated[int, Field(gt=0)] = 1


@books.post("/", status_code=201, summary="Add a book", raises=[Conflict])
async def add(book: Book) -> Book:
    """Add a book to the shelf.

    The title must be new.
    """
    return book


@books.get("/", deprecated=True)
async def search(
    q: Annotated[str, Query(description="Part of the title.", examples=["engine"])],
    debug: Annotated[bool, Query(include_in_schema=False)] = False,
) -> list[Book]:
    return []


@books.get("/internal", include_in_schema=False)
async def internal() -> str:
    return "not in the document"


app.include(books)


def document() -> dict[str, object]:
    """Return the document without HTTP, for a file or a client generator."""
    app.start()
    return dict(app.documentation.generator().generate())
