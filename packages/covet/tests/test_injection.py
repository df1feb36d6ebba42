"""Injection: who provides a parameter, in which order, and how it is cleaned up."""

import asyncio
import contextlib
import functools
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextvars import ContextVar
from typing import Annotated, Any, Optional

import pytest
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.background import BackgroundTasks as StarletteBackgroundTasks

from covet import (
    BackgroundTasks,
    Conflict,
    Covet,
    Database,
    Depends,
    Header,
    NotFound,
    Principal,
    Query,
    Request,
    RequestContext,
    Response,
    Settings,
    StartupError,
    WebSocket,
)

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]


def sync_provider() -> str:
    return "provided"


async def async_provider() -> str:
    return "provided"


def generator_provider() -> Iterator[str]:
    yield "provided"


async def async_generator_provider() -> AsyncIterator[str]:
    yield "provided"


class ClassProvider:
    def __str__(self) -> str:
        return "provided"


class CallableProvider:
    def __call__(self) -> str:
        return "provided"


class AsyncCallableProvider:
    async def __call__(self) -> str:
        return "provided"


@pytest.mark.parametrize(
    "provider",
    [
        pytest.param(sync_provider, id="function"),
        pytest.param(async_provider, id="async-function"),
        pytest.param(generator_provider, id="generator"),
        pytest.param(async_generator_provider, id="async-generator"),
        pytest.param(ClassProvider, id="class"),
        pytest.param(CallableProvider(), id="callable"),
        pytest.param(AsyncCallableProvider(), id="async-callable"),
        pytest.param(functools.partial(lambda text: text, "provided"), id="partial"),
        pytest.param(functools.partial(async_provider), id="partial-of-async"),
    ],
)
@pytest.mark.parametrize("is_async", [True, False], ids=["async-handler", "sync-handler"])
async def test_every_kind_of_callable_provides(ask: Ask, provider: Any, is_async: bool) -> None:
    app = Covet()

    async def read_async(value: Annotated[Any, Depends(provider)]) -> str:
        return str(value)

    def read_sync(value: Annotated[Any, Depends(provider)]) -> str:
        return str(value)

    app.get("/")(read_async if is_async else read_sync)

    assert (await ask(app)).json == "provided"


async def test_a_sync_provider_runs_in_a_thread_with_the_context_variables(ask: Ask) -> None:
    tenant: ContextVar[str] = ContextVar("tenant")
    app = Covet()

    async def set_tenant() -> None:
        tenant.set("acme")

    def read_tenant(_: Annotated[None, Depends(set_tenant)]) -> tuple[str, bool]:
        return tenant.get(), threading.current_thread() is threading.main_thread()

    @app.get("/")
    async def read(found: Annotated[tuple[str, bool], Depends(read_tenant)]) -> tuple[str, bool]:
        return found

    assert (await ask(app)).json == ["acme", False]


async def test_dependencies_nest(ask: Ask) -> None:
    app = Covet()

    def one() -> int:
        return 1

    async def two(n: Annotated[int, Depends(one)]) -> int:
        return n + 1

    class Three:
        def __init__(self, n: Annotated[int, Depends(two)]) -> None:
            self.n = n + 1

    @app.get("/")
    async def read(three: Annotated[Three, Depends(Three)]) -> int:
        return three.n

    assert (await ask(app)).json == 3


async def test_a_dependency_is_called_once_a_request(ask: Ask) -> None:
    calls: list[int] = []
    app = Covet()

    def shared() -> int:
        calls.append(len(calls))
        return calls[-1]

    def left(n: Annotated[int, Depends(shared)]) -> int:
        return n

    @app.get("/")
    async def read(
        a: Annotated[int, Depends(shared)],
        b: Annotated[int, Depends(left)],
        c: Annotated[int, Depends(shared)],
    ) -> list[int]:
        return [a, b, c]

    replies = [(await ask(app)).json, (await ask(app)).json]

    assert replies == [[0, 0, 0], [1, 1, 1]]


