"""Starlette, which validates nothing itself: Pydantic by hand, JSON by a subclass of Response."""

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.payloads import GREETING, ITEMS, MAX_LIMIT, Item, ItemView, NewUser, User, view_item


class ItemInputs(BaseModel):
    """The inputs of B."""

    item_id: int
    q: str | None = Field(default=None, max_length=50)
    limit: int = Field(default=10, ge=1, le=MAX_LIMIT)


class JSONBytes(Response):
    """JSON that is serialized already."""

    media_type = "application/json"


items_adapter = TypeAdapter(list[Item])
item_adapter = TypeAdapter(ItemView)
user_adapter = TypeAdapter(User)


async def plain(request: Request) -> Response:
    """Answer a small JSON document."""
    return JSONBytes(to_json({"message": GREETING}))


async def item(request: Request) -> Response:
    """Answer one model from validated inputs."""
    inputs = ItemInputs.model_validate({**request.query_params, **request.path_params})
    return JSONBytes(item_adapter.dump_json(view_item(inputs.item_id, inputs.q, inputs.limit)))


async def create_user(request: Request) -> Response:
    """Answer the user without the password."""
    user = NewUser.model_validate_json(await request.body())
    return JSONBytes(user_adapter.dump_json(user), status_code=201)


async def list_items(request: Request) -> Response:
    """Answer 100 models."""
    return JSONBytes(items_adapter.dump_json(ITEMS))


async def invalid(request: Request, error: Exception) -> Response:
    """Answer 422 with what is wrong."""
    if not isinstance(error, ValidationError):
        raise error
    return JSONBytes(error.json(include_input=False), status_code=422)


app = Starlette(
    routes=[
        Route("/plain", plain),
        Route("/items/{item_id}", item),
        Route("/users", create_user, methods=["POST"]),
        Route("/list", list_items),
    ],
    exception_handlers={ValidationError: invalid},
)
