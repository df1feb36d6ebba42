"""RESTRequestHandler in a Starlette application: Covet's lifecycle, somebody else's router."""

from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from covet import NotFound, RESTRequestHandler, RouteMetadata

handler = RESTRequestHandler()


class Star(BaseModel):
    """A star."""

    name: str
    magnitude: float


stars = {"sirius": Star(name="Sirius", magnitude=-1.46)}


async def read_star(name: str, precise: bool = False) -> Star:
    """Show a star."""
    if name not in stars:
        raise NotFound("There is no such star.")
    star = stars[name]
    return star if precise else Star(name=star.name, magnitude=round(star.magnitude))


read_star_route = RouteMetadata("/stars/{name}", ("GET",), read_star)


async def endpoint(request: Request) -> Response:
    return await handler.handle_request(request, read_star_route)


app = Starlette(routes=[Route("/stars/{name}", endpoint)])
