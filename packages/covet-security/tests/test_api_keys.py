"""API keys: shown once, refused for every reason there is, and cheap to check."""

import asyncio
import hashlib
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from covet_security import (
    APIKey,
    APIKeyManager,
    APIKeyStore,
    AuthenticationException,
    ConfigError,
    CredentialsConflictError,
    MemoryAPIKeyStore,
    MemoryChangeFeed,
    Principal,
    Secret,
    StoreUnavailableError,
    UnknownAPIKeyError,
)
from covet_security._narrowing import narrow
from covet_security.sqlalchemy import APIKeyMixin, SQLAlchemyAPIKeyStore

pytestmark = pytest.mark.anyio

NOW = 1_800_000_000.0


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "api_users"

    id: Mapped[int] = mapped_column(primary_key=True)


class Key(APIKeyMixin, Base):
    __user_key__ = "api_users.id"


class CountingStore:
    """A store that counts what it is asked, and can be out of order."""

    def __init__(self, store: APIKeyStore) -> None:
        self._store = store
        self.calls: Counter[str] = Counter()
        self.is_down = False
        self.before_answer: Any = None

    def __getattr__(self, name: str) -> Any:
        async def call(*arguments: Any) -> Any:
            self.calls[name] += 1
            if self.is_down:
                raise StoreUnavailableError("the store of API keys does not answer")
            answer = await getattr(self._store, name)(*arguments)
            if self.before_answer is not None:
                await self.before_answer()
            return answer

        return call


class Owners:
    """What the owners of keys may do."""

    def __init__(self) -> None:
        self.held: dict[Any, set[str]] = {7: {"posts:*", "items:read"}}

    async def get_user_permissions(self, user_id: Any) -> set[str]:
        return self.held.get(user_id, set())


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite+aiosqlite:///{tmp_path}/test.db"


async def sql_store(url: str) -> AsyncIterator[APIKeyStore]:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.execute(insert(User), [{"id": 7}, {"id": 8}])
    yield SQLAlchemyAPIKeyStore(engine, Key)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
    await engine.dispose()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[APIKeyStore]:
    match request.param:
        case "memory":
            yield MemoryAPIKeyStore()
        case "sqlite":
            async for store in sql_store(f"sqlite+aiosqlite:///{tmp_path}/test.db"):
                yield store
        case _:
            async for store in sql_store(request.getfixturevalue("postgresql_url")):
                yield store


@pytest.fixture
def store() -> CountingStore:
    return CountingStore(MemoryAPIKeyStore())


@pytest.fixture
def owners() -> Owners:
    return Owners()


@pytest.fixture
def manager(store: CountingStore, owners: Owners, clock: Any) -> APIKeyManager:
    return APIKeyManager(store, permissions=owners, clock=clock)


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(NOW + seconds, UTC)


# Text


def test_a_key_has_the_form_that_scanners_look_for() -> None:
    live, _ = APIKeyManager().generate_api_key()
    test, _ = APIKeyManager().generate_api_key(live=False)

    assert re.fullmatch(APIKeyManager.pattern, live)
    assert re.fullmatch(APIKeyManager.pattern, test)
    assert live.startswith("covet_live_")
    assert test.startswith("covet_test_")


def test_what_is_stored_is_a_hash_of_the_secret_and_the_pepper() -> None:
    plain, plain_hash = APIKeyManager().generate_api_key()
    spiced, spiced_hash = APIKeyManager(pepper="salt").generate_api_key()

    assert plain_hash == hashlib.sha256(plain[20:52].encode()).hexdigest()
    assert spiced_hash == hashlib.sha256(spiced[20:52].encode() + b"salt").hexdigest()


@settings(deadline=None)
@given(place=st.integers(0, 57), character=st.characters(codec="ascii"))
def test_a_typo_costs_no_question_to_the_store(place: int, character: str) -> None:
    store = CountingStore(MemoryAPIKeyStore())
    manager = APIKeyManager(store)
    key, _ = manager.generate_api_key()
    typo = key[:place] + character + key[place + 1 :]

    assert asyncio.run(manager.validate_api_key(typo)) is None

    assert store.calls["get"] == (1 if typo == key else 0)


