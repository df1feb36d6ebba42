"""Fragments do not spread themselves."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import FragmentSpreadNode
    from covet_graphql.validation._record import Part, Record

_MAX_SHOWN: Final = 20  # of a cycle's spreads, so that errors stay smaller than what they refuse


class NoFragmentCyclesRule(RecordRule):
    """Fragments do not spread themselves, directly or through others.

    Source: https://spec.graphql.org/September2025/#sec-Fragment-Spreads-Must-Not-Form-Cycles
    """

    reads: ClassVar[str] = "fragments"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find spreads that lead back to a fragment on the way to them."""
        seen: set[str] = set()
        for fragment in record.fragments:
            if fragment.spreads and fragment.name not in seen:
                yield from _cycles_from(fragment, record, seen)


def _cycles_from(start: Part, record: Record, seen: set[str]) -> Iterator[Fault]:
    """Yield the cycles that are met from *start* on, entering no fragment that was *seen*."""
    way: list[FragmentSpreadNode] = []  # the spreads that lead to the current fragment
    entered_at = {start.name: 0}  # how many spreads lead to each fragment on the way
    open_ = [(start, iter(start.spreads))]
    seen.add(start.name)
    while open_:
        part, spreads = open_[-1]
        for spread, _ in spreads:
            name = spread._name
            target = record.fragment_named.get(name)
            index = entered_at.get(name)
            if index is not None:
                yield _fault([*way[index:], spread], start)
            elif target is not None and name not in seen:
                seen.add(name)
                way.append(spread)
                entered_at[name] = len(way)
                open_.append((target, iter(target.spreads)))
                break
        else:
            open_.pop()
            del entered_at[part.name]
            if way:
                way.pop()


def _fault(cycle: list[FragmentSpreadNode], start: Part) -> Fault:
    *between, last = cycle
    names = [f"'{spread._name}'" for spread in between]
    if len(cycle) > _MAX_SHOWN:
        cycle = [*cycle[: _MAX_SHOWN - 1], last]
        names[_MAX_SHOWN - 1 :] = ["..."]
    via = ", ".join(names)
    message = f"Cannot spread fragment '{last._name}' within itself{via and f' via {via}'}."
    return Fault(GraphQLError(message, cycle), start.node)