async def test_without_cache_it_is_called_each_time(ask: Ask) -> None:
    calls: list[int] = []
    app = Covet()

    def counted() -> int:
        calls.append(len(calls))
        return calls[-1]

    @app.get("/")
    async def read(
        a: Annotated[int, Depends(counted, use_cache=False)],
        b: Annotated[int, Depends(counted, use_cache=False)],
    ) -> list[int]:
        return [a, b]

    assert (await ask(app)).json == [0, 1]


async def test_dependencies_of_application_and_route_run_for_their_effect(ask: Ask) -> None:
    seen: list[str] = []

    async def of_app() -> None:
        seen.append("app")

    async def of_route() -> None:
        seen.append("route")

    def of_parameter() -> None:
        seen.append("parameter")

    app = Covet(dependencies=[Depends(of_app)])

    @app.get("/", dependencies=[Depends(of_route)])
    async def read(_: Annotated[None, Depends(of_parameter)]) -> None:
        seen.append("handler")

    await ask(app)

    assert seen == ["app", "route", "parameter", "handler"]


async def test_a_dependency_that_raises_stops_the_request(ask: Ask) -> None:
    called: list[str] = []
    app = Covet()

    async def find() -> None:
        raise NotFound("No such thing.")

    @app.get("/")
    async def read(_: Annotated[None, Depends(find)]) -> None:
        called.append("handler")

    reply = await ask(app)

    assert (reply.status, reply.json["detail"]) == (404, "No such thing.")
    assert called == []


async def test_a_fresh_value_is_fresh_beside_a_cached_one(ask: Ask) -> None:
    calls: list[int] = []
    app = Covet()

    def counted() -> int:
        calls.append(len(calls))
        return calls[-1]

    @app.get("/")
    async def read(
        cached: Annotated[int, Depends(counted)],
        fresh: Annotated[int, Depends(counted, use_cache=False)],
        again: Annotated[int, Depends(counted)],
    ) -> list[int]:
        return [cached, fresh, again]

    assert (await ask(app)).json == [0, 1, 0]


# --- Clean-up ---------------------------------------------------------------------------------


@pytest.fixture(params=["async", "sync"])
def resource(request: pytest.FixtureRequest) -> Callable[[str, list[str]], Any]:
    """Make a generator provider, of either kind, that tells when it opens and closes."""

    def make_async(name: str, seen: list[str]) -> Any:
        async def provide() -> AsyncIterator[str]:
            seen.append(f"open {name}")
            try:
                yield name
            except BaseException as error:
                seen.append(f"{name} saw {type(error).__name__}")
                raise
            finally:
                seen.append(f"close {name}")

        return provide

    def make_sync(name: str, seen: list[str]) -> Any:
        def provide() -> Iterator[str]:
            seen.append(f"open {name}")
            try:
                yield name
            except BaseException as error:
                seen.append(f"{name} saw {type(error).__name__}")
                raise
            finally:
                seen.append(f"close {name}")

        return provide

    return make_async if request.param == "async" else make_sync


async def test_generators_are_closed_last_opened_first(
    ask: Ask, resource: Callable[[str, list[str]], Any]
) -> None:
    seen: list[str] = []
    app = Covet()
    first, second = resource("a", seen), resource("b", seen)

    @app.get("/")
    async def read(a: Annotated[str, Depends(first)], b: Annotated[str, Depends(second)]) -> str:
        seen.append("handler")
        return a + b

    reply = await ask(app)

    assert reply.json == "ab"
    assert seen == ["open a", "open b", "handler", "close b", "close a"]


