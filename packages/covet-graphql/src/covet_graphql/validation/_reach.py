"""Which fragments and variables the parts of a document use, directly or through other fragments.

Sets are the bits of integers, so that joining those of a fragment with those of its users costs
next to nothing, however many of both there are.

Source: the joined sets are those of GraphQL §5.8.3 to §5.8.5,
https://spec.graphql.org/September2025/#sec-All-Variable-Uses-Defined
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from covet_graphql.validation._record import Part


class Reach(NamedTuple):
    """What each part of a document uses, in the order of the parts.

    Attributes:
        parts: Itself and the fragments that it reaches, as bits by the index of the part.
        names: The names of the variables used in those, as bits by `name_bits`.
        name_bits: The bit of each name.
    """

    parts: list[int]
    names: list[int]
    name_bits: dict[str, int]


def reach_of(parts: Sequence[Part], fragments: Mapping[str, Part]) -> Reach:
    """Return what *parts* use, given the *fragments* among them by name."""
    name_bits: dict[str, int] = {}
    names: list[int] = []
    below: list[list[int]] = []
    for part in parts:
        used = 0
        for variable, _, _ in part.usages:
            name = variable._name
            bit = name_bits.get(name)
            if bit is None:
                bit = name_bits[name] = 1 << len(name_bits)
            used |= bit
        names.append(used)
        spread = {spread._name for spread, _ in part.spreads}
        below.append([fragments[name].index for name in spread if name in fragments])
    reached = [1 << part.index for part in parts]
    for group in _groups(below):
        # all of a cycle reach the same; what is below a group came before it
        all_reached = all_names = 0
        for index in group:
            all_reached |= reached[index]
            all_names |= names[index]
            for other in below[index]:
                all_reached |= reached[other]
                all_names |= names[other]
        for index in group:
            reached[index] = all_reached
            names[index] = all_names
    return Reach(reached, names, name_bits)


def members(bits: int) -> Iterator[int]:
    """Yield the indices of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _groups(below: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the strongly connected groups of a graph, each after those below it (Tarjan's)."""
    order = [0] * len(below)  # when a vertex was found, from 1
    lowest = [0] * len(below)  # the first vertex that is known to reach back from it
    found = 0
    path: list[int] = []
    on_path = [False] * len(below)
    for root, edges in enumerate(below):
        if order[root]:
            continue
        if not edges:
            order[root] = -1
            yield [root]
            continue
        pending = [(root, iter(edges))]
        while pending:
            vertex, rest = pending[-1]
            if not order[vertex]:
                found += 1
                order[vertex] = lowest[vertex] = found
                path.append(vertex)
                on_path[vertex] = True
            for other in rest:
                if not order[other]:
                    pending.append((other, iter(below[other])))
                    break
                if on_path[other]:
                    lowest[vertex] = min(lowest[vertex], order[other])
            else:
                pending.pop()
                if pending:
                    above = pending[-1][0]
                    lowest[above] = min(lowest[above], lowest[vertex])
                if lowest[vertex] == order[vertex]:
                    group: list[int] = []
                    while not group or group[-1] != vertex:
                        group.append(path.pop())
                        on_path[group[-1]] = False
                    yield group
