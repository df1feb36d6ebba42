"""What the schema knows of places in documents."""

from typing import Any

import graphql as core
import pytest

import covet_graphql as covet
from covet_graphql import (
    REMOVE,
    SKIP,
    FieldNode,
    GraphQLDefaultInput,
    GraphQLInt,
    GraphQLList,
    NameNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Undefined,
    Visitor,
    build_schema,
    parse,
    parse_value,
    print_ast,
    visit,
)

TEXT = """
    directive @on(x: In = {n: 5}) on FIELD | QUERY
    type Query { pet(filter: In = {n: 1}, colours: [[Colour!]]): Pet  dog: Dog }
    type Mutation { feed(dog: ID!): Dog }
    interface Named { name(short: Boolean = true): String }
    type Dog implements Named { name(short: Boolean = true): String  friend: Dog }
    type Cat { meows: Boolean }
    union Pet = Dog | Cat
    enum Colour { RED GREEN }
    input In { n: Int = 3, colour: Colour, inner: [In] }
"""
DOCUMENT = """
    query ($v: [In!], $w: Nope, $x: Dog) @on(x: {n: 2}) {
      pet(filter: {n: 4, colour: RED, inner: [{nope: 1}], nope: {n: 1}}, colours: [[GREEN], RED, PINK]) {
        __typename
        ... on Dog { name(short: $v, nope: 1) @on @nope(a: RED) friend { nope { name } } }
        ... @include(if: true) { ...F }
        ... on Nope { a }
        ... on Colour { a }
      }
      nope(a: {b: [RED]}) { c }
    }
    mutation { feed(dog: 1) { name } }
    subscription { any }
    fragment F on Cat { meows }
    fragment G on Nope { meows }
"""  # noqa: E501


def places(package: Any, document: str = DOCUMENT) -> list[tuple[Any, ...]]:
    """Return all that is known at each node, on entering and on leaving."""
    schema = package.build_schema(TEXT, assume_valid_sdl=True)
    info = package.TypeInfo(schema)
    seen: list[tuple[Any, ...]] = []

    class Recorder(package.Visitor):  # type: ignore[misc]
        def enter(self, node: Any, *_: Any) -> None:
            self.record("enter", node)

        def leave(self, node: Any, *_: Any) -> None:
            self.record("leave", node)

        def record(self, event: str, node: Any) -> None:
            known = (
                info.get_type(),
                info.get_parent_type(),
                info.get_input_type(),
                info.get_parent_input_type(),
                info.get_field_def(),
                info.get_directive(),
            )
            argument = info.get_argument()
            value = info.get_enum_value()
            default = info.get_default_value()
            literal = getattr(default, "literal", None)
            seen.append((
                event,
                node.kind,
                getattr(node, "name", None) and node.name.value,
                *[item and str(item) for item in known],
                argument and str(argument.type),
                value and value.value,
                literal and package.print_ast(literal),
            ))  # fmt: skip

    package.visit(package.parse(document), package.TypeInfoVisitor(info, Recorder()))
    return seen


def test_all_places_are_known_as_graphql_core_knows_them() -> None:
    assert places(covet) == places(core)


SCHEMA = build_schema(TEXT, assume_valid_sdl=True)


def test_nothing_is_known_before_and_after_a_walk() -> None:
    info = TypeInfo(SCHEMA)

    visit(parse(DOCUMENT), TypeInfoVisitor(info, Visitor()))

    assert info.get_type() is info.get_parent_type() is info.get_field_def() is None
    assert info.get_input_type() is info.get_parent_input_type() is None
    assert info.get_directive() is info.get_argument() is info.get_enum_value() is None
    assert info.get_default_value() is Undefined


def test_defaults_are_told_as_they_were_given() -> None:
    info = TypeInfo(SCHEMA)
    defaults: list[Any] = []

    class Recorder(Visitor):
        def enter_argument(self, *_: Any) -> None:
            defaults.append(info.get_default_value())

    visit(parse("{ pet(filter: null, colours: null) { a } }"), TypeInfoVisitor(info, Recorder()))

    assert isinstance(defaults[0], GraphQLDefaultInput)
    assert defaults[1] is Undefined


def test_a_walk_may_begin_within_a_value() -> None:
    info = TypeInfo(SCHEMA, GraphQLList(SCHEMA.type_map["In"]))
    seen: list[str] = []

    class Recorder(Visitor):
        def enter_int_value(self, *_: Any) -> None:
            seen.append(str(info.get_input_type()))

    visit(parse_value("[{n: 1}]"), TypeInfoVisitor(info, Recorder()))

    assert seen == ["Int"]


def test_a_walk_may_begin_within_selections() -> None:
    info = TypeInfo(SCHEMA, SCHEMA.type_map["Dog"])
    (operation,) = parse("{ friend { name } }").definitions
    seen: list[Any] = []

    class Recorder(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            seen.append((node.name.value, str(info.get_parent_type()), str(info.get_type())))

    visit(operation.selection_set, TypeInfoVisitor(info, Recorder()))

    assert seen == [("friend", "Dog", "Dog"), ("name", "Dog", "String")]
    assert TypeInfo(SCHEMA, GraphQLInt).get_input_type() is GraphQLInt


@pytest.mark.parametrize("answer", ["skip", "remove", "replace"])
def test_edits_do_not_lead_it_astray(answer: str) -> None:
    info = TypeInfo(SCHEMA)
    seen: list[tuple[str, str]] = []
    name = FieldNode(name=NameNode(value="name"))

    class Editor(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> Any:
            if node.name.value == "friend":
                return {
                    "skip": SKIP,
                    "remove": REMOVE,
                    "replace": FieldNode(
                        name=NameNode(value="friend"),
                        selection_set=SelectionSetNode(selections=(name,)),
                    ),
                }[answer]
            seen.append((node.name.value, str(info.get_parent_type())))
            return None

    edited = visit(
        parse("{ dog { friend { friend { name } } name } }"), TypeInfoVisitor(info, Editor())
    )

    assert seen[0] == ("dog", "Query")
    assert seen[-1] == ("name", "Dog")
    assert len(seen) == (3 if answer == "replace" else 2)
    assert ("friend" in print_ast(edited)) is (answer != "remove")
