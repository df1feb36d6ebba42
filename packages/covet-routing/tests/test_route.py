"""The route record and `rest_route`: what is kept, what is derived, what is refused."""

import copy
import dataclasses
import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from covet_routing import (
    HostError,
    RouteMatch,
    RouteMetadata,
    RouteOptionError,
    TemplateError,
    attached_routes,
    rest_route,
    route_entry,
)

F = TypeVar("F", bound=Callable[..., Any])


async def read_all_items() -> list[int]:
    """Return every item.

    All of them.
    """
    return []


def record(
    path: str = "/items", handler: Callable[..., Any] = read_all_items, **options: Any
) -> RouteMetadata:
    return RouteMetadata(path, ("GET",), handler, **options)


def logged(function: F) -> F:
    """A decorator that wraps, as well-behaved ones do."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return wrapper  # type: ignore[return-value]


# --- The record -----------------------------------------------------------------------------------


def test_what_is_not_said_follows_from_the_handler() -> None:
    route = record()

    assert route.name == "read_all_items"
    assert route.summary == "Read all items"
    assert route.description == "Return every item.\n\nAll of them."
    assert route.response_model == list[int]
    assert route.parameters == ()


def test_what_is_said_is_kept() -> None:
    options: dict[str, Any] = {
        "name": "items", "request_model": dict, "response_model": list, "status_code": 201,
        "response_media_type": "text/csv",
        "tags": ("a",), "summary": "S", "description": "D", "deprecated": True,
        "rate_limit": "10/minute", "requires_auth": False, "permissions": ("a:b",),
        "version": "v1", "raises": (KeyError,), "cost": 5, "timeout": 1.5,
        "host": "api.example.com", "headers": {"x-kind": "a"}, "shield": True,
        "include_in_schema": False, "trailing_slash": "ignore", "extra": {"k": 1},
    }  # fmt: skip

    route = record(**options)

    assert {name: getattr(route, name) for name in options} == options


def test_every_field_of_the_specification_is_there() -> None:
    fields = {field.name for field in dataclasses.fields(RouteMetadata)}

    assert fields >= {
        "path", "methods", "handler", "name", "request_model", "response_model", "status_code",
        "tags", "summary", "description", "deprecated", "rate_limit", "requires_auth",
        "permissions", "version", "raises", "cost", "timeout", "host", "headers", "shield",
        "include_in_schema", "parameters",
    }  # fmt: skip


def test_a_record_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        record().path = "/other"  # type: ignore[misc]


def test_mappings_of_a_record_are_frozen_and_their_own() -> None:
    extra = {"k": 1}
    route = record(extra=extra, headers={"X-Kind": "a"})
    extra["k"] = 2

    assert route.extra == {"k": 1}
    assert route.headers == {"x-kind": "a"}
    with pytest.raises(TypeError):
        route.extra["k"] = 3  # type: ignore[index]


def test_methods_are_upper_case_and_each_there_once() -> None:
    assert RouteMetadata("/", ["get", "Post", "GET"], read_all_items).methods == ("GET", "POST")  # type: ignore[arg-type]


def test_sequences_become_tuples() -> None:
    route = record(tags=["a", "b"], permissions=["p"], raises=[KeyError])

    assert (route.tags, route.permissions, route.raises) == (("a", "b"), ("p",), (KeyError,))


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"tags": "items"}, "tags"),
        ({"permissions": "items:read"}, "permissions"),
        ({"methods": "GET"}, "methods"),
        ({"methods": ()}, "methods"),
        ({"methods": ("GE T",)}, "methods"),
        ({"handler": "read"}, "handler"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(options: dict[str, Any], option: str) -> None:
    fields: dict[str, Any] = {"path": "/", "methods": ("GET",), "handler": read_all_items}

    with pytest.raises(RouteOptionError) as caught:
        RouteMetadata(**{**fields, **options})

    assert caught.value.option == option


@pytest.mark.parametrize(
    "host", ["https://a.example", "a.example:80", "a b", "*", "a.*.example", ""]
)
def test_a_host_that_is_none_is_refused(host: str) -> None:
    with pytest.raises(HostError, match="no host name") as caught:
        record(host=host)

    assert caught.value.host == host


def test_a_host_is_kept_in_lower_case() -> None:
    assert record(host="API.Example.com.").host == "api.example.com"


def test_path_format_has_no_converters() -> None:
    assert record("/items/{item_id:int}", lambda item_id: None).path_format == "/items/{item_id}"


def test_the_source_location_is_that_of_the_innermost_function() -> None:
    inner = read_all_items.__code__

    location = record(handler=functools.partial(logged(logged(read_all_items)))).source_location

    assert location == (inner.co_filename, inner.co_firstlineno)
    assert str(location) == f"{inner.co_filename}:{inner.co_firstlineno}"
    assert Path(location.file).name == "test_route.py"


def test_a_handler_that_is_not_written_in_python_has_no_place() -> None:
    assert str(record(handler=len).source_location) == "<unknown>:0"


def test_annotations_are_not_looked_at_before_they_are_asked_for() -> None:
    def handler(item: "Later") -> "Later": ...

    route = record(handler=handler)

    assert not route.is_resolved
    assert not route.evolve(path="/x").is_resolved
    assert not route.is_resolved


def test_evolving_keeps_what_is_resolved_and_derived() -> None:
    route = record(name="n")

    assert route.parameters == ()
    assert route.evolve(path="/x").response_model == list[int]
    assert route.evolve(path="/x").name == "n"
    assert route.evolve(path="/x/{y}").template.names == ("y",)


def test_dataclasses_replace_completes_a_record() -> None:
    route = record()

    completed = dataclasses.replace(route, path="/v1/items", parameters=(), response_model=None)

    assert (completed.path, completed.response_model) == ("/v1/items", None)
    assert completed.is_resolved


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace is new in 3.13")
def test_copy_replace_resolves_nothing() -> None:
    def handler(item: "Later") -> None: ...

    assert not copy.replace(record(handler=handler), path="/x").is_resolved  # type: ignore[attr-defined]


def test_an_attribute_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'nope'"):
        record().nope  # type: ignore[attr-defined]  # noqa: B018


def test_two_records_are_never_equal() -> None:
    assert record() != record()
    assert len({record(), record()}) == 2


def test_the_repr_says_what_answers() -> None:
    assert repr(record()) == "<RouteMetadata GET /items -> read_all_items>"


def test_a_route_match_is_taken_apart_by_position() -> None:
    match RouteMatch(read_all_items, {"x": 1}, record()):
        case RouteMatch(handler, path_params):
            assert (handler, path_params) == (read_all_items, {"x": 1})


def test_an_entry_has_what_the_matcher_needs() -> None:
    entry = route_entry(record(host="a.example", headers={"X": "1", "B": None}), "payload")

    assert entry.payload == "payload"
    assert entry.host == "a.example"
    assert entry.headers == (("b", None), ("x", "1"))
    assert entry.trailing_slash == "strict"


# --- Handlers of every kind -----------------------------------------------------------------------


class Shop:
    """Sells."""

    def __call__(self, item: int) -> str:
        return ""

    def show_item(self, item: int) -> str:
        """Show it."""
        return ""

    @rest_route("/class-items/{item}")
    def decorated(self, item: int) -> str:
        return ""


def shown(item: int, fixed: int = 0) -> str:
    """Show."""
    return ""


@pytest.mark.parametrize(
    ("handler", "name", "description"),
    [
        pytest.param(Shop(), "Shop", "Sells.", id="instance"),
        pytest.param(Shop().show_item, "show_item", "Show it.", id="bound-method"),
        pytest.param(functools.partial(shown, fixed=1), "shown", "Show.", id="partial"),
        pytest.param(logged(shown), "shown", "Show.", id="wrapped"),
    ],
)
def test_a_handler_may_be_any_callable(
    handler: Callable[..., Any], name: str, description: str
) -> None:
    route = record("/{item}", handler)

    parameters = [(parameter.name, parameter.annotation) for parameter in route.parameters]
    assert (route.name, route.description) == (name, description)
    assert parameters[0] == ("item", int)
    assert route.response_model is str
    assert route.source_location.file == __file__


# --- rest_route -----------------------------------------------------------------------------------


def test_rest_route_returns_the_function_itself() -> None:
    def handler() -> None: ...

    assert rest_route("/x")(handler) is handler


def test_rest_route_attaches_a_record() -> None:
    @rest_route("/x/{y:int}", methods=["PUT"], tags=["t"])
    def handler(y: int) -> None: ...

    (route,) = attached_routes(handler)

    assert (route.path, route.methods, route.tags) == ("/x/{y:int}", ("PUT",), ("t",))
    assert route.handler is handler


def test_rest_route_stands_for_get_by_default() -> None:
    (route,) = attached_routes(rest_route("/x")(lambda: None))

    assert route.methods == ("GET",)


def test_a_decorator_above_rest_route_is_not_bypassed() -> None:
    @logged
    @rest_route("/x")
    def handler() -> None: ...

    (route,) = attached_routes(handler)

    assert route.handler is handler


def test_a_decorator_below_rest_route_is_not_bypassed() -> None:
    @rest_route("/x")
    @logged
    def handler() -> None: ...

    (route,) = attached_routes(handler)

    assert route.handler is handler


def test_a_decorator_that_copies_no_attributes_still_shows_the_route() -> None:
    @rest_route("/x")
    def inner() -> None: ...

    def wrapper() -> None: ...

    wrapper.__wrapped__ = inner  # type: ignore[attr-defined]

    assert [route.handler for route in attached_routes(wrapper)] == [wrapper]
    partial = functools.partial(inner)
    assert [route.handler for route in attached_routes(partial)] == [partial]


def test_routes_above_and_below_a_decorator_all_count() -> None:
    @rest_route("/outer")
    @logged
    @rest_route("/inner")
    def handler() -> None: ...

    routes = attached_routes(handler)

    assert [route.path for route in routes] == ["/inner", "/outer"]
    assert all(route.handler is handler for route in routes)


def test_wrapping_leaves_the_record_of_the_inner_function_alone() -> None:
    @rest_route("/x")
    def inner() -> None: ...

    outer = rest_route("/y")(logged(inner))

    assert [route.path for route in attached_routes(inner)] == ["/x"]
    assert [route.path for route in attached_routes(outer)] == ["/x", "/y"]


def test_a_bound_method_of_a_decorated_function_is_the_handler() -> None:
    method = Shop().decorated

    (route,) = attached_routes(method)

    assert route.handler is method
    assert [parameter.name for parameter in route.parameters] == ["item"]


def test_a_function_without_a_route_has_none() -> None:
    assert attached_routes(read_all_items) == ()


def test_what_takes_no_attributes_is_refused() -> None:
    with pytest.raises(RouteOptionError, match="nothing can be attached"):
        rest_route("/x")(Shop().show_item)


def test_an_unknown_option_is_refused_with_a_suggestion() -> None:
    with pytest.raises(RouteOptionError, match="Did you mean 'status_code'") as caught:
        rest_route("/x", statuscode=201)(lambda: None)  # type: ignore[call-arg]

    assert caught.value.option == "statuscode"
    assert isinstance(caught.value, TypeError)


def test_a_wrong_template_is_refused_where_it_is_written() -> None:
    with pytest.raises(TemplateError):
        rest_route("x")(lambda: None)


class Later:
    """Named by annotations above."""
