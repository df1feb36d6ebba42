"""The router: how routes come in, what they inherit, and what a request comes to."""

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar, Unpack

import pytest

from covet_routing import (
    FrozenRouterError,
    MethodNotAllowed,
    MountMatch,
    NotFound,
    Redirect,
    RESTRouter,
    RouteConflictError,
    RouteMatch,
    RouteMetadata,
    RouteOptionError,
    RouteOptions,
    RouterFaultsError,
    TemplateError,
    rest_route,
)

F = TypeVar("F", bound=Callable[..., object])


def handler() -> None:
    """Answer."""


def other() -> None:
    """Answer otherwise."""


def item(item_id: int) -> None: ...


def paths(router: RESTRouter) -> list[str]:
    return [record.path for record in router]


def only(router: RESTRouter) -> RouteMetadata:
    (record,) = router
    return record


# --- Adding routes --------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_each_method_has_its_decorator(method: str) -> None:
    router = RESTRouter()

    returned = getattr(router, method.lower())("/x", tags=["t"])(handler)

    assert returned is handler
    assert only(router).methods == (method,)
    assert only(router).tags == ("t",)
    assert router.match_route(method, "/x") == RouteMatch(handler, {}, only(router))


def test_route_takes_several_methods() -> None:
    router = RESTRouter()
    router.route("/x", methods=["get", "POST"])(handler)

    assert only(router).methods == ("GET", "POST")


def test_a_decorated_function_is_added_with_all_its_routes() -> None:
    router = RESTRouter(prefix="/api")
    decorated = rest_route("/a")(rest_route("/b", methods=["POST"])(lambda: None))

    added = router.add_route(decorated)

    assert paths(router) == ["/api/b", "/api/a"]
    assert list(added) == list(router)
    assert all(record.handler is decorated for record in router)


def test_what_is_registered_is_the_outermost_decorator() -> None:
    @functools.wraps(handler)
    def inner() -> None: ...

    rest_route("/x")(inner)

    @functools.wraps(inner)
    def outer() -> None: ...

    router = RESTRouter()
    router.add_route(outer)

    match router.match_route("GET", "/x"):
        case RouteMatch(found):
            assert found is outer
        case outcome:
            pytest.fail(f"no match: {outcome}")


def test_a_record_is_added_as_it_is() -> None:
    router = RESTRouter()
    record = RouteMetadata("/x", ("GET",), handler)

    assert router.add_route(record) == (record,)
    assert only(router) is record


def test_a_function_without_a_route_is_refused() -> None:
    with pytest.raises(RouteOptionError, match="has no route"):
        RESTRouter().add_route(handler)


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(RouteOptionError, match="Did you mean 'tags'"):
        RESTRouter().get("/x", tag=["a"])(handler)  # type: ignore[call-arg]
    with pytest.raises(RouteOptionError, match="Did you mean 'tags'"):
        RESTRouter(tag=["a"])  # type: ignore[call-arg]


def test_definition_order_is_kept() -> None:
    router, inner = RESTRouter(), RESTRouter(prefix="/m")
    router.get("/z")(handler)
    router.include(inner)
    router.get("/a")(handler)
    inner.get("/b")(handler)

    assert paths(router) == ["/z", "/m/b", "/a"]
    assert [record.path for record in router.get_routes_for_openapi()] == ["/z", "/m/b", "/a"]


def test_documents_do_not_get_hidden_routes() -> None:
    router, hidden = RESTRouter(), RESTRouter(prefix="/h", include_in_schema=False)
    router.get("/a", include_in_schema=False)(handler)
    router.get("/b")(handler)
    hidden.get("/c")(handler)
    router.include(hidden)

    assert [record.path for record in router.get_routes_for_openapi()] == ["/b"]


# --- Prefixes and defaults ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "path", "whole"),
    [
        ("", "/", "/"),
        ("", "", "/"),
        ("/", "/x", "/x"),
        ("/posts", "/", "/posts"),
        ("/posts", "", "/posts"),
        ("/posts", "/{post_id}", "/posts/{post_id}"),
        ("/users/{user_id:int}", "/posts", "/users/{user_id:int}/posts"),
    ],
)
def test_a_prefix_stands_before_the_path(prefix: str, path: str, whole: str) -> None:
    router = RESTRouter(prefix)
    router.get(path)(handler)

    assert paths(router) == [whole]


def test_nested_prefixes_add_up() -> None:
    inner, middle, app = RESTRouter("/c"), RESTRouter("/b"), RESTRouter("/a")
    inner.get("/")(handler)
    middle.include(inner, "/x")
    app.include(middle, prefix="/y")

    assert paths(app) == ["/a/y/b/x/c"]
    assert paths(middle) == ["/b/x/c"]
    assert paths(inner) == ["/c"]


@pytest.mark.parametrize("prefix", ["posts", "/posts/", "/{", "/a//b"])
def test_a_wrong_prefix_is_refused(prefix: str) -> None:
    with pytest.raises(TemplateError):
        RESTRouter(prefix)
    with pytest.raises(TemplateError):
        RESTRouter().include(RESTRouter(), prefix)


