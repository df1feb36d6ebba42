"""Falcon with the msgspec media handler of its recipes, encoder and decoder made once."""

import falcon
import falcon.asgi
import falcon.media
import msgspec
from falcon.asgi import Request, Response

from benchmarks.payloads import GREETING, MAX_LIMIT
from benchmarks.payloads_msgspec import ITEMS, NewUser, view_item, without_password


class Plain:
    """A small JSON document."""

    async def on_get(self, req: Request, resp: Response) -> None:
        """Answer it."""
        resp.media = {"message": GREETING}


class Items:
    """One struct from validated inputs."""

    async def on_get(self, req: Request, resp: Response, item_id: int) -> None:
        """Answer it."""
        q = req.get_param("q")
        if q is not None and len(q) > 50:
            raise falcon.HTTPInvalidParam("At most 50 characters.", "q")
        limit = req.get_param_as_int("limit", min_value=1, max_value=MAX_LIMIT, default=10)
        resp.media = view_item(item_id, q, limit)


class Users:
    """A body that is validated, and answered without the password."""

    async def on_post(self, req: Request, resp: Response) -> None:
        """Answer the user without the password."""
        user = msgspec.convert(await req.get_media(), NewUser)
        resp.media = without_password(user)
        resp.status = falcon.HTTP_201


class List:
    """100 structs."""

    async def on_get(self, req: Request, resp: Response) -> None:
        """Answer them."""
        resp.media = ITEMS


async def invalid(
    req: Request, resp: Response | None, error: msgspec.ValidationError, params: dict[str, object]
) -> None:
    """Answer 422 with what is wrong, as the recipe does."""
    raise falcon.HTTPUnprocessableEntity(description=str(error))


_json = falcon.media.JSONHandler(
    dumps=msgspec.json.Encoder().encode, loads=msgspec.json.Decoder().decode
)

app = falcon.asgi.App()
app.req_options.media_handlers[falcon.MEDIA_JSON] = _json
app.resp_options.media_handlers[falcon.MEDIA_JSON] = _json
app.add_error_handler(msgspec.ValidationError, invalid)
app.add_route("/plain", Plain())
app.add_route("/items/{item_id:int}", Items())
app.add_route("/users", Users())
app.add_route("/list", List())
