"""The floor: hand-written ASGI over pydantic-core, nothing that the endpoints can spare."""

from urllib.parse import parse_qsl

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from pydantic_core import to_json

from benchmarks.contenders import Receive, Scope, Send
from benchmarks.payloads import GREETING, ITEMS, MAX_LIMIT, Item, ItemView, NewUser, User, view_item


class _ItemInputs(BaseModel):
    item_id: int
    q: str | None = Field(default=None, max_length=50)
    limit: int = Field(default=10, ge=1, le=MAX_LIMIT)


_validate_item_inputs = _ItemInputs.__pydantic_validator__.validate_python
_validate_user = NewUser.__pydantic_validator__.validate_json
_item_to_json = ItemView.__pydantic_serializer__.to_json
_user_to_json = User.__pydantic_serializer__.to_json
_items_to_json = TypeAdapter(list[Item]).serializer.to_json

_JSON = (b"content-type", b"application/json")


async def _read_body(receive: Receive) -> bytes:
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [_JSON, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the four endpoints, and 404 for the rest."""
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])  # no lifespan: servers take that for an answer
    path: str = scope["path"]
    try:
        if path == "/plain":
            await _answer(send, 200, to_json({"message": GREETING}))
        elif path.startswith("/items/"):
            inputs: dict[str, str] = dict(parse_qsl(scope["query_string"].decode("latin-1")))
            inputs["item_id"] = path[len("/items/") :]
            item = _validate_item_inputs(inputs)
            await _answer(send, 200, _item_to_json(view_item(item.item_id, item.q, item.limit)))
        elif path == "/users" and scope["method"] == "POST":
            user = _validate_user(await _read_body(receive))
            await _answer(send, 201, _user_to_json(user))
        elif path == "/list":
            await _answer(send, 200, _items_to_json(ITEMS))
        else:
            await _answer(send, 404, b'{"detail":"Not Found"}')
    except ValidationError as error:
        await _answer(send, 422, error.json(include_input=False).encode())