def test_a_parameter_of_the_prefix_must_differ_from_those_of_the_path() -> None:
    with pytest.raises(TemplateError, match="appears twice"):
        RESTRouter("/{x}").get("/{x}")(handler)


@pytest.mark.parametrize(
    ("option", "outer", "inner", "both"),
    [
        pytest.param("tags", ["a", "b"], ["b", "c"], ("a", "b", "c"), id="tags"),
        pytest.param("permissions", ["p"], [["q"], "p"], ("p", ["q"]), id="permissions"),
        pytest.param("requires_auth", True, False, False, id="requires_auth"),
        pytest.param("rate_limit", 10, "5/minute", "5/minute", id="rate_limit"),
        pytest.param("version", "v1", "v2", "v2", id="version"),
        pytest.param("deprecated", True, False, True, id="deprecated"),
        pytest.param("host", "a.example", "b.example", "b.example", id="host"),
        pytest.param("headers", {"A": "1"}, {"b": "2"}, {"a": "1", "b": "2"}, id="headers"),
        pytest.param("trailing_slash", "ignore", "redirect", "redirect", id="trailing_slash"),
        pytest.param("include_in_schema", False, True, False, id="include_in_schema"),
        pytest.param(
            "extra",
            {"a": [1], "b": {"x": 1, "y": 1}, "c": 1, "d": 1},
            {"a": (2,), "b": {"y": 2}, "c": 2, "e": 2},
            {"a": (1, 2), "b": {"x": 1, "y": 2}, "c": 2, "d": 1, "e": 2},
            id="extra",
        ),
    ],
)
def test_defaults_reach_routes_that_do_not_say_otherwise(
    option: str, outer: Any, inner: Any, both: Any
) -> None:
    by_router = RESTRouter(**{option: outer})
    by_router.get("/inherits")(handler)
    by_router.get("/says", **{option: inner})(handler)
    by_inclusion, below = RESTRouter(), RESTRouter()
    below.get("/inherits")(handler)
    below.get("/says", **{option: inner})(handler)
    by_inclusion.include(below, **{option: outer})

    for router in (by_router, by_inclusion):
        inherits, says = router
        expected = tuple(outer) if isinstance(outer, list) else outer
        if isinstance(outer, Mapping):
            expected = {name.lower(): value for name, value in outer.items()}
        assert getattr(inherits, option) == expected
        assert getattr(says, option) == both


def test_the_innermost_router_decides() -> None:
    inner, outer = RESTRouter(version="v2"), RESTRouter(version="v1")
    inner.get("/x")(handler)
    outer.include(inner)

    assert only(outer).version == "v2"


def test_an_included_router_keeps_its_own_trailing_slash_policy() -> None:
    strict, app = RESTRouter("/s", trailing_slash="strict"), RESTRouter(trailing_slash="redirect")
    strict.get("/x")(handler)
    app.get("/y")(handler)
    app.include(strict)

    assert app.match_route("GET", "/s/x/") == NotFound()
    assert app.match_route("GET", "/y/") == Redirect("/y")


def test_one_text_for_several_is_refused() -> None:
    with pytest.raises(RouteOptionError, match="one text"):
        RESTRouter(tags="posts")


# --- Including ------------------------------------------------------------------------------------


def test_routes_that_an_included_router_gets_later_are_seen() -> None:
    app, inner = RESTRouter(), RESTRouter("/i")
    app.include(inner)
    inner.get("/late")(handler)

    assert isinstance(app.match_route("GET", "/i/late"), RouteMatch)


def test_one_router_can_be_included_twice() -> None:
    app, inner = RESTRouter(), RESTRouter()
    inner.get("/x")(handler)
    app.include(inner, "/v1", version="v1")
    app.include(inner, "/v2", version="v2")

    assert [(record.path, record.version) for record in app] == [("/v1/x", "v1"), ("/v2/x", "v2")]


def test_a_router_cannot_include_itself() -> None:
    outer, inner = RESTRouter(), RESTRouter()
    outer.include(inner)

    with pytest.raises(RouteOptionError, match="includes this one"):
        inner.include(outer)
    with pytest.raises(RouteOptionError, match="includes this one"):
        outer.include(outer)


# --- Matching -------------------------------------------------------------------------------------


def test_a_match_has_handler_converted_parameters_and_record() -> None:
    router = RESTRouter("/items")
    router.get("/{item_id:int}")(item)

    outcome = router.match_route("GET", "/items/7")

    assert outcome == RouteMatch(item, {"item_id": 7}, only(router))


def test_what_is_not_there_and_what_is_not_allowed_are_told_apart() -> None:
    router = RESTRouter()
    router.get("/x")(handler)
    router.post("/x")(other)

    assert router.match_route("GET", "/y") == NotFound()
    assert router.match_route("PUT", "/x") == MethodNotAllowed(("GET", "HEAD", "OPTIONS", "POST"))


