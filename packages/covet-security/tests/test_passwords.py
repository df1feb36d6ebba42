"""Passwords: hashed off the loop, verified in constant time, renewed when due."""

import asyncio
import contextlib
import threading
import traceback
import unicodedata

import argon2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covet_security import ConfigError, PasswordError, PasswordHasher, PasswordHashError

CHEAP = {"memory_kib": 8, "time_cost": 1}
HASHER = PasswordHasher(memory_kib=8, time_cost=1)
PASSWORD = "correct horse"


def hashed(password: str, hasher: PasswordHasher = HASHER) -> str:
    return asyncio.run(hasher.hash(password))


def test_the_right_password_is_right_and_another_is_not() -> None:
    stored = hashed(PASSWORD)

    assert asyncio.run(HASHER.verify(stored, PASSWORD))
    assert not asyncio.run(HASHER.verify(stored, PASSWORD + "!"))


@given(password=st.text(min_size=8, max_size=40), other=st.text(min_size=8, max_size=40))
@settings(deadline=None, max_examples=40)
def test_a_hash_verifies_the_password_it_was_made_of_and_no_other(
    password: str, other: str
) -> None:
    same = unicodedata.normalize("NFC", password) == unicodedata.normalize("NFC", other)
    try:
        stored = hashed(password)
    except PasswordError:  # shorter once normalised
        return

    assert asyncio.run(HASHER.verify(stored, password)).ok
    assert asyncio.run(HASHER.verify(stored, other)).ok is same


def test_the_defaults_are_argon2id_with_19_mib_in_two_passes() -> None:
    stored = hashed(PASSWORD, PasswordHasher())

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert argon2.PasswordHasher().verify(stored, PASSWORD)


def test_two_hashes_of_one_password_differ() -> None:
    assert hashed(PASSWORD) != hashed(PASSWORD)


@pytest.mark.parametrize("length", [8, 64, 128])
def test_8_to_128_characters_are_accepted_whole(length: int) -> None:
    password = "é" * (length - 1) + "a"

    stored = hashed(password)

    assert asyncio.run(HASHER.verify(stored, password))
    assert not asyncio.run(HASHER.verify(stored, password[:-1] + "b"))


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "at least 8"),
        ("1234567", "at least 8"),
        ("e\u0301" * 7, "at least 8"),
        ("x" * 129, "at most 128"),
        ("x" * 10_000_000, "at most 128"),
    ],
)
def test_other_lengths_are_refused_without_quoting_the_password(
    password: str, problem: str
) -> None:
    with pytest.raises(PasswordError, match=problem) as caught:
        hashed(password)

    assert not password or password not in "".join(traceback.format_exception(caught.value))


def test_too_long_a_password_is_nobodys() -> None:
    stored = hashed("x" * 128)

    assert not asyncio.run(HASHER.verify(stored, "x" * 129))
    assert not asyncio.run(HASHER.verify(None, "x" * 129))


def test_a_short_password_from_elsewhere_can_be_verified() -> None:
    stored = argon2.PasswordHasher(1, 8, 1).hash("short")

    assert asyncio.run(HASHER.verify(stored, "short"))


def test_composed_and_decomposed_letters_are_the_same_password() -> None:
    stored = hashed("pässwörter")

    assert asyncio.run(HASHER.verify(stored, unicodedata.normalize("NFD", "pässwörter")))


def test_a_long_password_may_arrive_decomposed() -> None:
    password = "\u1f82" * 128  # each four code points when decomposed

    assert asyncio.run(HASHER.verify(hashed(password), unicodedata.normalize("NFD", password)))


def test_half_a_surrogate_pair_raises_no_error_that_would_quote_it() -> None:
    stored = hashed("\ud800" * 8)

    assert asyncio.run(HASHER.verify(stored, "\ud800" * 8))
    assert not asyncio.run(HASHER.verify(stored, "\ud801" * 8))


def test_an_unknown_user_is_never_right() -> None:
    check = asyncio.run(HASHER.verify(None, PASSWORD))

    assert not check
    assert check.new_hash is None


def test_a_current_hash_stays() -> None:
    check = asyncio.run(HASHER.verify(hashed(PASSWORD), PASSWORD))

    assert check.ok
    assert check.new_hash is None