async def test_generators_are_closed_before_the_answer_is_sent(
    ask: Ask, resource: Callable[[str, list[str]], Any]
) -> None:
    seen: list[str] = []
    app = Covet()
    provide = resource("a", seen)

    @app.get("/")
    async def read(a: Annotated[str, Depends(provide)]) -> str:
        return a

    await ask(app, on_send=lambda message: seen.append(message["type"]))

    assert seen == ["open a", "close a", "http.response.start", "http.response.body"]


async def test_generators_see_the_error_of_the_handler(
    ask: Ask, resource: Callable[[str, list[str]], Any]
) -> None:
    seen: list[str] = []
    app = Covet()
    first, second = resource("a", seen), resource("b", seen)

    @app.get("/")
    async def read(a: Annotated[str, Depends(first)], b: Annotated[str, Depends(second)]) -> None:
        raise NotFound

    reply = await ask(app)

    assert reply.status == 404
    assert seen == ["open a", "open b", "b saw NotFound", "close b", "a saw NotFound", "close a"]


async def test_what_was_opened_is_closed_when_a_later_dependency_fails(
    ask: Ask, resource: Callable[[str, list[str]], Any]
) -> None:
    seen: list[str] = []
    app = Covet()
    opened = resource("a", seen)

    def fail() -> None:
        raise Conflict

    @app.get("/")
    async def read(a: Annotated[str, Depends(opened)], _: Annotated[None, Depends(fail)]) -> None:
        seen.append("handler")

    reply = await ask(app)

    assert reply.status == 409
    assert seen == ["open a", "a saw Conflict", "close a"]


async def test_a_generator_that_swallows_the_error_does_not_turn_it_into_a_success(
    ask: Ask,
) -> None:
    app = Covet()

    async def swallow() -> AsyncIterator[None]:
        with contextlib.suppress(NotFound):
            yield

    @app.get("/")
    async def read(_: Annotated[None, Depends(swallow)]) -> None:
        raise NotFound

    assert (await ask(app)).status == 404


@pytest.mark.parametrize("is_async", [True, False])
async def test_an_error_in_clean_up_becomes_the_answer_and_the_others_still_close(
    ask: Ask, is_async: bool
) -> None:
    seen: list[str] = []
    app = Covet()

    def first() -> Iterator[None]:
        try:
            yield
        except Conflict:
            seen.append("first saw Conflict")
            raise

    async def second() -> AsyncIterator[None]:
        yield
        raise Conflict("Cannot be closed.")

    def second_sync() -> Iterator[None]:
        yield
        raise Conflict("Cannot be closed.")

    provider = second if is_async else second_sync

    @app.get("/")
    async def read(
        a: Annotated[None, Depends(first)], b: Annotated[None, Depends(provider)]
    ) -> None: ...

    reply = await ask(app)

    assert (reply.status, reply.json["detail"]) == (409, "Cannot be closed.")
    assert seen == ["first saw Conflict"]


@pytest.mark.parametrize("is_async", [True, False])
async def test_a_provider_that_yields_twice_is_an_error_that_says_so(
    ask: Ask, caplog: pytest.LogCaptureFixture, is_async: bool
) -> None:
    app = Covet()

    async def twice() -> AsyncIterator[int]:
        yield 1
        yield 2

    def twice_sync() -> Iterator[int]:
        yield 1
        yield 2

    @app.get("/")
    async def read(n: Annotated[int, Depends(twice if is_async else twice_sync)]) -> int:
        return n

    reply = await ask(app)

    assert reply.status == 500
    assert "yields twice" in caplog.text


# --- By type and by name ----------------------------------------------------------------------


class Clock:
    def __init__(self, time: str = "noon") -> None:
        self.time = time


async def test_a_registered_provider_fills_parameters_of_its_type(ask: Ask) -> None:
    app = Covet()

    async def make_clock(tz: str = "UTC") -> Clock:
        return Clock(f"noon in {tz}")

    app.provide(Clock, make_clock)

    @app.get("/")
    async def read(clock: Clock, maybe: Clock | None, old: Optional[Clock]) -> list[Any]:  # noqa: UP045
        return [clock.time, clock is maybe is old]

    assert (await ask(app, "GET", "/?tz=CET")).json == ["noon in CET", True]


