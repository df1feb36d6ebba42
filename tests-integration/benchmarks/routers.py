"""The routers in the comparison, each built from the same templates and asked in its own words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.route_table import Template

if TYPE_CHECKING:
    from covet_routing import RESTRouter

Resolved = tuple[int, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Built:
    """A router with its table.

    ``resolve`` returns the index of the template that answers a path, and its parameters.
    ``visit`` looks every path up and drops the answers: this is what is timed.
    """

    resolve: Callable[[str], Resolved | None]
    visit: Callable[[Sequence[str]], None]


def _covet(templates: Sequence[Template]) -> Built:
    """Ask the frozen table, as an application does for each request."""
    match = _covet_router(templates).freeze().match

    def resolve(path: str) -> Resolved | None:
        outcome = match("GET", path)
        return (int(outcome[0].name), outcome[1]) if isinstance(outcome, tuple) else None

    def visit(paths: Sequence[str]) -> None:
        for path in paths:
            match("GET", path)

    return Built(resolve, visit)


def _covet_match_route(templates: Sequence[Template]) -> Built:
    """Ask the router, which answers with a `RouteMatch`."""
    from covet_routing import RouteMatch

    router = _covet_router(templates)
    router.freeze()
    match_route = router.match_route

    def resolve(path: str) -> Resolved | None:
        outcome = match_route("GET", path)
        if not isinstance(outcome, RouteMatch):
            return None
        return int(outcome.route_metadata.name), outcome.path_params

    def visit(paths: Sequence[str]) -> None:
        for path in paths:
            match_route("GET", path)

    return Built(resolve, visit)


def _covet_router(templates: Sequence[Template]) -> "RESTRouter":
    from covet_routing import RESTRouter

    async def handler() -> None: ...

    router = RESTRouter()
    for index, template in enumerate(templates):
        router.get(str(template), name=str(index))(handler)
    return router


def _falcon(templates: Sequence[Template]) -> Built:
    from falcon.routing import CompiledRouter

    class Resource:
        def __init__(self, index: int) -> None:
            self.index = index

        def on_get(self, req: object, resp: object, **params: str) -> None: ...

    router = CompiledRouter()
    for index, template in enumerate(templates):
        router.add_route(str(template), Resource(index))
    find: Callable[[str], Any] = router.find
    find("/")  # the first call compiles

    def resolve(path: str) -> Resolved | None:
        found = find(path)
        return None if found is None else (found[0].index, found[2])

    def visit(paths: Sequence[str]) -> None:
        for path in paths:
            find(path)

    return Built(resolve, visit)


def _werkzeug(templates: Sequence[Template]) -> Built:
    from werkzeug.exceptions import NotFound
    from werkzeug.routing import Map, Rule

    rules = Map(
        [
            Rule(template.written("<", ">"), endpoint=index, methods=["GET"])
            for index, template in enumerate(templates)
        ]
    )
    rules.update()
    match = rules.bind("127.0.0.1").match

    def resolve(path: str) -> Resolved | None:
        try:
            index, params = match(path, method="GET")
        except NotFound:
            return None
        return index, params

    def visit(paths: Sequence[str]) -> None:
        for path in paths:
            try:
                match(path, method="GET")
            except NotFound:
                continue

    return Built(resolve, visit)


def _starlette(templates: Sequence[Template]) -> Built:
    from starlette.routing import Route

    async def handler(request: object) -> None: ...

    return _in_order(
        [Route(str(template), handler, name=str(i)) for i, template in enumerate(templates)]
    )


def _fastapi(templates: Sequence[Template]) -> Built:
    from fastapi import APIRouter

    async def handler() -> None: ...

    router = APIRouter()
    for index, template in enumerate(templates):
        router.add_api_route(str(template), handler, name=str(index))
    return _in_order(router.routes)


def _in_order(routes: Sequence[Any]) -> Built:
    """Ask one route after another, as Starlette's router does, by the public ``matches``."""
    from starlette.routing import Match

    full = Match.FULL

    def find(path: str) -> tuple[Any, Any] | None:
        scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
        for route in routes:
            match, child = route.matches(scope)
            if match is full:
                return route, child
        return None

    def resolve(path: str) -> Resolved | None:
        found = find(path)
        return None if found is None else (int(found[0].name), found[1]["path_params"])

    def visit(paths: Sequence[str]) -> None:
        for path in paths:
            find(path)

    return Built(resolve, visit)


BUILDERS: dict[str, Callable[[Sequence[Template]], Built]] = {
    "covet": _covet,
    "match_route": _covet_match_route,
    "falcon": _falcon,
    "werkzeug": _werkzeug,
    "starlette": _starlette,
    "fastapi": _fastapi,
}
IMPORTS = {name: name for name in BUILDERS} | {
    "covet": "covet_routing",
    "match_route": "covet_routing",
}