@pytest.mark.parametrize(
    "old",
    [
        pytest.param(argon2.PasswordHasher(2, 8, 1), id="time"),
        pytest.param(argon2.PasswordHasher(1, 16, 1), id="memory"),
        pytest.param(argon2.PasswordHasher(1, 16, 2), id="parallelism"),
        pytest.param(argon2.PasswordHasher(1, 8, 1, type=argon2.Type.I), id="argon2i"),
    ],
)
def test_a_hash_with_other_parameters_is_renewed_on_login(old: argon2.PasswordHasher) -> None:
    check = asyncio.run(HASHER.verify(old.hash(PASSWORD), PASSWORD))

    assert check.ok
    assert check.new_hash is not None
    assert check.new_hash.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert asyncio.run(HASHER.verify(check.new_hash, PASSWORD)).new_hash is None


def test_a_wrong_password_renews_nothing() -> None:
    stored = argon2.PasswordHasher(2, 8, 1).hash(PASSWORD)

    assert asyncio.run(HASHER.verify(stored, "wrong password")).new_hash is None


@pytest.mark.parametrize(
    "stored",
    ["", "plain text", "$2b$12$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$cut"],
)
def test_a_stored_value_that_is_no_hash_is_an_error_without_it(stored: str) -> None:
    with pytest.raises(PasswordHashError) as caught:
        asyncio.run(HASHER.verify(stored, PASSWORD))

    shown = str(caught.value) + str(caught.value.__cause__)
    assert PASSWORD not in shown
    assert not stored or stored not in shown


@pytest.mark.parametrize(
    "options",
    [
        {"time_cost": 0},
        {"parallelism": 0},
        {"max_concurrency": 0},
        {"memory_kib": 7},
        {"memory_kib": 15, "parallelism": 2},
    ],
    ids=str,
)
def test_parameters_that_argon2_cannot_run_with_stop_the_start(options: dict[str, int]) -> None:
    with pytest.raises(ConfigError, match="Argon2 cannot run"):
        PasswordHasher(**options)


class Gate:
    """An argon2 whose hashes wait until the gate is opened."""

    def __init__(self) -> None:
        self.is_open = threading.Event()
        self.threads: list[threading.Thread] = []

    def hash(self, secret: bytes) -> str:
        self.threads.append(threading.current_thread())
        assert self.is_open.wait(timeout=10)
        return "hash"


def gated(**options: int) -> tuple[PasswordHasher, Gate]:
    hasher, gate = PasswordHasher(**CHEAP, **options), Gate()
    vars(hasher)["_argon2"] = gate
    return hasher, gate


def test_only_so_many_hashes_are_computed_at_once_each_in_a_thread_of_the_hasher() -> None:
    hasher, gate = gated(max_concurrency=3)

    async def main() -> set[threading.Thread]:
        before = set(threading.enumerate())
        pending = [asyncio.ensure_future(hasher.hash(PASSWORD)) for _ in range(12)]
        await asyncio.sleep(0)
        started = set(threading.enumerate()) - before
        gate.is_open.set()
        await asyncio.gather(*pending)
        return started

    started = asyncio.run(main())

    assert len(started) == 3
    assert len(gate.threads) == 12
    assert set(gate.threads) <= started


def test_the_loop_runs_on_while_a_hash_is_computed() -> None:
    hasher, gate = gated()

    async def main() -> str:
        pending = asyncio.ensure_future(hasher.hash(PASSWORD))
        while not gate.threads:
            await asyncio.sleep(0)
        gate.is_open.set()  # only a loop that is free gets here, and lets the hash end
        return await pending

    assert asyncio.run(main()) == "hash"


def test_one_hasher_serves_several_event_loops_at_once() -> None:
    hasher = PasswordHasher(**CHEAP, max_concurrency=1)
    results: list[bool] = []

    async def log_in() -> None:
        stored = await hasher.hash(PASSWORD)
        checks = await asyncio.gather(*(hasher.verify(stored, PASSWORD) for _ in range(5)))
        results.extend(check.ok for check in checks)

    loops = [threading.Thread(target=asyncio.run, args=(log_in(),)) for _ in range(4)]
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join(timeout=30)

    assert results == [True] * 20


def test_a_login_that_was_cancelled_leaves_the_hasher_working() -> None:
    hasher = PasswordHasher(**CHEAP, max_concurrency=1)

    async def main() -> bool:
        for _ in range(5):
            pending = asyncio.ensure_future(hasher.hash(PASSWORD))
            await asyncio.sleep(0)
            pending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await pending
        return (await hasher.verify(await hasher.hash(PASSWORD), PASSWORD)).ok

    assert asyncio.run(main())
