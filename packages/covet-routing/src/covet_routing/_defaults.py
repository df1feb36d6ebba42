"""Router defaults: what a router says once for all its routes, and how nested ones add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, cast

from covet_routing._errors import TemplateError
from covet_routing._host import normalize_host
from covet_routing._options import ROUTER_OPTIONS, RouterOptions, as_tuple, split_options
from covet_routing._route import RouteMetadata
from covet_routing._table import TrailingSlash
from covet_routing._template import parse_template


class _Inheriting(Protocol):
    """What routes and routers have alike."""

    @property
    def tags(self) -> tuple[str, ...]: ...
    @property
    def requires_auth(self) -> bool | None: ...
    @property
    def permissions(self) -> tuple[object, ...]: ...
    @property
    def rate_limit(self) -> object: ...
    @property
    def version(self) -> str | None: ...
    @property
    def deprecated(self) -> bool: ...
    @property
    def host(self) -> str | None: ...
    @property
    def headers(self) -> Mapping[str, str | None]: ...
    @property
    def trailing_slash(self) -> TrailingSlash | None: ...
    @property
    def include_in_schema(self) -> bool: ...
    @property
    def extra(self) -> Mapping[str, object]: ...


@dataclass(frozen=True, slots=True)
class RouterDefaults:
    """What every route below a router has unless it says otherwise.

    Prefixes, name prefixes, tags, permissions, headers and extra add up, the router's first; a
    route is deprecated, or hidden from documents, where anything around it is; of the rest the
    innermost that is not None holds.
    """

    prefix: str = ""
    name_prefix: str = ""
    tags: tuple[str, ...] = ()
    requires_auth: bool | None = None
    permissions: tuple[object, ...] = ()
    rate_limit: object = None
    version: str | None = None
    deprecated: bool = False
    host: str | None = None
    headers: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    trailing_slash: TrailingSlash | None = None
    include_in_schema: bool = True
    extra: Mapping[str, object] = field(default_factory=dict[str, object])

    def around(self, inner: "RouterDefaults") -> "RouterDefaults":
        """Return the defaults of a router with *inner* that is included in one with these."""
        return replace(
            inner,
            prefix=self.prefix + inner.prefix,
            name_prefix=self.name_prefix + inner.name_prefix,
            **self._inherited(inner),
        )

    def apply(self, record: RouteMetadata) -> RouteMetadata:
        """Return *record* below a router with these defaults; the same where nothing changes."""
        changes = self._inherited(record)
        if self.prefix:
            changes["path"] = join(self.prefix, record.path)
        if self.name_prefix:
            changes["name"] = self.name_prefix + record.name
        return record.evolve(**changes) if changes else record

    def _inherited(self, inner: _Inheriting) -> dict[str, Any]:
        """Return what *inner* takes over."""
        changes: dict[str, Any] = {}
        for option in ("requires_auth", "rate_limit", "version", "host", "trailing_slash"):
            outer = getattr(self, option)
            if outer is not None and getattr(inner, option) is None:
                changes[option] = outer
        if self.tags:
            changes["tags"] = _unique((*self.tags, *inner.tags))
        if self.permissions:
            changes["permissions"] = _unique((*self.permissions, *inner.permissions))
        if self.headers:
            changes["headers"] = {**self.headers, **inner.headers}
        if self.extra:
            changes["extra"] = _merged(self.extra, inner.extra)
        if self.deprecated:
            changes["deprecated"] = True
        if not self.include_in_schema:
            changes["include_in_schema"] = False
        return changes


def make_defaults(
    prefix: str, options: RouterOptions, extra_names: frozenset[str] = frozenset()
) -> RouterDefaults:
    """Return checked defaults; options of *extra_names* land in ``extra``.

    Raises:
        TemplateError: the prefix is invalid.
        HostError: the host is invalid.
        RouteOptionError: an option is unknown, or tags or permissions are one text.
    """
    checked = split_options(options, ROUTER_OPTIONS, extra_names)
    if prefix == "/":
        prefix = ""
    elif prefix.endswith("/"):
        reason = "a prefix ends without a slash, as paths begin with one"
        raise TemplateError(prefix, reason, f"Write {prefix.rstrip('/')!r}.")
    elif prefix:
        parse_template(prefix)
    for option in {"tags", "permissions"} & options.keys():
        checked[option] = as_tuple(option, checked[option])
    if checked.get("host") is not None:
        checked["host"] = normalize_host(checked["host"])
    if "headers" in checked:
        checked["headers"] = {name.lower(): value for name, value in checked["headers"].items()}
    return RouterDefaults(prefix, **checked)


def join(prefix: str, path: str) -> str:
    """Return *path* below *prefix*: a path of one slash is the prefix itself."""
    return prefix if prefix and path in {"", "/"} else prefix + path


def _merged(outer: Mapping[str, object], inner: Mapping[str, object]) -> dict[str, object]:
    """Return both: sequences add up, the outer first; mappings too, and there the inner wins."""
    merged = {**outer, **inner}
    for name in outer.keys() & inner.keys():
        around, within = cast("Any", outer[name]), cast("Any", inner[name])
        if isinstance(around, Mapping) and isinstance(within, Mapping):
            merged[name] = {**around, **within}
        elif isinstance(around, list | tuple) and isinstance(within, list | tuple):
            merged[name] = (*around, *within)
    return merged


def _unique(values: Iterable[object]) -> tuple[Any, ...]:
    """Return *values* without repetitions; they need not be hashable."""
    unique: list[object] = []
    for value in values:
        if value not in unique:
            unique.append(value)
    return tuple(unique)
