"""Composition: routes by list, middleware, a lifespan and what it shares."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from covet import Covet, Request, current_context, rest_route

events: list[str] = []


@rest_route("/about")
async def about(request: Request) -> dict[str, str]:
    return {"motto": request.state.motto, "request": current_context().request_id}


@rest_route("/motto", methods=["GET", "PUT"])
async def motto() -> str:
    return str(app.state.motto)


@asynccontextmanager
async def lifespan(app: Covet) -> AsyncIterator[dict[str, str]]:
    events.append("start")
    yield {"motto": "Small parts, well joined."}
    events.append("stop")


app = Covet(
    title="Composed",
    routes=[about, motto],
    lifespan=lifespan,
    middleware=[Middleware(GZipMiddleware, minimum_size=500)],
)
app.add_middleware(CORSMiddleware, allow_origins=["https://www.example.com"])
