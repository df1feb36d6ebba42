"""What the four endpoints take and give, as Pydantic models; every contender answers the same."""

from typing import Annotated

from pydantic import BaseModel, Field

GREETING = "Hello from the benchmark"
MAX_LIMIT = 100

Country = Annotated[str, Field(min_length=2, max_length=2)]


class Item(BaseModel):
    """One element of the list that D answers with."""

    id: int
    name: str
    price: float
    in_stock: bool
    tags: list[str]


class ItemView(BaseModel):
    """What B answers: the item asked for and the query as it was understood."""

    id: int
    name: str
    price: float
    q: str | None
    limit: int


class Address(BaseModel):
    """The nested part of a user."""

    street: Annotated[str, Field(max_length=100)]
    city: Annotated[str, Field(max_length=100)]
    postal_code: Annotated[str, Field(max_length=12)]
    country: Country


class User(BaseModel):
    """What C answers: eleven fields, none of them secret."""

    username: Annotated[str, Field(min_length=3, max_length=50, pattern=r"^[a-zA-Z0-9_]+$")]
    email: Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
    full_name: Annotated[str, Field(max_length=100)]
    age: Annotated[int, Field(ge=13, le=130)]
    bio: Annotated[str, Field(max_length=500)]
    website: str | None
    newsletter: bool
    score: Annotated[float, Field(ge=0)]
    roles: Annotated[list[str], Field(max_length=10)]
    languages: Annotated[list[Country], Field(max_length=10)]
    address: Address


class NewUser(User):
    """What C takes: a user and the password that must never come back."""

    password: Annotated[str, Field(min_length=8, max_length=128)]


ITEMS = [
    Item(
        id=number,
        name=f"Item {number}",
        price=number + 0.5,
        in_stock=number % 3 != 0,
        tags=["garden", "tools"],
    )
    for number in range(1, 101)
]

NEW_USER = NewUser(
    username="ada_lovelace",
    email="ada@example.org",
    full_name="Ada Lovelace",
    age=36,
    bio="Wrote the first program, for a machine that was never built.",
    website="https://example.org/ada",
    newsletter=True,
    score=98.5,
    roles=["author", "editor", "reader"],
    languages=["en", "fr", "it"],
    address=Address(street="12 St James's Square", city="London", postal_code="SW1Y", country="GB"),
    password="correct-horse-1843",
)


def view_item(item_id: int, q: str | None, limit: int) -> ItemView:
    """Return what B answers for the given inputs."""
    return ItemView(id=item_id, name=f"Item {item_id}", price=item_id + 0.5, q=q, limit=limit)
