"""Inputs: every place in a request from which a handler's parameter can be read."""

from datetime import date
from enum import Enum
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from covet import Body, Cookie, Covet, Header, Path, Query

app = Covet(title="Inputs")


class Order(Enum):
    """How a list is sorted."""

    NEWEST = "newest"
    TITLE = "title"


class Filters(BaseModel):
    """A model of the whole query."""

    author: str | None = None
    since: date | None = None
    tags: list[str] = []


class Client(BaseModel):
    """A model of headers; underscores are hyphens on the wire."""

    user_agent: str
    x_trace: str | None = None


class Item(BaseModel):
    """A body."""

    name: Annotated[str, Field(min_length=1)]
    price: Annotated[float, Field(gt=0)]


@app.get("/shelves/{shelf_id}/books")
async def by_type_and_name(
    shelf_id: Annotated[int, Path(ge=1)],
    limit: Annotated[int, Query(ge=1, le=100, description="Books at most.")] = 20,
    order: Order = Order.NEWEST,
    language: Literal["de", "en"] | None = None,
) -> dict[str, object]:
    return {"shelf_id": shelf_id, "limit": limit, "order": order, "language": language}


@app.get("/search")
async def whole_query(filters: Filters) -> Filters:
    return filters


@app.get("/trace")
async def headers_and_cookies(
    x_request_source: Annotated[str, Header()],
    accept_language: Annotated[list[str], Header()],
    theme: Annotated[str, Cookie()] = "light",
) -> list[object]:
    return [x_request_source, accept_language, theme]


@app.get("/client")
async def whole_headers(client: Annotated[Client, Header()]) -> Client:
    return client


@app.post("/items", status_code=201)
async def json_body(item: Item, dry_run: bool = False) -> dict[str, object]:
    return {"stored": not dry_run, "name": item.name}


@app.post("/bundles")
async def two_bodies(first: Item, second: Item, note: Annotated[str, Body()] = "") -> float:
    return first.price + second.price


@app.post("/text")
async def raw_body(text: Annotated[str, Body(media_type="text/plain")]) -> int:
    return len(text)


@app.post("/prices", request_model=Item)
async def fields_of_a_model(name: str, price: float) -> str:
    return f"{name}: {price:.2f}"
