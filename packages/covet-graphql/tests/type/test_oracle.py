"""graphql-core, which is independent of this package, finds the same faults and values.

Where the specification says otherwise, the tests below say what is left out of the comparison.
"""

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import graphql as core
import graphql.pyutils as core_pyutils
import graphql.utilities as core_utilities
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

import covet_graphql as covet
from covet_graphql._did_you_mean import did_you_mean, suggestion_list
from covet_graphql._inspect import inspect

SETTINGS = settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))


# --- Schemas

# what the specification refuses and graphql-core does not
OURS_ALONE = (
    "Invalid circular reference. The definition of directive",
    "There can be only one directive named",
)


def faults(errors: Any) -> list[tuple[str, list[tuple[int, int]]]]:
    """Return messages and places; a cycle that is found twice counts once."""
    found = [
        (error.message, [(place.line, place.column) for place in error.locations or ()])
        for error in errors
    ]
    return [fault for index, fault in enumerate(found) if fault not in found[:index]]


def is_compared(message: str, text: str) -> bool:
    """Return whether the rule is one that both have.

    Input objects with @oneOf that lead back to themselves are refused by a later draft only.
    """
    is_draft = "@oneOf" in text and "cannot be provided a finite value" in message
    return not is_draft and not message.startswith(OURS_ALONE)


@given(data=st.data())
@SETTINGS
def test_valid_schemas_have_the_same_types(
    data: st.DataObject, schema_texts: st.SearchStrategy[str]
) -> None:
    text = data.draw(schema_texts)

    schema = covet.build_schema(text, assume_valid_sdl=True)

    assert covet.validate_schema(schema) == []
    assert list(schema.type_map) == list(core.build_schema(text, assume_valid_sdl=True).type_map)


@given(data=st.data())
@settings(SETTINGS, max_examples=200)
def test_broken_schemas_have_the_same_faults(
    data: st.DataObject, broken_schema_texts: st.SearchStrategy[str]
) -> None:
    text = data.draw(broken_schema_texts)
    try:
        theirs = faults(core.validate_schema(core.build_schema(text, assume_valid_sdl=True)))
    except (TypeError, core.GraphQLError):  # a name means nothing, or a default has no input type
        assume(False)
    ours = faults(covet.validate_schema(covet.build_schema(text, assume_valid_sdl=True)))

    unplaced = {message for message, places in theirs if not places}
    assert [
        (message, [] if message in unplaced else places)
        for message, places in ours
        if is_compared(message, text)
    ] == [fault for fault in theirs if is_compared(fault[0], text)]


# --- Built-in scalars


class Text:
    def __str__(self) -> str:
        return "text"


class Real:
    def __float__(self) -> float:
        return 2.0


VALUES: list[Any] = [
    None, 0, 1, -1, 1.0, 1.5, -0.0, True, False, "", "1", "1.0", "1e3", "-1", "a", "true", "false",
    2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2.0**31, 2**53, 2**53 + 1, 1e-7, 1e21, 1e308,
    math.inf, -math.inf, math.nan, Decimal("1"), Decimal("1.5"), Fraction(3), Fraction(1, 2), 1j,
    b"x", [1], {}, (), {1}, Text(), Real(), object, print, ValueError("x"), range(2), "é\n", "inf",
    "nan", "0x10", " ", "x" * 300,
]  # fmt: skip
LITERALS = [
    "1", "-1", "0", "-0", "1.0", "1.5", "1e3", '"a"', '"1"', '"""b"""', "true", "null", "A", "[1]",
    "{a: 1}", "$x", "2147483648", "-2147483649", "123456789", "9007199254740992", '"true"',
]  # fmt: skip
SCALARS = ["Int", "Float", "String", "Boolean", "ID"]


