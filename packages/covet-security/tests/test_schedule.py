"""Keys take turns: published before they sign, checked until their last token has expired."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from covet_security import (
    Algorithm,
    AuthenticationException,
    ConfigError,
    JWTAuthenticator,
    Key,
    KeySchedule,
)

pytestmark = pytest.mark.anyio

NOW = 1_800_000_000
OLD, NEW = Key.generate("EdDSA", kid="old"), Key.generate("EdDSA", kid="new")


def at(minutes: float) -> datetime:
    return datetime.fromtimestamp(NOW, UTC) + timedelta(minutes=minutes)


@pytest.fixture
def schedule(clock: Any) -> KeySchedule:
    return KeySchedule([(NEW, at(10)), (OLD, at(-60))], clock=clock)


@pytest.mark.parametrize(
    ("minutes", "old", "new", "signing"),
    [
        (-61, "next", "next", None),
        (-60, "active", "next", "old"),
        (9.9, "active", "next", "old"),
        (10, "retiring", "active", "new"),
        (39.9, "retiring", "active", "new"),
        (40, "gone", "active", "new"),
    ],
)
async def test_each_key_has_its_turn(
    schedule: KeySchedule, clock: Any, minutes: float, old: str, new: str, signing: str | None
) -> None:
    clock.now = NOW + minutes * 60

    assert (schedule.state_of("old"), schedule.state_of("new")) == (old, new)
    assert (schedule.signing_key.kid if schedule.signing_key else None) == signing
    published = [key.kid for key in schedule.published()]
    assert published == (["new"] if old == "gone" else ["old", "new"])
    assert [key.kid for key in (await schedule.find("old"), await schedule.find("new")) if key] == (
        published
    )


async def test_an_unknown_key_has_no_state(schedule: KeySchedule) -> None:
    assert schedule.state_of("other") is None
    assert await schedule.find("other") is None


async def test_no_token_is_lost_to_a_rotation(schedule: KeySchedule, clock: Any) -> None:
    auth = JWTAuthenticator(schedule, issuer="blog", audience="readers", clock=clock)
    tokens: list[tuple[float, str]] = []

    for minute in range(60):
        clock.now = NOW + minute * 60
        tokens.append((clock.now, auth.create_access_token({"user_id": 7})))
        for issued, token in tokens:
            if clock.now - issued < 30 * 60:
                await auth.validate_token(token)

    with pytest.raises(AuthenticationException, match="names no key"):
        await auth.validate_token(tokens[0][1])


async def test_a_key_is_added_by_then(schedule: KeySchedule, clock: Any) -> None:
    clock.now = NOW + 45 * 60
    third = Key.generate("EdDSA", kid="third")

    longer = schedule.then(third, after=timedelta(minutes=5))

    assert longer.state_of("old") is None  # it was gone
    assert [longer.state_of(kid) for kid in ("new", "third")] == ["active", "next"]
    clock.now += 5 * 60
    assert longer.signing_key is third
    assert longer.state_of("new") == "retiring"


def test_a_key_is_published_before_it_signs(schedule: KeySchedule) -> None:
    with pytest.raises(ConfigError, match="within 300 s"):
        schedule.then(Key.generate("EdDSA"), after=timedelta(seconds=299))


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        ([], "needs a key"),
        ([(OLD.public(), at(0))], "public"),
        ([(OLD, datetime(2027, 1, 1))], "no time zone"),
        ([(OLD, at(0)), (NEW, at(0))], "both sign from"),
        ([(OLD, at(0)), (OLD, at(1))], "Two keys"),
    ],
)
def test_a_schedule_that_makes_no_sense_stops_the_start(
    turns: list[tuple[Key, datetime]], reason: str
) -> None:
    with pytest.raises(ConfigError, match=reason):
        KeySchedule(turns)


def test_secrets_do_not_stand_beside_pairs(keys: Mapping[Algorithm, Key]) -> None:
    with pytest.raises(ConfigError, match="beside key pairs"):
        KeySchedule([(keys["HS256"], at(0)), (keys["EdDSA"], at(10))])
