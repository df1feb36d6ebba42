"""Decorators enforce wherever the function is called, in any order, and deny without a context."""

import asyncio
import functools
import inspect
import itertools
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest

from covet_security import (
    AuthenticationException,
    ConfigError,
    OwnershipError,
    PermissionDeniedException,
    Principal,
    RateLimiter,
    RateLimitException,
    RateLimitPolicy,
    RequestRefusedError,
    SecurityContext,
    StoreUnavailableError,
    current_security_context,
    public,
    rate_limit,
    require_auth,
    require_permission,
    security_of,
    use_security_context,
)

pytestmark = pytest.mark.anyio

ADA = Principal("ada", "bearer", permissions=frozenset({"posts:write", "comments:*"}))
BOB = Principal("bob", "bearer", permissions=frozenset())


class Owned:
    """An ownership whose statements are text."""

    def __init__(self, column: str = "author") -> None:
        self.column = column

    def restrict(self, statement: str, principal: Principal) -> str:
        return f"{statement} where {self.column} = {principal.subject}"


class Remote(RateLimiter):
    """A limiter that cannot decide at once."""

    def decide_now(self, *args: Any) -> None:
        return None


def context(principal: Principal | None = ADA, **changes: Any) -> SecurityContext:
    return SecurityContext(principal, **{"limiter": RateLimiter(), **changes})