def test_a_request_for_the_text_of_a_template_is_data_not_a_route() -> None:
    router = RESTRouter()
    router.get("/users/{user_id}")(item)
    router.get("/items/{item_id:int}")(other)

    outcome = router.match_route("GET", "/users/{user_id}")

    assert isinstance(outcome, RouteMatch)
    assert outcome.path_params == {"user_id": "{user_id}"}
    assert router.match_route("GET", "/items/{item_id:int}") == NotFound()


def test_a_host_and_headers_are_heeded() -> None:
    router = RESTRouter()
    router.get("/x", host="a.example")(handler)
    router.get("/x", headers={"X-Kind": "b"})(other)

    by_host = router.match_route("GET", "/x", host="A.example:80")
    by_header = router.match_route("GET", "/x", headers={"X-KIND": "b"})

    assert isinstance(by_host, RouteMatch)
    assert isinstance(by_header, RouteMatch)
    assert (by_host.handler, by_header.handler) == (handler, other)
    assert router.match_route("GET", "/x") == NotFound()


def test_a_trailing_slash_is_strict_by_default() -> None:
    router = RESTRouter()
    router.get("/x")(handler)

    assert router.match_route("GET", "/x/") == NotFound()


def test_an_empty_router_finds_nothing() -> None:
    assert RESTRouter().match_route("GET", "/") == NotFound()


# --- Mounting -------------------------------------------------------------------------------------


def test_a_mount_answers_below_its_prefix() -> None:
    inner, app = RESTRouter("/b"), RESTRouter("/a")
    inner.mount("/files", "asgi")
    app.include(inner, "/c")

    assert app.match_route("GET", "/a/c/b/files/x") == MountMatch("asgi", "/a/c/b/files", "/x")
    assert [mount.prefix for mount in app.mounts] == ["/a/c/b/files"]


def test_a_mount_has_the_host_of_its_router() -> None:
    inner, app = RESTRouter(host="a.example"), RESTRouter()
    inner.mount("/files", "asgi")
    app.include(inner)

    assert app.match_route("GET", "/files/x") == NotFound()
    assert isinstance(app.match_route("GET", "/files/x", host="a.example"), MountMatch)


@pytest.mark.parametrize("prefix", ["files", "/files/", "/{x}"])
def test_a_wrong_mount_is_refused(prefix: str) -> None:
    with pytest.raises(TemplateError):
        RESTRouter().mount(prefix, "asgi")


# --- Freezing -------------------------------------------------------------------------------------


def test_freezing_again_returns_the_same_matcher() -> None:
    router = RESTRouter()

    assert router.freeze() is router.freeze()


def test_records_are_the_same_objects_once_frozen() -> None:
    app, inner = RESTRouter(), RESTRouter("/i")
    inner.get("/x")(handler)
    app.include(inner)

    matcher = app.freeze()

    assert only(app) is only(app)
    assert matcher.match("GET", "/i/x") == (only(app), {})


@pytest.mark.parametrize(
    "change",
    [
        lambda router: router.get("/late")(handler),
        lambda router: router.add_route(RouteMetadata("/late", ("GET",), handler)),
        lambda router: router.include(RESTRouter()),
        lambda router: router.mount("/late", "asgi"),
    ],
)
def test_nothing_is_added_after_the_first_match(change: Callable[[RESTRouter], object]) -> None:
    app, inner = RESTRouter(), RESTRouter("/i")
    app.include(inner)
    app.match_route("GET", "/")

    for router in (app, inner):
        with pytest.raises(FrozenRouterError, match="frozen"):
            change(router)


# --- Subclassing ----------------------------------------------------------------------------------


class ComposedOptions(RouteOptions, total=False):
    dependencies: Sequence[object]


class Composed(RESTRouter):
    """A router as a framework derives it."""

    extra_options: ClassVar[frozenset[str]] = frozenset({"dependencies"})

    def get(self, path: str, **options: Unpack[ComposedOptions]) -> Callable[[F], F]:
        return self.decorator(path, ("GET",), options)

    def make_metadata(
        self,
        path: str,
        methods: Sequence[str],
        handler: Callable[..., object],
        options: Mapping[str, object],
    ) -> RouteMetadata:
        return super().make_metadata(path, methods, handler, {"status_code": 202, **options})

    def report_conflict(self, error: RouteConflictError) -> None:
        """Leave it to `faults`, which lists all."""


def test_a_subclass_has_options_of_its_own() -> None:
    router = Composed()

    router.get("/x", dependencies=[1], extra={"k": 2})(handler)

    assert only(router).extra == {"k": 2, "dependencies": [1]}
    assert only(router).status_code == 202


def test_a_subclass_has_router_options_of_its_own() -> None:
    inner, app = Composed("/i", dependencies=[2]), Composed(dependencies=[1])  # type: ignore[call-arg]
    inner.get("/x", dependencies=[3])(handler)
    app.include(inner)

    assert only(app).extra == {"dependencies": (1, 2, 3)}


def test_a_subclass_may_leave_conflicts_to_freezing() -> None:
    router = Composed()
    router.get("/x")(handler)
    router.get("/x")(other)

    with pytest.raises(RouterFaultsError) as caught:
        router.freeze()

    assert [type(fault.error) for fault in caught.value.faults] == [RouteConflictError]
