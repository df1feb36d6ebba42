"""Conflicts: two routes, mounts or names of which nothing says which one is meant."""

from collections.abc import Hashable, Iterable, Iterator

from covet_routing._errors import AmbiguousNameError, Fault, RouteConflictError
from covet_routing._handler import full_name, location_of
from covet_routing._route import RouteMetadata
from covet_routing._table import Mount


def conflict_keys(record: RouteMetadata) -> Iterator[tuple[str, Hashable]]:
    """Yield for each method of *record* the method and a key that only a conflicting route has."""
    headers = tuple(sorted(record.headers.items(), key=str)) if record.headers else ()
    shape = record.template.shape
    for method in record.methods:
        yield method, (method, shape, record.host, headers)


def conflict(method: str, first: RouteMetadata, second: RouteMetadata) -> RouteConflictError:
    """Return the error that names two routes that conflict for *method*."""
    return RouteConflictError(
        method,
        (first.path, second.path),
        (full_name(first.handler), full_name(second.handler)),
        (first.source_location, second.source_location),
    )


def find_conflicts(records: Iterable[RouteMetadata]) -> list[RouteConflictError]:
    """Return one error for each method of a route that an earlier route answers already."""
    taken: dict[Hashable, RouteMetadata] = {}
    errors: list[RouteConflictError] = []
    for record in records:
        for method, key in conflict_keys(record):
            first = taken.setdefault(key, record)
            if first is not record:
                errors.append(conflict(method, first, record))
    return errors


def find_mount_conflicts(mounts: Iterable[Mount]) -> list[RouteConflictError]:
    """Return one error for each application that is mounted where another is."""
    taken: dict[tuple[str, str | None], Mount] = {}
    errors: list[RouteConflictError] = []
    for mount in mounts:
        first = taken.setdefault((mount.prefix, mount.host), mount)
        if first is not mount:
            apps = (first.app, mount.app)
            errors.append(
                RouteConflictError(
                    "Any method at",
                    (first.prefix or "/", mount.prefix or "/"),
                    (full_name(apps[0]), full_name(apps[1])),
                    (location_of(apps[0]), location_of(apps[1])),
                )
            )
    return errors


def find_ambiguous_names(records: Iterable[RouteMetadata]) -> list[Fault]:
    """Return one fault for each name, given by its author, that `url_for` could not resolve.

    Names that routes have from their handlers may repeat; `url_for` refuses those it is asked for.
    """
    groups: dict[Hashable, list[RouteMetadata]] = {}
    for record in records:
        if record.name != getattr(record.handler, "__name__", None):
            names = frozenset(record.template.names)
            groups.setdefault((record.name, record.version, names), []).append(record)
    faults: list[Fault] = []
    for group in groups.values():
        paths = list(dict.fromkeys(record.path_format for record in group))
        if len(paths) > 1:
            error = AmbiguousNameError(group[0].name, paths)
            faults.append(Fault(str(error), *group[-1].source_location, error))
    return faults
