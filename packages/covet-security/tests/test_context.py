"""The context of a request knows who makes it, until the credential ends."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from covet_security import (
    AuditEvent,
    AuthenticationException,
    PermissionDeniedException,
    Principal,
    RateLimiter,
    RateLimitException,
    SecurityContext,
    current_security_context,
    reset_security_context,
    set_security_context,
    use_security_context,
)
from covet_security.limits import policy_set

pytestmark = pytest.mark.anyio

NOW = 1_800_000_000


class Clock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


def principal(seconds: float | None = 60, **changes: Any) -> Principal:
    ends = (
        None if seconds is None else datetime.fromtimestamp(NOW, UTC) + timedelta(seconds=seconds)
    )
    return Principal("ada", "bearer", **{"expires_at": ends, **changes})


async def test_without_one_there_is_no_context() -> None:
    with pytest.raises(AuthenticationException):
        current_security_context()


async def test_a_context_is_current_in_its_block_only() -> None:
    outer, inner = SecurityContext(), SecurityContext()

    with use_security_context(outer):
        token = set_security_context(inner)
        assert current_security_context() is inner
        reset_security_context(token)
        assert current_security_context() is outer
    with pytest.raises(AuthenticationException):
        current_security_context()


async def test_tasks_and_threads_of_a_request_have_its_context() -> None:
    context = SecurityContext()

    with use_security_context(context):
        in_thread = await asyncio.to_thread(current_security_context)

        async def task() -> SecurityContext:
            return current_security_context()

        assert in_thread is await asyncio.create_task(task()) is context


async def test_a_principal_is_gone_when_its_credential_ends() -> None:
    clock = Clock()
    context = SecurityContext(principal(60), clock=clock)

    before = (context.principal, context.remaining_seconds, context.is_expired)
    clock.now += 60
    after = (context.principal, context.remaining_seconds, context.is_expired)

    assert before == (principal(60), 60, False)
    assert after == (None, 0, True)
    with pytest.raises(AuthenticationException) as caught:
        context.require_principal()
    assert caught.value.problem == "expired"


async def test_what_an_expired_principal_could_do_is_over() -> None:
    clock = Clock()
    context = SecurityContext(principal(60, permissions=frozenset({"a:b"})), clock=clock)
    clock.now += 60

    assert await context.permissions() == frozenset()
    assert not await context.has_permission("a:b")
    with pytest.raises(AuthenticationException):
        await context.require_permission("a:b")


async def test_a_credential_without_an_end_does_not_end() -> None:
    context = SecurityContext(principal(None), clock=lambda: 1e12)

    assert context.principal is not None
    assert context.remaining_seconds is None


async def test_permissions_are_asked_for_once_a_second_on_a_connection_that_lasts() -> None:
    clock, asked = Clock(), []

    async def load(who: Principal) -> list[str]:
        asked.append(who.subject)
        return ["a:b"]

    context = SecurityContext(principal(None), permissions=load, clock=clock)

    for pause in (0, 0.5, 0.4, 0.2):
        clock.now += pause
        assert await context.has_permission("a:b")

    assert asked == ["ada"] * 2


async def test_a_context_tells_no_secret() -> None:
    context = SecurityContext(principal(claims={"email": "a@b.c"}, user="secret"))

    assert "a@b.c" not in repr(context)
    assert "secret" not in repr(context)


async def test_every_allow_and_deny_is_told() -> None:
    events: list[AuditEvent] = []
    context = SecurityContext(
        principal(None, permissions=frozenset({"a:b"})),
        client_id="ip:192.0.2.7",
        limiter=RateLimiter(),
        audit=events.append,
    )
    await context.require_permission("a:b")
    with pytest.raises(PermissionDeniedException):
        await context.require_permission("a:c")
    await context.count("login", "ada", policy_set(1))
    with pytest.raises(RateLimitException):
        await context.count("login", "ada", policy_set(1))

    assert [(one.action, one.is_allowed, one.target) for one in events] == [
        ("permission", True, "a:b"),
        ("permission", False, "a:c"),
        ("rate_limit", True, "login"),
        ("rate_limit", False, "login"),
    ]
    assert {(one.client, one.subject, one.method) for one in events} == {
        ("ip:192.0.2.7", "ada", "bearer")
    }
    assert [one.reason is None for one in events] == [True, False, True, False]


async def test_the_absence_of_credentials_is_told() -> None:
    events: list[AuditEvent] = []
    context = SecurityContext(audit=events.append)

    with pytest.raises(AuthenticationException):
        context.require_principal()

    assert [(one.action, one.is_allowed, one.subject) for one in events] == [
        ("authentication", False, None)
    ]


async def test_an_audit_hook_that_fails_changes_no_decision(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.ERROR)

    def broken(event: AuditEvent) -> None:
        raise ZeroDivisionError

    context = SecurityContext(
        principal(permissions=frozenset({"a:b"})), audit=broken, clock=Clock()
    )

    await context.require_permission("a:b")

    assert len(caplog.records) == 1


def test_a_context_can_be_made_where_no_loop_runs() -> None:
    assert SecurityContext().loop is None
