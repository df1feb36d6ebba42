"""Route options: what may be said of a route, and checks that say what is wrong."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from covet_routing._errors import RouteOptionError, did_you_mean, nearest
from covet_routing._table import TrailingSlash

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # RFC 9110 §5.6.2


class RouteOptions(TypedDict, total=False):
    """The options of `rest_route` and the router's decorators; `RouteMetadata` explains each."""

    name: str
    request_model: Any
    response_model: Any
    status_code: int
    response_media_type: str | None
    tags: Sequence[str]
    summary: str
    description: str
    deprecated: bool
    rate_limit: object
    requires_auth: bool | None
    permissions: Sequence[object]
    version: str | None
    raises: Sequence[type[Exception]]
    cost: int
    timeout: float | None
    host: str | None
    headers: Mapping[str, str | None]
    shield: bool
    include_in_schema: bool
    trailing_slash: TrailingSlash | None
    extra: Mapping[str, object]


class RouterOptions(TypedDict, total=False):
    """The options of a router and of an inclusion; `RESTRouter` explains each."""

    tags: Sequence[str]
    requires_auth: bool | None
    permissions: Sequence[object]
    rate_limit: object
    version: str | None
    deprecated: bool
    host: str | None
    headers: Mapping[str, str | None]
    trailing_slash: TrailingSlash | None
    name_prefix: str
    include_in_schema: bool
    extra: Mapping[str, object]


ROUTE_OPTIONS = frozenset(RouteOptions.__annotations__)
ROUTER_OPTIONS = frozenset(RouterOptions.__annotations__)


def check_names(options: Iterable[str], known: frozenset[str]) -> None:
    """Raise a RouteOptionError for the first of *options* that is not *known*."""
    for name in options:
        if name not in known:
            remedy = f"Use one of {', '.join(sorted(known))}."
            raise RouteOptionError(name, "is unknown", remedy + did_you_mean(nearest(name, known)))


def split_options(
    options: Mapping[str, Any], known: frozenset[str], extra_names: frozenset[str]
) -> dict[str, Any]:
    """Return *options*, those of *extra_names* gathered under ``extra``.

    Raises:
        RouteOptionError: an option is neither *known* nor among *extra_names*.
    """
    check_names(options, known | extra_names)
    fields = {name: value for name, value in options.items() if name not in extra_names}
    extra = {name: value for name, value in options.items() if name in extra_names}
    if extra:
        fields["extra"] = {**fields.get("extra", {}), **extra}
    return fields


def as_tuple(option: str, values: Iterable[Any]) -> tuple[Any, ...]:
    """Return *values* as a tuple.

    Raises:
        RouteOptionError: *values* is one text, which would fall apart into letters.
    """
    if isinstance(values, str):
        raise RouteOptionError(option, f"is one text, {values!r}", f"Write {option}=[{values!r}].")
    return tuple(values)


def as_methods(values: Iterable[str]) -> tuple[str, ...]:
    """Return method names in upper case, each once.

    Raises:
        RouteOptionError: there is none, or one is no token.

    Source: RFC 9110 §9.1, https://www.rfc-editor.org/rfc/rfc9110#section-9.1
    """
    return _normal_methods(as_tuple("methods", values))


@functools.lru_cache(maxsize=256)  # thousands of routes share few tuples
def _normal_methods(values: tuple[str, ...]) -> tuple[str, ...]:
    methods = tuple(dict.fromkeys(method.upper() for method in values))
    if not methods:
        raise RouteOptionError("methods", "is empty", "Write methods=['GET'].")
    for method in methods:
        if _TOKEN.fullmatch(method) is None:
            raise RouteOptionError("methods", f"has {method!r}, which is no token", "Correct it.")
    return methods