def define(kind: str, *decorators: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of *kind* with *decorators*, the last one outermost."""

    async def asynchronous(post_id: int = 1) -> str:
        await asyncio.sleep(0)
        return f"post {post_id}"

    def synchronous(post_id: int = 1) -> str:
        return f"post {post_id}"

    async def stream(post_id: int = 1) -> AsyncIterator[str]:
        yield f"post {post_id}"

    kinds: Mapping[str, Any] = {"async": asynchronous, "sync": synchronous, "stream": stream}
    function = kinds[kind]
    for decorator in decorators:
        function = decorator(function)
    return function  # type: ignore[no-any-return]


async def call(function: Callable[..., Any], within: SecurityContext | None, *args: Any) -> Any:
    """Call *function* as a framework would: what is sync in a thread."""
    if within is None:
        return await _call(function, *args)
    with use_security_context(within):
        return await _call(function, *args)


async def _call(function: Callable[..., Any], *args: Any) -> Any:
    if inspect.isasyncgenfunction(function):
        (item,) = [item async for item in function(*args)]
        return item
    if inspect.iscoroutinefunction(function):
        return await function(*args)
    return await asyncio.to_thread(function, *args)


@pytest.fixture(params=["async", "sync", "stream"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "decorator", [require_auth, require_auth(), require_permission("posts:write"), rate_limit(5)]
)
async def test_without_a_context_they_deny(kind: str, decorator: Any) -> None:
    function = define(kind, decorator)

    with pytest.raises(AuthenticationException, match="no security context"):
        await call(function, None)


async def test_require_auth_lets_the_authenticated_pass(kind: str) -> None:
    assert await call(define(kind, require_auth), context(), 7) == "post 7"


@pytest.mark.parametrize("decorator", [require_auth, require_permission("posts:write")])
async def test_who_is_not_authenticated_gets_401(kind: str, decorator: Any) -> None:
    with pytest.raises(AuthenticationException) as caught:
        await call(define(kind, decorator), context(None))

    assert caught.value.problem is None


@pytest.mark.parametrize(
    ("permission", "is_let"),
    [
        ("posts:write", True),
        ("comments:delete", True),
        ("posts:read", False),
        ("comments:delete:all", False),
    ],
)
async def test_require_permission_lets_those_pass_who_have_it(
    kind: str, permission: str, is_let: bool
) -> None:
    function = define(kind, require_permission(permission))

    if is_let:
        assert await call(function, context()) == "post 1"
    else:
        with pytest.raises(PermissionDeniedException) as caught:
            await call(function, context())
        assert caught.value.headers["WWW-Authenticate"] == (
            f'Bearer realm="api", error="insufficient_scope", scope="{permission}"'
        )


async def test_of_several_permissions_all_are_needed(kind: str) -> None:
    function = define(kind, require_permission("posts:write", "posts:publish"))

    with pytest.raises(PermissionDeniedException, match="posts:publish"):
        await call(function, context())


async def test_permissions_are_asked_for_in_the_database(kind: str) -> None:
    asked: list[str] = []

    class Checker:
        async def get_user_permissions(self, user_id: str) -> set[str]:
            await asyncio.sleep(0)
            asked.append(user_id)
            return {"posts:write"}

    function = define(kind, require_permission("posts:write"))

    result = await call(function, context(Principal("7", "bearer"), permissions=Checker()))

    assert result == "post 1"
    assert asked == ["7"]


async def test_without_anybody_to_ask_nothing_is_permitted(kind: str) -> None:
    with pytest.raises(PermissionDeniedException):
        await call(
            define(kind, require_permission("posts:write")), context(Principal("7", "bearer"))
        )


async def test_a_credential_for_less_than_the_user_may_grants_less(kind: str) -> None:
    narrow = Principal(
        "ada",
        "bearer",
        scopes=frozenset({"posts:read"}),
        permissions=frozenset({"posts:read", "posts:write"}),
    )

    assert await call(define(kind, require_permission("posts:read")), context(narrow))
    with pytest.raises(PermissionDeniedException):
        await call(define(kind, require_permission("posts:write")), context(narrow))


async def test_rate_limit_refuses_what_is_too_often(kind: str) -> None:
    function, within = define(kind, rate_limit(2, 60)), context()

    for _ in range(2):
        assert await call(function, within) == "post 1"
    with pytest.raises(RateLimitException) as caught:
        await call(function, within)

    assert caught.value.retry_after == 60
    assert caught.value.headers["Retry-After"] == "60"
    assert caught.value.headers["RateLimit"] == '"2/60s";r=0;t=60'


async def test_a_limiter_that_must_be_waited_for_is(kind: str) -> None:
    function, within = define(kind, rate_limit("1/m")), context(limiter=Remote())

    assert await call(function, within) == "post 1"
    with pytest.raises(RateLimitException):
        await call(function, within)


@pytest.mark.parametrize("kind", ["sync"])
async def test_in_a_thread_without_the_context_of_a_loop_it_is_waited_for_as_well(
    kind: str,
) -> None:
    function = define(kind, rate_limit("1/m"))

    def in_thread() -> object:
        with use_security_context(context(limiter=Remote())):
            return function()

    assert await asyncio.to_thread(in_thread) == "post 1"


async def test_on_the_event_loop_a_sync_function_answers_at_once_where_it_can() -> None:
    function = define("sync", require_permission("posts:write"), rate_limit(1))

    with use_security_context(context()):
        assert function() == "post 1"
        with pytest.raises(RateLimitException):
            function()


async def test_on_the_event_loop_a_sync_function_is_an_awaitable_where_it_must_wait() -> None:
    function = define("sync", rate_limit(1))

    with use_security_context(context(limiter=Remote())):
        assert await function() == "post 1"
        with pytest.raises(RateLimitException):
            await function()


KEY = Principal("ada", "api_key", credential_id="k1")


@pytest.mark.parametrize(
    ("key", "one", "same", "other"),
    [
        ("principal", (ADA, "ip:1"), (ADA, "ip:2"), (BOB, "ip:1")),
        ("principal", (None, "ip:1"), (None, "ip:1"), (None, "ip:2")),
        ("principal", (KEY, "ip:1"), (KEY, "ip:2"), (ADA, "ip:1")),
        ("user", (ADA, "ip:1"), (KEY, "ip:2"), (BOB, "ip:1")),
        ("api_key", (KEY, "ip:1"), (KEY, "ip:2"), (ADA, "ip:1")),
        ("address", (ADA, "ip:1"), (BOB, "ip:1"), (ADA, "ip:2")),
        ("route", (ADA, "ip:1"), (BOB, "ip:2"), None),
        (lambda within, given: given["post_id"], (ADA, "ip:1"), (BOB, "ip:2"), None),
    ],
)
async def test_calls_are_counted_by_key(
    kind: str, key: Any, one: Any, same: Any, other: Any
) -> None:
    function, limiter = define(kind, rate_limit(1, key=key)), RateLimiter()

    async def call_as(caller: Any) -> None:
        await call(function, context(caller[0], client_id=caller[1], limiter=limiter))

    await call_as(one)
    with pytest.raises(RateLimitException):
        await call_as(same)
    if other is not None:
        await call_as(other)


async def test_an_api_key_is_counted_by_itself_and_its_user_by_all_of_theirs(kind: str) -> None:
    keys = [Principal("ada", "api_key", credential_id=one) for one in ("k1", "k2")]
    by_key, by_user = define(kind, rate_limit(1)), define(kind, rate_limit(1, key="user"))
    limiter = RateLimiter()

    for one in keys:
        await call(by_key, context(one, limiter=limiter))
    await call(by_user, context(keys[0], limiter=limiter))
    with pytest.raises(RateLimitException):
        await call(by_user, context(keys[1], limiter=limiter))


async def test_a_call_costs_what_its_arguments_say(kind: str) -> None:
    function = define(kind, rate_limit(10, cost=lambda context, arguments: arguments["post_id"]))
    within = context()

    await call(function, within, 9)
    with pytest.raises(RateLimitException):
        await call(function, within, 2)
    await call(function, within)


async def test_functions_count_apart_unless_they_share_a_name() -> None:
    async def read() -> None: ...
    async def write() -> None: ...

    within = context()
    with use_security_context(within):
        await rate_limit(1)(read)()
        await rate_limit(1)(write)()
        await rate_limit(1, name="both")(read)()
        with pytest.raises(RateLimitException):
            await rate_limit(1, name="both")(write)()


async def test_a_closed_limit_answers_503_while_the_store_is_away() -> None:
    class Away:
        source = "redis"

        async def hit(self, *args: Any, **kwargs: Any) -> Any:
            raise StoreUnavailableError("gone")

        async def aclose(self) -> None: ...

    limiter = RateLimiter(Away())  # type: ignore[arg-type]
    function = define("async", rate_limit("5/m", outage="closed"))

    with pytest.raises(StoreUnavailableError) as caught:
        await call(function, context(limiter=limiter))

    assert caught.value.headers["Retry-After"] == "1"


async def test_a_limit_without_a_limiter_denies(kind: str) -> None:
    with pytest.raises(StoreUnavailableError, match="no limiter"):
        await call(define(kind, rate_limit(5)), context(limiter=None))


ALL = [require_auth, require_permission("posts:write"), rate_limit(1), rate_limit(9, key="address")]


@pytest.mark.parametrize("order", list(itertools.permutations(ALL)), ids=str)
async def test_the_order_of_decorators_makes_no_difference(order: Any) -> None:
    for kind, limiter in itertools.product(("async", "sync"), (RateLimiter(), Remote())):
        function = define(kind, *order)
        within = [context(who, limiter=limiter) for who in (None, BOB, ADA, ADA)]
        answers = []
        for one in within:
            try:
                answers.append(await call(function, one))
            except RequestRefusedError as error:
                answers.append(error.status_code)

        assert answers == [401, 403, "post 1", 429]


async def test_a_limit_by_address_comes_before_credentials_and_others_after() -> None:
    function = define("async", *ALL)

    requirements = security_of(function).requirements

    assert [type(one).__name__ for one in requirements] == [
        "RateRequirement",
        "AuthRequirement",
        "PermissionRequirement",
        "RateRequirement",
    ]


def test_the_signature_and_the_kind_are_kept(kind: str) -> None:
    plain, function = define(kind), define(kind, *ALL)

    assert inspect.signature(function) == inspect.signature(plain)
    assert function.__name__ == plain.__name__
    assert inspect.iscoroutinefunction(function) == inspect.iscoroutinefunction(plain)
    assert inspect.isasyncgenfunction(function) == inspect.isasyncgenfunction(plain)


async def test_methods_partials_and_callable_objects_can_be_protected() -> None:
    class Posts:
        @require_auth
        async def read(self, post_id: int) -> int:
            return post_id

        async def write(self, post_id: int) -> int:
            return post_id

        async def __call__(self, post_id: int) -> int:
            return post_id

    posts = Posts()
    functions = [
        posts.read,
        require_auth(posts.write),
        require_auth(posts),
        require_auth(functools.partial(functools.partial(posts.write))),
    ]

    for function in functions:
        assert await call(function, context(), 7) == 7
        with pytest.raises(AuthenticationException):
            await function(7)
        assert security_of(function).requires_auth


def test_their_demands_can_be_read() -> None:
    owned = Owned()
    function = define(
        "async", rate_limit("10/m"), require_permission("posts:write", owned), require_auth
    )

    found = security_of(function)

    assert found.requires_auth
    assert found.permissions == ("posts:write",)
    assert found.ownerships == (owned,)
    assert [one.policies.policies for one in found.rate_limits] == [(RateLimitPolicy(10),)]
    assert not found.is_public


def test_they_are_read_through_the_wrappers_of_others() -> None:
    def cached(function: Any) -> Any:
        @functools.wraps(function)
        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            return await function(*args, **kwargs)

        return wrapper

    function = define("async", require_auth, cached, require_permission("posts:write"), cached)

    found = security_of(functools.partial(function))

    assert found.requires_auth
    assert found.permissions == ("posts:write",)


async def test_they_are_enforced_on_both_sides_of_the_wrappers_of_others() -> None:
    def cached(function: Any) -> Any:
        @functools.wraps(function)
        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            return await function(*args, **kwargs)

        return wrapper

    function = define("async", require_permission("posts:write"), cached, rate_limit(1))
    within = context()

    await call(function, within)
    with pytest.raises(RateLimitException):
        await call(function, within)
    with pytest.raises(PermissionDeniedException):
        await call(function, context(BOB))


def test_they_are_read_of_a_function_that_was_registered_before_it_was_decorated() -> None:
    registered = []

    def route(function: Any) -> Any:
        registered.append(function)
        return function

    define("async", route, require_permission("posts:write"), route, rate_limit(5))

    for function in registered:
        assert security_of(function).permissions == ("posts:write",)
        assert len(security_of(function).rate_limits) == 1


def test_a_plain_function_demands_nothing() -> None:
    found = security_of(define("sync"))

    assert (found.requirements, found.is_public, found.requires_auth) == ((), False, False)


def test_what_others_have_attached_is_kept() -> None:
    def attach(function: Any) -> Any:
        function.routes = ["/posts"]
        return function

    function = define("async", require_auth, attach, rate_limit(5), require_auth)

    assert function.routes == ["/posts"]


def test_public_says_so_and_changes_nothing() -> None:
    function = define("sync")

    assert public(function) is function
    assert function() == "post 1"
    assert security_of(function).is_public


async def test_public_goes_with_a_limit_in_any_order() -> None:
    for decorators in ([public, rate_limit(1)], [rate_limit(1), public]):
        function, within = define("async", *decorators), context(None)

        await call(function, within)

        assert security_of(function).is_public
        with pytest.raises(RateLimitException):
            await call(function, within)


@pytest.mark.parametrize(
    "decorators",
    [(public, require_auth), (require_auth, public)],
    ids=["auth-above", "public-above"],
)
def test_public_and_protected_contradict_each_other(decorators: Any) -> None:
    with pytest.raises(ConfigError, match="public"):
        define("async", *decorators)


@pytest.mark.parametrize(
    "decorate",
    [
        lambda: require_permission(),
        lambda: require_permission("posts"),
        lambda: require_permission("posts:*"),
        lambda: require_permission("a:b:c:d"),
        lambda: require_permission(Owned()),
        lambda: require_permission("posts:write", Owned(), ownership=Owned()),
        lambda: rate_limit("often"),
        lambda: require_auth(7),  # type: ignore[type-var]
        lambda: require_auth(Owned),
        lambda: public(len),
    ],
)
def test_what_cannot_be_enforced_is_a_configuration_error(decorate: Callable[[], Any]) -> None:
    with pytest.raises(ConfigError):
        decorate()


class TestEnforcedBefore:
    """A framework that refuses requests before it validates them enforces by itself."""

    async def test_the_call_is_counted_once(self, kind: str) -> None:
        function, within = define(kind, rate_limit(2)), context()

        for _ in range(2):
            await security_of(function).enforce(within)
            assert await call(function, within) == "post 1"

        with pytest.raises(RateLimitException):
            await security_of(function).enforce(within)

    async def test_each_further_call_of_the_request_counts(self) -> None:
        function, within = define("async", rate_limit(2)), context()
        await security_of(function).enforce(within)
        await call(function, within)
        await call(function, within)

        with pytest.raises(RateLimitException):
            await call(function, within)

    async def test_nothing_is_enforced_for_another_request(self) -> None:
        function, limiter = define("async", rate_limit(1)), RateLimiter()
        await security_of(function).enforce(context(limiter=limiter))

        with pytest.raises(RateLimitException):
            await call(function, context(limiter=limiter))

    async def test_nothing_is_enforced_for_another_function(self) -> None:
        one, other = define("async", rate_limit(1)), define("async", rate_limit(1))
        within = context()
        await security_of(one).enforce(within)

        with pytest.raises(RateLimitException):
            await call(other, within)

    @pytest.mark.parametrize(("who", "status"), [(None, 401), (BOB, 403)])
    async def test_it_refuses_as_the_function_would(
        self, who: Principal | None, status: int
    ) -> None:
        function = define("async", require_permission("posts:write"), require_auth)

        with pytest.raises(RequestRefusedError) as caught:
            await security_of(function).enforce(context(who))

        assert caught.value.status_code == status

    async def test_permissions_are_checked_again_at_the_call(self) -> None:
        now = [1000.0]
        held = {"posts:write"}

        async def load(principal: Principal) -> set[str]:
            return held

        within = SecurityContext(Principal("7", "bearer"), permissions=load, clock=lambda: now[0])
        function = define("async", require_permission("posts:write"))
        await security_of(function).enforce(within)
        held.clear()
        now[0] += 1

        with pytest.raises(PermissionDeniedException):
            await call(function, within)

    async def test_what_depends_on_arguments_is_left_to_the_call(self) -> None:
        function = define("async", rate_limit(1, key=lambda context, given: given["post_id"]))
        within = context()
        await security_of(function).enforce(within)

        await call(function, within, 1)
        await call(function, within, 2)
        with pytest.raises(RateLimitException):
            await call(function, within, 1)


class TestOwnership:
    async def test_a_statement_is_restricted_to_what_is_the_callers(self) -> None:
        @require_permission("posts:write", Owned())
        async def update() -> Any:
            return current_security_context().restrict("select post")

        assert await call(update, context()) == "select post where author = ada"

    async def test_a_call_that_restricts_nothing_is_an_error(self, kind: str) -> None:
        function = define(kind, require_permission("posts:write", ownership=Owned()))

        with pytest.raises(OwnershipError, match="no statement was restricted"):
            await call(function, context())

    async def test_an_error_of_the_function_is_its_own(self) -> None:
        @require_permission("posts:write", Owned())
        async def fail() -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await call(fail, context())

    async def test_calls_at_once_must_say_which_they_mean(self) -> None:
        posts, reviews = Owned("author"), Owned("reviewer")

        @require_permission("posts:write", posts)
        async def outer() -> Any:
            return [current_security_context().restrict("a", posts), await inner()]

        @require_permission("comments:write", reviews)
        async def inner() -> Any:
            with pytest.raises(OwnershipError, match="2 ownerships"):
                current_security_context().restrict("b")
            return current_security_context().restrict("b", reviews)

        assert await call(outer, context()) == ["a where author = ada", "b where reviewer = ada"]

    async def test_without_a_demand_there_is_nothing_to_restrict_by(self) -> None:
        with pytest.raises(OwnershipError, match="0 ownerships"):
            context().restrict("select")

    async def test_nobody_owns_nothing(self) -> None:
        with pytest.raises(AuthenticationException):
            context(None).restrict("select", Owned())
