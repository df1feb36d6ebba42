"""Routes by name: from a name and parameters to a path."""

from collections.abc import Iterable

from covet_routing._errors import AmbiguousNameError, UnknownRouteError
from covet_routing._route import RouteMetadata
from covet_routing._url import build_path


class RouteNames:
    """The routes of one table by their names."""

    __slots__ = ("_records",)

    def __init__(self, records: Iterable[RouteMetadata]) -> None:
        self._records: dict[str, list[RouteMetadata]] = {}
        for record in records:
            self._records.setdefault(record.name, []).append(record)

    def __contains__(self, name: object) -> bool:
        """Tell whether some route is called *name*."""
        return name in self._records

    def url_for(self, name: str, /, **params: object) -> str:
        """Return the percent-encoded path of the route *name*.

        Of several routes of one name, the one with exactly the given parameters counts.

        Raises:
            UnknownRouteError: no route has that name; the nearest name is suggested.
            UrlParameterError: a parameter is missing, unexpected or does not fit; it says which.
            AmbiguousNameError: several paths have that name and those parameters.
        """
        records = self._records.get(name)
        if records is None:
            raise UnknownRouteError(name, self._records)
        fitting = [record for record in records if params.keys() == set(record.template.names)]
        by_path = {record.path_format: record for record in fitting}
        if len(by_path) > 1:
            raise AmbiguousNameError(name, list(by_path))
        return build_path(name, (fitting or records)[0].template, params)
