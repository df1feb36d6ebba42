"""What users may do: asked once, remembered until it changes, never granted by mistake."""

import asyncio
import gc
from collections.abc import Mapping

import pytest

from covet_security import ConfigError, PermissionChecker, Permissions
from covet_security.permissions import EpochListener

pytestmark = pytest.mark.anyio


class Source:
    """Permissions held in a dict, which counts how often it is asked and can be slow."""

    def __init__(self, held: Mapping[object, set[str]]) -> None:
        self.held = held
        self.epoch = 0
        self.expires_at: float | None = None
        self.asked: list[tuple[object, str | None]] = []
        self.listeners: list[EpochListener] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.error: Exception | None = None

    async def load_permissions(
        self, user_id: object, *, tenant: str | None, now: float
    ) -> Permissions:
        self.asked.append((user_id, tenant))
        loaded = Permissions(frozenset(self.held.get(user_id, ())), self.epoch, self.expires_at)
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return loaded

    def subscribe(self, listener: EpochListener) -> None:
        self.listeners.append(listener)

    def change(self, held: Mapping[object, set[str]]) -> None:
        self.held = held
        self.epoch += 1
        for listener in self.listeners:
            listener(self.epoch)


@pytest.fixture
async def source() -> Source:
    return Source({1: {"posts:read", "items:*"}})


@pytest.fixture
def checker(source: Source, clock) -> PermissionChecker:  # type: ignore[no-untyped-def]
    return PermissionChecker(source, clock=clock)


