"""The tables of one application: which plan answers a request, with versions or without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import Scope

from covet.plan import Plan
from covet_routing import (
    Matcher,
    MethodNotAllowed,
    Mount,
    MountMatch,
    NotFound,
    Redirect,
    RouteMetadata,
    UnknownVersion,
    VersionedMatcher,
    VersionedRoutes,
    route_entry,
)

Refusal: TypeAlias = MethodNotAllowed | NotFound | Redirect | MountMatch | UnknownVersion
Found: TypeAlias = tuple[Plan, dict[str, object]] | Refusal
Select: TypeAlias = Callable[[RouteMetadata], bool]


class Table:
    """What answers the requests, or the connections, of one application.

    `by_path` finds a route by method and path alone; it is None where the host or a header may
    decide. What it does not find `explain` may know.
    """

    __slots__ = ("_ask", "by_path")

    def __init__(self, matcher: Matcher[Plan] | VersionedMatcher[Plan]) -> None:
        table = matcher.table if isinstance(matcher, VersionedMatcher) else matcher
        self.by_path = None if table is None or table.constrained else table.match
        self._ask = matcher

    def look_up(self, method: str, scope: Scope) -> Found:
        """Return the plan that answers *scope*, with path parameters, or why there is none."""
        path = _encoded_path(scope)
        if self.by_path is not None:
            return self.by_path(method, path)
        headers = Headers(scope=scope)
        host = headers.get("host")
        if isinstance(self._ask, VersionedMatcher):
            return self._ask.match_request(method, path, host, headers, scope["query_string"])
        return self._ask.match_request(method, path, host, headers)

    def explain(self, outcome: NotFound, scope: Scope) -> NotFound | UnknownVersion:
        """Return what is wrong with the version that *scope* names, *outcome* where nothing is."""
        if isinstance(self._ask, VersionedMatcher) and self._ask.table is not None:
            return self._ask.refusal(_encoded_path(scope)) or outcome
        return outcome


Routes: TypeAlias = VersionedRoutes | Sequence[RouteMetadata]


def served(routes: Routes) -> tuple[RouteMetadata, ...]:
    """Return the records of *routes*, those of the oldest version first."""
    if not isinstance(routes, VersionedRoutes):
        return tuple(routes)
    return tuple([record for records in routes.by_version.values() for record in records])


def make_table(
    plan_of: Callable[[RouteMetadata], Plan],
    routes: Routes,
    outside: Sequence[RouteMetadata],
    mounts: Sequence[Mount],
    select: Select,
) -> Table:
    """Return the table of what *select* takes of *routes*, and of *outside*, in every version."""
    outside = [record for record in outside if select(record)]
    if isinstance(routes, VersionedRoutes):
        by_version = {
            name: tuple(filter(select, records)) for name, records in routes.by_version.items()
        }
        unversioned = tuple(filter(select, routes.unversioned))
        chosen = replace(routes, by_version=by_version, unversioned=unversioned)
        return Table(VersionedMatcher(chosen, plan_of, mounts, outside))
    records = [*filter(select, routes), *outside]
    return Table(Matcher([route_entry(record, plan_of(record)) for record in records], mounts))


def _encoded_path(scope: Scope) -> str:
    """Return the path below the root path as the client encoded it.

    Source: https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope
    """
    raw_path: bytes | None = scope.get("raw_path")
    if raw_path is None:  # the server keeps only the decoded path
        path = quote(scope["path"], safe="/:@!$&'()*+,;=~")
    else:
        path = raw_path.partition(b"?")[0].decode("latin-1")
    root_path: str = scope.get("root_path", "").rstrip("/")
    for prefix in (root_path, quote(root_path, safe="/:@!$&'()*+,;=~")):
        if prefix and (path == prefix or path.startswith(prefix + "/")):
            return path[len(prefix) :] or "/"
    return path
