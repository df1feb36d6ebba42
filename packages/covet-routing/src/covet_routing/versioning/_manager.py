"""The versions of an API, and where its requests name them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from covet_routing._defaults import join, make_defaults
from covet_routing._errors import (
    Fault,
    FrozenRouterError,
    RouterFaultsError,
    TemplateError,
    did_you_mean,
    nearest,
)
from covet_routing._faults import find_faults
from covet_routing._route import RouteMetadata
from covet_routing._table import Mount
from covet_routing.versioning._errors import NoDefaultVersionError, VersionError
from covet_routing.versioning._reading import (
    VersioningStrategy,
    version_in_host,
    version_in_path,
    version_in_query,
    versions_in_accept,
)
from covet_routing.versioning._routes import effective_routes, find_meetings
from covet_routing.versioning._version import APIVersion, UnknownVersion, version_key

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_STATUS_OF_UNKNOWN = {
    VersioningStrategy.URL_PATH: 404,
    VersioningStrategy.SUBDOMAIN: 404,
    VersioningStrategy.HEADER: 406,
    VersioningStrategy.QUERY_PARAM: 400,
}


class VersionManager:
    """Which versions an API has, which one a request asks for, and which routes that has.

    A request that names no version gets the default one. A version has its own routes and those
    of older ones that it does not replace; routes without a version are in all of them.

    Args:
        strategy: Where requests name the version.
        prefix: For URL_PATH, what stands before it: ``"/api"`` makes ``/api/v1/posts``.
        parameter: For QUERY_PARAM, the name of the parameter.

    Raises:
        TemplateError: the prefix is no path, ends with a slash, has a parameter, or has no effect
            on the strategy.
    """

    def __init__(
        self,
        strategy: VersioningStrategy = VersioningStrategy.URL_PATH,
        prefix: str = "",
        *,
        parameter: str = "version",
    ) -> None:
        literal = make_defaults(prefix, {}).prefix
        if "{" in literal:
            reason = "the prefix of versions has no parameters"
            raise TemplateError(prefix, reason, "Write a literal prefix.")
        if literal and strategy is not VersioningStrategy.URL_PATH:
            reason = f"versions are not named in paths, but by {strategy.name}"
            raise TemplateError(prefix, reason, "Drop the prefix.")
        self.strategy: VersioningStrategy = strategy
        self.prefix: str = literal
        self.parameter: str = parameter
        self._versions: dict[str, APIVersion] = {}
        self._by_key: dict[str, APIVersion] = {}
        self._default: APIVersion | None = None
        self._is_frozen = False

    # --- Versions ----------------------------------------------------------------------------

    def register_version(
        self,
        version: str | APIVersion,
        *,
        is_default: bool = False,
        deprecated: bool | date = False,
        sunset_date: date | str | None = None,
        migration_guide_url: str | None = None,
    ) -> APIVersion:
        """Add a version and return it; the options make one of a name.

        Raises:
            VersionError: it is there already, perhaps with or without a ``v``, a second one is
                the default, or `APIVersion` refuses it.
            FrozenRouterError: the versions answer requests already.
        """
        if isinstance(version, str):
            version = APIVersion(version, is_default, deprecated, sunset_date, migration_guide_url)
        if self._is_frozen:
            raise FrozenRouterError(f"register API version {version.version!r}")
        for other in self._versions.values():
            if other.numbers == version.numbers:
                reason, remedy = f"is there already, as {other.version!r}", "Register it once."
                raise VersionError(version.version, reason, remedy)
            if other.is_default and version.is_default:
                reason = f"is a second default besides {other.version!r}"
                raise VersionError(version.version, reason, "Keep one is_default=True.")
        known = sorted((*self._versions.values(), version), key=lambda each: each.numbers)
        self._versions = {each.version: each for each in known}
        self._by_key = {str(version_key(each.version)): each for each in known}
        self._default = version if version.is_default else self._default
        return version

    @property
    def versions(self) -> Mapping[str, APIVersion]:
        """The versions by name, oldest first."""
        return MappingProxyType(self._versions)

    @property
    def default_version(self) -> str | None:
        """The name of the version that requests get that name none."""
        return None if self._default is None else self._default.version

    def find(self, text: str) -> APIVersion | None:
        """Return the version called *text*, with its ``v`` or without."""
        return self._by_key.get(version_key(text) or "")

    # --- Requests ----------------------------------------------------------------------------

    def get_version_from_request(
        self,
        path: str = "",
        *,
        host: str | None = None,
        headers: Mapping[str, str] = _NO_HEADERS,
        query_string: bytes = b"",
    ) -> APIVersion | UnknownVersion:
        """Return the version that a request asks for, the default one where it does not say.

        Args:
            path: Still percent-encoded, without query string; URL_PATH looks at it alone.
            host: The Host header; SUBDOMAIN looks at it alone.
            headers: Names in lower case; HEADER looks at ``accept`` alone.
            query_string: As the server has it; QUERY_PARAM looks at it alone.

        Raises:
            NoDefaultVersionError: the request names none, and there is no default.
        """
        match self.strategy:
            case VersioningStrategy.URL_PATH:
                named = version_in_path(path, self.prefix, self._versions)
                found = self._versions.get(named or "")
            case VersioningStrategy.SUBDOMAIN:
                named = version_in_host(host, self._versions)
                found = self._versions.get(named or "")
            case VersioningStrategy.QUERY_PARAM:
                named = version_in_query(query_string, self.parameter)
                found = None if named is None else self.find(named)
            case VersioningStrategy.HEADER:
                return self._negotiate(versions_in_accept(headers.get("accept")))
        if found is not None:
            return found
        return self._unnamed() if named is None else self._refuse(named)

    def _negotiate(self, wanted: Sequence[str | None]) -> APIVersion | UnknownVersion:
        for text in wanted:
            found = self._unnamed() if text is None else self.find(text)
            if found is not None:
                return found
        return self._refuse(wanted[0] or "")

    def _unnamed(self) -> APIVersion:
        if self._default is None:
            raise NoDefaultVersionError(self._versions)
        return self._default

    def _refuse(self, named: str) -> UnknownVersion:
        return UnknownVersion(named, _STATUS_OF_UNKNOWN[self.strategy], tuple(self._versions))

    # --- Responses ---------------------------------------------------------------------------

    @property
    def vary(self) -> str | None:
        """The request header that decides the version; None where none does.

        Source: RFC 9110 §12.5.5, https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
        """
        return "Accept" if self.strategy is VersioningStrategy.HEADER else None

    def add_deprecation_headers(
        self, headers: MutableMapping[str, str], version: str | APIVersion
    ) -> None:
        """Say in *headers* what is known of the future of *version*, and what decided it.

        ``Deprecation`` and ``Sunset`` are set. ``Link`` and ``Vary`` are added to what is there,
        whatever the case of its name.

        Raises:
            VersionError: there is no such version.
        """
        found = self.find(version if isinstance(version, str) else version.version)
        if found is None:
            name = version if isinstance(version, str) else version.version
            raise VersionError(name, "is not registered", "Register it first.")
        for name, value in found.headers:
            _add(headers, name, value)
        if self.vary is not None:
            _add(headers, "Vary", self.vary)

    def response_headers(self, version: str) -> tuple[tuple[bytes, bytes], ...]:
        """Return what `add_deprecation_headers` adds to nothing, as ASGI has headers.

        To be worked out once for each route: a second ``Link`` line is one list with the first.

        Raises:
            VersionError: there is no such version.
        """
        headers: dict[str, str] = {}
        self.add_deprecation_headers(headers, version)
        return tuple(
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in headers.items()
        )

    # --- Routes ------------------------------------------------------------------------------

    def base_path(self, version: str) -> str:
        """Return what stands before the paths of *version*: ``/api/v1``; empty without URL_PATH."""
        return f"{self.prefix}/{version}" if self._is_in_path else ""

    def faults(self, records: Iterable[RouteMetadata], mounts: Iterable[Mount] = ()) -> list[Fault]:
        """Return every reason why *records* cannot be answered in these versions.

        Takes the place of `RESTRouter.faults`, to which one path in two versions is a conflict.
        """
        return self._examine(records, mounts)[0]

    def resolve(
        self, records: Iterable[RouteMetadata], mounts: Iterable[Mount] = ()
    ) -> "VersionedRoutes":
        """Return the routes of each version, and set each version's ``routes`` to them.

        Their ``version`` is the one that answers, their path begins with it under URL_PATH, and
        those of a deprecated version are deprecated. No version can be added from now on.

        Raises:
            RouterFaultsError: something is wrong with them; everything is listed.
        """
        faults, resolved = self._examine(records, mounts)
        if faults:
            raise RouterFaultsError(faults)
        for name, routes in resolved.by_version.items():
            object.__setattr__(self._versions[name], "routes", routes)
        self._is_frozen = True
        return resolved

    def _examine(
        self, records: Iterable[RouteMetadata], mounts: Iterable[Mount]
    ) -> "tuple[list[Fault], VersionedRoutes]":
        faults: list[Fault] = []
        if self._default is None:
            error = NoDefaultVersionError(self._versions)
            faults.append(Fault(str(error), "<unknown>", 0, error))
        faults += find_faults((), tuple(mounts))
        by_version = self._by_version(records)
        for version, routes in by_version.items():
            faults += find_faults(routes, ())
            for record in routes:
                if (problem := self._problem(record, version)) is not None:
                    faults.append(Fault(str(problem), *record.source_location, problem))
        resolved = self._resolved(by_version)
        if not faults and self._is_in_path:
            faults += find_meetings(self._everywhere(resolved))
        return faults, resolved

    @property
    def _is_in_path(self) -> bool:
        return self.strategy is VersioningStrategy.URL_PATH

    def _by_version(
        self, records: Iterable[RouteMetadata]
    ) -> dict[str | None, list[RouteMetadata]]:
        """Return *records* by the name of their version, those of unknown ones by what they say."""
        groups: dict[str | None, list[RouteMetadata]] = defaultdict(list)
        for record in records:
            found = None if record.version is None else self.find(record.version)
            groups[record.version if found is None else found.version].append(record)
        return groups

    def _problem(self, record: RouteMetadata, version: str | None) -> VersionError | None:
        """Return what is wrong with the version of a route."""
        if version is not None and version not in self._versions:
            known = ", ".join(self._versions)
            return VersionError(
                version,
                f"of route {record.path} is not registered",
                (f"Register it, or use one of {known}." if known else "Register it.")
                + did_you_mean(nearest(version, self._versions)),
            )
        for name in self._versions if self._is_in_path else ():
            base = self.base_path(name)
            if record.path.startswith(base + "/"):
                return VersionError(
                    name,
                    f"stands in the path of route {record.path}, where it is put anyway",
                    f"Write {record.path[len(base) :]!r} with version={name!r}.",
                )
        return None

    def _resolved(
        self, by_version: Mapping[str | None, Sequence[RouteMetadata]]
    ) -> "VersionedRoutes":
        unversioned = by_version.get(None, ())
        generations = [unversioned]
        found: dict[str, tuple[RouteMetadata, ...]] = {}
        for name, version in self._versions.items():
            generations.insert(0, by_version.get(name, ()))
            found[name] = tuple(
                self._placed(record, version) for record in effective_routes(generations)
            )
        versioned = [record for name in self._versions for record in by_version.get(name, ())]
        common = effective_routes([versioned, unversioned])[len(versioned) :]
        return VersionedRoutes(self, MappingProxyType(found), tuple(common))

    def _placed(self, record: RouteMetadata, version: APIVersion) -> RouteMetadata:
        return record.evolve(
            path=join(self.base_path(version.version), record.path),
            version=version.version,
            deprecated=record.deprecated or version.deprecated is not False,
        )

    def _everywhere(self, resolved: "VersionedRoutes") -> Iterator[RouteMetadata]:
        """Yield the routes at every path that they have under URL_PATH."""
        for name, routes in resolved.by_version.items():
            yield from routes
            if name == self.default_version:
                base = len(self.base_path(name))
                for record in routes:
                    yield record.evolve(path=join(self.prefix, record.path[base:]) or "/")
        if self.prefix:
            yield from resolved.unversioned


@dataclass(frozen=True, slots=True)
class VersionedRoutes:
    """What each version of an API answers, and what has no version.

    Attributes:
        manager: Whose versions they are.
        by_version: The routes of each version by its name, its own before those of older ones.
        unversioned: The routes that no version has or replaces.
    """

    manager: VersionManager
    by_version: Mapping[str, tuple[RouteMetadata, ...]]
    unversioned: tuple[RouteMetadata, ...]


def _add(headers: MutableMapping[str, str], name: str, value: str) -> None:
    """Set a header; of those that are lists, add to it unless it has the value already."""
    present = next((key for key in headers if key.lower() == name.lower()), None)
    if present is None:
        headers[name] = value
        return
    before = headers[present]
    if name in {"Deprecation", "Sunset"} or not before.strip():
        headers[present] = value
    elif before.strip() != "*" and value.lower() not in map(
        str.lower, map(str.strip, before.split(","))
    ):
        headers[present] = f"{before}, {value}"
