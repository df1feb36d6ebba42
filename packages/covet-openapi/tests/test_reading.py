"""Route records of any make are read into operations."""

import inspect
from collections.abc import Callable
from enum import StrEnum
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field

from covet_openapi import RouteRecordError
from covet_openapi._reading import read_operations

Make = Callable[..., SimpleNamespace]


class NewItem(BaseModel):
    title: str
    price: float = 0.0


def test_three_attributes_are_enough(route: Make) -> None:
    (operation,) = read_operations(route("/items"))

    assert (operation.method, operation.path, operation.status_code) == ("GET", "/items", 200)
    assert operation.requires_auth is None
    assert not operation.deprecated


def test_each_method_is_an_operation_in_the_order_of_openapi(route: Make) -> None:
    operations = read_operations(route("/items", {"patch", "POST", "GET"}))

    assert [operation.method for operation in operations] == ["GET", "POST", "PATCH"]


def test_head_beside_get_goes_without_saying(route: Make) -> None:
    (operation,) = read_operations(route("/items", ["HEAD", "GET"]))

    assert operation.method == "GET"
    assert operation.is_only_method


def test_a_hidden_route_has_no_operations(route: Make) -> None:
    assert read_operations(route("/items", ["LINK"], include_in_schema=False)) == ()


def test_a_method_that_openapi_has_no_place_for_is_refused(route: Make) -> None:
    with pytest.raises(RouteRecordError) as caught:
        read_operations(route("/items", ["PROPFIND"]))

    assert caught.value.route == "/items"
    assert "include_in_schema=False" in caught.value.remedy


def test_an_object_that_is_no_route_record_is_refused() -> None:
    with pytest.raises(RouteRecordError) as caught:
        read_operations(lambda: None)  # type: ignore[arg-type]

    assert "'path'" in caught.value.problem


@pytest.mark.parametrize(
    ("method", "annotation", "location"),
    [
        pytest.param("GET", int, "query", id="anything-else"),
        pytest.param("GET", NewItem, "query", id="model-of-get"),
        pytest.param("DELETE", NewItem, "query", id="model-of-delete"),
        pytest.param("POST", NewItem, "body", id="model-of-post"),
        pytest.param("PUT", NewItem, "body", id="model-of-put"),
        pytest.param("PATCH", Annotated[NewItem, "note"], "body", id="annotated-model-of-patch"),
        pytest.param("POST", str, "query", id="no-model"),
    ],
)
def test_a_value_without_location_is_placed_by_its_type(
    route: Make, value: Make, method: str, annotation: Any, location: str
) -> None:
    (operation,) = read_operations(route("/items", [method], value("data", annotation)))

    (parameter,) = operation.parameters
    assert parameter.location == location
    assert parameter.is_model == (location == "query" and annotation is NewItem)


def test_a_value_named_in_the_template_is_of_the_path_in_spite_of_its_converter(
    route: Make, value: Make
) -> None:
    (operation,) = read_operations(route("/items/{item_id:int}", ["GET"], value("item_id", int)))

    assert [(p.name, p.location, p.required) for p in operation.parameters] == [
        ("item_id", "path", True)
    ]


@pytest.mark.parametrize("annotation", [inspect.Parameter.empty, Any])
def test_a_converter_stands_in_for_a_missing_annotation(
    route: Make, value: Make, annotation: Any
) -> None:
    (operation,) = read_operations(route("/x/{x:float}", ["GET"], value("x", annotation)))

    assert operation.parameters[0].annotation is float


def test_a_path_parameter_that_the_handler_does_not_take_is_there_all_the_same(
    route: Make,
) -> None:
    (operation,) = read_operations(route("/{tenant}/items/{item_id:int}"))

    assert [(p.name, p.annotation) for p in operation.parameters] == [
        ("tenant", str),
        ("item_id", int),
    ]


def test_a_missing_annotation_elsewhere_means_any(route: Make, value: Make) -> None:
    (operation,) = read_operations(route("/x", ["GET"], value("x", inspect.Parameter.empty)))

    assert operation.parameters[0].annotation is Any


def test_a_stated_location_wins_and_may_be_an_enum(route: Make, value: Make) -> None:
    class Place(StrEnum):
        HEADER = "header"

    record = value("x-tenant", str, location=Place.HEADER)
    (operation,) = read_operations(route("/x", ["GET"], record))

    assert type(operation.parameters[0].location) is str


def test_an_unknown_location_is_refused(route: Make, value: Make) -> None:
    with pytest.raises(RouteRecordError, match="'trailer'"):
        read_operations(route("/x", ["GET"], value("x", str, location="trailer")))


def test_a_path_parameter_that_the_template_lacks_is_refused(route: Make, value: Make) -> None:
    with pytest.raises(RouteRecordError, match="'item_id' is not in its template"):
        read_operations(route("/items", ["GET"], value("item_id", int, location="path")))


def test_a_request_model_fills_the_parameters_of_its_fields(route: Make, value: Make) -> None:
    record = route(
        "/items", ["POST"], value("title"), value("dry_run", bool), request_model=NewItem
    )

    (operation,) = read_operations(record)

    assert [(p.name, p.location) for p in operation.parameters] == [
        ("dry_run", "query"),
        ("body", "body"),
    ]


def test_values_that_say_that_they_are_of_the_request_model_are_part_of_it(
    route: Make, value: Make
) -> None:
    titled = value("theTitle", location="body", model=NewItem, model_field="title")

    (operation,) = read_operations(route("/items", ["POST"], titled, request_model=NewItem))

    assert [(p.name, p.annotation) for p in operation.parameters] == [("body", NewItem)]


def test_a_request_model_is_the_query_string_where_there_is_no_body(route: Make) -> None:
    (operation,) = read_operations(route("/items", ["GET"], request_model=NewItem))

    (parameter,) = operation.parameters
    assert (parameter.location, parameter.is_model) == ("query", True)


def test_a_request_model_that_a_parameter_is_annotated_with_is_there_once(
    route: Make, value: Make
) -> None:
    record = route("/items", ["POST"], value("data", NewItem), request_model=NewItem)

    (operation,) = read_operations(record)

    assert [p.name for p in operation.parameters] == ["data"]


def test_a_description_loses_the_indentation_of_its_docstring(route: Make) -> None:
    (operation,) = read_operations(route("/x", description="First.\n\n        Second."))

    assert operation.description == "First.\n\nSecond."


def test_tags_keep_their_order_unless_they_have_none(route: Make) -> None:
    (ordered,) = read_operations(route("/x", tags=["b", "a", "b"]))
    (unordered,) = read_operations(route("/x", tags={"b", "a"}))

    assert ordered.tags == ("b", "a")
    assert unordered.tags == ("a", "b")


def test_a_constrained_annotation_is_kept_whole(route: Make, value: Make) -> None:
    annotation = Annotated[int, Field(ge=1)]

    (operation,) = read_operations(route("/x", ["GET"], value("page", annotation)))

    assert operation.parameters[0].annotation == annotation