async def test_a_registered_instance_is_shared(ask: Ask) -> None:
    app, clock = Covet(), Clock()
    app.provide(Clock, instance=clock)

    @app.get("/")
    async def read(given: Clock) -> bool:
        return given is clock

    assert (await ask(app)).json is True


def test_a_type_needs_a_provider_or_an_instance_and_not_both() -> None:
    app = Covet()

    with pytest.raises(TypeError):
        app.provide(Clock)
    with pytest.raises(TypeError):
        app.provide(Clock, Clock, instance=Clock())


async def test_what_the_framework_knows_is_injected_by_type(ask: Ask) -> None:
    app = Covet()

    @app.get("/")
    async def read(
        one: Request, two: Response, three: Settings, four: BackgroundTasks
    ) -> list[str]:
        return [type(each).__name__ for each in (one, two, three, four)]

    assert (await ask(app)).json == ["Request", "Response", "Settings", "BackgroundTasks"]


async def test_starlettes_background_tasks_are_ours(ask: Ask) -> None:
    app = Covet()

    @app.get("/")
    async def read(theirs: StarletteBackgroundTasks, ours: BackgroundTasks) -> bool:
        return theirs is ours

    assert (await ask(app)).json is True


async def test_settings_of_a_subclass_are_injected_by_their_own_type(ask: Ask) -> None:
    class Mine(Settings):
        motto: str = "more"

    app = Covet(settings=Mine())

    @app.get("/")
    async def read(settings: Mine) -> str:
        return settings.motto

    assert (await ask(app)).json == "more"


async def test_the_session_is_injected_by_type_and_by_name_and_is_one(ask: Ask) -> None:
    database = Database("sqlite://")
    app = Covet(database=database)

    def of_dependency(session: AsyncSession) -> AsyncSession:
        return session

    @app.get("/")
    async def read(
        session: AsyncSession, db: Any, third: Annotated[AsyncSession, Depends(of_dependency)]
    ) -> bool:
        return session is db is third

    assert (await ask(app)).json is True
    await database.dispose()


@pytest.mark.parametrize("name", ["request", "db", "current_user"])
@pytest.mark.parametrize("place", ["body", "query", "form"])
async def test_nothing_from_the_client_fills_an_injected_name(
    ask: Ask, name: str, place: str
) -> None:
    database = Database("sqlite://")
    app = Covet(database=database, auth=AcceptEveryone())
    namespace: dict[str, Any] = {"Item": Item, "Any": Any}
    annotation = "Item, " if place == "body" else ""
    parameters = f"item: {annotation}{name}: Any" if annotation else f"{name}: Any"
    exec(f"async def read({parameters}): return repr({name})", namespace)  # noqa: S102
    app.post("/")(namespace["read"])
    request: dict[str, Any] = {
        "body": {"json": {"name": "x", name: "theirs", "item": {"name": "x"}}},
        "query": {},
        "form": {
            "body": f"{name}=theirs".encode(),
            "headers": {"Content-Type": "application/x-www-form-urlencoded"},
        },
    }[place]

    reply = await ask(app, "POST", f"/?{name}=theirs", **request)

    assert reply.status == 200
    assert "theirs" not in reply.json
    await database.dispose()


class Item(BaseModel):
    name: str


class AcceptEveryone:
    realm = "test"
    loads_user = False
    user_type = None

    async def authenticate(self, authorization: bytes | None, db: Any, /) -> Principal | None:
        return Principal(subject="7", method="test", user="ann")


async def test_a_model_with_a_field_named_like_an_injected_one_keeps_both(ask: Ask) -> None:
    class Backup(BaseModel):
        db: str
        current_user: str

    app = Covet(auth=AcceptEveryone())

    @app.post("/")
    async def create(backup: Backup, current_user: Any) -> list[str]:
        return [backup.db, backup.current_user, current_user]

    reply = await ask(app, "POST", json={"db": "main", "current_user": "eve"})

    assert reply.json == ["main", "eve", "ann"]


