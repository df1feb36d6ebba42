"""Why inputs do not fit; `test_oracle` compares random ones."""

from typing import Any

import pytest

from covet_graphql import (
    GraphQLError,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    Undefined,
    parse_value,
    validate_input_literal,
    validate_input_value,
)

INPUT = GraphQLInputObjectType(
    "Input",
    lambda: {
        "name": GraphQLNonNull(GraphQLInt),
        "size": GraphQLInputField(GraphQLNonNull(GraphQLInt), default_value=1),
        "inner": GraphQLList(INPUT),
    },
)
EITHER = GraphQLInputObjectType("Either", {"x": GraphQLInt, "y": GraphQLInt}, is_one_of=True)
ONE_OF = (
    "Within OneOf Input Object type 'Either', exactly one field must be specified,"
    " and the value for that field must be non-null."
)


def faults_of_value(value: Any, type_: Any, **options: Any) -> list[tuple[str, list[Any]]]:
    found: list[tuple[str, list[Any]]] = []
    validate_input_value(
        value, type_, lambda error, path: found.append((error.message, path)), **options
    )
    return found


def faults_of_literal(
    text: str, type_: Any, variables: Any = None, **options: Any
) -> list[tuple[str, list[Any], list[int]]]:
    found: list[tuple[str, list[Any], list[int]]] = []
    validate_input_literal(
        parse_value(text),
        type_,
        lambda error, path: found.append((error.message, path, error.positions or [])),
        variables,
        **options,
    )
    return found


def test_all_faults_are_told_each_with_its_path() -> None:
    value = {"inner": [{"name": "x"}, {"name": 1, "size": None}], "nmae": 1}

    assert faults_of_value(value, INPUT) == [
        (
            "Expected value of type 'Input' to include required field 'name', found:"
            " {'inner': [{...}, {...}], 'nmae': 1}.",
            [],
        ),
        ("Int cannot represent non-integer value: 'x'", ["inner", 0, "name"]),
        ("Expected value of non-null type 'Int!' not to be None.", ["inner", 1, "size"]),
        (
            "Expected value of type 'Input' not to include unknown field 'nmae'."
            " Did you mean 'name'? Found: {'inner': [{...}, {...}], 'nmae': 1}.",
            [],
        ),
    ]


def test_faults_of_literals_have_places_too() -> None:
    assert faults_of_literal('{inner: [{name: "x"}], size: null, nmae: 1}', INPUT) == [
        (
            "Expected value of type 'Input' to include required field 'name', found:"
            ' { inner: [{ name: "x" }], size: null, nmae: 1 }.',
            [],
            [0],
        ),
        ("Expected value of non-null type 'Int!' not to be None.", ["size"], [29]),
        ('Int cannot represent non-integer value: "x"', ["inner", 0, "name"], [16]),
        (
            "Expected value of type 'Input' not to include unknown field 'nmae'."
            " Did you mean 'name'? Found: { inner: [{ name: \"x\" }], size: null, nmae: 1 }.",
            [],
            [35],
        ),
    ]


def test_suggestions_are_hidden_on_request() -> None:
    (fault,) = faults_of_value({"name": 1, "nmae": 1}, INPUT, hide_suggestions=True)
    (literal_fault,) = faults_of_literal("{name: 1, nmae: 1}", INPUT, hide_suggestions=True)

    assert fault[0] == (
        "Expected value of type 'Input' not to include unknown field 'nmae',"
        " found: {'name': 1, 'nmae': 1}."
    )
    assert "Did you mean" not in literal_fault[0]


def test_a_value_that_must_be_given_may_be_missing() -> None:
    assert faults_of_value(Undefined, GraphQLNonNull(GraphQLInt)) == [
        ("Expected a value of non-null type 'Int!' to be provided.", [])
    ]
    assert faults_of_value(Undefined, GraphQLInt) == faults_of_value(None, GraphQLInt) == []


