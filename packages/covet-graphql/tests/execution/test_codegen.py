"""Source made of plans: that it is made, reads well, and is no different in odd corners."""

import traceback
from collections import UserDict
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

import pytest

from covet_graphql import Undefined, parse
from covet_graphql.execution import (
    ExecutionResult,
    compile_operation,
    execute,
    execute_sync,
)
from covet_graphql.type import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInt,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
)
from covet_graphql.utilities import build_schema

Run = Callable[..., ExecutionResult]

SDL = """
type Query { user(id: ID!): User users: [User!] any: Any named: Named }
type User { id: ID! name: String age: Int score: Float ok: Boolean friends: [User!] }
type Robot implements Named { name: String maker: User }
interface Named { name: String }
union Any = User | Robot
"""


def test_source_carries_coordinates() -> None:
    compiled = compile_operation(
        build_schema(SDL), parse("{ users { id friends { name } } }"), tier="source"
    )

    compiled.execute({"users": []})

    assert "# Query.users: [User!]" in compiled.source
    assert "'id': " in compiled.source
    assert "# User.id" in compiled.source
    assert "# User.friends: [User!]" in compiled.source
    compile(compiled.source, "<source>", "exec")


def test_operations_become_source_once_they_are_hot() -> None:
    compiled = compile_operation(build_schema(SDL), parse("{ users { id } }"))

    runs = 0
    while not compiled.source:
        assert compiled.execute_sync({"users": [{"id": 1}]}).data == {"users": [{"id": "1"}]}
        runs += 1

    assert 10 < runs < 100
    assert compiled.execute_sync({"users": [{"id": 1}]}).data == {"users": [{"id": "1"}]}


def test_the_plan_tier_never_makes_source() -> None:
    compiled = compile_operation(build_schema(SDL), parse("{ users { id } }"), tier="plan")

    for _ in range(200):
        compiled.execute_sync({"users": []})

    assert compiled.source == ""


def test_each_meaning_of_conditions_has_its_own_source() -> None:
    source = parse("query ($v: Boolean!) { users @skip(if: $v) { id } named { name } }")
    compiled = compile_operation(build_schema(SDL), source, tier="source")

    for value in (True, False):
        compiled.execute_sync({}, variable_values={"v": value})

    assert compiled.source.count("def Query_") == 2


def test_there_are_only_so_many_meanings(run: Run) -> None:
    names = [f"v{index}" for index in range(6)]
    fields = " ".join(f"{name}: named @skip(if: ${name}) {{ name }}" for name in names)
    variables = ", ".join(f"${name}: Boolean!" for name in names)
    compiled = compile_operation(build_schema(SDL), parse(f"query ({variables}) {{ {fields} }}"))

    for number in range(64):
        values = {name: bool(number >> index & 1) for index, name in enumerate(names)}
        result = compiled.execute_sync({}, variable_values=values)
        assert result.data == {name: None for name in names if not values[name]}


class Thing:
    def __init__(self, **members: Any) -> None:
        self.__dict__.update(members)


class Slotted:
    __slots__ = ("id", "name")

    def __init__(self) -> None:
        self.id = 7


class Calling(Thing):
    def __call__(self, _info: Any) -> Any:
        return {"id": "called"}


class WithProperties:
    id = 1

    @property
    def name(self) -> str:
        raise ValueError("no name")

    @property
    def age(self) -> int:
        raise AttributeError("age")


