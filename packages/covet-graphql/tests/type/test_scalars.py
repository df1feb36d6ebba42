"""The built-in scalars take what the specification says; `test_oracle` has the tables."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_graphql import (
    GRAPHQL_MAX_INT,
    GRAPHQL_MIN_INT,
    GraphQLBoolean,
    GraphQLError,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLScalarType,
    GraphQLString,
    Undefined,
    is_specified_scalar_type,
    parse_value,
    print_ast,
    specified_scalar_types,
)


def refusal(function: Any, value: Any) -> str:
    with pytest.raises(GraphQLError) as caught:
        function(value)
    return caught.value.message


@pytest.mark.parametrize("type_", specified_scalar_types.values(), ids=str)
@pytest.mark.parametrize("value", [None, Undefined], ids=repr)
def test_no_value_becomes_one(type_: GraphQLScalarType, value: Any) -> None:
    for function in (type_.coerce_output_value, type_.coerce_input_value):
        assert f"value: {value!r}" in refusal(function, value)


@given(value=st.integers(GRAPHQL_MIN_INT, GRAPHQL_MAX_INT))
def test_integers_of_32_bits_survive(value: int) -> None:
    assert GraphQLInt.coerce_output_value(value) == value
    assert GraphQLInt.coerce_output_value(str(value)) == value
    assert GraphQLInt.coerce_input_value(value) == value
    literal = GraphQLInt.value_to_literal(value)
    assert GraphQLInt.coerce_input_literal(literal) == value


@given(value=st.integers().filter(lambda value: not -(2**31) <= value < 2**31))
def test_integers_of_more_bits_are_refused(value: int) -> None:
    for function in (GraphQLInt.coerce_output_value, GraphQLInt.coerce_input_value):
        assert "non 32-bit signed integer value" in refusal(function, value)
    message = refusal(GraphQLInt.coerce_input_literal, parse_value(str(value)))
    assert message == f"Int cannot represent non 32-bit signed integer value: {value}"
    assert GraphQLInt.value_to_literal(value) is None


@pytest.mark.parametrize("text", ["1_0", "\uff11", "0x10", "1.0", "", "9" * 5000])
def test_only_digits_are_integers(text: str) -> None:
    assert "Int cannot represent" in refusal(GraphQLInt.coerce_output_value, text)


def test_integers_too_long_to_write_are_refused_in_few_words() -> None:
    assert refusal(GraphQLInt.coerce_output_value, 10**5000) == (
        "Int cannot represent non 32-bit signed integer value: <int of 16610 bits>"
    )


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_floats_survive(value: float) -> None:
    assert GraphQLFloat.coerce_output_value(value) == value
    assert GraphQLFloat.coerce_output_value(repr(value)) == value
    assert GraphQLFloat.coerce_input_value(value) == value
    literal = GraphQLFloat.value_to_literal(value)
    assert GraphQLFloat.coerce_input_literal(literal) == value


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_floats_are_finite(value: float) -> None:
    for function in (GraphQLFloat.coerce_output_value, GraphQLFloat.coerce_input_value):
        assert "Float cannot represent non numeric value" in refusal(function, value)
    assert GraphQLFloat.value_to_literal(value) is None


@pytest.mark.parametrize("literal", ["1e400", "-1e400", "1" + "0" * 309, "1" + "0" * 500])
def test_literals_beyond_a_float_are_refused(literal: str) -> None:
    message = refusal(GraphQLFloat.coerce_input_literal, parse_value(literal))

    assert message == f"Float cannot represent non numeric value: {literal}"


def test_integers_that_a_float_would_change_are_refused() -> None:
    value = 2**53 + 1
    message = (
        "Float cannot represent non numeric value: 9007199254740993 (value would lose precision)"
    )

    assert refusal(GraphQLFloat.coerce_output_value, value) == message
    assert refusal(GraphQLFloat.coerce_input_value, value) == message
    assert refusal(GraphQLFloat.coerce_input_literal, parse_value(str(value))) == message
    assert GraphQLFloat.coerce_input_value(2**60) == 2.0**60


def test_floats_take_integers() -> None:
    coerced = GraphQLFloat.coerce_input_value(1)

    assert (type(coerced), coerced) == (float, 1.0)
    assert print_ast(GraphQLFloat.value_to_literal(7)) == "7"


@given(value=st.text())
def test_text_survives(value: str) -> None:
    assert GraphQLString.coerce_output_value(value) == value
    assert GraphQLString.coerce_input_value(value) == value
    literal = GraphQLString.value_to_literal(value)
    assert GraphQLString.coerce_input_literal(literal) == value
    assert GraphQLID.coerce_input_value(value) == value


def test_text_with_half_a_surrogate_pair_is_no_unicode() -> None:
    for type_ in (GraphQLString, GraphQLID):
        assert "cannot represent" in refusal(type_.coerce_input_value, "a\ud800")


def test_what_has_no_text_of_its_own_does_not_show_its_insides() -> None:
    class Secret:
        def __repr__(self) -> str:
            return "Secret('hunter2')"

    message = refusal(GraphQLString.coerce_output_value, Secret())

    assert message == "String cannot represent value: <Secret instance>"


def test_errors_are_no_text() -> None:
    message = refusal(GraphQLString.coerce_output_value, ValueError("detail"))

    assert message == "String cannot represent value: <exception ValueError>"


def test_booleans_are_no_numbers_and_texts_no_booleans() -> None:
    assert refusal(GraphQLInt.coerce_input_value, True).endswith("non-integer value: True")
    assert refusal(GraphQLFloat.coerce_input_value, True).endswith("non numeric value: True")
    assert refusal(GraphQLBoolean.coerce_output_value, "false").endswith("value: 'false'")
    assert GraphQLBoolean.coerce_output_value(0) is False
    assert GraphQLBoolean.coerce_output_value(10**400) is True
    assert GraphQLBoolean.value_to_literal(1) is None


@pytest.mark.parametrize(
    ("value", "literal"),
    [("a", '"a"'), ("12", "12"), (12, "12"), ("012", '"012"'), ("-1", "-1"), ("", '""')],
)
def test_ids_are_written_as_integers_where_they_read_as_such(value: Any, literal: str) -> None:
    node = GraphQLID.value_to_literal(value)

    assert print_ast(node) == literal
    assert GraphQLID.coerce_input_literal(node) == str(value)


def test_ids_are_no_floats() -> None:
    assert refusal(GraphQLID.coerce_input_value, 4.0) == "ID cannot represent value: 4.0"
    assert GraphQLID.coerce_output_value(4.0) == "4"
    assert GraphQLID.value_to_literal(4.5) is None


def test_a_type_is_known_by_its_name() -> None:
    assert is_specified_scalar_type(GraphQLID)
    assert not is_specified_scalar_type(GraphQLScalarType("Date"))