def test_keys_need_not_be_text() -> None:
    ((message, _),) = faults_of_value({"name": 1, 5: 1}, INPUT, hide_suggestions=True)

    assert message.startswith("Expected value of type 'Input' not to include unknown field '5'")


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        ({"x": 1}, []),
        ({}, [[]]),
        ({"x": 1, "y": 2}, [[]]),
        ({"x": None}, [["x"]]),
        ({"x": None, "y": 1}, [[], ["x"]]),
    ],
)
def test_one_of_has_one_value(value: Any, paths: list[Any]) -> None:
    assert faults_of_value(value, EITHER) == [(ONE_OF, path) for path in paths]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("{x: 1}", []),
        ("{}", [[]]),
        ("{x: 1, y: 2}", [[]]),
        ("{x: null}", [["x"]]),
        ("{x: null, y: 1}", [[]]),
    ],
)
def test_one_of_has_one_literal(text: str, paths: list[Any]) -> None:
    assert faults_of_literal(text, EITHER) == [(ONE_OF, path, [0]) for path in paths]


# --- What scalars say


def scalar(outcome: Any) -> GraphQLScalarType:
    def coerce(_value: Any) -> Any:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return GraphQLScalarType("S", coerce_input_value=coerce)


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        (Undefined, "Expected value of type 'S', found: 1."),
        (ValueError("no"), "Expected value of type 'S', but encountered error 'no'; found: 1."),
        (GraphQLError("Mine."), "Mine."),
    ],
    ids=["undefined", "error", "graphql-error"],
)
def test_scalars_say_why_in_their_own_words(outcome: Any, message: str) -> None:
    assert faults_of_value(1, scalar(outcome)) == [(message, [])]
    assert [fault[0] for fault in faults_of_literal("1", scalar(outcome))] == [message]


def test_the_cause_is_kept() -> None:
    cause = ValueError("no")
    errors: list[GraphQLError] = []

    validate_input_value(1, scalar(cause), lambda error, _: errors.append(error))

    assert errors[0].original_error is cause


# --- Variables


def test_variables_are_taken_to_fit_when_their_values_are_unknown() -> None:
    assert faults_of_literal("{name: $a, inner: [$b]}", INPUT) == []
    assert faults_of_literal("$a", GraphQLNonNull(GraphQLInt)) == []
    assert faults_of_literal("{x: $a}", EITHER) == []


@pytest.mark.parametrize(
    ("text", "type_", "message"),
    [
        (
            "$missing",
            GraphQLNonNull(GraphQLInt),
            "Expected variable '$missing' provided to type 'Int!' to provide a runtime value.",
        ),
        (
            "{name: $null}",
            INPUT,
            "Expected variable '$null' provided to non-null type 'Int!' not to be None.",
        ),
        (
            "{name: $missing}",
            INPUT,
            "Expected variable '$missing' provided to type 'Int!' to provide a runtime value.",
        ),
        (
            "[$missing]",
            GraphQLList(GraphQLNonNull(GraphQLInt)),
            "Expected variable '$missing' provided to type 'Int!' to provide a runtime value.",
        ),
        (
            "{x: $missing}",
            EITHER,
            "Expected variable '$missing' provided to field 'x' for OneOf Input Object type"
            " 'Either' to provide a runtime value.",
        ),
        (
            "{x: $null}",
            EITHER,
            "Expected variable '$null' provided to field 'x' for OneOf Input Object type"
            " 'Either' not to be None.",
        ),
    ],
)
def test_values_of_variables_may_be_missing_or_null(text: str, type_: Any, message: str) -> None:
    assert [fault[0] for fault in faults_of_literal(text, type_, {"null": None})] == [message]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("{name: $one, size: $missing}", INPUT),
        ("{name: 1, inner: $missing}", INPUT),
        ("[$missing, $null, $one]", GraphQLList(GraphQLInt)),
        ("$missing", GraphQLInt),
        ("{x: $one}", EITHER),
    ],
)
def test_values_of_variables_fit_where_none_is_needed(text: str, type_: Any) -> None:
    assert faults_of_literal(text, type_, {"null": None, "one": 1}) == []


def test_inputs_nested_deeper_than_the_stack_are_refused() -> None:
    depth = 5_000
    value: Any = {"name": 1}
    for _ in range(depth):
        value = {"name": 1, "inner": value}
    text = "{name: 1, inner: " * depth + "null" + "}" * depth
    message = "Value of type 'Input' is nested too deeply."

    assert faults_of_value(value, INPUT) == [(message, [])]
    assert faults_of_literal(text, INPUT) == [(message, [], [0])]
