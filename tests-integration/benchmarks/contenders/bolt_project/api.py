"""The endpoints, where ``runbolt`` looks for them: msgspec structs and one dependency."""

from dataclasses import dataclass
from typing import Annotated

from django_bolt import BoltAPI, Depends
from django_bolt.param_functions import Query

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


ShopDependency = Annotated[Shop, Depends(provide_shop)]

api = BoltAPI(enable_logging=False)


@api.get("/plain")
async def plain(shop: ShopDependency) -> dict[str, str]:
    """Answer a small JSON document."""
    return {"message": shop.greeting}


@api.get("/items/{item_id}")
async def item(
    shop: ShopDependency,
    item_id: int,
    q: Annotated[str | None, Query(max_length=50)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 10,
) -> ItemView:
    """Answer one struct from validated inputs."""
    return view_item(item_id, q, limit)


@api.post("/users", status_code=201)
async def create_user(shop: ShopDependency, user: NewUser) -> User:
    """Answer the user without the password."""
    return without_password(user)


@api.get("/list")
async def list_items(shop: ShopDependency) -> list[Item]:
    """Answer 100 structs."""
    return shop.items