@pytest.mark.parametrize(
    "change", [lambda k: k[:-1], lambda k: k + "A", lambda k: k + "\n", lambda k: "", str.upper]
)
async def test_what_is_no_key_is_refused(
    manager: APIKeyManager, store: CountingStore, change: Any
) -> None:
    key, _ = manager.generate_api_key()

    assert await manager.validate_api_key(change(key)) is None
    assert store.calls["get"] == 0


# Checking


async def test_a_key_is_good_for_its_scopes_within_its_owners_permissions(
    manager: APIKeyManager, owners: Owners
) -> None:
    new = await manager.create(
        7, name="ci", scopes=["posts:read", "items:*", "users:read"], rate_limit="10/minute"
    )

    assert await manager.validate_api_key(new.key) == {
        "id": new.record.id,
        "user_id": 7,
        "permissions": {"posts:read", "items:read"},
        "rate_limit": "10/minute",
    }
    owners.held = {7: {"users:*"}}
    valid = await manager.validate_api_key(new.key)
    assert valid is not None
    assert valid["permissions"] == {"users:read"}


async def test_without_owners_a_key_grants_its_scopes() -> None:
    manager = APIKeyManager()
    new = await manager.create("ada", name="ci", scopes=["posts:*"])

    valid = await manager.validate_api_key(new.key)

    assert valid is not None
    assert valid["permissions"] == {"posts:*"}


async def test_an_unknown_key_is_refused_after_the_same_work(
    manager: APIKeyManager, store: CountingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[int, int]] = []
    monkeypatch.setattr(
        "covet_security.api_keys.hmac.compare_digest",
        lambda one, other: compared.append((len(one), len(other))) or one == other,
    )
    unknown, _ = manager.generate_api_key()
    known = (await manager.create(7, name="ci", scopes=[])).key

    assert await manager.validate_api_key(unknown) is None
    assert await manager.validate_api_key(known) is not None
    assert compared == [(64, 64)] * 2
    assert store.calls["get"] == 2


async def test_a_key_needs_its_own_secret_and_the_pepper(store: CountingStore) -> None:
    manager = APIKeyManager(store, pepper=Secret("one"))
    other = APIKeyManager(store, pepper=Secret("other"))
    new = await manager.create(7, name="ci", scopes=[])

    assert await manager.validate_api_key(new.key) is not None
    assert await other.validate_api_key(new.key) is None


async def test_a_key_ends_at_its_time(manager: APIKeyManager, clock: Any) -> None:
    new = await manager.create(7, name="ci", scopes=[], expires_at=at(10))

    clock.now = NOW + 9.9
    assert await manager.validate_api_key(new.key) is not None
    clock.now = NOW + 10
    assert await manager.validate_api_key(new.key) is None


@pytest.mark.parametrize(
    ("address", "is_good"),
    [
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("2001:db8::7", True),
        ("11.0.0.1", False),
        ("2001:db9::7", False),
        ("10.1.2.3\n", False),
        ("", False),
        (None, False),
    ],
)
async def test_a_key_may_be_of_some_networks(
    manager: APIKeyManager, address: str | None, is_good: bool
) -> None:
    new = await manager.create(
        7, name="ci", scopes=[], allowed_networks=["10.0.0.0/8", "2001:db8::/32"]
    )

    valid = await manager.validate_api_key(new.key, client_address=address)

    assert (valid is not None) is is_good


@pytest.mark.parametrize(
    "options",
    [
        {"scopes": ["posts"]},
        {"scopes": ["posts:**"]},
        {"scopes": [], "allowed_networks": ["10.0.0.1/8"]},
        {"scopes": [], "allowed_networks": ["everywhere"]},
        {"scopes": [], "expires_at": datetime(2030, 1, 1)},
    ],
)
async def test_a_key_that_makes_no_sense_is_not_made(
    manager: APIKeyManager, store: CountingStore, options: dict[str, Any]
) -> None:
    with pytest.raises(ConfigError):
        await manager.create(7, name="ci", **options)

    assert store.calls["add"] == 0


async def test_nothing_shows_the_key(manager: APIKeyManager) -> None:
    new = await manager.create(7, name="ci", scopes=[])
    secret = new.key[20:]

    shown = f"{new!r} {new.record!r} {manager!r} {await manager.keys_of(7)!r}"

    assert secret not in shown
    assert new.record.key_hash not in shown


