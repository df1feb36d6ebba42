"""What a login gives and a logout takes: tokens in pairs, revoked alone, together and for all."""

import asyncio
import json
import logging
from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from covet_security import (
    AuthenticationException,
    ClaimError,
    ConfigError,
    JWTAuthenticator,
    Key,
    MemorySessionStore,
    RefreshConflictError,
    RefreshRefusedError,
    RefreshReused,
    StoreUnavailableError,
    TokenPair,
)

pytestmark = pytest.mark.anyio

NOW = 1_800_000_000

Make = Callable[..., JWTAuthenticator]


@pytest.fixture
def make(hs_key: Key, clock: Any) -> Make:
    def make(**options: Any) -> JWTAuthenticator:
        return JWTAuthenticator(hs_key, issuer="blog", audience="readers", clock=clock, **options)

    return make


class Breakable(MemorySessionStore):
    """A store that can be out of order."""

    is_down = False

    async def is_denied(self, *arguments: Any, **options: Any) -> bool:
        if self.is_down:
            raise StoreUnavailableError("the store of sessions does not answer")
        return await super().is_denied(*arguments, **options)


def payload(token: str) -> dict[str, Any]:
    segment = token.split(".")[1]
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(segment + "=="))
    return claims


async def is_good(auth: JWTAuthenticator, token: str) -> bool:
    try:
        await auth.validate_token(token)
    except AuthenticationException:
        return False
    return True


# Login


async def test_a_login_gives_two_tokens_of_one_session(auth: JWTAuthenticator) -> None:
    pair = await auth.create_tokens({"user_id": 7, "scope": "a b"})

    claims = await auth.validate_token(pair.access_token)
    assert claims["sub"] == "7"
    assert claims["scope"] == "a b"
    assert claims["sid"] == pair.sid
    assert pair.refresh_token.startswith(f"covet_rt_{pair.sid}.")
    assert pair.expires_in == 1800
    assert pair.to_dict() == {
        "access_token": pair.access_token,
        "token_type": "Bearer",
        "expires_in": 1800,
        "refresh_token": pair.refresh_token,
    }


async def test_neither_token_shows(auth: JWTAuthenticator) -> None:
    pair = await auth.create_tokens({"user_id": 7})

    assert pair.access_token not in repr(pair)
    assert pair.refresh_token not in repr(pair)


async def test_the_caller_is_told_of_the_session(auth: JWTAuthenticator) -> None:
    pair = await auth.create_tokens({"user_id": 7})

    principal = await auth.authenticate(f"Bearer {pair.access_token}")

    assert principal is not None
    assert principal.session_id == pair.sid
    assert principal.credential_id == payload(pair.access_token)["jti"]


async def test_a_refresh_token_is_no_access_token(auth: JWTAuthenticator) -> None:
    token = await auth.create_refresh_token({"user_id": 7})

    assert not await is_good(auth, token)


async def test_an_access_token_is_no_refresh_token(auth: JWTAuthenticator) -> None:
    with pytest.raises(RefreshRefusedError):
        await auth.refresh(auth.create_access_token({"user_id": 7}))


@pytest.mark.parametrize(
    ("data", "claim"),
    [
        ({}, "sub"),
        ({"user_id": 7, "sid": "mine"}, "sid"),
        ({"user_id": 7, "gen": 1}, "gen"),
        ({"user_id": 7, "x": object()}, "x"),
        ({"user_id": 7, "exp": 1}, "exp"),
    ],
)
async def test_a_session_is_about_what_a_token_may_say(
    auth: JWTAuthenticator, data: dict[str, Any], claim: str
) -> None:
    for open_session in (auth.create_refresh_token, auth.create_tokens):
        with pytest.raises(ClaimError) as caught:
            await open_session(data)

        assert caught.value.claim == claim


# Refresh


