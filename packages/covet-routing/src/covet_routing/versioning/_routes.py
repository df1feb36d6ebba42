"""The routes of each version: its own, and of the older ones what it does not replace.

A route without a version is older than any version, and so in each of them until one replaces it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from covet_routing._errors import Fault
from covet_routing._faults import conflict
from covet_routing._route import RouteMetadata
from covet_routing._segment import Mixed, Parameter


def effective_routes(generations: Sequence[Sequence[RouteMetadata]]) -> list[RouteMetadata]:
    """Return the routes of the newest of *generations*, which come newest first.

    A route of a newer generation replaces the older one with the same method, host, headers and
    template; where the older generation has none with its very converters, those that differ in
    converters only. What it does not replace is there as before.
    """
    found: list[RouteMetadata] = []
    newer: dict[Hashable, set[str]] = defaultdict(set)
    for generation in generations:
        here: dict[Hashable, set[str]] = defaultdict(set)
        for record in generation:
            for method in record.methods:
                here[_place(record, method)].add(record.template.shape)
        for record in generation:
            shape = record.template.shape
            methods: list[str] = []
            for method in record.methods:
                place = _place(record, method)
                if shape not in newer[place] and newer[place] <= here[place]:
                    methods.append(method)
            if methods:
                kept = tuple(methods)
                found.append(record if kept == record.methods else record.evolve(methods=kept))
        for place, shapes in here.items():
            newer[place] |= shapes
    return found


def find_meetings(records: Iterable[RouteMetadata]) -> Iterator[Fault]:
    """Yield a fault for each route that the prefix of a version puts where another one is."""
    taken: dict[Hashable, RouteMetadata] = {}
    for record in records:
        for method in record.methods:
            key = _place(record, method), record.template.shape
            first = taken.setdefault(key, record)
            if first is not record:
                error = conflict(method, first, record)
                yield Fault(str(error), *error.locations[1], error)


def _place(record: RouteMetadata, method: str) -> Hashable:
    """Return what two routes have in common that differ in names and converters only."""
    return (
        method,
        record.host,
        tuple(sorted(record.headers.items())),
        tuple(_without_converter(segment) for segment in record.template.segments),
    )


def _without_converter(segment: str | Parameter | Mixed) -> Hashable:
    match segment:
        case str():
            return segment
        case Mixed():
            return segment.literals
        case Parameter():
            return segment.converter.spans_segments
