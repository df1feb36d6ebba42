"""The types of introspection, and what their fields answer."""

from enum import Enum
from types import SimpleNamespace
from typing import Any

import pytest

from covet_graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    SchemaMetaFieldDef,
    TypeKind,
    TypeMetaFieldDef,
    TypeNameMetaFieldDef,
    build_schema,
    introspection_types,
    is_introspection_type,
    print_introspection_schema,
)
from covet_graphql.type.introspection import kind_of

SCHEMA = build_schema(
    """
    type Query implements Node {
      id: ID!
      old(a: Int = 3, b: [In!] @deprecated(reason: "b")): Any @deprecated(reason: "old")
      pet: Pet
    }
    interface Node { id: ID! }
    union Pet = Query
    enum Colour { RED GREEN @deprecated }
    input In @oneOf { c: Colour, d: Int @deprecated }
    scalar Any @specifiedBy(url: "https://example.org/any")
    "Marks."
    directive @mark(c: Colour = RED, d: Int @deprecated) repeatable on FIELD
    """,
    assume_valid_sdl=True,
)
INFO = SimpleNamespace(schema=SCHEMA, parent_type=SCHEMA.query_type)


def answer(type_name: str, described: Any, field: str, **arguments: Any) -> Any:
    type_: Any = introspection_types[type_name]
    return type_.fields[field].resolve(described, INFO, **arguments)


def about(name: str, field: str, **arguments: Any) -> Any:
    return answer("__Type", SCHEMA.type_map[name], field, **arguments)


def names(pairs: Any) -> list[str]:
    return [name for name, _ in pairs]


def test_the_schema_describes_itself() -> None:
    described = SchemaMetaFieldDef.resolve(None, INFO)

    assert described is SCHEMA
    assert answer("__Schema", described, "queryType") is SCHEMA.query_type
    assert answer("__Schema", described, "mutationType") is None
    assert answer("__Schema", described, "subscriptionType") is None
    assert answer("__Schema", described, "description") is None
    assert answer("__Schema", described, "types") == list(SCHEMA.type_map.values())
    assert answer("__Schema", described, "directives") == SCHEMA.directives


def test_types_are_found_by_name() -> None:
    assert TypeMetaFieldDef.resolve(None, INFO, name="Pet") is SCHEMA.type_map["Pet"]
    assert TypeMetaFieldDef.resolve(None, INFO, name="Wolf") is None


def test_objects_know_their_type() -> None:
    assert TypeNameMetaFieldDef.resolve({}, INFO) == "Query"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Any", TypeKind.SCALAR),
        ("Query", TypeKind.OBJECT),
        ("Node", TypeKind.INTERFACE),
        ("Pet", TypeKind.UNION),
        ("Colour", TypeKind.ENUM),
        ("In", TypeKind.INPUT_OBJECT),
    ],
)
def test_types_answer_what_their_kind_has(name: str, kind: TypeKind) -> None:
    has_fields = kind in (TypeKind.OBJECT, TypeKind.INTERFACE)
    is_abstract = kind in (TypeKind.INTERFACE, TypeKind.UNION)

    assert about(name, "kind") is kind
    assert about(name, "name") == name
    assert (about(name, "fields") is not None) is has_fields
    assert (about(name, "interfaces") is not None) is has_fields
    assert (about(name, "possibleTypes") is not None) is is_abstract
    assert (about(name, "enumValues") is not None) is (kind is TypeKind.ENUM)
    assert (about(name, "inputFields") is not None) is (kind is TypeKind.INPUT_OBJECT)
    assert (about(name, "isOneOf") is not None) is (kind is TypeKind.INPUT_OBJECT)
    assert (about(name, "specifiedByURL") is not None) is (kind is TypeKind.SCALAR)
    assert about(name, "ofType") is None


