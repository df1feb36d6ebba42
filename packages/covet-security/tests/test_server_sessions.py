"""Sessions of browsers: the id is worth nothing to anybody else, the data stays here."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from covet_security import (
    ConfigError,
    MemoryServerSessionStore,
    ServerSession,
    ServerSessionMiddleware,
    StoreUnavailableError,
)
from covet_security._server_session import new_session_id, session_key
from covet_security.redis import RedisServerSessionStore

pytestmark = pytest.mark.anyio

NOW = 1_800_000_000.0


class Clock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "redis", "redis-decoding"])
async def store(request: pytest.FixtureRequest, clock: Clock) -> AsyncIterator[Any]:
    if request.param == "memory":
        yield MemoryServerSessionStore(clock=clock)
        return
    url: str = request.getfixturevalue("redis_url")
    client = Redis.from_url(url, decode_responses=request.param == "redis-decoding")
    await client.flushall()
    yield RedisServerSessionStore(client)
    await client.aclose()


Act = Callable[[ServerSession], object]


class Browser:
    """A browser that keeps one cookie, and an application that does what it is told."""

    def __init__(self, store: Any, clock: Clock, **options: Any) -> None:
        self.cookie: str | None = None
        self.headers: dict[str, str] = {}
        self.seen: dict[str, Any] | None = None
        self.acts: list[Act] = []
        self.middleware = ServerSessionMiddleware(self.app, store=store, clock=clock, **options)

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        for act in self.acts:
            act(scope["session"])
        self.seen = dict(scope["session"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def visit(self, *acts: Act, kind: str = "http", cookie: str | None = None) -> Any:
        """Make a request, in which *acts* are done to the session; return what it held."""
        self.acts, self.seen = list(acts), None
        sent: list[Any] = []
        value = self.cookie if cookie is None else cookie
        headers = [] if value is None else [(b"cookie", f"a=b; __Host-session={value}".encode())]

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": kind, "headers": headers}
        await self.middleware(scope, send, send)  # type: ignore[arg-type]
        self.status = sent[0].get("status")
        self.headers = {name.decode(): v.decode() for name, v in sent[0].get("headers", ())}
        set_cookie = self.headers.get("set-cookie")
        if set_cookie is not None:
            self.cookie = set_cookie.partition(";")[0].partition("=")[2] or None
        return self.seen


@pytest.fixture
def browser(store: Any, clock: Clock) -> Browser:
    return Browser(store, clock, idle_seconds=100, absolute_seconds=250)


def log_in(session: ServerSession) -> None:
    session.renew()
    session["user"] = "ada"


async def test_a_session_that_is_empty_leaves_no_trace(browser: Browser) -> None:
    assert await browser.visit() == {}
    assert browser.headers == {}


async def test_what_is_put_into_a_session_is_there_at_the_next_visit(browser: Browser) -> None:
    await browser.visit(log_in)
    cookie = browser.headers["set-cookie"]
    cache = browser.headers["cache-control"]

    again = await browser.visit()

    assert again == {"user": "ada"}
    assert re.fullmatch(
        r"__Host-session=[\w-]{43}; Path=/; Max-Age=250; SameSite=Lax; Secure; HttpOnly", cookie
    )
    assert cache == "no-store"
    assert browser.headers == {}


async def test_changes_are_kept_without_a_new_cookie(browser: Browser) -> None:
    await browser.visit(log_in)
    await browser.visit(lambda session: session.update(basket=[1]))

    assert browser.headers == {}
    assert await browser.visit() == {"user": "ada", "basket": [1]}


async def test_a_login_gets_a_new_id_and_the_old_one_is_worth_nothing(browser: Browser) -> None:
    await browser.visit(lambda session: session.update(basket=[1], _csrf="t"))
    planted = browser.cookie

    await browser.visit(log_in)

    assert browser.cookie != planted
    assert await browser.visit(cookie=planted) == {}
    assert await browser.visit() == {"basket": [1], "user": "ada"}


async def test_an_id_that_is_not_known_is_never_taken_on(browser: Browser) -> None:
    planted = new_session_id()

    await browser.visit(log_in, cookie=planted)

    assert browser.cookie != planted
    assert await browser.visit(cookie=planted) == {}


@pytest.mark.parametrize("junk", ["", "x", "é" * 43, "a" * 44, "a" * 42 + "/"])
async def test_junk_is_no_session(browser: Browser, junk: str) -> None:
    assert await browser.visit(cookie=junk) == {}


async def test_two_cookies_of_the_name_are_none(browser: Browser) -> None:
    await browser.visit(log_in)

    assert await browser.visit(cookie=f"{browser.cookie}; __Host-session={'a' * 43}") == {}
    assert await browser.visit(cookie=f"{browser.cookie}; __Host-session={browser.cookie}") != {}


async def test_a_logout_ends_it_here_and_in_the_browser(browser: Browser) -> None:
    await browser.visit(log_in)
    cookie = browser.cookie

    await browser.visit(lambda session: session.clear())

    assert browser.headers["set-cookie"].startswith("__Host-session=; Path=/; Max-Age=0;")
    assert await browser.visit(cookie=cookie) == {}


async def test_a_session_that_was_ended_meanwhile_is_not_brought_back(
    browser: Browser, store: Any
) -> None:
    await browser.visit(log_in)
    key, cookie = session_key(browser.cookie), browser.cookie
    other = Browser(store, Clock(), idle_seconds=100, absolute_seconds=250)
    forget: list[Any] = []

    class Slow:
        """The store, in which the session is ended between this request's load and its save."""

        async def load(self, key: str) -> Any:
            found = await store.load(key)
            await store.delete(key)
            forget.append(key)
            return found

        async def replace(self, *args: Any) -> Any:
            return await store.replace(*args)

    other.middleware._store = Slow()  # type: ignore[assignment]
    await other.visit(lambda session: session.update(basket=[1]), cookie=cookie)

    assert forget == [key]
    assert await store.load(key) is None
    assert other.cookie is None