async def test_request_model_never_fills_an_injected_parameter(ask: Ask) -> None:
    class Backup(BaseModel):
        name: str
        current_user: str

    app = Covet(auth=AcceptEveryone())

    @app.post("/", request_model=Backup)
    async def create(name: str, current_user: Any) -> list[str]:
        return [name, current_user]

    reply = await ask(app, "POST", json={"name": "main", "current_user": "eve"})

    assert reply.json == ["main", "ann"]


async def test_the_principal_is_injected_by_type_also_where_it_is_optional(ask: Ask) -> None:
    app = Covet(auth=AcceptEveryone())

    @app.get("/", requires_auth=False)
    async def read(principal: Principal | None) -> str:
        return principal.subject if principal else "nobody"

    assert (await ask(app)).json == "7"


async def test_a_marker_asks_the_client_whatever_the_name(ask: Ask) -> None:
    app = Covet()

    @app.get("/")
    async def read(request: Annotated[str, Query()]) -> str:
        return request

    assert (await ask(app, "GET", "/?request=mine")).json == "mine"


# --- Inputs of dependencies -------------------------------------------------------------------


async def test_inputs_of_dependencies_reach_them(ask: Ask) -> None:
    app = Covet()

    def page(page: int = 1, per_page: int = 20) -> tuple[int, int]:
        return page, per_page

    def language(accept_language: Annotated[str, Header()]) -> str:
        return accept_language

    @app.get("/items/{item_id}")
    async def read(
        item_id: int,
        where: Annotated[tuple[int, int], Depends(page)],
        lang: Annotated[str, Depends(language)],
    ) -> list[Any]:
        return [item_id, where, lang]

    reply = await ask(app, "GET", "/items/7?page=3", headers={"Accept-Language": "de"})

    assert reply.json == [7, [3, 20], "de"]


async def test_a_path_parameter_may_be_read_by_a_dependency_alone(ask: Ask) -> None:
    app = Covet()

    async def find(item_id: int) -> str:
        return f"item {item_id}"

    @app.get("/items/{item_id}")
    async def read(item: Annotated[str, Depends(find)]) -> str:
        return item

    assert (await ask(app, "GET", "/items/7")).json == "item 7"


async def test_a_body_may_be_read_by_a_dependency(ask: Ask) -> None:
    app = Covet()

    async def check(item: Item) -> str:
        return item.name.upper()

    @app.post("/")
    async def create(name: Annotated[str, Depends(check)]) -> str:
        return name

    assert (await ask(app, "POST", json={"name": "pen"})).json == "PEN"


async def test_errors_of_dependencies_inputs_come_with_the_handlers(ask: Ask) -> None:
    called: list[str] = []
    app = Covet()

    def page(page: int) -> int:
        called.append("dependency")
        return page

    def mode(x_mode: Annotated[int, Header()]) -> int:
        return x_mode

    @app.get("/")
    async def read(
        limit: int, where: Annotated[int, Depends(page)], how: Annotated[int, Depends(mode)]
    ) -> None: ...

    reply = await ask(app, "GET", "/?page=x&limit=y", headers={"X-Mode": "z"})

    assert reply.status == 422
    assert {(one["location"], one["field"]) for one in reply.json["details"]} == {
        ("query", "page"),
        ("query", "limit"),
        ("header", "x-mode"),
    }
    assert called == []


async def test_parameters_of_one_name_read_the_same_input_each_in_its_way(ask: Ask) -> None:
    app = Covet()

    def as_text(n: str) -> str:
        return n + "!"

    @app.get("/")
    async def read(n: int, text: Annotated[str, Depends(as_text)]) -> list[Any]:
        return [n, text]

    assert (await ask(app, "GET", "/?n=7")).json == [7, "7!"]


