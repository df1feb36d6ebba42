"""Signatures: parameters and return annotations as objects, and what does not resolve."""

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import pytest

from covet_routing import AnnotationError, RouteMetadata, RouteParameter

if TYPE_CHECKING:
    from decimal import Decimal


def route(handler: Callable[..., Any]) -> RouteMetadata:
    return RouteMetadata("/", ("GET",), handler)


def annotations(handler: Callable[..., Any]) -> dict[str, Any]:
    return {parameter.name: parameter.annotation for parameter in route(handler).parameters}


def test_a_parameter_has_name_annotation_and_whether_it_is_required() -> None:
    def handler(item_id: int, q: str = "x", *, page: int = 1) -> None: ...

    assert route(handler).parameters == (
        RouteParameter("item_id", int, True),
        RouteParameter("q", str, False, "x"),
        RouteParameter("page", int, False, 1, inspect.Parameter.KEYWORD_ONLY),
    )


def test_a_default_of_none_is_a_default() -> None:
    def handler(q: str | None = None) -> None: ...

    (parameter,) = route(handler).parameters

    assert (parameter.required, parameter.default) == (False, None)


def test_a_required_parameter_has_no_default() -> None:
    def handler(q: str) -> None: ...

    (parameter,) = route(handler).parameters

    assert parameter.default is inspect.Parameter.empty


def test_injected_and_variadic_parameters_are_left_out() -> None:
    def handler(
        request: Any, db: Any, current_user: Any, q: str, *args: Any, **kw: Any
    ) -> None: ...

    assert list(annotations(handler)) == ["q"]


def test_annotations_in_quotes_are_resolved() -> None:
    def handler(a: "int", b: "list[Later]", c: list["Later"]) -> "Later | None": ...

    assert annotations(handler) == {"a": int, "b": list[Later], "c": list[Later]}
    assert route(handler).response_model == Later | None


def test_names_of_enclosing_functions_are_found_where_the_handler_uses_them() -> None:
    class Local: ...

    def handler(x: "Local") -> "Local":
        return Local()

    assert annotations(handler) == {"x": Local}


def test_names_of_enclosing_functions_may_come_later() -> None:
    def handler(x: int) -> int:
        return len(later)

    parameters = annotations(handler)
    later = "x"

    assert parameters == {"x": int}
    assert handler(1) == 1


def test_metadata_of_annotated_is_kept() -> None:
    def handler(a: Annotated[int, "m"], b: "Annotated[str, 'n']") -> Annotated[int, "r"]: ...

    assert annotations(handler) == {"a": Annotated[int, "m"], "b": Annotated[str, "n"]}
    assert route(handler).response_model == Annotated[int, "r"]


def test_what_has_no_annotation_is_any() -> None:
    def handler(a, b=1): ...  # type: ignore[no-untyped-def]

    assert annotations(handler) == {"a": Any, "b": Any}


def test_the_response_model_tells_none_from_nothing() -> None:
    def nothing(): ...  # type: ignore[no-untyped-def]

    def none() -> None: ...

    assert route(nothing).response_model is None
    assert route(none).response_model is type(None)


def test_what_a_partial_has_bound_is_no_input() -> None:
    def handler(a: int, b: int, c: int = 3, d: int = 4) -> None: ...

    bound = functools.partial(functools.partial(handler, 1), c=5)

    assert list(annotations(bound)) == ["b", "d"]


def test_a_wrapper_shows_the_signature_of_what_it_wraps() -> None:
    def handler(a: "Later") -> "Later": ...

    @functools.wraps(handler)
    def wrapper(*args: Any, **kwargs: Any) -> Any: ...

    assert annotations(wrapper) == {"a": Later}
    assert route(wrapper).response_model is Later


def test_a_class_shows_the_signature_of_its_constructor() -> None:
    assert annotations(Later) == {"x": int}


def test_a_callable_without_a_signature_has_no_parameters() -> None:
    assert route(type).parameters == ()


def test_an_annotation_that_does_not_resolve_names_its_place() -> None:
    def handler(price: "Decimal") -> None: ...

    with pytest.raises(AnnotationError) as caught:
        route(handler).parameters  # noqa: B018

    error = caught.value
    assert error.parameter == "price"
    assert error.annotation == "Decimal"
    assert error.handler.endswith(".handler")
    assert error.location == (__file__, handler.__code__.co_firstlineno)
    assert f"{__file__}:{error.location.line}" in str(error)
    assert "name 'Decimal' is not defined" in str(error)


def test_a_return_annotation_that_does_not_resolve_is_named() -> None:
    def handler() -> "Nope": ...  # type: ignore[name-defined]  # noqa: F821

    with pytest.raises(AnnotationError, match="Return annotation 'Nope'") as caught:
        route(handler).response_model  # noqa: B018

    assert caught.value.parameter == "return"


def test_an_annotation_that_fails_otherwise_is_named_too() -> None:
    def handler(a: "1 / 0") -> None: ...  # type: ignore[valid-type]

    with pytest.raises(AnnotationError, match="ZeroDivisionError"):
        route(handler).parameters  # noqa: B018


def test_an_annotation_may_be_defined_after_the_failure() -> None:
    def handler(a: "Tardy") -> None: ...  # type: ignore[name-defined]  # noqa: F821

    late = route(handler)
    with pytest.raises(AnnotationError):
        late.parameters  # noqa: B018
    globals()["Tardy"] = int

    assert [parameter.annotation for parameter in late.parameters] == [int]
    del globals()["Tardy"]


class Later:
    def __init__(self, x: int) -> None: ...
