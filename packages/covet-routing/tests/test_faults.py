"""Faults: everything that is wrong with a router, with its places, before any request."""

import inspect
from typing import Any

import pytest

from covet_routing import (
    AmbiguousNameError,
    AnnotationError,
    Fault,
    RESTRouter,
    RouteConflictError,
    RouterFaultsError,
    TemplateError,
)


def one() -> None: ...


def two() -> None: ...


def line(function: Any) -> int:
    return inspect.getsourcelines(function)[1]


def test_a_conflict_names_both_handlers_with_file_and_line() -> None:
    router = RESTRouter()
    router.get("/items/{a}")(one)

    with pytest.raises(RouteConflictError) as caught:
        router.get("/items/{b}")(two)

    error = caught.value
    assert error.method == "GET"
    assert error.templates == ("/items/{a}", "/items/{b}")
    assert error.locations == ((__file__, line(one)), (__file__, line(two)))
    for place in (f"one ({__file__}:{line(one)})", f"two ({__file__}:{line(two)})"):
        assert place in str(error)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(("/a", {}), ("/a", {}), id="same-path"),
        pytest.param(("/{a:int}", {}), ("/{b:int}", {}), id="other-name"),
        pytest.param(("/{a}", {}), ("/{b:str}", {}), id="str-is-the-default"),
        pytest.param(("/{a}.{b}", {}), ("/{c}.{d}", {}), id="mixed"),
        pytest.param(("/a", {"host": "A.example"}), ("/a", {"host": "a.example"}), id="same-host"),
        pytest.param(
            ("/a", {"headers": {"X": "1", "Y": None}}), ("/a", {"headers": {"y": None, "x": "1"}}),
            id="same-headers",
        ),
    ],
)  # fmt: skip
def test_equal_routes_conflict(first: Any, second: Any) -> None:
    router = RESTRouter()
    router.get(first[0], **first[1])(one)

    with pytest.raises(RouteConflictError):
        router.route(second[0], ("POST", "GET"), **second[1])(two)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(("/{a}", {}), ("/{a:int}", {}), id="other-converter"),
        pytest.param(("/a", {}), ("/a/", {}), id="other-slash"),
        pytest.param(("/a", {}), ("/a", {"host": "a.example"}), id="other-host"),
        pytest.param(("/a", {"headers": {"x": "1"}}), ("/a", {"headers": {"x": "2"}}), id="header"),
        pytest.param(("/a-{b}", {}), ("/{a}-b", {}), id="overlapping-texts"),
    ],
)
def test_different_routes_do_not_conflict(first: Any, second: Any) -> None:
    router = RESTRouter()
    router.get(first[0], **first[1])(one)
    router.get(second[0], **second[1])(two)
    router.post(first[0], **first[1])(two)

    assert router.faults() == []


def test_a_conflict_between_included_routers_is_found_when_frozen() -> None:
    app, left, right = RESTRouter(), RESTRouter("/x"), RESTRouter()
    left.get("/a")(one)
    right.get("/x/a")(two)
    app.include(left)
    app.include(right)

    (fault,) = app.faults()

    assert isinstance(fault.error, RouteConflictError)
    assert (fault.file, fault.line) == (__file__, line(two))


def faulty_router() -> RESTRouter:
    router, inner = RESTRouter(), RESTRouter()

    def lost(a: "Missing", b: "Absent") -> "Gone": ...  # type: ignore[name-defined]  # noqa: F821

    router.get("/a")(one)
    router.get("/lost", name="same")(lost)
    router.get("/other", name="same")(two)
    inner.get("/a")(two)
    router.include(inner)
    router.mount("/m", one)
    router.mount("/m", two)
    return router


def test_all_faults_are_listed_at_once_with_file_and_line() -> None:
    with pytest.raises(RouterFaultsError) as caught:
        faulty_router().match_route("GET", "/a")

    kinds = [type(fault.error) for fault in caught.value.faults]
    assert sorted(kind.__name__ for kind in kinds) == [
        "AmbiguousNameError",
        "AnnotationError",
        "AnnotationError",
        "AnnotationError",
        "RouteConflictError",
        "RouteConflictError",
    ]
    for fault in caught.value.faults:
        assert fault.file == __file__
        assert fault.line > 0
        assert f"{fault.file}:{fault.line}: {fault.message}" in str(caught.value)


