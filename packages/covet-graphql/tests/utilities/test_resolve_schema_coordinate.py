# ruff: noqa: E501 (one case a line)
import pytest

from covet_graphql import GraphQLSyntaxError, parse_schema_coordinate
from covet_graphql.utilities import (
    ResolvedDirective,
    ResolvedDirectiveArgument,
    ResolvedEnumValue,
    ResolvedField,
    ResolvedFieldArgument,
    ResolvedInputField,
    ResolvedNamedType,
    build_schema,
    resolve_ast_schema_coordinate,
    resolve_schema_coordinate,
)

SCHEMA = build_schema("""
    type Query implements Node { id: ID, search(filter: Filter): [Query] }
    interface Node { id: ID }
    input Filter { color: Color }
    enum Color { RED }
    union Any = Query
    directive @tag(name: String) on OBJECT
""")
TYPES = SCHEMA.type_map
QUERY, FILTER, COLOR = TYPES["Query"], TYPES["Filter"], TYPES["Color"]
SEARCH, TAG = QUERY.fields["search"], SCHEMA.get_directive("tag")


@pytest.mark.parametrize(
    ("coordinate", "element"),
    [
        ("Query", ResolvedNamedType(QUERY)),
        ("String", ResolvedNamedType(TYPES["String"])),
        ("Query.search", ResolvedField(QUERY, SEARCH)),
        ("Node.id", ResolvedField(TYPES["Node"], TYPES["Node"].fields["id"])),
        ("Filter.color", ResolvedInputField(FILTER, FILTER.fields["color"])),
        ("Color.RED", ResolvedEnumValue(COLOR, COLOR.values["RED"])),
        ("Query.search(filter:)", ResolvedFieldArgument(QUERY, SEARCH, SEARCH.args["filter"])),
        ("@tag", ResolvedDirective(TAG)),
        ("@tag(name:)", ResolvedDirectiveArgument(TAG, TAG.args["name"])),
    ],
)
def test_coordinates_stand_for_elements(coordinate: str, element: tuple[object, ...]) -> None:
    resolved = resolve_schema_coordinate(SCHEMA, coordinate)

    assert resolved == element
    assert type(resolved) is type(element)
    assert type(resolved).__name__ == f"Resolved{resolved.kind}"
    node = parse_schema_coordinate(coordinate)
    assert resolve_ast_schema_coordinate(SCHEMA, node) == element


@pytest.mark.parametrize(
    "coordinate",
    ["Nope", "Query.nope", "Filter.nope", "Color.NOPE", "Query.search(nope:)", "@nope", "@tag(no:)"],
)  # fmt: skip
def test_what_does_not_exist_is_none(coordinate: str) -> None:
    assert resolve_schema_coordinate(SCHEMA, coordinate) is None


@pytest.mark.parametrize(
    ("coordinate", "message"),
    [
        ("Nope.a", "Expected 'Nope' to be defined as a type in the schema."),
        ("Nope.a(b:)", "Expected 'Nope' to be defined as a type in the schema."),
        ("Any.a", "Expected 'Any' to be an Enum, Input Object, Object or Interface type."),
        ("String.a", "Expected 'String' to be an Enum, Input Object, Object or Interface type."),
        ("Filter.color(a:)", "Expected 'Filter' to be an object type or interface type."),
        ("Query.nope(a:)", "Expected 'nope' to exist as a field of type 'Query' in the schema."),
        ("@nope(a:)", "Expected 'nope' to be defined as a directive in the schema."),
    ],
)
def test_what_contains_an_element_must_exist(coordinate: str, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        resolve_schema_coordinate(SCHEMA, coordinate)

    assert str(caught.value) == message


def test_what_is_no_coordinate_is_refused() -> None:
    with pytest.raises(GraphQLSyntaxError):
        resolve_schema_coordinate(SCHEMA, "Query search")
