"""Awaiting: everything begun is over at the end, however that comes."""

import asyncio
import gc
import inspect
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextvars import ContextVar
from typing import Any

import pytest

from covet_graphql import parse
from covet_graphql.execution import ExecutionResult, execute, execute_sync
from covet_graphql.utilities import build_schema

Run = Callable[..., ExecutionResult]

SDL = """
type Query { a: Int b: Int! c: C l: [Int] ln: [Int!] cs: [C!] u: U }
type Mutation { a: Int b: Int! }
type C { x: Int y: Int! z: Int c: C }
union U = C
"""
SCHEMA = build_schema(SDL)


@pytest.fixture(autouse=True)
def nothing_is_left_behind() -> Iterator[None]:
    """Fail for coroutines that were never awaited."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
        gc.collect()


@pytest.fixture(params=["plan", "source"])
def tier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Probe:
    """Makes coroutines that wait for ever, and knows what became of them."""

    def __init__(self) -> None:
        self.begun = 0
        self.cancelled = 0

    async def wait(self, *_arguments: Any) -> Any:
        self.begun += 1
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


async def value(result: Any) -> ExecutionResult:
    assert inspect.iscoroutine(result)
    done: ExecutionResult = await result
    assert asyncio.all_tasks() == {asyncio.current_task()}
    return done


def after(turns: int, outcome: Any = 1) -> Callable[..., Awaitable[Any]]:
    async def resolve(*_arguments: Any, **_named: Any) -> Any:
        for _ in range(turns):
            await asyncio.sleep(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return resolve


# --- What can be awaited


class Awaitish:
    """No coroutine and no future, but awaitable."""

    def __await__(self) -> Generator[Any, None, int]:
        yield from asyncio.sleep(0).__await__()
        return 5


def test_a_result_that_is_there_is_no_coroutine(tier: Any) -> None:
    assert execute(SCHEMA, parse("{ a }"), {"a": 1}, tier=tier) == ({"a": 1}, None)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: after(0, 5)(), id="coroutine-done-at-once"),
        pytest.param(lambda: after(2, 5)(), id="coroutine"),
        pytest.param(lambda: asyncio.ensure_future(after(1, 5)()), id="task"),
        pytest.param(Awaitish, id="awaitable"),
        pytest.param(lambda: after(1, after(1, 5)())(), id="coroutine-of-coroutine"),
    ],
)
def test_anything_awaitable_is_awaited(tier: Any, make: Callable[[], Any]) -> None:
    async def main() -> None:
        done = asyncio.get_running_loop().create_future()
        done.set_result(7)
        root = {"a": lambda _info: make(), "b": lambda _info: done, "l": [make(), 1, make()]}

        result = await value(execute(SCHEMA, parse("{ a b l }"), root, tier=tier))

        assert result == ({"a": 5, "b": 7, "l": [5, 1, 5]}, None)

    asyncio.run(main())


def test_async_iterables_are_lists(run: Run) -> None:
    async def numbers() -> AsyncIterator[int]:
        yield 1
        yield 2

    assert run(SDL, "{ l }", {"l": lambda _info: numbers()}).data == {"l": [1, 2]}


def test_an_async_iterable_that_fails_is_closed(run: Run) -> None:
    closed: list[bool] = []

    async def numbers() -> AsyncIterator[int]:
        try:
            yield 1
            raise ValueError("no more")
        finally:
            closed.append(True)

    result = run(SDL, "{ l }", {"l": lambda _info: numbers()})

    assert result.data == {"l": None}
    assert [error.message for error in result.errors or ()] == ["no more"]
    assert closed == [True, True]


def test_futures_that_fail_or_are_cancelled_are_errors(tier: Any) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        failed, cancelled = loop.create_future(), loop.create_future()
        loop.call_soon(failed.set_exception, ValueError("failed"))
        loop.call_soon(cancelled.cancel)
        root = {"a": lambda _info: failed, "l": [cancelled]}

        result = await value(execute(SCHEMA, parse("{ a l }"), root, tier=tier))

        assert result.data == {"a": None, "l": [None]}
        assert [error.message for error in result.errors or ()] == [
            "failed",
            "The work on field 'Query.l' was cancelled.",
        ]

    asyncio.run(main())


def test_work_that_cancels_itself_is_an_error(tier: Any) -> None:
    async def give_up(_info: Any) -> None:
        await asyncio.sleep(0)
        raise asyncio.CancelledError

    async def main() -> None:
        result = await value(execute(SCHEMA, parse("{ a c { x } }"), {"a": give_up}, tier=tier))
        assert [error.path for error in result.errors or ()] == [["a"]]

    asyncio.run(main())


def test_types_may_be_resolved_late(run: Run) -> None:
    schema = build_schema(SDL)
    schema.type_map["U"].resolve_type = after(1, "C")  # type: ignore[attr-defined]
    schema.type_map["C"].is_type_of = after(1, True)  # type: ignore[attr-defined]
    root = {"u": {"x": 1}, "c": {"x": 2}, "cs": [{"x": 3}, {"x": after(1, 4)}]}

    result = run(schema, "{ u { ... on C { x } } c { x } cs { x } }", root)

    assert result == ({"u": {"x": 1}, "c": {"x": 2}, "cs": [{"x": 3}, {"x": 4}]}, None)


def test_a_type_that_refuses_late_is_an_error(run: Run) -> None:
    schema = build_schema(SDL)
    schema.type_map["C"].is_type_of = after(1, False)  # type: ignore[attr-defined]

    result = run(schema, "{ c { x } u { __typename } }", {"c": {"x": 2}, "u": {}})

    assert result.data == {"c": None, "u": None}


def test_a_function_of_ones_own_tells_what_to_await(tier: Any) -> None:
    schema = build_schema("scalar Any type Query { a: Any }")
    root = {"a": Awaitish()}

    result = execute(schema, parse("{ a }"), root, is_awaitable=lambda _value: False, tier=tier)

    assert isinstance(result, ExecutionResult)
    assert result.data == root


# --- At the same time, in order, in context


def test_fields_wait_at_the_same_time(tier: Any) -> None:
    async def main() -> None:
        meeting = asyncio.Barrier(3)

        async def meet(_info: Any) -> int:
            return await meeting.wait()

        root = {"a": meet, "b": meet, "c": {"x": meet}}

        async with asyncio.timeout(5):
            result = await value(execute(SCHEMA, parse("{ a b c { x } }"), root, tier=tier))

        assert result.errors is None

    asyncio.run(main())


def test_errors_are_in_the_order_of_their_happening(run: Run) -> None:
    root = {
        "a": after(3, ValueError("third")),
        "l": lambda _info: [after(1, ValueError("second"))()],
        "c": ValueError("first"),
    }

    result = run(SDL, "{ a l c { x } }", root)

    assert [error.message for error in result.errors or ()] == ["first", "second", "third"]


def test_resolvers_see_the_context_variables_of_the_request(tier: Any) -> None:
    user: ContextVar[int] = ContextVar("user", default=0)

    async def late(_info: Any) -> int:
        await asyncio.sleep(0)
        return user.get()

    async def main() -> None:
        user.set(7)
        root = {"a": late, "c": lambda _info: after(1, {"x": lambda _info: user.get()})()}
        result = await value(execute(SCHEMA, parse("{ a c { x } }"), root, tier=tier))
        assert result.data == {"a": 7, "c": {"x": 7}}

    asyncio.run(main())


def test_a_task_factory_of_the_loop_is_used(tier: Any) -> None:
    made: list[Any] = []

    def factory(loop: Any, coroutine: Any, **options: Any) -> Any:
        made.append(coroutine)
        return asyncio.Task(coroutine, loop=loop, **options)

    async def main() -> None:
        asyncio.get_running_loop().set_task_factory(factory)
        await value(execute(SCHEMA, parse("{ a }"), {"a": after(1)}, tier=tier))
        assert len(made) == 1

    asyncio.run(main())


# --- Nothing is left behind


def test_what_fails_synchronously_discards_what_was_to_be_awaited(tier: Any) -> None:
    probe = Probe()
    root = {"c": {"x": probe.wait, "z": probe.wait, "y": None}, "a": 1}

    result = execute(SCHEMA, parse("{ c { x z y } a }"), root, tier=tier)

    assert isinstance(result, ExecutionResult)
    assert result.data == {"c": None, "a": 1}
    assert probe.begun == 0


def test_items_behind_one_that_fails_are_discarded(tier: Any) -> None:
    probe = Probe()
    root = {"ln": lambda _info: [1, probe.wait(), None, probe.wait(), [probe.wait()]]}

    result = execute(SCHEMA, parse("{ ln }"), root, tier=tier)

    assert isinstance(result, ExecutionResult)
    assert result.data == {"ln": None}


def test_what_is_below_a_place_that_becomes_null_is_cancelled(tier: Any) -> None:
    probe = Probe()

    async def main() -> None:
        root = {
            "c": {"x": probe.wait, "c": {"y": 1, "x": probe.wait}, "y": after(2, None)},
            "a": after(5, 1),
        }
        source = parse("{ c { x c { y x } y } a }")

        result = await value(execute(SCHEMA, source, root, tier=tier))

        assert result.data == {"c": None, "a": 1}
        assert [error.path for error in result.errors or ()] == [["c", "y"]]

    asyncio.run(main())
    assert (probe.begun, probe.cancelled) == (2, 2)


def test_what_is_met_below_a_place_that_has_become_null_is_discarded(tier: Any) -> None:
    probe = Probe()

    async def main() -> None:
        root = {"c": {"c": after(1, {"x": probe.wait, "y": 1}), "y": after(1, None)}}

        result = await value(execute(SCHEMA, parse("{ c { c { x y } y } }"), root, tier=tier))

        assert result.data == {"c": None}

    asyncio.run(main())
    assert probe.begun == probe.cancelled


def test_a_request_without_data_does_not_wait(tier: Any) -> None:
    probe = Probe()

    async def main() -> None:
        root = {"a": probe.wait, "b": after(1, ValueError("no"))}

        result = await value(execute(SCHEMA, parse("{ a b }"), root, tier=tier))

        assert result.data is None

    asyncio.run(main())
    assert probe.cancelled == 1


def test_what_arrives_for_a_place_that_is_null_is_discarded(tier: Any) -> None:
    probe = Probe()

    async def listed(_info: Any) -> Any:
        await asyncio.sleep(0)
        return [probe.wait()]

    async def main() -> None:
        root = {"c": {"y": after(1, None), "x": listed}}
        result = await value(execute(SCHEMA, parse("{ c { y x } }"), root, tier=tier))
        assert result.data == {"c": None}

    asyncio.run(main())
    assert probe.begun == 0


def test_a_cancelled_request_leaves_nothing_behind(tier: Any) -> None:
    probe = Probe()

    async def main() -> None:
        root = {"a": probe.wait, "c": {"x": lambda _info: asyncio.ensure_future(probe.wait())}}
        result: Any = execute(SCHEMA, parse("{ a c { x } }"), root, tier=tier)
        request = asyncio.ensure_future(result)
        for _ in range(3):
            await asyncio.sleep(0)
        request.cancel()

        with pytest.raises(asyncio.CancelledError):
            await request
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(main())
    assert probe.cancelled == probe.begun == 2


def test_a_request_that_is_cancelled_twice_still_waits_for_its_work(tier: Any) -> None:
    log: list[str] = []

    async def stubborn(_info: Any) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            for _ in range(5):
                await asyncio.sleep(0)
            log.append("over")

    async def main() -> None:
        result: Any = execute(SCHEMA, parse("{ a }"), {"a": stubborn}, tier=tier)
        request = asyncio.ensure_future(result)
        for _ in range(2):
            await asyncio.sleep(0)
        request.cancel()
        for _ in range(2):
            await asyncio.sleep(0)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        assert log == ["over"]

    asyncio.run(main())


def test_work_that_is_cancelled_before_it_begins_is_discarded(tier: Any) -> None:
    async def main() -> None:
        asyncio.get_running_loop().set_task_factory(
            lambda loop, coroutine, **options: asyncio.Task(coroutine, loop=loop, **options)
        )
        result: Any = execute(SCHEMA, parse("{ a }"), {"a": Probe().wait}, tier=tier)
        request = asyncio.ensure_future(result)
        await asyncio.sleep(0)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request

    asyncio.run(main())


def test_execute_sync_discards_what_it_cannot_await(tier: Any) -> None:
    probe = Probe()
    source = parse("{ a c { x } }")

    with pytest.raises(RuntimeError, match=r"failed to complete synchronously\."):
        execute_sync(SCHEMA, source, {"a": probe.wait, "c": {"x": probe.wait}}, tier=tier)
    assert probe.begun == 0


def test_execute_sync_cancels_tasks_and_leaves_futures_to_their_owners(tier: Any) -> None:
    async def main() -> None:
        future = asyncio.get_running_loop().create_future()
        task = asyncio.ensure_future(Probe().wait())
        root = {"a": lambda _info: future, "c": {"x": lambda _info: task}}

        with pytest.raises(RuntimeError):
            execute_sync(SCHEMA, parse("{ a c { x } }"), root, tier=tier)

        await asyncio.wait([task])
        assert task.cancelled()
        assert not future.done()

    asyncio.run(main())


# --- Timeouts


def test_a_field_that_takes_too_long_is_an_error(tier: Any) -> None:
    probe = Probe()

    async def main() -> None:
        root = {"a": probe.wait, "c": {"x": after(2, 5), "y": 1}, "l": [probe.wait()]}
        source = parse("{ a c { x y } l }")
        result = await value(execute(SCHEMA, source, root, field_timeout_seconds=0.01, tier=tier))

        assert result.data == {"a": None, "c": {"x": 5, "y": 1}, "l": [None]}
        assert [(error.message, error.path) for error in result.errors or ()] == [
            ("Field 'Query.a' took longer than 0.01 seconds.", ["a"]),
            ("Field 'Query.l' took longer than 0.01 seconds.", ["l", 0]),
        ]
        assert result.errors is not None
        assert isinstance(result.errors[0].original_error, TimeoutError)

    asyncio.run(main())
    assert probe.cancelled == 2


def test_a_task_that_takes_too_long_is_over_with_the_request(tier: Any) -> None:
    probe = Probe()

    async def main() -> None:
        root = {"a": lambda _info: asyncio.ensure_future(probe.wait())}
        result = await value(
            execute(SCHEMA, parse("{ a }"), root, field_timeout_seconds=0.01, tier=tier)
        )
        assert result.data == {"a": None}

    asyncio.run(main())
    assert probe.cancelled == 1


def test_a_field_may_have_a_timeout_of_its_own(tier: Any) -> None:
    schema = build_schema(SDL)
    assert schema.query_type is not None
    schema.query_type.fields["a"].extensions["timeout_seconds"] = 0.01
    probe = Probe()

    async def once_cancelled(_info: Any) -> int:
        while not probe.cancelled:
            await asyncio.sleep(0)
        return 1

    async def main() -> None:
        root = {"a": probe.wait, "b": once_cancelled}
        result = await value(
            execute(schema, parse("{ a b }"), root, field_timeout_seconds=60, tier=tier)
        )
        assert result.data == {"a": None, "b": 1}

    asyncio.run(main())


def test_an_operation_that_takes_too_long_keeps_what_is_there(tier: Any) -> None:
    probe = Probe()

    async def main() -> None:
        root = {"a": probe.wait, "c": {"x": after(1, 5), "z": probe.wait}, "l": [1, probe.wait()]}
        result = await value(
            execute(
                SCHEMA,
                parse("{ a c { x z } l }"),
                root,
                timeout_seconds=0.01,
                field_timeout_seconds=9,
                tier=tier,
            )
        )

        assert result.data == {"a": None, "c": {"x": 5, "z": None}, "l": [1, None]}
        assert [(error.message, error.path) for error in result.errors or ()] == [
            ("The operation took longer than 0.01 seconds.", path)
            for path in (["a"], ["c", "z"], ["l", 1])
        ]

    asyncio.run(main())
    assert probe.cancelled == 3


@pytest.mark.parametrize(
    ("source", "data"), [("{ a x: a }", {"a": None, "x": None}), ("{ a b x: a }", None)]
)
def test_mutations_whose_turn_has_not_come_fail_with_the_operation(
    tier: Any, source: str, data: Any
) -> None:
    called: list[str] = []

    async def slow(info: Any) -> None:
        called.append(info.path.key)
        await asyncio.Event().wait()

    async def main() -> None:
        document = parse(f"mutation {source}")
        root = {"a": slow, "b": slow}
        result = await value(execute(SCHEMA, document, root, timeout_seconds=0.01, tier=tier))
        assert result.data == data

    asyncio.run(main())
    assert called == ["a"]


def test_timeouts_do_not_touch_what_is_quick_enough(tier: Any) -> None:
    async def main() -> None:
        root = {"a": after(2, 1), "l": [after(3, 1)()]}
        result = await value(
            execute(
                SCHEMA,
                parse("{ a l }"),
                root,
                timeout_seconds=60,
                field_timeout_seconds=60,
                tier=tier,
            )
        )
        assert result == ({"a": 1, "l": [1]}, None)

    asyncio.run(main())


def test_a_root_that_fails_late_ends_a_mutation(tier: Any) -> None:
    called: list[int] = []

    async def main() -> None:
        root = {"b": after(1, None), "a": lambda _info: called.append(1)}
        result = await value(execute(SCHEMA, parse("mutation { b a }"), root, tier=tier))
        assert result.data is None

    asyncio.run(main())
    assert called == []
