"""The tables of all versions: a request in, the payload of the right version's route out."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Generic, TypeVar

from covet_routing._defaults import join
from covet_routing._matcher import Matcher, Outcome
from covet_routing._outcome import NotFound
from covet_routing._route import RouteMetadata, route_entry
from covet_routing._table import Entry, Mount
from covet_routing._template import parse_template
from covet_routing.versioning._manager import VersionedRoutes, VersionManager
from covet_routing.versioning._reading import VersioningStrategy
from covet_routing.versioning._version import UnknownVersion

T = TypeVar("T")

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class VersionedMatcher(Generic[T]):
    """An immutable table of the routes of all versions.

    Under URL_PATH it is one `Matcher`, ``table``, in which each route stands below its version
    and the default version's also without: ask it directly, and `refusal` when it finds nothing.
    Under the other strategies ``table`` is None, and there is one for each version.

    Args:
        routes: What `VersionManager.resolve` returns.
        payload: Makes what a match returns; called once for each route of each version, and for
            those of *outside*.
        mounts: Applications below a prefix, in every version.
        outside: Routes of no version at all, at their own paths, such as those of documentation.
    """

    __slots__ = ("_common", "_manager", "_tables", "table")

    def __init__(
        self,
        routes: VersionedRoutes,
        payload: Callable[[RouteMetadata], T],
        mounts: Iterable[Mount] = (),
        outside: Iterable[RouteMetadata] = (),
    ) -> None:
        self._manager = manager = routes.manager
        mounts = tuple(mounts)
        common = [route_entry(record, payload(record)) for record in outside]
        by_version = {
            name: [route_entry(record, payload(record)) for record in records]
            for name, records in routes.by_version.items()
        }
        self.table: Matcher[T] | None = None
        self._tables: dict[str, Matcher[T]] = {}
        if manager.strategy is VersioningStrategy.URL_PATH:
            entries = [entry for version in by_version.values() for entry in version]
            aliases = _without_version(manager, by_version[manager.default_version or ""])
            if manager.prefix:  # without one they are among the aliases
                common += [route_entry(record, payload(record)) for record in routes.unversioned]
            self.table = Matcher([*common, *entries, *aliases], mounts)
            self._common: Matcher[T] = self.table
        else:
            for name, version_entries in by_version.items():
                self._tables[name] = Matcher([*common, *version_entries], mounts)
            common += [route_entry(record, payload(record)) for record in routes.unversioned]
            self._common = Matcher(common, mounts)

    def match_request(
        self,
        method: str,
        path: str,
        host: str | None = None,
        headers: Mapping[str, str] = _NO_HEADERS,
        query_string: bytes = b"",
    ) -> Outcome[T] | UnknownVersion:
        """Return the payload for a request and the parameters by name, or why there is none.

        A request for an unknown version is still answered by what has no version.

        Args:
            method: As for `Matcher.match`.
            path: As for `Matcher.match`.
            host: The Host header, or None.
            headers: Request headers; names are looked up in lower case.
            query_string: As the server has it.
        """
        table = self.table
        if table is not None:
            outcome = table.match_request(method, path, host, headers)
            if isinstance(outcome, NotFound):
                return self.refusal(path) or outcome
            return outcome
        version = self._manager.get_version_from_request(
            path, host=host, headers=headers, query_string=query_string
        )
        if not isinstance(version, UnknownVersion):
            return self._tables[version.version].match_request(method, path, host, headers)
        outcome = self._common.match_request(method, path, host, headers)
        return version if isinstance(outcome, NotFound) else outcome

    def refusal(self, path: str) -> UnknownVersion | None:
        """Return what is wrong with a *path* that ``table`` does not find, if it is its version."""
        version = self._manager.get_version_from_request(path)
        return version if isinstance(version, UnknownVersion) else None


def _without_version(manager: VersionManager, entries: Iterable[Entry[T]]) -> list[Entry[T]]:
    """Return *entries* of the default version as they are answered to who names no version."""
    base = manager.base_path(manager.default_version or "")
    return [
        entry._replace(
            template=parse_template(join(manager.prefix, entry.template.text[len(base) :]) or "/")
        )
        for entry in entries
    ]