async def test_a_refresh_gives_the_next_pair(auth: JWTAuthenticator, clock: Any) -> None:
    first = await auth.create_tokens({"user_id": 7, "tenant": "blue"})
    clock.now += 60

    second = await auth.refresh(first.refresh_token)

    assert second.sid == first.sid
    assert second.refresh_token != first.refresh_token
    before, after = payload(first.access_token), payload(second.access_token)
    assert after["iat"] == before["iat"] + 60
    assert after["jti"] != before["jti"]
    for claim in ("sub", "tenant", "sid", "gen"):
        assert after[claim] == before[claim]
    assert await is_good(auth, first.access_token)
    assert await is_good(auth, second.access_token)


async def test_a_token_that_was_used_ends_the_session(make: Make) -> None:
    told: list[RefreshReused] = []
    auth = make(on_reuse=told.append)
    first = await auth.create_tokens({"user_id": 7})
    second = await auth.refresh(first.refresh_token)

    with pytest.raises(RefreshRefusedError) as caught:
        await auth.refresh(first.refresh_token)

    assert caught.value.is_reuse
    assert caught.value.status_code == 401
    assert caught.value.error == "invalid_grant"
    assert caught.value.headers["Cache-Control"] == "no-store"
    assert told == [RefreshReused(first.sid, "7")]
    with pytest.raises(RefreshRefusedError) as caught:
        await auth.refresh(second.refresh_token)
    assert not caught.value.is_reuse
    assert not await is_good(auth, first.access_token)
    assert not await is_good(auth, second.access_token)


async def test_without_an_alarm_the_session_ends_as_well(auth: JWTAuthenticator) -> None:
    pair = await auth.create_tokens({"user_id": 7})
    await auth.refresh(pair.refresh_token)

    with pytest.raises(RefreshRefusedError, match="used twice"):
        await auth.refresh(pair.refresh_token)

    assert not await is_good(auth, pair.access_token)


async def test_the_alarm_may_be_a_coroutine(make: Make) -> None:
    told: list[RefreshReused] = []

    async def alarm(reuse: RefreshReused) -> None:
        await asyncio.sleep(0)
        told.append(reuse)

    auth = make(on_reuse=alarm)
    pair = await auth.create_tokens({"user_id": 7})
    await auth.refresh(pair.refresh_token)

    with pytest.raises(RefreshRefusedError):
        await auth.refresh(pair.refresh_token)

    assert told == [RefreshReused(pair.sid, "7")]


async def test_within_the_grace_a_client_that_races_itself_retries(make: Make) -> None:
    auth = make(refresh_grace_seconds=5)
    pair = await auth.create_tokens({"user_id": 7})
    attempts = [auth.refresh(pair.refresh_token) for _ in range(3)]

    answers = await asyncio.gather(*attempts, return_exceptions=True)

    (successor,) = [one for one in answers if isinstance(one, TokenPair)]
    conflicts = [one for one in answers if isinstance(one, RefreshConflictError)]
    assert [one.status_code for one in conflicts] == [409, 409]
    assert conflicts[0].headers["Cache-Control"] == "no-store"
    assert await auth.refresh(successor.refresh_token)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "covet_rt_",
        "covet_rt_" + "a" * 38 + "." + "b" * 43,
        "covet_rt_" + "a" * 38 + "." + "b" * 43 + "\n",
        "covet_rt_" + "a" * 10_000_000,
        "a.b.c",
    ],
)
async def test_what_is_no_refresh_token_is_refused(auth: JWTAuthenticator, token: str) -> None:
    with pytest.raises(RefreshRefusedError, match="of no session") as caught:
        await auth.refresh(token)

    assert caught.value.detail == "Valid credentials are required."


async def test_sessions_last_as_long_as_they_are_told(make: Make, clock: Any) -> None:
    auth = make(refresh_token_expire_days=1, session_expire_days=2)
    pair = await auth.create_tokens({"user_id": 7})
    for _ in range(2):
        clock.now += 86400 - 1
        pair = await auth.refresh(pair.refresh_token)
    clock.now += 2

    with pytest.raises(RefreshRefusedError):
        await auth.refresh(pair.refresh_token)


