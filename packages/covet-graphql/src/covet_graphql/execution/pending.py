"""Values that are not there yet, and where they go when they are.

There is one task for the whole request and none for a field that needs none: what can be awaited
is begun, its end puts it on a list, and the request's task works through that list. What is met
while doing so is begun in turn. The request is over when nothing is left.

A value that fails where null is not allowed makes null of the nearest place above that may be;
what was still to come below that place is cancelled, and its errors do not count.
"""

# What resolvers return is untyped, and narrowing it gives types with unknown parts.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import asyncio
import sys
from functools import partial
from types import CoroutineType
from typing import TYPE_CHECKING, Any, Final, cast

from covet_graphql.error import located_error
from covet_graphql.execution._awaitable import PLAIN_TYPES, is_awaitable
from covet_graphql.execution._timeouts import Deadlines

if TYPE_CHECKING:
    from covet_graphql.execution._state import Execution
    from covet_graphql.execution._timeouts import Timeouts
    from covet_graphql.execution.complete import Completer
    from covet_graphql.execution.plan import FieldPlan, Nullability
    from covet_graphql.type import ResponsePath

_CAN_START_AT_ONCE: Final = sys.version_info >= (3, 12)
_started: Final[Any] = partial(cast("Any", asyncio.Task), eager_start=True)


class Suspended(Exception):  # noqa: N818 (no error: it ends the work on a place for now)
    """A place whose value has to be awaited before its completion can proceed.

    Attributes:
        awaitable: What to await.
        proceed: Completes the place with what that gives.
    """

    def __init__(self, awaitable: Any, proceed: Completer) -> None:
        super().__init__()
        self.awaitable: Any = awaitable
        self.proceed: Completer = proceed


class Pending:
    """A place of the response that waits for its value.

    Attributes:
        awaitable: What it waits for.
        proceed: Completes it with what that gives.
        field: The field that it belongs to.
        depth: Within how many lists of the field's value it is.
        path: The place.
        container: The dict or list that the value goes into.
        key: Where in the container.
        future: The work that was begun for it, once it was.
        outcome: What that came to: a value, or an exception.
    """

    __slots__ = (
        "awaitable",
        "container",
        "depth",
        "field",
        "future",
        "key",
        "outcome",
        "path",
        "proceed",
    )

    def __init__(
        self,
        awaitable: Any,
        proceed: Completer,
        field: FieldPlan,
        depth: int,
        path: ResponsePath,
        container: Any,
        key: str | int,
    ) -> None:
        self.awaitable: Any = awaitable
        self.proceed: Completer = proceed
        self.field: FieldPlan = field
        self.depth: int = depth
        self.path: ResponsePath = path
        self.container: Any = container
        self.key: str | int = key
        self.future: asyncio.Future[Any] | None = None
        self.outcome: Any = None


def discard(value: Any) -> None:
    """Let go of *value* without a trace of what it has to await, itself or in lists."""
    if isinstance(value, (list, tuple)):
        for item in cast("list[Any]", value):
            discard(item)
    elif isinstance(value, asyncio.Task):
        value.cancel()
    elif is_awaitable(value) and not asyncio.isfuture(value):  # that belongs to who will fill it
        close = getattr(value, "close", None)
        if close is not None:
            close()


def discard_waiting(execution: Execution, path: ResponsePath | None = None) -> None:
    """Discard what has been met at *path* and below since the work on it began; None is the top.

    That is at the end of the list, which is filled in the order of the response.
    """
    waiting = execution.waiting
    prefix = [] if path is None else path.as_list()
    length = len(prefix)
    while waiting and waiting[-1].path.as_list()[:length] == prefix:
        discard(waiting.pop().awaitable)


async def finish(execution: Execution, timeouts: Timeouts) -> None:
    """Await all that *execution* waits for, and what that leads to.

    Whatever has been begun is over on return, also when the request is cancelled.
    """
    scheduler = _Scheduler(execution, timeouts)
    try:
        await scheduler.work()
    finally:
        await scheduler.stop()