@pytest.mark.parametrize("seconds", [-1, 31])
def test_the_time_of_remembering_is_bounded(seconds: float) -> None:
    with pytest.raises(ConfigError, match="Use 0 to 30"):
        APIKeyManager(cache_seconds=seconds)


# Revocation


async def test_a_revoked_key_is_refused_at_once(manager: APIKeyManager) -> None:
    new = await manager.create(7, name="ci", scopes=[])
    assert await manager.validate_api_key(new.key) is not None

    await manager.revoke(new.record.id)

    assert await manager.validate_api_key(new.key) is None


async def test_another_process_refuses_it_within_a_second(store: CountingStore, clock: Any) -> None:
    here, there = APIKeyManager(store, clock=clock), APIKeyManager(store, clock=clock)
    new = await here.create(7, name="ci", scopes=[])
    assert await there.validate_api_key(new.key) is not None

    await here.revoke(new.record.id)
    clock.now += 1

    assert await there.validate_api_key(new.key) is None


async def test_a_feed_tells_other_processes_at_once(store: CountingStore, clock: Any) -> None:
    feed = MemoryChangeFeed()
    here = APIKeyManager(store, feed=feed, clock=clock)
    there = APIKeyManager(store, feed=feed, clock=clock)
    new = await here.create(7, name="ci", scopes=[])
    assert await there.validate_api_key(new.key) is not None

    await here.revoke(new.record.id)

    assert await there.validate_api_key(new.key) is None


async def test_with_a_feed_a_key_is_remembered_longer(store: CountingStore, clock: Any) -> None:
    manager = APIKeyManager(store, feed=MemoryChangeFeed(), clock=clock)
    new = await manager.create(7, name="ci", scopes=[])
    for seconds in (0, 5, 9.9, 10, 12):
        clock.now = NOW + seconds
        assert await manager.validate_api_key(new.key) is not None

    assert store.calls["get"] == 2


async def test_after_a_loss_keys_are_asked_for_again(store: CountingStore, clock: Any) -> None:
    manager = APIKeyManager(store, feed=MemoryChangeFeed(), clock=clock)
    new = await manager.create(7, name="ci", scopes=[])
    await manager.validate_api_key(new.key)

    manager._cache.forget(None)
    await manager.validate_api_key(new.key)

    assert store.calls["get"] == 2


async def test_a_key_read_before_it_was_revoked_is_not_remembered(
    store: CountingStore, clock: Any
) -> None:
    feed = MemoryChangeFeed()
    manager = APIKeyManager(store, feed=feed, clock=clock)
    new = await manager.create(7, name="ci", scopes=[])

    async def revoke() -> None:
        store.before_answer = None
        await manager.revoke(new.record.id)

    store.before_answer = revoke

    await manager.validate_api_key(new.key)

    assert await manager.validate_api_key(new.key) is None


