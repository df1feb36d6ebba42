"""The payloads as msgspec structs, for frameworks whose documentation builds on msgspec."""

from typing import Annotated

import msgspec
from msgspec import Meta

from benchmarks import payloads

Country = Annotated[str, Meta(min_length=2, max_length=2)]


class Item(msgspec.Struct):
    """One element of the list that D answers with."""

    id: int
    name: str
    price: float
    in_stock: bool
    tags: list[str]


class ItemView(msgspec.Struct):
    """What B answers: the item asked for and the query as it was understood."""

    id: int
    name: str
    price: float
    q: str | None
    limit: int


class Address(msgspec.Struct):
    """The nested part of a user."""

    street: Annotated[str, Meta(max_length=100)]
    city: Annotated[str, Meta(max_length=100)]
    postal_code: Annotated[str, Meta(max_length=12)]
    country: Country


class User(msgspec.Struct, kw_only=True):
    """What C answers: eleven fields, none of them secret."""

    username: Annotated[str, Meta(min_length=3, max_length=50, pattern=r"^[a-zA-Z0-9_]+$")]
    email: Annotated[str, Meta(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
    full_name: Annotated[str, Meta(max_length=100)]
    age: Annotated[int, Meta(ge=13, le=130)]
    bio: Annotated[str, Meta(max_length=500)]
    website: str | None
    newsletter: bool
    score: Annotated[float, Meta(ge=0)]
    roles: Annotated[list[str], Meta(max_length=10)]
    languages: Annotated[list[Country], Meta(max_length=10)]
    address: Address


class NewUser(User, kw_only=True):
    """What C takes: a user and the password that must never come back."""

    password: Annotated[str, Meta(min_length=8, max_length=128)]


ITEMS = [Item(**item.model_dump()) for item in payloads.ITEMS]


def view_item(item_id: int, q: str | None, limit: int) -> ItemView:
    """Return what B answers for the given inputs."""
    return ItemView(id=item_id, name=f"Item {item_id}", price=item_id + 0.5, q=q, limit=limit)


def without_password(user: NewUser) -> User:
    """Return the public part of *user*: msgspec encodes what an object is, not what is declared."""
    return User(
        username=user.username,
        email=user.email,
        full_name=user.full_name,
        age=user.age,
        bio=user.bio,
        website=user.website,
        newsletter=user.newsletter,
        score=user.score,
        roles=user.roles,
        languages=user.languages,
        address=user.address,
    )