@pytest.mark.parametrize(
    ("user", "answer"),
    [
        pytest.param({"id": 1, "name": "n"}, {"id": "1", "name": "n", "age": None}, id="dict"),
        pytest.param({"id": "1"}, {"id": "1", "name": None, "age": None}, id="missing-key"),
        pytest.param(UserDict(id=1), {"id": "1", "name": None, "age": None}, id="mapping"),
        pytest.param(Thing(id=1, age=3), {"id": "1", "name": None, "age": 3}, id="attributes"),
        pytest.param(Slotted(), {"id": "7", "name": None, "age": None}, id="slots"),
        pytest.param(WithProperties(), {"id": "1", "name": None, "age": None}, id="properties"),
        pytest.param({"id": 1, "age": "5"}, {"id": "1", "name": None, "age": 5}, id="coerced"),
        pytest.param(
            {"id": lambda _info: 5, "name": lambda _info: None},
            {"id": "5", "name": None, "age": None},
            id="functions",
        ),
        pytest.param(lambda _info: {"id": 9}, {"id": "9", "name": None, "age": None}, id="call"),
        pytest.param(Calling(), {"id": "called", "name": None, "age": None}, id="callable"),
        pytest.param(Undefined, None, id="undefined"),
        pytest.param(None, None, id="none"),
        pytest.param({}, None, id="no-id"),
        pytest.param(5, None, id="number"),
        pytest.param(ValueError("no"), None, id="exception"),
    ],
)
def test_any_kind_of_object(run: Run, user: Any, answer: Any) -> None:
    schema = "type Query { u: User } type User { id: ID! name: String age: Int }"

    assert run(schema, "{ u { id name age } }", {"u": user}).data == {"u": answer}


@pytest.mark.parametrize(
    "users", [(), [], [{"id": 1}], ({"id": 1},), {"a": {"id": 1}}.values(), [None], [Calling(id=2)]]
)
@pytest.mark.parametrize("by", ["value", "function", "resolver"])
def test_any_kind_of_list(run: Run, users: Any, by: str) -> None:
    schema = build_schema(SDL)
    root: Any = {"users": users}
    if by == "function":
        root = {"users": lambda _info: users}
    if by == "resolver":
        assert schema.query_type is not None
        schema.query_type.fields["users"].resolve = lambda _root, _info: users

    result = run(schema, "{ users { id } }", root)

    nothing = isinstance(users, list) and users[:1] == [None]
    ids = [{"id": str(user["id"] if isinstance(user, dict) else user.id)} for user in users if user]
    assert result.data == {"users": None if nothing else ids}


def test_names_that_python_has_taken(run: Run) -> None:
    schema = GraphQLSchema(
        GraphQLObjectType(
            "Query",
            {
                "class": GraphQLField(GraphQLString),
                "x": GraphQLField(GraphQLString),
                "None": GraphQLField(
                    GraphQLInt,
                    {"from": GraphQLArgument(GraphQLInt), "is_": GraphQLArgument(GraphQLInt)},
                    resolve=lambda _root, _info, **arguments: arguments["from"],
                ),
            },
        )
    )
    root = Thing(**{"class": "c", "x": "x"})

    result = run(schema, "{ class x None(from: 5) def: class }", root)

    assert result.data == {"class": "c", "x": "x", "None": 5, "def": "c"}


def test_values_of_enums(run: Run) -> None:
    class Color(Enum):
        RED = 1
        GREEN = "green"

    schema = GraphQLSchema(
        GraphQLObjectType(
            "Query",
            {
                "member": GraphQLField(GraphQLEnumType("A", Color, names_as_values=None)),
                "value": GraphQLField(GraphQLEnumType("B", Color)),
                "odd": GraphQLField(GraphQLEnumType("C", {"LIST": [1], "ONE": 1})),
            },
        )
    )

    result = run(
        schema,
        "{ member value odd }",
        {"member": Color.GREEN, "value": 1, "odd": [1]},
    )

    assert result == ({"member": "GREEN", "value": "RED", "odd": "LIST"}, None)
    assert run(schema, "{ odd value }", {"odd": 1}).data == {"odd": "ONE", "value": None}
    assert run(schema, "{ value }", {"value": True}).data == {"value": "RED"}


@pytest.mark.parametrize(
    ("field", "value", "answer"),
    [
        ("age", 2**31 - 1, 2**31 - 1),
        ("age", 2**31, None),
        ("age", True, 1),
        ("age", 2.0, 2),
        ("score", float("inf"), None),
        ("score", float("nan"), None),
        ("score", 2, 2.0),
        ("score", 2**53 + 1, None),
        ("score", True, 1.0),
        ("ok", 1, True),
        ("ok", "x", None),
        ("name", 5, "5"),
        ("name", b"x", None),
    ],
)
def test_leaves_of_unexpected_types(run: Run, field: str, value: Any, answer: Any) -> None:
    result = run(SDL, f"{{ users {{ {field} }} }}", {"users": [{field: value}]})

    assert repr(result.data) == repr({"users": [{field: answer}]})


