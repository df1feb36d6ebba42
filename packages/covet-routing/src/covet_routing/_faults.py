"""Faults: what keeps a table from being frozen, all of it at once.

Two routes, mounts or names of which nothing says which one is meant, annotations that do not
resolve, mounts that no request could reach.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from covet_routing._errors import AmbiguousNameError, Fault, RouteConflictError, TemplateError
from covet_routing._handler import full_name, location_of
from covet_routing._route import RouteMetadata
from covet_routing._signature import annotation_errors
from covet_routing._table import Mount


def find_faults(records: Sequence[RouteMetadata], mounts: Sequence[Mount]) -> list[Fault]:
    """Return every fault of a table of *records* and *mounts*, with file and line."""
    faults: list[Fault] = []
    for error in (*_find_conflicts(records), *_find_mount_conflicts(mounts)):
        faults.append(Fault(str(error), *error.locations[1], error))
    faults.extend(_find_mounts_below_parameters(mounts))
    faults.extend(_find_ambiguous_names(records))
    handlers = {id(record.handler): record for record in records if not record.is_resolved}
    for record in handlers.values():
        for problem in annotation_errors(record.handler):
            faults.append(Fault(str(problem), *problem.location, problem))
    return faults


def conflict_keys(record: RouteMetadata) -> Iterator[tuple[str, str]]:
    """Yield for each method of *record* the method and a key that only a conflicting route has."""
    rules = sorted(record.headers.items()) if record.headers else ""
    where = f"{record.host} {record.template.shape} {rules}"
    for method in record.methods:
        yield method, f"{method} {where}"


def conflict(method: str, first: RouteMetadata, second: RouteMetadata) -> RouteConflictError:
    """Return the error that names two routes that conflict for *method*."""
    return RouteConflictError(
        method,
        (first.path, second.path),
        (full_name(first.handler), full_name(second.handler)),
        (first.source_location, second.source_location),
    )


def _find_conflicts(records: Iterable[RouteMetadata]) -> list[RouteConflictError]:
    """Return one error for each method of a route that an earlier route answers already."""
    taken: dict[str, RouteMetadata] = {}
    errors: list[RouteConflictError] = []
    for record in records:
        for method, key in conflict_keys(record):
            first = taken.setdefault(key, record)
            if first is not record:
                errors.append(conflict(method, first, record))
    return errors


def _find_mount_conflicts(mounts: Iterable[Mount]) -> list[RouteConflictError]:
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


def _find_mounts_below_parameters(mounts: Iterable[Mount]) -> Iterator[Fault]:
    for mount in mounts:
        if "{" in mount.prefix:
            reason = "a mount has no parameters, nor has a prefix around it"
            error = TemplateError(mount.prefix, reason, "Mount at a literal prefix.")
            yield Fault(str(error), *location_of(mount.app), error)


def _find_ambiguous_names(records: Iterable[RouteMetadata]) -> list[Fault]:
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
