"""covet_routing without a framework: a WSGI application of thirty lines."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from covet_routing import MethodNotAllowed, RESTRouter, RouteMatch

router = RESTRouter(trailing_slash="redirect")


@router.get("/items/{item_id:int}", name="item")
def read_item(item_id: int) -> str:
    return f"item {item_id}, next is {router.url_for('item', item_id=item_id + 1)}\n"


@router.post("/items")
def create_item() -> str:
    return "created\n"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request by the router.

    Source: PEP 3333, https://peps.python.org/pep-3333/
    """
    headers = [("Content-Type", "text/plain")]
    match router.match_route(environ["REQUEST_METHOD"], environ["PATH_INFO"]):
        case RouteMatch(handler, path_params):
            status, body = HTTPStatus.OK, str(handler(**path_params))
        case MethodNotAllowed(allowed):
            status, body = HTTPStatus.METHOD_NOT_ALLOWED, ""
            headers.append(("Allow", ", ".join(allowed)))
        case _:
            status, body = HTTPStatus.NOT_FOUND, ""
    start_response(f"{status.value} {status.phrase}", headers)
    return [body.encode()]