def test_wrappers_answer_what_is_in_them() -> None:
    wrapped = SCHEMA.query_type.fields["id"].type

    assert answer("__Type", wrapped, "kind") is TypeKind.NON_NULL
    assert answer("__Type", wrapped, "ofType") is SCHEMA.type_map["ID"]
    assert answer("__Type", wrapped, "name") is None
    assert answer("__Type", wrapped, "fields") is None


def test_what_is_no_type_has_no_kind() -> None:
    with pytest.raises(TypeError, match="Unexpected type: 5"):
        kind_of(5)  # type: ignore[arg-type]


def test_deprecated_parts_are_shown_on_request() -> None:
    old = ("old", SCHEMA.query_type.fields["old"])
    mark = SCHEMA.get_directive("mark")

    assert names(about("Query", "fields")) == ["id", "pet"]
    assert names(about("Query", "fields", includeDeprecated=True)) == ["id", "old", "pet"]
    assert names(about("Colour", "enumValues")) == ["RED"]
    assert names(about("Colour", "enumValues", includeDeprecated=True)) == ["RED", "GREEN"]
    assert names(about("In", "inputFields")) == ["c"]
    assert names(about("In", "inputFields", includeDeprecated=True)) == ["c", "d"]
    assert names(answer("__Field", old, "args")) == ["a"]
    assert names(answer("__Field", old, "args", includeDeprecated=True)) == ["a", "b"]
    assert names(answer("__Directive", mark, "args")) == ["c"]
    assert names(answer("__Directive", mark, "args", includeDeprecated=True)) == ["c", "d"]


def test_fields_arguments_and_values_answer_for_themselves() -> None:
    old = ("old", SCHEMA.query_type.fields["old"])
    (first,) = answer("__Field", old, "args")
    (_, green) = about("Colour", "enumValues", includeDeprecated=True)

    assert answer("__Field", old, "name") == "old"
    assert answer("__Field", old, "type") is SCHEMA.type_map["Any"]
    assert answer("__Field", old, "isDeprecated") is True
    assert answer("__Field", old, "deprecationReason") == "old"
    assert answer("__InputValue", first, "name") == "a"
    assert answer("__InputValue", first, "defaultValue") == "3"
    assert answer("__InputValue", first, "isDeprecated") is False
    assert answer("__InputValue", ("d", SCHEMA.type_map["In"].fields["d"]), "defaultValue") is None
    assert answer("__EnumValue", green, "deprecationReason") == "No longer supported"


def test_directives_answer_for_themselves() -> None:
    mark = SCHEMA.get_directive("mark")

    assert answer("__Directive", mark, "name") == "mark"
    assert answer("__Directive", mark, "description") == "Marks."
    assert answer("__Directive", mark, "isRepeatable") is True
    assert [location.name for location in answer("__Directive", mark, "locations")] == ["FIELD"]


@pytest.mark.parametrize("name", ["__TypeKind", "__DirectiveLocation"])
def test_enums_of_introspection_have_all_members(name: str) -> None:
    type_: Any = introspection_types[name]

    members: list[Enum] = [type_.coerce_input_value(value) for value in type_.values]
    assert [member.name for member in members] == list(type_.values)
    assert members == list(type(members[0]))
    assert all(value.description for value in type_.values.values())


def test_introspection_types_are_built_in() -> None:
    assert all(map(is_introspection_type, introspection_types.values()))
    assert not is_introspection_type(SCHEMA.type_map["Query"])
    with pytest.raises(TypeError, match="Redefinition of reserved type '__Type'"):
        GraphQLObjectType("__Type", {})


def test_introspection_types_are_those_of_the_specification() -> None:
    text = print_introspection_schema(GraphQLSchema(SCHEMA.query_type))

    assert "args(includeDeprecated: Boolean! = false): [__InputValue!]!" in text
    assert "directives: [__Directive!]!" in text
    assert "isOneOf: Boolean\n" in text
    assert "DIRECTIVE_DEFINITION" not in text  # of a later draft