async def test_a_session_lasts_while_it_is_used(
    clock: Clock, request: pytest.FixtureRequest
) -> None:
    browser = Browser(
        MemoryServerSessionStore(clock=clock), clock, idle_seconds=100, absolute_seconds=250
    )
    await browser.visit(log_in)

    visits = []
    for _ in range(6):
        clock.now += 45
        visits.append(await browser.visit())

    assert [bool(one) for one in visits] == [True] * 5 + [False]


async def test_a_session_that_is_not_used_runs_out(clock: Clock) -> None:
    browser = Browser(MemoryServerSessionStore(clock=clock), clock, idle_seconds=100)
    await browser.visit(log_in)
    clock.now += 100

    assert await browser.visit() == {}


async def test_a_session_older_than_its_time_is_none_even_if_its_store_has_it(
    browser: Browser, clock: Clock
) -> None:
    await browser.visit(log_in)
    for _ in range(2):
        clock.now += 99
        await browser.visit()
    clock.now += 52

    assert await browser.visit() == {}


async def test_a_websocket_reads_its_session(browser: Browser) -> None:
    await browser.visit(log_in)

    assert await browser.visit(kind="websocket") == {"user": "ada"}


async def test_a_store_tells_no_ids(store: Any, browser: Browser) -> None:
    await browser.visit(log_in)

    assert await store.load(browser.cookie) is None
    assert b"ada" in await store.load(session_key(browser.cookie))


async def test_a_store_keeps_only_what_is_there(store: Any) -> None:
    assert not await store.replace("k", b"1", 10)
    await store.create("k", b"1", 10)
    assert await store.replace("k", b"2", 10)
    assert await store.load("k") == b"2"
    await store.delete("k")
    await store.delete("k")
    assert await store.load("k") is None


async def test_memory_is_bounded() -> None:
    store = MemoryServerSessionStore(max_sessions=2)
    await store.create("first", b"1", 10)
    await store.create("second", b"2", 10)
    await store.replace("first", b"1", 10)
    await store.create("third", b"3", 10)

    assert [await store.load(key) for key in ("first", "second", "third")] == [b"1", None, b"3"]


@pytest.mark.parametrize(("kind", "status"), [("http", 503), ("websocket", None)])
async def test_without_a_store_nobody_is_let_in(clock: Clock, kind: str, status: Any) -> None:
    client = Redis(port=1, retry=Retry(NoBackoff(), 0))
    browser = Browser(RedisServerSessionStore(client), clock)

    seen = await browser.visit(kind=kind, cookie="a" * 43)

    assert seen is None
    assert browser.status == status
    await client.aclose()


async def test_a_store_that_goes_away_meanwhile_is_a_503(clock: Clock) -> None:
    class Away(MemoryServerSessionStore):
        async def create(self, *args: Any) -> None:
            raise StoreUnavailableError("gone")

    browser = Browser(Away(clock=clock), clock)

    await browser.visit(log_in)

    assert browser.status == 503
    assert browser.headers["retry-after"] == "1"


async def test_a_store_that_goes_away_once_the_answer_has_begun_is_the_servers() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise StoreUnavailableError("late")

    async def send(message: Any) -> None: ...

    with pytest.raises(StoreUnavailableError, match="late"):
        await ServerSessionMiddleware(app)({"type": "http", "headers": []}, send, send)  # type: ignore[arg-type]


async def test_the_lifespan_passes_through() -> None:
    seen = []

    async def app(*args: Any) -> None:
        seen.append(args)

    await ServerSessionMiddleware(app)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]

    assert len(seen) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"cookie_name": "__Host-a", "is_secure": False},
        {"cookie_name": "a;b"},
        {"cookie_name": ""},
        {"idle_seconds": 0},
        {"idle_seconds": 10, "absolute_seconds": 9},
    ],
)
async def test_what_cannot_be_safe_is_a_configuration_error(options: Any) -> None:
    with pytest.raises(ConfigError):
        ServerSessionMiddleware(lambda *_: None, **options)  # type: ignore[arg-type, return-value]
    with pytest.raises(ConfigError):
        MemoryServerSessionStore(max_sessions=0)


async def test_for_development_without_https_the_cookie_has_another_name(clock: Clock) -> None:
    browser = Browser(None, clock, cookie_name="session", is_secure=False, same_site="strict")

    await browser.visit(log_in)

    assert re.fullmatch(
        r"session=[\w-]{43}; Path=/; Max-Age=1209600; SameSite=Strict; HttpOnly",
        browser.headers["set-cookie"],
    )