# --- Overrides --------------------------------------------------------------------------------


def real() -> str:
    return "real"


def make_overridable() -> Covet:
    app = Covet()

    @app.get("/")
    async def read(value: Annotated[str, Depends(real)]) -> str:
        return value

    return app


async def test_an_override_replaces_a_dependency_inside_its_block(ask: Ask) -> None:
    app = make_overridable()
    before = (await ask(app)).json

    with app.override({real: lambda: "fake"}):
        inside = (await ask(app)).json
    after = (await ask(app)).json

    assert (before, inside, after) == ("real", "fake", "real")


async def test_an_override_may_have_dependencies_and_inputs_of_its_own(ask: Ask) -> None:
    app = make_overridable()

    def suffix() -> str:
        return "!"

    async def fake(name: str, end: Annotated[str, Depends(suffix)]) -> AsyncIterator[str]:
        yield name + end

    app.dependency_overrides[real] = fake

    assert (await ask(app, "GET", "/?name=ann")).json == "ann!"


async def test_an_override_can_be_taken_back(ask: Ask) -> None:
    app = make_overridable()
    app.dependency_overrides[real] = lambda: "fake"
    overridden = (await ask(app)).json

    del app.dependency_overrides[real]

    assert (overridden, (await ask(app)).json) == ("fake", "real")


async def test_a_provider_registered_for_a_type_can_be_overridden(ask: Ask) -> None:
    app = Covet()

    def make_clock() -> Clock:
        return Clock()

    app.provide(Clock, make_clock)

    @app.get("/")
    async def read(clock: Clock) -> str:
        return clock.time

    with app.override({make_clock: lambda: Clock("midnight")}):
        inside = (await ask(app)).json

    assert (inside, (await ask(app)).json) == ("midnight", "noon")


async def test_overrides_end_with_their_block_also_when_it_raises() -> None:
    app = make_overridable()

    with pytest.raises(ZeroDivisionError), app.override({real: lambda: "fake"}):
        raise ZeroDivisionError

    assert dict(app.dependency_overrides) == {}


# --- Faults -----------------------------------------------------------------------------------


def faults_of(app: Covet) -> list[str]:
    with pytest.raises(StartupError) as caught:
        app.start()
    assert all(fault.file and fault.line for fault in caught.value.faults)
    return [fault.message for fault in caught.value.faults]


def test_dependencies_in_a_circle_are_a_fault() -> None:
    app = Covet()

    def chicken(egg: Any) -> None: ...

    def egg(chicken: Any) -> None: ...

    chicken.__annotations__ = {"egg": Annotated[Any, Depends(egg)]}
    egg.__annotations__ = {"chicken": Annotated[Any, Depends(chicken)]}
    app.get("/", dependencies=[Depends(chicken)])(real)

    (message,) = faults_of(app)

    assert "chicken → egg → chicken" in message


def test_depends_as_a_default_is_a_fault_that_says_how_to_write_it() -> None:
    app = Covet()

    @app.get("/")
    async def read(value: str = Depends(real)) -> None: ...  # type: ignore[assignment]

    (message,) = faults_of(app)

    assert "value: Annotated[" in message


def test_a_dependency_with_an_unknown_type_is_a_fault() -> None:
    app = Covet()

    def make(clock: Clock) -> None: ...

    @app.get("/")
    async def read(_: Annotated[None, Depends(make)]) -> None: ...

    (message,) = faults_of(app)

    assert "clock" in message


@pytest.mark.parametrize("name", ["db", "session"])
def test_a_session_without_a_database_is_a_fault(name: str) -> None:
    app = Covet()

    async def by_name(db: Any) -> None: ...

    async def by_type(session: AsyncSession) -> None: ...

    app.get("/")(by_name if name == "db" else by_type)

    assert name in faults_of(app)[0]


