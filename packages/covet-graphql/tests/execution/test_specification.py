"""The normative statements of GraphQL §6 and §7, September 2025, each by its section."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from covet_graphql import GraphQLError
from covet_graphql.execution import ExecutionResult
from covet_graphql.utilities import build_schema

Run = Callable[..., ExecutionResult]


def refused(result: ExecutionResult) -> str:
    """Return the message of a request error."""
    assert result.data is None
    assert result.errors is not None
    assert "data" not in result.formatted
    return result.errors[0].message


def raising(message: str) -> Callable[..., Any]:
    def resolve(*_arguments: Any, **_named: Any) -> Any:
        raise ValueError(message)

    return resolve


# §6.1 Executing Requests


def test_6_1_descriptions_have_no_effect(run: Run) -> None:
    schema = "type Query { a: Int }"

    assert run(schema, '"what" query Q("which" $v: Int) { a }', {"a": 1}).data == {"a": 1}


def test_6_1_one_operation_needs_no_name(run: Run) -> None:
    assert run("type Query { a: Int }", "query Q { a }", {"a": 1}).data == {"a": 1}


def test_6_1_several_operations_need_a_name(run: Run) -> None:
    schema, source = "type Query { a: Int b: Int }", "query A { a } query B { b }"
    root = {"a": 1, "b": 2}

    assert refused(run(schema, source, root)) == (
        "Must provide operation name if query contains multiple operations."
    )
    assert run(schema, source, root, operation_name="B").data == {"b": 2}


def test_6_1_the_named_operation_must_exist(run: Run) -> None:
    result = run("type Query { a: Int }", "query A { a }", operation_name="C")

    assert refused(result) == "Unknown operation named 'C'."


def test_6_1_a_document_needs_an_operation(run: Run) -> None:
    result = run("type Query { a: Int }", "fragment F on Query { a }")

    assert refused(result) == "Must provide an operation."


# §6.1.2 Coercing Variable Values

VARIABLES = """
input In { a: Int! b: [String!] = ["q"] }
enum Color { RED GREEN }
type Query { show(x: Int, y: [Int!], z: In, c: Color, r: Int!): String }
"""


def shown(info: Any, **arguments: Any) -> str:
    return json.dumps(arguments)


def test_6_1_2_defaults_stand_in_for_missing_values(run: Run) -> None:
    source = "query ($x: Int = 3, $r: Int! = 4) { show(x: $x, r: $r) }"

    assert run(VARIABLES, source, {"show": shown}).data == {"show": '{"x": 3, "r": 4}'}


def test_6_1_2_null_is_not_missing(run: Run) -> None:
    source = "query ($x: Int = 3) { show(x: $x, r: 1) }"
    result = run(VARIABLES, source, {"show": shown}, variable_values={"x": None})

    assert result.data == {"show": '{"x": null, "r": 1}'}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Expected a value of non-null type 'Int!' to be provided."),
        ({"r": None}, "Expected value of non-null type 'Int!' not to be None."),
        ({"r": "1"}, "Int cannot represent non-integer value: '1'"),
    ],
)
def test_6_1_2_values_that_do_not_fit_are_request_errors(
    run: Run, values: dict[str, Any], message: str
) -> None:
    result = run(
        VARIABLES, "query ($r: Int!) { show(r: $r) }", {"show": shown}, variable_values=values
    )

    assert refused(result) == f"Variable '$r' has invalid value: {message}"


def test_6_1_2_all_errors_are_told(run: Run) -> None:
    source = "query ($z: In, $c: Color) { show(z: $z, c: $c, r: 1) }"
    values = {"z": {"a": "x", "b": [None]}, "c": "BLUE"}

    result = run(VARIABLES, source, variable_values=values)

    assert [error.message for error in result.errors or ()] == [
        "Variable '$z' has invalid value at .a: Int cannot represent non-integer value: 'x'",
        "Variable '$z' has invalid value at .b[0]: Expected value of non-null type 'String!'"
        " not to be None.",
        "Variable '$c' has invalid value: Value 'BLUE' does not exist in 'Color' enum.",
    ]


def test_6_1_2_values_of_lists_and_objects_are_coerced(run: Run) -> None:
    source = "query ($y: [Int!], $z: In) { show(y: $y, z: $z, r: 1) }"

    result = run(VARIABLES, source, {"show": shown}, variable_values={"y": 5, "z": {"a": 1.0}})

    assert result.data == {"show": '{"y": [5], "z": {"a": 1, "b": ["q"]}, "r": 1}'}


def test_6_1_2_values_without_a_variable_are_ignored(run: Run) -> None:
    result = run(VARIABLES, "{ show(r: 1) }", {"show": shown}, variable_values={"other": 1})

    assert result.data == {"show": '{"r": 1}'}


# §6.2 Executing Operations


@pytest.mark.parametrize("operation", ["mutation", "subscription"])
def test_6_2_an_operation_needs_its_root_type(run: Run, operation: str) -> None:
    result = run("type Query { a: Int }", f"{operation} {{ a }}")

    assert refused(result) == f"Schema is not configured to execute {operation} operation."


def test_6_2_1_queries_begin_with_the_root_value(run: Run) -> None:
    class Root:
        a = 1

    assert run("type Query { a: Int }", "{ a }", Root()).data == {"a": 1}


def test_6_2_2_mutations_run_one_after_the_other(run: Run) -> None:
    log: list[str] = []

    def change(name: str) -> Callable[..., Any]:
        async def resolve(_info: Any) -> dict[str, Any]:
            log.append(f"begin {name}")
            await asyncio.sleep(0)
            log.append(f"end {name}")
            return {"n": below}

        async def below(_info: Any) -> int:
            await asyncio.sleep(0)
            log.append(f"below {name}")
            return 1

        return resolve

    schema = "type Query { q: Int } type Mutation { a: N b: N } type N { n: Int }"
    result = run(schema, "mutation { b { n } a { n } }", {"a": change("a"), "b": change("b")})

    assert list(result.data or {}) == ["b", "a"]
    once = ["begin b", "end b", "below b", "begin a", "end a", "below a"]
    assert log == once + once


def test_6_2_2_a_failed_mutation_that_cannot_be_null_ends_the_others(run: Run) -> None:
    called: list[int] = []
    root = {"a": raising("no"), "b": lambda _info: called.append(1)}
    schema = "type Query { q: Int } type Mutation { a: Int! b: Int }"

    result = run(schema, "mutation { a b }", root)

    assert result.formatted["data"] is None
    assert called == []


# §6.3 Executing Selection Sets

COLLECTION = """
interface Named { name: String }
type Dog implements Named { name: String barks: Boolean }
type Cat implements Named { name: String meows: Boolean }
union Pet = Dog | Cat
type Query { a: A b: Int pet: Pet named: Named }
type A { x: Int y: Int }
"""


def test_6_3_2_fields_of_one_response_name_are_merged(run: Run) -> None:
    source = "{ a { x } ...F } fragment F on Query { a { y } b }"

    result = run(COLLECTION, source, {"a": {"x": 1, "y": 2}, "b": 3})

    assert repr(result.data) == "{'a': {'x': 1, 'y': 2}, 'b': 3}"


def test_6_3_2_order_is_that_of_the_first_appearance(run: Run) -> None:
    source = "{ b ...F a { y x } } fragment F on Query { a { x } }"

    result = run(COLLECTION, source, {"a": {"x": 1, "y": 2}, "b": 3})

    assert repr(result.data) == "{'b': 3, 'a': {'x': 1, 'y': 2}}"


def test_6_3_2_aliases_are_response_names(run: Run) -> None:
    assert run(COLLECTION, "{ c: b d: b }", {"b": 3}).data == {"c": 3, "d": 3}


def test_6_3_2_fragments_apply_to_their_types(run: Run) -> None:
    source = """{ pet {
        ... on Dog { barks } ... on Cat { meows } ... on Named { name } ... on Pet { __typename }
    } }"""
    root = {"pet": {"__typename": "Dog", "name": "Rex", "barks": True}}

    result = run(COLLECTION, source, root)

    assert result.data == {"pet": {"barks": True, "name": "Rex", "__typename": "Dog"}}


@pytest.mark.parametrize(
    ("directives", "is_there"),
    [
        ("@skip(if: true)", False),
        ("@skip(if: false)", True),
        ("@include(if: true)", True),
        ("@include(if: false)", False),
        ("@skip(if: true) @include(if: true)", False),
        ("@skip(if: false) @include(if: false)", False),
        ("@skip(if: $t)", False),
        ("@include(if: $t)", True),
        ("@skip(if: $f)", True),
        ("@include(if: $f)", False),
    ],
)
@pytest.mark.parametrize("form", ["b {}", "...F {}", "... {} {{ b }}", "... on Query {} {{ b }}"])
def test_6_3_2_skip_and_include(run: Run, form: str, directives: str, is_there: bool) -> None:
    source = f"""
        query ($t: Boolean!, $f: Boolean!) {{ __typename {form.format(directives)} }}
        fragment F on Query {{ b }}
    """

    result = run(COLLECTION, source, {"b": 3}, variable_values={"t": True, "f": False})

    assert ("b" in (result.data or {})) is is_there


def test_6_3_2_conditions_do_not_change_the_order(run: Run) -> None:
    source = "query ($t: Boolean!) { b @include(if: $t) a { x } b }"
    root = {"a": {"x": 1}, "b": 3}

    for value in (True, False):
        result = run(COLLECTION, source, root, variable_values={"t": value})
        assert list(result.data or {}) == (["b", "a"] if value else ["a", "b"])


def test_6_3_2_a_condition_without_a_value_is_an_error(run: Run) -> None:
    source = "query ($t: Boolean) { b @include(if: $t) }"

    assert refused(run(COLLECTION, source)).startswith("Argument 'if' has invalid value")
    below = run(COLLECTION, "query ($t: Boolean) { a { x @skip(if: $t) } b }", {"a": {}, "b": 1})
    assert below.data == {"a": None, "b": 1}
    assert [error.path for error in below.errors or ()] == [["a"]]


# §6.4.1 Coercing Field Arguments

ARGUMENTS = (
    "type Query { show(x: Int, d: Int = 5, l: [Int], r: Int! = 1): String must(r: Int!): Int }"
)


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("show", {"d": 5, "r": 1}),
        ("show(x: 1, d: 2, r: 3)", {"x": 1, "d": 2, "r": 3}),
        ("show(x: null, d: null)", {"x": None, "d": None, "r": 1}),
        ("show(x: $missing, d: $missing, r: $missing)", {"d": 5, "r": 1}),
        ("show(x: $null, d: $null)", {"x": None, "d": None, "r": 1}),
        ("show(x: $one, d: $one)", {"x": 1, "d": 1, "r": 1}),
        ("show(l: 1)", {"d": 5, "l": [1], "r": 1}),
        ("show(l: [1, $one, $null])", {"d": 5, "l": [1, 1, None], "r": 1}),
    ],
)
def test_6_4_1_arguments(run: Run, call: str, arguments: dict[str, Any]) -> None:
    source = f"query ($missing: Int, $null: Int, $one: Int) {{ {call} }}"
    values = {"null": None, "one": 1}

    result = run(ARGUMENTS, source, {"show": shown}, variable_values=values)

    assert json.loads((result.data or {})["show"]) == arguments


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("must", "Argument 'r' of required type 'Int!' was not provided."),
        (
            "must(r: null)",
            "Argument 'r' has invalid value: Expected value of non-null type 'Int!' not to be"
            " None.",
        ),
        (
            "must(r: $missing)",
            "Argument 'r' has invalid value: Expected variable '$missing' provided to type 'Int!'"
            " to provide a runtime value.",
        ),
        ('must(r: "a")', "Argument 'r' has invalid value: Int cannot represent non-integer value:"
         ' "a"'),
    ],
)  # fmt: skip
def test_6_4_1_arguments_that_do_not_fit_are_execution_errors(
    run: Run, call: str, message: str
) -> None:
    result = run(ARGUMENTS, f"query ($missing: Int) {{ {call} show }}", {"show": shown})

    assert result.data == {"must": None, "show": '{"d": 5, "r": 1}'}
    assert [(error.message, error.path) for error in result.errors or ()] == [(message, ["must"])]


def test_6_4_1_resolvers_get_arguments_of_their_own(run: Run) -> None:
    def changing(_info: Any, **arguments: Any) -> str:
        arguments["l"].append(9)
        return shown(_info, **arguments)

    for _ in range(2):
        result = run(ARGUMENTS, "{ show(l: [1]) }", {"show": changing})
        assert json.loads((result.data or {})["show"])["l"] == [1, 9]


# §6.4.3 Value Completion

COMPLETION = """
type Query { i: Int! l: [Int] ln: [Int!] nl: [Int]! ll: [[Int!]!] o: O on: O! s: String e: E }
type O { n: Int! m: Int o: O }
enum E { A B }
"""


@pytest.mark.parametrize(
    ("field", "value", "data", "path"),
    [
        ("i", None, None, ["i"]),
        ("i", "x", None, ["i"]),
        ("l", None, {"l": None}, None),
        ("l", [1, None, "x"], {"l": [1, None, None]}, ["l", 2]),
        ("l", (1, 2), {"l": [1, 2]}, None),
        ("l", {1}, {"l": [1]}, None),
        ("l", range(2), {"l": [0, 1]}, None),
        ("l", "12", {"l": None}, ["l"]),
        ("l", {"a": 1}, {"l": None}, ["l"]),
        ("l", b"12", {"l": None}, ["l"]),
        ("ln", [1, None], {"ln": None}, ["ln", 1]),
        ("nl", [1, None], {"nl": [1, None]}, None),
        ("nl", 5, None, ["nl"]),
        ("ll", [[1], [None]], {"ll": None}, ["ll", 1, 0]),
        ("s", 1.5, {"s": "1.5"}, None),
        ("s", ["a"], {"s": None}, ["s"]),
        ("e", "A", {"e": "A"}, None),
        ("e", "C", {"e": None}, ["e"]),
        ("e", ["A"], {"e": None}, ["e"]),
    ],
)
def test_6_4_3_values_are_completed_by_their_types(
    run: Run, field: str, value: Any, data: Any, path: list[Any] | None
) -> None:
    result = run(COMPLETION, f"{{ {field} }}", {field: value})

    assert result.data == data
    assert [error.path for error in result.errors or ()] == ([] if path is None else [path])


def test_6_4_3_null_where_it_may_not_be_is_an_error(run: Run) -> None:
    result = run(COMPLETION, "{ i }", {})

    assert result.errors is not None
    assert result.errors[0].message == "Cannot return null for non-nullable field Query.i."


def test_6_4_3_what_a_scalar_returns_is_not_null(run: Run) -> None:
    schema = build_schema("scalar S type Query { s: S }")
    schema.type_map["S"].coerce_output_value = lambda _value: None  # type: ignore[attr-defined]

    result = run(schema, "{ s }", {"s": 1})

    assert result.errors is not None
    assert "to return non-nullable value, returned: None" in result.errors[0].message


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Dog", None),
        ("Fish", "Abstract type 'Pet' was resolved to a type 'Fish' that does not exist inside"
         " the schema."),
        ("Named", "Abstract type 'Pet' was resolved to a non-object type 'Named'."),
        ("A", "Runtime Object type 'A' is not a possible type for 'Pet'."),
        (5, "Abstract type 'Pet' must resolve to an Object type at runtime for field 'Query.pet'."
         " Either the 'Pet' type should provide a 'resolve_type' function or each possible type"
         " should provide an 'is_type_of' function."),
    ],
)  # fmt: skip
def test_6_4_3_abstract_types_become_object_types(run: Run, name: Any, message: str | None) -> None:
    result = run(COLLECTION, "{ pet { __typename } }", {"pet": {"__typename": name}})

    assert result.data == {"pet": None if message else {"__typename": "Dog"}}
    assert [error.message for error in result.errors or ()] == ([message] if message else [])


# §6.4.4 Handling Execution Errors


def test_6_4_4_a_failed_field_is_null(run: Run) -> None:
    result = run(COMPLETION, "{ s l }", {"s": raising("no"), "l": [1]})

    assert result.formatted == {
        "errors": [{"message": "no", "locations": [{"line": 1, "column": 3}], "path": ["s"]}],
        "data": {"s": None, "l": [1]},
    }


def test_6_4_4_one_error_for_one_place(run: Run) -> None:
    result = run(COMPLETION, "{ on { n } }", {"on": raising("no")})

    assert [error.message for error in result.errors or ()] == ["no"]


def test_6_4_4_errors_spread_to_the_nearest_place_that_may_be_null(run: Run) -> None:
    root = {"o": {"n": 1, "o": {"n": 2, "o": {"m": 1}}}}

    result = run(COMPLETION, "{ o { n o { n o { n m } } } }", root)

    assert result.data == {"o": {"n": 1, "o": {"n": 2, "o": None}}}
    assert [error.path for error in result.errors or ()] == [["o", "o", "o", "n"]]


def test_6_4_4_errors_spread_up_to_the_root(run: Run) -> None:
    result = run(COMPLETION, "{ s on { n } }", {"s": "s", "on": {}})

    assert result.formatted["data"] is None
    assert [error.path for error in result.errors or ()] == [["on", "n"]]


def test_6_4_4_errors_spread_when_they_come_late(run: Run) -> None:
    async def later(_info: Any) -> None:
        await asyncio.sleep(0)

    result = run(COMPLETION, "{ o { m o { m n } } s }", {"o": {"o": {"n": later}}, "s": "s"})

    assert result.data == {"o": {"m": None, "o": None}, "s": "s"}
    assert [error.path for error in result.errors or ()] == [["o", "o", "n"]]


@pytest.mark.parametrize("is_late", [False, True])
def test_6_4_4_errors_below_a_place_that_is_null_already_do_not_count(
    run: Run, is_late: bool
) -> None:
    turns = {"n": 1, "m": 2}

    async def fail(info: Any) -> None:
        for _ in range(turns[info.field_name] if is_late else 0):
            await asyncio.sleep(0)
        raise ValueError(info.field_name)

    result = run(COMPLETION, "{ o { n m } }", {"o": {"n": fail, "m": fail}})

    assert result.data == {"o": None}
    assert [error.message for error in result.errors or ()] == ["n"]


def test_6_4_4_values_that_are_exceptions_are_raised(run: Run) -> None:
    error = KeyError("key")

    result = run(COMPLETION, "{ s l }", {"s": error, "l": [1, ValueError("item")]})

    assert result.data == {"s": None, "l": [1, None]}
    assert [one.message for one in result.errors or ()] == ["'key'", "item"]
    assert result.errors is not None
    assert result.errors[0].original_error is error


# §7.1 Response Format


def test_7_1_1_results_without_errors_do_not_mention_them(run: Run) -> None:
    assert run(COMPLETION, "{ s }", {"s": "s"}).formatted == {"data": {"s": "s"}}


def test_7_1_3_request_errors_have_no_data(run: Run) -> None:
    assert list(run(COMPLETION, "query ($v: O) { s }").formatted) == ["errors"]


HERO = """
type Query { hero: Hero }
type Hero { name: String heroFriends: [Friend] strict: [Friend] friends: [Hero!] }
type Friend { id: ID name: String%s }
"""


@pytest.mark.parametrize("mark", ["", "!"])
def test_7_1_4_to_7_1_6_paths_locations_and_data_of_the_example(run: Run, mark: str) -> None:
    class Unknown:
        id = "1002"

        @property
        def name(self) -> str:
            raise ValueError("Name for character with ID 1002 could not be fetched.")

    friends = [{"id": "1000", "name": "Luke"}, Unknown(), {"id": "1003", "name": "Leia"}]
    source = (
        "{\n  hero(episode: $episode) {\n    name\n    heroFriends: heroFriends {\n"
        "      id\n      name\n    }\n  }\n}"
    )

    result = run(HERO % mark, source, {"hero": {"name": "R2-D2", "heroFriends": friends}})

    nobody = None if mark else {"id": "1002", "name": None}
    assert json.loads(json.dumps(result.formatted)) == {
        "errors": [
            {
                "message": "Name for character with ID 1002 could not be fetched.",
                "locations": [{"line": 6, "column": 7}],
                "path": ["hero", "heroFriends", 1, "name"],
            }
        ],
        "data": {"hero": {"name": "R2-D2", "heroFriends": [friends[0], nobody, friends[2]]}},
    }


def test_7_1_6_errors_have_extensions_of_their_own(run: Run) -> None:
    error = GraphQLError("no", extensions={"code": "CAN_NOT_FETCH_BY_ID"})

    result = run(COMPLETION, "{ s }", {"s": error})

    assert result.formatted["errors"][0]["extensions"] == {"code": "CAN_NOT_FETCH_BY_ID"}


def test_7_1_7_results_have_extensions(run: Run) -> None:
    result = run(COMPLETION, "{ s }", {"s": "s"}, extensions={"cost": 1})

    assert result.formatted == {"data": {"s": "s"}, "extensions": {"cost": 1}}


def test_7_2_2_maps_are_in_the_order_of_the_request(run: Run) -> None:
    result = run(COMPLETION, "{ s i }", {"i": 1, "s": "s"})

    assert json.dumps(result.data) == '{"s": "s", "i": 1}'