def test_faults_can_be_handled_by_kind() -> None:
    handled: list[str] = []

    try:
        faulty_router().freeze()
    except* AnnotationError as group:
        handled += [
            error.parameter for error in group.exceptions if isinstance(error, AnnotationError)
        ]
    except* (RouteConflictError, AmbiguousNameError):
        handled.append("others")

    assert handled == ["a", "b", "return", "others"]


def test_a_handler_of_several_routes_has_its_faults_listed_once() -> None:
    router = RESTRouter()

    def lost(a: "Missing") -> None: ...  # type: ignore[name-defined]  # noqa: F821

    router.get("/a")(lost)
    router.post("/a")(lost)

    assert [type(fault.error) for fault in router.faults()] == [AnnotationError]


def test_annotations_of_a_completed_record_are_not_looked_at() -> None:
    router = RESTRouter()

    def lost(a: "Missing") -> None: ...  # type: ignore[name-defined]  # noqa: F821

    (record,) = RESTRouterOf("/a", lost)
    router.add_route(record.evolve(parameters=(), response_model=None))

    assert router.faults() == []


def RESTRouterOf(path: str, handler: Any) -> RESTRouter:  # noqa: N802
    router = RESTRouter()
    router.get(path)(handler)
    return router


def test_a_mount_below_a_parameter_is_a_fault() -> None:
    app, inner = RESTRouter("/{tenant}"), RESTRouter()
    inner.mount("/files", one)
    app.include(inner)

    (fault,) = app.faults()

    assert isinstance(fault.error, TemplateError)
    assert (fault.file, fault.line) == (__file__, line(one))


def test_a_template_that_a_prefix_makes_wrong_is_a_fault() -> None:
    app, inner = RESTRouter("/{x}"), RESTRouter()
    inner.get("/{x}")(one)
    inner.get("/fine")(two)
    app.include(inner)

    (fault,) = app.faults()

    assert isinstance(fault.error, TemplateError)
    assert fault.error.template == "/{x}/{x}"
    assert (fault.file, fault.line) == (__file__, line(one))
    assert [record.path for record in app] == ["/{x}/fine"]


def test_a_name_given_to_two_paths_is_a_fault() -> None:
    router = RESTRouter()
    router.get("/a/{x}", name="thing")(one)
    router.get("/b/{x}", name="thing")(two)

    (fault,) = router.faults()

    assert isinstance(fault.error, AmbiguousNameError)
    assert (fault.error.name, fault.error.templates) == ("thing", ("/a/{x}", "/b/{x}"))


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(("POST", "/a/{x}", {"name": "thing"}), id="same-path"),
        pytest.param(("GET", "/a/{x}/{y}", {"name": "thing"}), id="other-parameters"),
        pytest.param(("GET", "/b/{x}", {"name": "thing", "version": "v2"}), id="other-version"),
        pytest.param(("GET", "/b/{x}", {"name": "other"}), id="other-name"),
    ],
)
def test_a_name_that_is_clear_enough_is_no_fault(second: tuple[str, str, dict[str, Any]]) -> None:
    router = RESTRouter()
    router.get("/a/{x}", name="thing")(one)
    router.route(second[1], (second[0],), **second[2])(two)

    assert router.faults() == []


def test_names_that_come_from_handlers_may_repeat() -> None:
    router = RESTRouter()
    router.get("/a")(one)
    router.get("/b")(one)

    assert router.faults() == []


def test_a_router_without_faults_has_none() -> None:
    assert RESTRouter().faults() == []


def test_a_fault_is_text_place_and_error() -> None:
    fault = faulty_router().faults()[0]

    assert isinstance(fault, Fault)
    assert fault.message == str(fault.error)