@pytest.mark.parametrize("depth", [3, 12, 40])
def test_documents_deeper_than_python_nests_blocks(run: Run, depth: int) -> None:
    source = "{ users " + "{ id friends " * depth + "{ id }" + " }" * depth + " }"
    user: Any = {"id": 0}
    for index in range(depth):
        user = {"id": index, "friends": [user]}

    result = run(SDL, source, {"users": [user]})

    assert result.errors is None
    below = (result.data or {})["users"]
    for _ in range(depth):
        below = below[0]["friends"]
    assert below == [{"id": "0"}]


def test_lists_of_lists(run: Run) -> None:
    schema = "type Query { m: [[[Int!]]!] n: [[N]!]! } type N { x: Int! }"
    root = {"m": [[[1], None, [None]], []], "n": [[{"x": 1}, {}], [None]]}

    result = run(schema, "{ m n { x } }", root)

    assert result.data == {"m": [[[1], None, None], []], "n": [[{"x": 1}, None], [None]]}
    assert [error.path for error in result.errors or ()] == [
        ["m", 0, 2, 0],
        ["n", 0, 1, "x"],
    ]


def test_object_types_reached_later_become_source_too() -> None:
    compiled = compile_operation(
        build_schema(SDL),
        parse("{ any { ... on Robot { name maker { id } } ... on User { id } } }"),
        tier="source",
    )

    for value, answer in [
        ({"__typename": "User", "id": 1}, {"id": "1"}),
        ({"__typename": "Robot", "maker": {"id": 2}}, {"name": None, "maker": {"id": "2"}}),
    ]:
        assert compiled.execute_sync({"any": value}).data == {"any": answer}

    assert "def User_" in compiled.source
    assert "def Robot_" in compiled.source


def test_plans_of_too_many_fields_stay_plans() -> None:
    fields = " ".join(f"f{index}: id" for index in range(2500))
    compiled = compile_operation(
        build_schema(SDL), parse(f"{{ users {{ {fields} }} }}"), tier="source"
    )

    result = compiled.execute_sync({"users": [{"id": 1}]})

    assert compiled.source == ""
    assert result.data is not None
    assert len(result.data["users"][0]) == 2500


def test_tracebacks_show_the_lines() -> None:
    schema = build_schema(SDL)

    def fail(_root: Any, _info: Any) -> None:
        raise ValueError("no users")

    assert schema.query_type is not None
    schema.query_type.fields["users"].resolve = fail
    result = execute_sync(schema, parse("{ users { id } }"), tier="source")

    assert result.errors is not None
    assert result.errors[0].original_error is not None
    shown = "".join(traceback.format_exception(result.errors[0].original_error))
    assert "= resolve_users_" in shown


def test_mappings_by_other_means_are_mappings(run: Run) -> None:
    class Row(Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            return {"id": 1}[key]

        def __iter__(self) -> Any:
            return iter(["id"])

        def __len__(self) -> int:
            return 1

    assert run(SDL, "{ users { id } }", Row()).data == {"users": None}
    assert run(SDL, "{ users { id } }", {"users": [Row()]}).data == {"users": [{"id": "1"}]}


def test_a_list_of_leaves_by_a_resolver(run: Run) -> None:
    schema = GraphQLSchema(
        GraphQLObjectType(
            "Query",
            {"l": GraphQLField(GraphQLList(GraphQLInt), resolve=lambda *_: [1, "2", "x", None])},
        )
    )

    result = run(schema, "{ l }")

    assert result.data == {"l": [1, 2, None, None]}
    assert [error.path for error in result.errors or ()] == [["l", 2]]


def test_the_same_document_is_compiled_once() -> None:
    schema, source = build_schema(SDL), parse("{ users { id } }")

    assert compile_operation(schema, source) is compile_operation(schema, source)
    assert execute(schema, source, {"users": []}) == ({"users": []}, None)