async def test_the_memory_is_bounded(
    manager: APIKeyManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("covet_security._api_key_cache._MAX_CACHED", 3)

    for _ in range(10):
        new = await manager.create(7, name="ci", scopes=[])
        await manager.validate_api_key(new.key)

    assert len(manager._cache._keys) <= 3


async def test_what_is_not_there_is_not_revoked_or_rotated(manager: APIKeyManager) -> None:
    with pytest.raises(UnknownAPIKeyError, match="'12345678'") as caught:
        await manager.revoke("12345678")
    with pytest.raises(UnknownAPIKeyError):
        await manager.rotate("12345678")

    assert caught.value.key_id == "12345678"


# Rotation


async def test_while_they_overlap_both_keys_are_good(manager: APIKeyManager, clock: Any) -> None:
    old = await manager.create(
        7, name="ci", scopes=["posts:read"], allowed_networks=["10.0.0.0/8"], rate_limit="1/s"
    )
    await manager.validate_api_key(old.key, client_address="10.0.0.1")

    new = await manager.rotate(old.record.id, overlap=timedelta(minutes=5))

    good = []
    for seconds in (0, 299, 300):
        clock.now = NOW + seconds
        for key in (old.key, new.key):
            valid = await manager.validate_api_key(key, client_address="10.0.0.1")
            good.append(valid is not None)
    assert good == [True, True, True, True, False, True]
    assert new.record.id != old.record.id
    for name in ("user_id", "name", "scopes", "allowed_networks", "rate_limit"):
        assert getattr(new.record, name) == getattr(old.record, name)


@pytest.mark.parametrize("over", ["revoked", "expired"])
async def test_a_key_that_is_over_is_not_rotated(
    manager: APIKeyManager, clock: Any, over: str
) -> None:
    old = await manager.create(7, name="ci", scopes=[], expires_at=at(10))
    if over == "revoked":
        await manager.revoke(old.record.id)
    else:
        clock.now += 10

    with pytest.raises(UnknownAPIKeyError):
        await manager.rotate(old.record.id)


# Last use


async def test_the_last_use_is_written_once_for_many(
    manager: APIKeyManager, store: CountingStore, clock: Any
) -> None:
    new = await manager.create(7, name="ci", scopes=[])
    for _ in range(100):
        clock.now += 0.001
        await manager.validate_api_key(new.key)
    assert store.calls["touch"] == 0

    await manager.flush()
    await manager.flush()

    assert store.calls["touch"] == 1
    (key,) = await manager.keys_of(7)
    assert key.last_used_at == datetime.fromtimestamp(clock.now, UTC)
    await manager.aclose()


async def test_the_last_use_is_written_by_itself(store: CountingStore, clock: Any) -> None:
    manager = APIKeyManager(store, flush_seconds=0, clock=clock)
    new = await manager.create(7, name="ci", scopes=[])
    for _ in range(2):
        written = store.calls["touch"]
        await manager.validate_api_key(new.key)
        async with asyncio.timeout(5):
            while store.calls["touch"] == written:
                await asyncio.sleep(0)

    assert store.calls["touch"] == 2


async def test_a_last_use_that_cannot_be_written_waits(
    manager: APIKeyManager, store: CountingStore, caplog: pytest.LogCaptureFixture
) -> None:
    new = await manager.create(7, name="ci", scopes=[])
    await manager.validate_api_key(new.key)
    store.is_down = True
    await manager.flush()
    store.is_down = False

    await manager.aclose()

    (key,) = await manager.keys_of(7)
    assert key.last_used_at == at(0)
    assert "last uses of 1 API keys wait" in caplog.text


async def test_a_refused_key_was_not_used(manager: APIKeyManager) -> None:
    new = await manager.create(7, name="ci", scopes=[], allowed_networks=["10.0.0.0/8"])
    await manager.validate_api_key(new.key, client_address="11.0.0.0")

    await manager.aclose()

    (key,) = await manager.keys_of(7)
    assert key.last_used_at is None


# Requests


@pytest.mark.parametrize(
    "header",
    [
        lambda key: (b"x-api-key", key),
        lambda key: (b"authorization", b"ApiKey " + key),
        lambda key: (b"authorization", b"APIKEY   " + key),
    ],
)
async def test_the_caller_is_the_owner_of_the_key(manager: APIKeyManager, header: Any) -> None:
    new = await manager.create(
        7, name="ci", scopes=["posts:read"], expires_at=at(60), rate_limit="1/s"
    )

    principal = await manager.authenticate([(b"host", b"x"), header(new.key.encode())])

    assert principal == Principal(
        "7",
        "api_key",
        scopes=frozenset({"posts:read"}),
        expires_at=at(60),
        permissions=frozenset({"posts:read"}),
        credential_id=new.record.id,
        rate_limit="1/s",
    )


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"authorization", b"Bearer abc")],
        [(b"authorization", b"Bearer abc"), (b"authorization", b"Bearer def")],
        [(b"authorization", b"Basic abc")],
    ],
)
async def test_without_a_key_there_is_no_caller(manager: APIKeyManager, headers: Any) -> None:
    assert await manager.authenticate(headers) is None