def outcome(function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a function returns, with its type, or the message of what it raises."""
    try:
        result = function(*arguments)
    except (core.GraphQLError, covet.GraphQLError) as error:
        return error.message
    except Exception as error:
        return type(error)
    return (type(result), result)


@pytest.mark.parametrize("scalar", SCALARS)
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_results_are_coerced_alike(scalar: str, value: Any) -> None:
    ours = outcome(covet.specified_scalar_types[scalar].coerce_output_value, value)
    theirs = outcome(core.specified_scalar_types[scalar].coerce_output_value, value)

    if scalar == "Float" and isinstance(value, bool):
        theirs = (float, float(value))  # where a double is expected, an int is none
    if scalar in ("String", "ID") and isinstance(value, Real):
        theirs = f"{scalar} cannot represent value: <Real instance>"  # not where it is in memory
    assert ours == theirs


@pytest.mark.parametrize("scalar", SCALARS)
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_of_variables_are_coerced_alike(scalar: str, value: Any) -> None:
    ours = outcome(covet.specified_scalar_types[scalar].coerce_input_value, value)
    theirs = outcome(core.specified_scalar_types[scalar].coerce_input_value, value)

    if scalar == "ID" and isinstance(value, float):  # §3.5.5: "including float input values"
        theirs = f"ID cannot represent value: {value}"
    assert ours == theirs


@pytest.mark.parametrize("scalar", SCALARS)
@pytest.mark.parametrize("literal", LITERALS)
def test_literals_are_coerced_alike(scalar: str, literal: str) -> None:
    ours = outcome(
        covet.specified_scalar_types[scalar].coerce_input_literal, covet.parse_value(literal)
    )
    theirs = outcome(
        core.specified_scalar_types[scalar].coerce_input_literal, core.parse_value(literal)
    )

    assert ours == theirs


# --- Inputs of all types


def types_of(package: Any) -> dict[str, Any]:
    """Return the same input types from either package."""

    def refuse(value: Any) -> Any:
        raise ValueError(f"not {value!r}")

    field = package.GraphQLInputField
    enum = package.GraphQLEnumType("Colour", {"RED": 1, "GREEN": "g", "BLUE": None})
    filters = package.GraphQLInputObjectType(
        "Filter",
        lambda: {
            "a": field(package.GraphQLInt, out_name="renamed"),
            "b": field(package.GraphQLNonNull(package.GraphQLString)),
            "c": field(package.GraphQLNonNull(package.GraphQLInt), default_value=5),
            "d": field(enum, default=package.GraphQLDefaultInput("RED")),
            "e": field(
                package.GraphQLList(package.GraphQLInt),
                default=package.GraphQLDefaultInput(literal=package.parse_value("[1]")),
            ),
            "inner": field(filters),
        },
    )
    one_of = package.GraphQLInputObjectType(
        "Either", {"x": package.GraphQLInt, "y": enum}, is_one_of=True
    )
    made = package.GraphQLInputObjectType(
        "Made", {"x": package.GraphQLInt}, out_type=lambda fields: ("made", fields)
    )
    scalars = [
        package.GraphQLScalarType("Any"),
        package.GraphQLScalarType("Never", parse_value=refuse),
        package.GraphQLScalarType("Absent", parse_value=lambda value: package.Undefined),
    ]
    named = [*package.specified_scalar_types.values(), enum, filters, one_of, made, *scalars]
    types = {str(type_): type_ for type_ in named}
    for type_ in named:
        for wrapped in (
            package.GraphQLNonNull(type_),
            package.GraphQLList(type_),
            package.GraphQLList(package.GraphQLNonNull(type_)),
            package.GraphQLList(package.GraphQLList(type_)),
        ):
            types[str(wrapped)] = wrapped
    return types


OURS = types_of(covet)
THEIRS = types_of(core)

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 9),
    st.sampled_from([1.0, 1.5, 2**31, 2.0**53]),
    st.sampled_from(["", "RED", "GREEN", "BLUE", "red", "x"]),
)
NAMES = st.sampled_from(["a", "b", "c", "d", "e", "inner", "x", "y", "A", "zz"])
INPUTS = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=6,
)
TYPES = st.sampled_from(sorted(OURS))


def literal_of(value: Any) -> str:
    """Return the text of a literal; some texts become enum values."""
    if isinstance(value, list):
        return f"[{', '.join(map(literal_of, value))}]"
    if isinstance(value, dict):
        fields = ", ".join(f"{name}: {literal_of(item)}" for name, item in value.items())
        return f"{{{fields}}}"
    if isinstance(value, str):
        return value if value.isupper() else f'"{value}"'
    return {None: "null", True: "true", False: "false"}.get(value) or repr(value)


def comparable(value: Any) -> Any:
    return "Undefined" if value in (core.Undefined, covet.Undefined) else value


def reports(validate: Callable[..., None], value: Any, type_: Any) -> list[Any]:
    found: list[Any] = []
    validate(value, type_, lambda error, path: found.append((error.message, path)))
    return found


def has_fractional_id(value: Any) -> bool:
    """Return whether there is a float, which graphql-core takes for an ID."""
    if isinstance(value, list):
        return any(map(has_fractional_id, value))
    if isinstance(value, dict):
        return any(map(has_fractional_id, value.values()))
    return isinstance(value, float)


@given(name=TYPES, value=INPUTS)
@settings(SETTINGS, max_examples=300)
@example(name="Either", value={"y": 1, "x": None})
@example(name="Filter", value={"zz": 1})
def test_inputs_have_the_same_values_and_faults(name: str, value: Any) -> None:
    assume("ID" not in name or not has_fractional_id(value))

    ours = covet.coerce_input_value(value, OURS[name])
    theirs = core_utilities.coerce_input_value(value, THEIRS[name])

    assert comparable(ours) == comparable(theirs)
    assert reports(covet.validate_input_value, value, OURS[name]) == reports(
        core_utilities.validate_input_value, value, THEIRS[name]
    )


@given(name=TYPES, value=INPUTS)
@settings(SETTINGS, max_examples=300)
def test_literals_have_the_same_values_and_faults(name: str, value: Any) -> None:
    text = literal_of(value)

    ours = covet.coerce_input_literal(covet.parse_value(text), OURS[name])
    theirs = core_utilities.coerce_input_literal(core.parse_value(text), THEIRS[name])

    assert comparable(ours) == comparable(theirs)
    assert reports(covet.validate_input_literal, covet.parse_value(text), OURS[name]) == reports(
        core_utilities.validate_input_literal, core.parse_value(text), THEIRS[name]
    )


@given(name=TYPES, value=INPUTS)
@settings(SETTINGS, max_examples=150)
def test_values_have_the_same_literals(name: str, value: Any) -> None:
    assume("ID" not in name or not has_fractional_id(value))

    ours = covet.value_to_literal(value, OURS[name])
    theirs = core_utilities.value_to_literal(value, THEIRS[name])

    assert (ours and covet.print_ast(ours)) == (theirs and core.print_ast(theirs))


@given(name=TYPES, value=INPUTS)
@settings(SETTINGS, max_examples=150)
def test_internal_values_have_the_same_literals(name: str, value: Any) -> None:
    theirs = outcome(core.ast_from_value, value, THEIRS[name])
    assume(theirs is not TypeError)  # lists and objects of scalars, which have literals here
    ours = outcome(covet.ast_from_value, value, OURS[name])

    if isinstance(ours, str) or isinstance(theirs, str):
        assert ours == theirs
    else:
        expected = theirs[1] and core.print_ast(theirs[1])
        if name.startswith(("Float", "[Float", "[[Float")) and expected:
            expected = expected.replace("true", "1").replace("false", "0")
        assert (ours[1] and covet.print_ast(ours[1])) == expected


# --- Messages

WORDS = st.text("abAB_12", max_size=7)


@given(word=WORDS, options=st.lists(WORDS, max_size=8, unique=True))
@settings(SETTINGS, max_examples=150)
def test_suggestions_are_the_same(word: str, options: list[str]) -> None:
    ours = suggestion_list(word, options)
    theirs = core_pyutils.suggestion_list(word, options)

    assert ours == theirs
    assert did_you_mean(ours, "the name") == core_pyutils.did_you_mean(theirs, "the name")


@given(value=st.recursive(
    LEAVES | st.text(max_size=300) | st.binary(max_size=300) | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=12)
        | st.tuples(inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=12)
    ),
))  # fmt: skip
@settings(SETTINGS, max_examples=300)
def test_values_are_shown_alike(value: Any) -> None:
    assert inspect(value).replace('"', "'") == core_pyutils.inspect(value).replace('"', "'")