def test_a_websocket_in_the_handler_of_a_request_is_a_fault() -> None:
    app = Covet()

    @app.get("/")
    async def read(socket: WebSocket) -> None: ...

    assert "socket" in faults_of(app)[0]


# --- Calling functions outside a request ------------------------------------------------------


async def test_call_injects_what_is_not_given() -> None:
    app = Covet()
    app.provide(Clock, Clock)

    async def tell(name: str, clock: Clock, polite: bool = True) -> str:
        return f"{name}: {clock.time}, {polite}"

    assert await app.call(tell, "ann") == "ann: noon, True"
    assert await app.call(tell, name="bob", clock=Clock("six"), polite=False) == "bob: six, False"


async def test_call_runs_a_sync_function_in_a_thread() -> None:
    assert await Covet().call(threading.get_ident) != threading.get_ident()


async def test_call_names_what_is_missing() -> None:
    async def send(name: str, *, clock: Annotated[str, Depends(real)]) -> None: ...

    with pytest.raises(TypeError, match=r"send needs name"):
        await Covet().call(send)


async def test_call_gives_inputs_of_dependencies_their_defaults() -> None:
    def page(number: int = 3, tags: Annotated[list[str], Query(default_factory=list)] = ...) -> Any:
        return number, tags

    async def work(where: Annotated[Any, Depends(page)]) -> Any:
        return where

    assert await Covet().call(work) == (3, [])


async def test_call_closes_what_it_opened_with_the_error() -> None:
    seen: list[str] = []

    async def resource() -> AsyncIterator[None]:
        try:
            yield
        except ValueError:
            seen.append("closed by the error")
            raise

    async def work(_: Annotated[None, Depends(resource)]) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await Covet().call(work)

    assert seen == ["closed by the error"]


async def test_call_has_no_request_to_read_from() -> None:
    async def work(request: Request) -> None: ...

    with pytest.raises((AssertionError, RuntimeError, KeyError, TypeError)):
        await Covet().call(work)


async def test_concurrent_requests_share_no_dependency(ask: Ask) -> None:
    both_arrived = asyncio.Barrier(2)
    app = Covet()

    async def mine() -> object:
        await both_arrived.wait()
        return object()

    @app.get("/")
    async def read(value: Annotated[Any, Depends(mine)]) -> int:
        await both_arrived.wait()
        return id(value)

    one, two = await asyncio.gather(ask(app), ask(app))

    assert one.json != two.json


async def test_call_has_nothing_to_receive_from_and_nowhere_to_send() -> None:
    async def work(context: RequestContext) -> list[str]:
        told: list[str] = []
        for attempt in (context.receive, lambda: context.send({"type": "http.response.start"})):
            try:
                await attempt()
            except RuntimeError as error:
                told.append(str(error))
        return told

    told = await Covet().call(work)

    assert len(told) == 2
    assert all("no request" in one for one in told)


async def test_call_leaves_functions_without_a_signature_as_they_are() -> None:
    assert await Covet().call(max, 1, 2) == 2


async def test_a_union_is_the_clients_although_one_of_its_types_is_injected(ask: Ask) -> None:
    app = Covet()
    app.provide(int, lambda: 5)

    @app.get("/")
    async def read(injected: int, asked: int | float) -> list[float]:
        return [injected, asked]

    assert (await ask(app, "GET", "/?injected=1&asked=7")).json == [5, 7]


async def test_several_cookies_of_the_lent_response_are_sent(ask: Ask) -> None:
    app = Covet()

    def remember(response: Response) -> None:
        response.set_cookie("a", "1")

    @app.get("/", dependencies=[Depends(remember)])
    async def read(response: Response) -> str:
        response.set_cookie("b", "2")
        return "done"

    reply = await ask(app)

    assert [one.split(";")[0] for one in reply.headers.getlist("set-cookie")] == ["a=1", "b=2"]
