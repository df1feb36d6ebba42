"""Covet as its README shows it: typed handlers, one dependency, the whole default lifecycle."""

from dataclasses import dataclass
from typing import Annotated

from benchmarks.payloads import GREETING, ITEMS, MAX_LIMIT, Item, ItemView, NewUser, User, view_item
from covet import Covet, Depends, Query


@dataclass(frozen=True, slots=True)
class Shop:
    """What the dependency provides."""

    greeting: str
    items: list[Item]


SHOP = Shop(GREETING, ITEMS)


async def shop() -> Shop:
    """Provide the shop."""
    return SHOP


ShopDependency = Annotated[Shop, Depends(shop)]

app = Covet(title="Benchmark")


@app.get("/plain")
async def plain(shop: ShopDependency) -> dict[str, str]:
    """Answer a small JSON document."""
    return {"message": shop.greeting}


@app.get("/items/{item_id}")
async def item(
    shop: ShopDependency,
    item_id: int,
    q: Annotated[str | None, Query(max_length=50)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 10,
) -> ItemView:
    """Answer one model from validated inputs."""
    return view_item(item_id, q, limit)


@app.post("/users", status_code=201)
async def create_user(shop: ShopDependency, user: NewUser) -> User:
    """Answer the user without what its declared type does not have: the password."""
    return user


@app.get("/list")
async def list_items(shop: ShopDependency) -> list[Item]:
    """Answer 100 models."""
    return shop.items
