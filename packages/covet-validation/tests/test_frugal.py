from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from covet_validation import Body, RequestValidator, ValidationException
from covet_validation._schema_edits import error_bound, with_early_stops, with_finite_floats

HEADERS = [(b"content-type", b"application/json")]


class Item(BaseModel):
    a: int
    b: int
    c: int


class Order(BaseModel):
    items: list[Item]
    notes: dict[str, int] = {}


class Tree(BaseModel):
    name: str
    children: list[Tree] = []


class Named(TypedDict):
    type: Literal["named"]
    default: list[int]  # called like members of schemas
    metadata: list[int]


def validator_of(annotation: Any) -> RequestValidator:
    def handler(data: Any) -> None: ...

    handler.__annotations__["data"] = annotation
    return RequestValidator(handler, methods=["POST"])


def errors_of(validator: RequestValidator, body: bytes) -> list[tuple[str, str]]:
    with pytest.raises(ValidationException) as caught:
        validator.validate({}, b"", HEADERS, body)
    return [(one.field, one.code) for one in caught.value.errors]


def number_of_errors(adapter: TypeAdapter[Any], text: bytes) -> int:
    try:
        adapter.validate_json(text)
    except ValidationError as error:
        return error.error_count()
    return 0


def test_all_errors_of_a_body_of_reasonable_size_are_told() -> None:
    body = json.dumps({"items": [{"a": 1, "b": 2}] * 400}).encode()

    found = errors_of(validator_of(Order), body)

    assert len(body) > 4096
    assert found == [(f"items.{index}.c", "MISSING") for index in range(400)]


def test_of_a_body_with_too_many_values_each_list_stops_at_its_first_error() -> None:
    items = b'{"a":1,"b":2,"c":3},' * 500 + b"{}," * 20_000 + b"{}"
    body = b'{"items":[' + items + b'],"notes":{"x":"","y":""}}'

    assert errors_of(validator_of(Order), body) == [
        ("items.500.a", "MISSING"),
        ("items.500.b", "MISSING"),
        ("items.500.c", "MISSING"),
        ("notes.x", "INT_PARSING"),
    ]


def test_inputs_beside_a_large_body_are_told_as_well() -> None:
    def handler(data: Order, other: Annotated[list[int], Body()], page: int = 1) -> None: ...

    items = b",".join([b"{}"] * 20_000)
    body = b'{"data":{"items":[' + items + b']},"other":["x","y"]}'
    validator = RequestValidator(handler, methods=["POST"])

    with pytest.raises(ValidationException) as caught:
        validator.validate({}, b"page=x", HEADERS, body)

    assert [(one.location, one.field) for one in caught.value.errors] == [
        ("query", "page"),
        ("body", "data.items.0.a"),
        ("body", "data.items.0.b"),
        ("body", "data.items.0.c"),
        ("body", "other.0"),
    ]


@pytest.mark.parametrize("annotation", [Order, Tree, list[Item | None], dict[str, Named]])
def test_large_bodies_that_are_right_become_what_small_ones_do(annotation: Any) -> None:
    values: dict[Any, Any] = {
        Order: {"items": [{"a": 1, "b": 2, "c": 3}] * 9000},
        Tree: {"name": "x", "children": [{"name": "y"}] * 20_000},
    }
    many: dict[str, Any] = {
        str(key): {"type": "named", "default": [key], "metadata": []} for key in range(9000)
    }
    value = values.get(annotation, many if annotation == dict[str, Named] else [None] * 50_000)

    found = validator_of(annotation).validate({}, b"", HEADERS, json.dumps(value).encode())

    assert found == {"data": TypeAdapter(annotation).validate_python(value)}


@pytest.mark.parametrize(
    "body",
    [pytest.param(b"[" * 100 + b"," * 50_000, id="junk"), pytest.param(b"{" * 50_000, id="depth")],
)
def test_large_bodies_that_are_no_json_say_where(body: bytes) -> None:
    assert errors_of(validator_of(Order), body) == [("", "JSON_INVALID")]


@given(
    st.recursive(
        st.none() | st.integers(-3, 3) | st.text("ab", max_size=2),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["a", "b", "name", "children", "items"]), inner)
        ),
        max_leaves=12,
    )
)
@pytest.mark.parametrize(
    "annotation",
    [Order, Tree, list[Item | Tree], dict[str, int | list[int]], list[tuple[int, str]]],
    ids=str,
)
def test_no_value_has_more_errors_than_its_bound(annotation: Any, value: Any) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(annotation)
    text = json.dumps(value).encode()
    schema: Any = adapter.core_schema
    definitions = schema.get("definitions", [])

    bound = error_bound([schema, *definitions]).of(text)

    assert number_of_errors(adapter, text) <= bound


def test_a_bound_counts_what_a_value_is_tried_as() -> None:
    schema = TypeAdapter(list[Item | Order | int | None]).core_schema

    bound = error_bound([schema])

    assert (bound.an_object, bound.a_value) == (5, 3)
    assert error_bound([TypeAdapter(int).core_schema]).of(b"1") == 1


def test_schemas_are_edited_in_copies() -> None:
    schema = Order.__pydantic_core_schema__

    edited = with_early_stops(schema)

    assert edited != schema
    assert "fail_fast" not in str(schema)
    assert str(edited).count("'fail_fast': True") == 2
    assert with_finite_floats(schema) is schema


def test_fields_may_be_called_like_members_of_schemas() -> None:
    edited = with_early_stops(TypeAdapter(Named).core_schema)

    assert str(edited).count("'fail_fast': True") == 2


class Price(BaseModel):
    amount: float
    weird: float = Field(1, allow_inf_nan=True)
    nested: list[Price] = []


class Scientific(BaseModel, allow_inf_nan=True):
    value: float
    strict: float = Field(1, allow_inf_nan=False)


class Both(BaseModel):
    price: Price
    measured: Scientific | None = None


class Strict(BaseModel, allow_inf_nan=False):
    value: float


@pytest.mark.parametrize(
    ("annotation", "body", "errors"),
    [
        pytest.param(Price, b'{"amount":1e999}', ["amount"], id="too-large"),
        pytest.param(Price, b'{"amount":-1e999}', ["amount"], id="too-small"),
        pytest.param(Price, b'{"amount":"NaN"}', ["amount"], id="text"),
        pytest.param(
            Price, b'{"amount":1,"nested":[{"amount":1e999}]}', ["nested.0.amount"], id="recursive"
        ),
        pytest.param(list[Price], b'[{"amount":1e999}]', ["0.amount"], id="list"),
        pytest.param(Both, b'{"price":{"amount":"inf"}}', ["price.amount"], id="nested"),
        pytest.param(
            Both,
            b'{"price":{"amount":1},"measured":{"value":1e999,"strict":1e999}}',
            ["measured.strict"],
            id="by-model",
        ),
        pytest.param(Strict, b'{"value":1e999}', ["value"], id="strict"),
    ],
)
def test_numbers_of_models_are_finite_unless_they_say_otherwise(
    annotation: Any, body: bytes, errors: list[str]
) -> None:
    assert errors_of(validator_of(annotation), body) == [(one, "FINITE_NUMBER") for one in errors]


def test_models_may_say_that_numbers_need_not_be_finite() -> None:
    validate: Callable[..., Any] = validator_of(Both).validate
    body = b'{"price":{"amount":1,"weird":1e999},"measured":{"value":-1e999}}'

    found = validate({}, b"", HEADERS, body)["data"]

    assert (found.price.weird, found.measured.value) == (float("inf"), float("-inf"))
