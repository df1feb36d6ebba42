"""Litestar with msgspec structs, on which its serialization is built, and one dependency."""

from dataclasses import dataclass
from typing import Annotated

from litestar import Litestar, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter

from benchmarks.payloads import GREETING, MAX_LIMIT
from benchmarks.payloads_msgspec import (
    ITEMS,
    Item,
    ItemView,
    NewUser,
    User,
    view_item,
    without_password,
)


@dataclass(frozen=True, slots=True)
class Shop:
    """What the dependency provides."""

    greeting: str
    items: list[Item]


SHOP = Shop(GREETING, ITEMS)


async def provide_shop() -> Shop:
    """Provide the shop."""
    return SHOP


ShopDependency = NamedDependency[Shop]


@get("/plain")
async def plain(shop: ShopDependency) -> dict[str, str]:
    """Answer a small JSON document."""
    return {"message": shop.greeting}


@get("/items/{item_id:int}")
async def item(
    shop: ShopDependency,
    item_id: FromPath[int],
    q: Annotated[str | None, QueryParameter(max_length=50)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT)] = 10,
) -> ItemView:
    """Answer one struct from validated inputs."""
    return view_item(item_id, q, limit)


@post("/users")
async def create_user(shop: ShopDependency, data: JSONBody[NewUser]) -> User:
    """Answer the user without the password."""
    return without_password(data)


@get("/list")
async def list_items(shop: ShopDependency) -> list[Item]:
    """Answer 100 structs."""
    return shop.items


app = Litestar(
    [plain, item, create_user, list_items],
    dependencies={"shop": Provide(provide_shop)},
)