async def test_a_long_idle_time_makes_sessions_long(make: Make, clock: Any) -> None:
    auth = make(refresh_token_expire_days=90)
    pair = await auth.create_tokens({"user_id": 7})
    clock.now += 89 * 86400

    assert await auth.refresh(pair.refresh_token)


@pytest.mark.parametrize(
    "options",
    [
        {"refresh_token_expire_days": 0},
        {"refresh_token_expire_days": 7, "session_expire_days": 6},
        {"refresh_grace_seconds": 11},
        {"refresh_grace_seconds": -1},
    ],
)
def test_sessions_that_make_no_sense_stop_the_start(make: Make, options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        make(**options)


# Revocation


async def test_an_access_token_is_revoked_alone(auth: JWTAuthenticator) -> None:
    pair = await auth.create_tokens({"user_id": 7})
    other = auth.create_access_token({"user_id": 7})

    await auth.revoke_token(pair.access_token)
    await auth.revoke_token(pair.access_token)

    assert not await is_good(auth, pair.access_token)
    assert await is_good(auth, other)
    assert await is_good(auth, (await auth.refresh(pair.refresh_token)).access_token)


async def test_the_client_is_not_told_that_a_token_was_revoked(
    auth: JWTAuthenticator, refusal: Callable[[str], str]
) -> None:
    token = auth.create_access_token({"user_id": 7})
    await auth.revoke_token(token)

    with pytest.raises(AuthenticationException) as caught:
        await auth.validate_token(token)

    assert "were revoked" in caught.value.reason
    assert "invalid" in caught.value.challenge
    assert "revoked" not in caught.value.challenge + caught.value.detail


@pytest.mark.parametrize("end", ["revoke_token", "logout"])
async def test_with_a_refresh_token_its_session_ends(auth: JWTAuthenticator, end: str) -> None:
    first = await auth.create_tokens({"user_id": 7})
    second = await auth.refresh(first.refresh_token)

    await getattr(auth, end)(second.refresh_token)

    assert not await is_good(auth, first.access_token)
    assert not await is_good(auth, second.access_token)
    with pytest.raises(RefreshRefusedError):
        await auth.refresh(second.refresh_token)


async def test_logging_out_ends_the_session_of_a_token(auth: JWTAuthenticator) -> None:
    pair = await auth.create_tokens({"user_id": 7})
    other = await auth.create_tokens({"user_id": 7})

    await auth.logout(pair.access_token)
    await auth.logout(pair.access_token)

    assert not await is_good(auth, pair.access_token)
    with pytest.raises(RefreshRefusedError):
        await auth.refresh(pair.refresh_token)
    assert await is_good(auth, other.access_token)


async def test_logging_out_without_a_session_revokes_the_token(auth: JWTAuthenticator) -> None:
    token, other = (auth.create_access_token({"user_id": 7}) for _ in range(2))

    await auth.logout(token)

    assert not await is_good(auth, token)
    assert await is_good(auth, other)


async def test_a_session_of_ones_own_is_logged_out_as_long_as_its_token_lasts(
    auth: JWTAuthenticator, clock: Any
) -> None:
    year = timedelta(days=365)
    token, other = (
        auth.create_access_token({"user_id": 7, "sid": sid}, year) for sid in ("a", "b")
    )

    await auth.logout(token)

    clock.now += 364 * 86400
    assert not await is_good(auth, token)
    assert await is_good(auth, other)


@pytest.mark.parametrize("end", ["revoke_token", "logout"])
@pytest.mark.parametrize("token", ["", "a.b.c", "covet_rt_" + "a" * 38 + "." + "b" * 43])
async def test_what_is_no_token_ends_nothing(auth: JWTAuthenticator, end: str, token: str) -> None:
    with pytest.raises(AuthenticationException):
        await getattr(auth, end)(token)


async def test_the_name_of_a_session_is_not_enough_to_end_it(auth: JWTAuthenticator) -> None:
    pair = await auth.create_tokens({"user_id": 7})
    forged = f"covet_rt_{pair.sid}.{'x' * 43}"

    with pytest.raises(RefreshRefusedError):
        await auth.logout(forged)

    assert await is_good(auth, pair.access_token)


async def test_logging_out_everywhere_refuses_all_tokens_until_then(
    auth: JWTAuthenticator, clock: Any
) -> None:
    pairs = [await auth.create_tokens({"user_id": 7}) for _ in range(2)]
    alone = auth.create_access_token({"user_id": 7})
    other = await auth.create_tokens({"user_id": 8})

    await auth.logout_everywhere(7)

    for token in (*(pair.access_token for pair in pairs), alone):
        assert not await is_good(auth, token)
    for pair in pairs:
        with pytest.raises(RefreshRefusedError):
            await auth.refresh(pair.refresh_token)
    assert await is_good(auth, other.access_token)
    assert await auth.refresh(other.refresh_token)


async def test_a_login_in_the_same_second_works(auth: JWTAuthenticator) -> None:
    await auth.logout_everywhere(7)

    pair = await auth.create_tokens({"user_id": 7})

    assert await is_good(auth, pair.access_token)
    assert await is_good(auth, (await auth.refresh(pair.refresh_token)).access_token)


async def test_a_login_works_though_the_clock_of_the_logout_was_ahead(
    make: Make, clock: Any
) -> None:
    store = MemorySessionStore()
    here, ahead = make(sessions=store), make(sessions=store)
    ahead._clock = lambda: clock.now + 60
    await ahead.logout_everywhere(7)

    pair = await here.create_tokens({"user_id": 7})

    assert await is_good(here, pair.access_token)


async def test_a_token_without_session_may_follow_in_the_next_milliseconds(
    auth: JWTAuthenticator, clock: Any
) -> None:
    await auth.logout_everywhere(7)
    clock.now += 0.002

    assert await is_good(auth, auth.create_access_token({"user_id": 7}))


async def test_a_token_of_another_issuer_without_generation_counts_by_its_second(
    auth: JWTAuthenticator, forge: Callable[..., str], clock: Any
) -> None:
    before, after = forge(sub="7"), forge(sub="7", iat=NOW + 1)
    assert await is_good(auth, before)

    await auth.logout_everywhere("7")

    assert not await is_good(auth, before)
    assert await is_good(auth, after)


@pytest.mark.parametrize("generation", [True, -1, 1.5, "1", None])
def test_a_generation_is_a_number(
    refusal: Callable[[str], str], forge: Callable[..., str], generation: object
) -> None:
    assert "'gen'" in refusal(forge(gen=generation))


@pytest.mark.parametrize("user_id", [None, "", True])
async def test_nobody_is_not_logged_out(auth: JWTAuthenticator, user_id: object) -> None:
    with pytest.raises(ClaimError):
        await auth.logout_everywhere(user_id)


# Outage


async def test_while_nobody_knows_what_was_revoked_every_token_is_refused(
    make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    store = Breakable()
    auth = make(sessions=store)
    token = auth.create_access_token({"user_id": 7})

    store.is_down = True
    for _ in range(3):
        with pytest.raises(StoreUnavailableError) as caught:
            await auth.validate_token(token)
    store.is_down = False
    for _ in range(3):
        await auth.validate_token(token)

    assert caught.value.status_code == 503
    assert caught.value.headers["Retry-After"] == "1"
    logged = [(record.levelno, record.getMessage()) for record in caplog.records]
    assert [level for level, _ in logged] == [logging.ERROR, logging.WARNING]
    assert "closed" in logged[0][1]


async def test_an_application_may_accept_what_is_signed_meanwhile(make: Make) -> None:
    store = Breakable()
    auth = make(sessions=store, on_outage="open")
    token = auth.create_access_token({"user_id": 7})
    store.is_down = True

    assert await is_good(auth, token)
    assert not await is_good(auth, token[:-4] + "AAAA")


async def test_a_token_that_is_wrong_in_itself_is_not_asked_about(make: Make) -> None:
    store = Breakable()
    auth = make(sessions=store)
    store.is_down = True

    assert not await is_good(auth, "a.b.c")