async def turn() -> None:
    """Let every task that can run do so."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_user_may_do_what_is_granted(checker: PermissionChecker) -> None:
    assert await checker.check_permission(1, "posts:read")
    assert await checker.check_permission(1, "items:delete")
    assert not await checker.check_permission(1, "posts:write")
    assert not await checker.check_permission(1, "items:read:all")
    assert await checker.get_user_permissions(1) == {"posts:read", "items:*"}


async def test_a_user_without_roles_may_do_nothing(checker: PermissionChecker) -> None:
    assert await checker.get_user_permissions(2) == frozenset()
    assert not await checker.check_permission(2, "posts:read")


@pytest.mark.parametrize("wanted", ["posts", "posts:*", "*:*", "Posts:read", "a:b:c:d", ""])
async def test_what_is_no_permission_is_refused(checker: PermissionChecker, wanted: str) -> None:
    with pytest.raises(ConfigError):
        await checker.check_permission(1, wanted)


async def test_the_source_is_asked_once(checker: PermissionChecker, source: Source) -> None:
    for user_id in (1, "1", 1):
        await checker.check_permission(user_id, "posts:read")

    assert source.asked == [(1, None)]


async def test_each_tenant_is_asked_for(checker: PermissionChecker, source: Source) -> None:
    for tenant in (None, "blue", None, "blue"):
        await checker.get_user_permissions(1, tenant=tenant)

    assert source.asked == [(1, None), (1, "blue")]


async def test_100_questions_at_once_are_one(checker: PermissionChecker, source: Source) -> None:
    source.gate.clear()
    questions = [asyncio.create_task(checker.check_permission(1, "posts:read")) for _ in range(100)]
    await turn()
    source.gate.set()

    assert all(await asyncio.gather(*questions))
    assert len(source.asked) == 1


async def test_one_who_no_longer_waits_does_not_stop_the_others(
    checker: PermissionChecker, source: Source
) -> None:
    source.gate.clear()
    first = asyncio.create_task(checker.check_permission(1, "posts:read"))
    second = asyncio.create_task(checker.check_permission(1, "posts:read"))
    await turn()

    first.cancel()
    await turn()
    source.gate.set()

    assert await second
    assert len(source.asked) == 1


async def test_a_failure_is_told_to_all_and_not_kept(
    checker: PermissionChecker, source: Source
) -> None:
    source.error = RuntimeError("down")
    answers = await asyncio.gather(
        *(checker.check_permission(1, "posts:read") for _ in range(3)), return_exceptions=True
    )
    source.error = None

    assert [type(one) for one in answers] == [RuntimeError] * 3
    assert await checker.check_permission(1, "posts:read")


async def test_a_failure_that_nobody_waits_for_is_silent(
    checker: PermissionChecker, source: Source
) -> None:
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context))
    source.gate.clear()
    source.error = RuntimeError("down")
    only = asyncio.create_task(checker.check_permission(1, "posts:read"))
    await turn()
    only.cancel()
    source.gate.set()

    await turn()
    gc.collect()  # when asyncio complains of errors that nobody took

    assert only.cancelled()
    assert told == []


async def test_a_question_that_is_stopped_is_asked_anew(
    checker: PermissionChecker, source: Source
) -> None:
    source.gate.clear()
    waiting = asyncio.create_task(checker.check_permission(1, "posts:read"))
    await turn()
    (load,) = checker._loading.values()  # as when the event loop is shut down

    load.cancel()
    await turn()
    source.gate.set()

    assert waiting.cancelled()
    assert await checker.check_permission(1, "posts:read")


async def test_a_change_is_seen_at_once(checker: PermissionChecker, source: Source) -> None:
    assert await checker.check_permission(1, "posts:read")

    source.change({})

    assert not await checker.check_permission(1, "posts:read")
    assert not await checker.check_permission(1, "posts:read")
    assert len(source.asked) == 2


async def test_what_was_read_before_a_change_is_not_kept(
    checker: PermissionChecker, source: Source
) -> None:
    source.gate.clear()
    early = asyncio.create_task(checker.check_permission(1, "posts:read"))
    await turn()

    source.change({})
    source.gate.set()

    assert await early  # asked before the change
    assert not await checker.check_permission(1, "posts:read")


async def test_what_was_read_before_a_loss_is_not_kept(
    checker: PermissionChecker, source: Source
) -> None:
    source.gate.clear()
    early = asyncio.create_task(checker.check_permission(1, "posts:read"))
    await turn()

    checker.invalidate(None)
    source.gate.set()
    await early
    await checker.check_permission(1, "posts:read")

    assert len(source.asked) == 2


async def test_an_old_snapshot_is_not_kept(checker: PermissionChecker, source: Source) -> None:
    source.change({1: {"posts:read"}})
    source.epoch = 0  # a replica that lags

    await checker.check_permission(1, "posts:read")
    await checker.check_permission(1, "posts:read")

    assert len(source.asked) == 2


async def test_after_a_loss_all_is_asked_anew(checker: PermissionChecker, source: Source) -> None:
    await checker.check_permission(1, "posts:read")

    for listener in source.listeners:
        listener(None)

    await checker.check_permission(1, "posts:read")
    assert len(source.asked) == 2


async def test_what_is_remembered_gets_too_old(
    checker: PermissionChecker, source: Source, clock
) -> None:  # type: ignore[no-untyped-def]
    await checker.check_permission(1, "posts:read")
    clock.now += 29.9
    await checker.check_permission(1, "posts:read")
    assert len(source.asked) == 1

    clock.now += 0.1
    await checker.check_permission(1, "posts:read")

    assert len(source.asked) == 2


async def test_what_is_remembered_ends_with_a_role(
    checker: PermissionChecker, source: Source, clock
) -> None:  # type: ignore[no-untyped-def]
    source.expires_at = clock.now + 5
    await checker.check_permission(1, "posts:read")
    clock.now += 4.9
    await checker.check_permission(1, "posts:read")
    assert len(source.asked) == 1

    clock.now += 0.1
    await checker.check_permission(1, "posts:read")

    assert len(source.asked) == 2


async def test_the_memory_is_bounded(
    checker: PermissionChecker, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("covet_security.permissions._MAX_ENTRIES", 3)

    for user_id in range(10):
        await checker.get_user_permissions(user_id)

    assert len(checker._known) <= 3
