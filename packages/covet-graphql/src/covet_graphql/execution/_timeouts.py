"""How long work may take, and which of it has taken longer."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container

    from covet_graphql.execution.pending import Pending


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a request may wait.

    Attributes:
        operation_seconds: For everything it awaits together, None without end.
        field_seconds: For what one resolver gave, None without end. A field may say otherwise
            with ``extensions={"timeout_seconds": …}``.
    """

    operation_seconds: float | None = None
    field_seconds: float | None = None


NO_TIMEOUTS: Final = Timeouts()


class Deadlines:
    """The deadlines of what is under way.

    Fields with the same timeout run out in the order of their beginning, so each timeout has a
    queue, and only the first of each queue needs a look.
    """

    __slots__ = ("_operation", "_queues", "_seconds", "timeouts")

    def __init__(self, timeouts: Timeouts, now: float) -> None:
        self.timeouts = timeouts
        seconds = timeouts.operation_seconds
        self._operation = None if seconds is None else now + seconds
        self._queues: dict[float, deque[tuple[float, Pending]]] = {}

    def add(self, pending: Pending, seconds: float, now: float) -> None:
        """Note that *pending* has *seconds* from *now*."""
        self._queues.setdefault(seconds, deque()).append((now + seconds, pending))

    def next(self, active: Container[Pending]) -> float | None:
        """Return the time of the next deadline of what is still *active*."""
        times = [] if self._operation is None else [self._operation]
        for queue in self._queues.values():
            while queue and queue[0][1] not in active:
                queue.popleft()
            if queue:
                times.append(queue[0][0])
        return min(times, default=None)

    def passed(self, active: Container[Pending], now: float) -> list[tuple[Pending, float]]:
        """Return what is *active* past its deadline, with the seconds that it had."""
        late: list[tuple[Pending, float]] = []
        for seconds, queue in self._queues.items():
            while queue and queue[0][0] <= now:
                pending = queue.popleft()[1]
                if pending in active:
                    late.append((pending, seconds))
        return late

    def has_passed_all(self, now: float) -> bool:
        """Return whether the operation has used up its time."""
        return self._operation is not None and self._operation <= now