@pytest.mark.parametrize(
    "headers",
    [
        [(b"x-api-key", b"KEY"), (b"authorization", b"Bearer abc")],
        [(b"x-api-key", b"KEY"), (b"authorization", b"bearer")],
        [(b"authorization", b"ApiKey KEY"), (b"authorization", b"Bearer abc")],
        [(b"x-api-key", b"KEY"), (b"x-api-key", b"KEY")],
        [(b"x-api-key", b"KEY"), (b"authorization", b"ApiKey KEY")],
    ],
)
async def test_two_credentials_are_a_bad_request(
    manager: APIKeyManager, headers: list[tuple[bytes, bytes]]
) -> None:
    new = await manager.create(7, name="ci", scopes=[])
    sent = [(name, value.replace(b"KEY", new.key.encode())) for name, value in headers]

    with pytest.raises(CredentialsConflictError) as caught:
        await manager.authenticate(sent)

    assert caught.value.status_code == 400


@pytest.mark.parametrize("value", [b"", b"covet_live_x", b"\xff\xfe", b"a" * 100_000])
async def test_a_wrong_key_is_refused(manager: APIKeyManager, value: bytes) -> None:
    with pytest.raises(AuthenticationException) as caught:
        await manager.authenticate([(b"x-api-key", value)])

    assert caught.value.status_code == 401
    assert 'error="invalid_token"' in caught.value.headers["WWW-Authenticate"]


async def test_while_the_store_does_not_answer_nobody_is_let_in(
    manager: APIKeyManager, store: CountingStore
) -> None:
    new = await manager.create(7, name="ci", scopes=[])
    store.is_down = True

    with pytest.raises(StoreUnavailableError):
        await manager.authenticate([(b"x-api-key", new.key.encode())])


# Stores


def record(key_id: str = "12345678", **values: Any) -> APIKey:
    defaults: Mapping[str, Any] = {
        "key_hash": "0" * 64,
        "user_id": 7,
        "name": "ci",
        "scopes": frozenset({"posts:read", "items:*"}),
        "created_at": at(0),
    }
    return APIKey(key_id, **{**defaults, **values})


async def test_a_store_returns_what_it_was_given(any_store: APIKeyStore) -> None:
    full = record(
        expires_at=at(60), allowed_networks=("10.0.0.0/8", "::/0"), rate_limit="100/minute"
    )
    plain = record("abcdefgh", created_at=at(1), scopes=frozenset())
    for one in (full, plain, record("theirs00", user_id=8)):
        await any_store.add(one)

    assert await any_store.get("12345678") == full
    assert await any_store.get("ABCDEFGH") is None
    assert await any_store.of_user(7) == await any_store.of_user("7") == [full, plain]
    assert await any_store.of_user(9) == []


async def test_a_store_lets_keys_end_once(any_store: APIKeyStore) -> None:
    await any_store.add(record())

    await any_store.expire("12345678", at(60))
    await any_store.expire("12345678", at(90))
    assert [await any_store.revoke("12345678", at(one)) for one in (1, 2)] == [True, True]

    assert await any_store.get("12345678") == record(expires_at=at(60), revoked_at=at(1))
    assert not await any_store.revoke("nobodys0", at(1))


async def test_a_store_keeps_the_latest_use(any_store: APIKeyStore) -> None:
    for key_id in ("one00000", "two00000", "three000"):
        await any_store.add(record(key_id))

    await any_store.touch({"one00000": at(5), "two00000": at(6), "gone0000": at(7)})
    await any_store.touch({"one00000": at(4), "two00000": at(8)})

    found = [await any_store.get(key_id) for key_id in ("one00000", "two00000", "three000")]
    assert [one.last_used_at for one in found if one] == [at(5), at(8), None]


async def test_a_key_of_nobody_is_not_stored(url: str) -> None:
    async for store in sql_store(url):
        with pytest.raises(ConfigError, match="'ada' cannot be a key"):
            await store.add(record(user_id="ada"))


# Scopes


SEGMENT = st.sampled_from(["a", "b", "*"])
NAMES = st.frozensets(st.lists(SEGMENT, min_size=2, max_size=3).map(":".join), max_size=4)


@settings(deadline=None)
@given(scopes=NAMES, held=NAMES)
def test_what_is_left_is_what_both_grant(scopes: frozenset[str], held: frozenset[str]) -> None:
    from covet_security._grants import is_granted

    left = narrow(scopes, held)

    for wanted in ("a:a", "a:b", "b:a", "c:a", "a:c", "c:c", "a:b:a", "c:a:b", "c:c:c"):
        assert is_granted(left, wanted) == (is_granted(scopes, wanted) and is_granted(held, wanted))