class _Scheduler:
    """The work of one request that is under way."""

    def __init__(self, execution: Execution, timeouts: Timeouts) -> None:
        self._execution: Execution = execution
        self._loop = asyncio.get_running_loop()
        self._deadlines = Deadlines(timeouts, self._loop.time())
        self._can_start_at_once = _CAN_START_AT_ONCE and self._loop.get_task_factory() is None
        self._active: dict[Pending, None] = {}  # in the order of beginning
        self._arrived: list[Pending] = []
        self._dropped: list[Pending] = []
        self._wake: asyncio.Future[None] | None = None

    async def work(self) -> None:
        """Begin, complete and wait until nothing is left."""
        execution = self._execution
        while True:
            if execution.has_nulled:
                self._sweep()
            if execution.waiting:
                waiting, execution.waiting = execution.waiting, []
                for pending in waiting:
                    self._begin(pending)
            if self._arrived:
                arrived, self._arrived = self._arrived, []
                for pending in arrived:
                    self._settle(pending)
            elif self._active:
                await self._sleep()
            elif not execution.waiting:
                next(execution.remaining, None)
                if not execution.waiting:
                    return

    async def stop(self) -> None:
        """Cancel what is still under way and wait for its end."""
        discard_waiting(self._execution)
        for pending in self._arrived:
            discard(pending.outcome)
        for pending in [*self._active]:
            self._drop(pending)
        left: set[asyncio.Future[Any]] = {
            pending.future for pending in self._dropped if pending.future is not None
        }
        for future in left:
            future.cancel()
        interruption: asyncio.CancelledError | None = None
        while left := {future for future in left if not future.done()}:
            try:
                await asyncio.wait(left)
            except asyncio.CancelledError as error:  # cancelled again: they are still to end first
                interruption = error
        for pending in self._dropped:
            discard(pending.awaitable)  # what was cancelled before its first step
        if interruption is not None:
            raise interruption

    def _begin(self, pending: Pending) -> None:
        awaitable: Any = pending.awaitable
        self._active[pending] = None
        if type(awaitable) is not CoroutineType and asyncio.isfuture(awaitable):
            pending.future = awaitable
            if awaitable.done():
                self._arrive_future(pending, awaitable)
            else:
                awaitable.add_done_callback(partial(self._arrive_future, pending))
        elif self._can_start_at_once:
            pending.future = _started(self._drive(pending), loop=self._loop)
        else:
            pending.future = self._loop.create_task(self._drive(pending))
        if pending in self._active:
            seconds = pending.field.table.timeout_seconds
            if seconds is None:
                seconds = self._deadlines.timeouts.field_seconds
            if seconds is not None:
                self._deadlines.add(pending, seconds, self._loop.time())

    async def _drive(self, pending: Pending) -> None:
        """Await what *pending* waits for: the work of a task, with no callback at its end."""
        try:
            outcome = await pending.awaitable
        except Exception as error:
            outcome = error
        except asyncio.CancelledError:
            self._arrive(pending, _cancellation(pending))
            raise
        self._arrive(pending, outcome)

    def _arrive_future(self, pending: Pending, future: asyncio.Future[Any]) -> None:
        if future.cancelled():
            self._arrive(pending, _cancellation(pending))
            return
        error = future.exception()
        if error is not None and not isinstance(error, Exception):
            raise error
        self._arrive(pending, future.result() if error is None else error)

    def _arrive(self, pending: Pending, outcome: Any) -> None:
        if pending not in self._active:
            discard(outcome)
            return
        del self._active[pending]
        pending.outcome = outcome
        self._arrived.append(pending)
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    async def _sleep(self) -> None:
        """Wait until something arrives, or fail what a deadline has passed for."""
        self._wake = self._loop.create_future()
        deadline = self._deadlines.next(self._active)
        alarm = None if deadline is None else self._loop.call_at(deadline, self._ring)
        try:
            await self._wake
        finally:
            self._wake = None
            if alarm is not None:
                alarm.cancel()
        if deadline is None:
            return
        now = self._loop.time()
        for pending, seconds in self._deadlines.passed(self._active, now):
            name = coordinate(pending.field)
            self._give_up(pending, f"Field '{name}' took longer than {seconds:g} seconds.")
        if self._deadlines.has_passed_all(now):
            self._give_up_all()

    def _ring(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    def _give_up_all(self) -> None:
        execution = self._execution
        seconds = self._deadlines.timeouts.operation_seconds
        message = f"The operation took longer than {seconds:g} seconds."
        for pending in [*self._active]:
            self._give_up(pending, message)
        execution.expired = TimeoutError(message)

    def _give_up(self, pending: Pending, message: str) -> None:
        """Fail *pending*, which has had its time."""
        self._drop(pending)
        pending.outcome = TimeoutError(message)
        self._settle(pending)

    def _drop(self, pending: Pending) -> None:
        """Forget about *pending*, and cancel the work that was begun for it."""
        del self._active[pending]
        future = pending.future
        if isinstance(future, asyncio.Task):
            if future is not pending.awaitable:  # else others may wait for it, too
                future.cancel()
            self._dropped.append(pending)

    def _sweep(self) -> None:
        """Drop what is below places that have become null."""
        execution = self._execution
        execution.has_nulled = False
        for pending in [*self._active]:
            if not is_attached(execution, pending):
                self._drop(pending)
        attached: list[Pending] = []
        for pending in execution.waiting:
            if is_attached(execution, pending):
                attached.append(pending)
            else:
                discard(pending.awaitable)
        execution.waiting = attached

    def _settle(self, pending: Pending) -> None:
        """Complete the place of *pending* with what has arrived."""
        execution = self._execution
        if execution.has_nulled and not is_attached(execution, pending):
            discard(pending.outcome)
            return
        try:
            value = _outcome(pending)
            completed = pending.proceed(value, pending.field, execution, pending.path)
        except Suspended as later:
            execution.waiting.append(
                Pending(
                    later.awaitable,
                    later.proceed,
                    pending.field,
                    pending.depth,
                    pending.path,
                    pending.container,
                    pending.key,
                )
            )
        except Exception as failure:
            discard_waiting(execution, pending.path)
            _fail(execution, pending, failure)
        else:
            pending.container[pending.key] = completed


def _outcome(pending: Pending) -> Any:
    """Return what *pending* waited for.

    Raises:
        Exception: What its work raised, or returned.
        Suspended: It is something to be awaited itself.
    """
    value = pending.outcome
    if type(value) not in PLAIN_TYPES:
        if isinstance(value, Exception):
            raise value
        if is_awaitable(value):
            raise Suspended(value, pending.proceed)
    return value


def _cancellation(pending: Pending) -> RuntimeError:
    return RuntimeError(f"The work on field '{coordinate(pending.field)}' was cancelled.")


def _fail(execution: Execution, pending: Pending, error: Exception) -> None:
    """Note *error*, and make null of the nearest place that may be."""
    nullability: Nullability | None = (pending.field.table.nullable, pending.field.above)
    depth = pending.depth
    path: ResponsePath | None = pending.path
    execution.errors.append(located_error(error, pending.field.nodes, pending.path.as_list()))
    while nullability is not None and path is not None and not nullability[0][depth]:
        path = path.prev
        if depth:
            depth -= 1
        else:
            nullability = nullability[1]
            if nullability is not None:
                depth = len(nullability[0]) - 1
    if path is pending.path:
        return  # null is what has been there all the time
    execution.has_nulled = True
    if path is None:
        execution.data = None
        return
    place: Any = execution.data
    *above, key = path.as_list()
    for step in above:
        place = place[step]
    place[key] = None


def is_attached(execution: Execution, pending: Pending) -> bool:
    """Return whether the place of *pending* is still part of the response."""
    place: Any = execution.data
    for key in pending.path.as_list()[:-1]:
        if place is None:
            return False
        place = place[key]
    return place is pending.container


def coordinate(field: FieldPlan) -> str:
    """Return the schema coordinate of *field*."""
    return f"{field.table.parent_name}.{field.table.name}"
