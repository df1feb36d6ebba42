"""Nothing that reads or makes schemas recurses on what they nest."""

from covet_graphql import parse
from covet_graphql.utilities import (
    attach_resolvers,
    build_client_schema,
    build_schema,
    extend_schema,
    find_schema_changes,
    introspection_from_schema,
    lexicographic_sort_schema,
    print_schema,
)

DEPTH = 4_000
LISTS = f"{'[' * DEPTH}Int!{']' * DEPTH}"
VALUE = f"{'[' * DEPTH}1{']' * DEPTH}"
OBJECT = f"{'{b: 1, a: ' * DEPTH}1{'}' * DEPTH}"
TEXT = f"type Query {{ a(x: Any = {VALUE}, y: Any = {OBJECT}): {LISTS} }} scalar Any"


def test_schemas_are_read_changed_and_written_however_deep_they_nest() -> None:
    schema = build_schema(TEXT, assume_valid_sdl=True)
    extended = extend_schema(schema, parse("extend type Query { b: Int }"), assume_valid_sdl=True)
    client = build_client_schema(introspection_from_schema(schema))
    resolved = attach_resolvers(schema, {"Query": {"a": print}})

    for other in (client, resolved, lexicographic_sort_schema(schema)):
        assert find_schema_changes(schema, other) == []
        assert len(print_schema(other)) == len(print_schema(schema))
    assert len(find_schema_changes(schema, extended)) == 1


def test_circles_of_types_end() -> None:
    names = [f"T{number}" for number in range(2_000)]
    text = "\n".join(
        f"type {name} {{ next: {following} }}"
        for name, following in zip(names, names[1:] + names[:1], strict=True)
    )

    schema = build_schema(f"type Query {{ first: T0 }}\n{text}", assume_valid_sdl=True)

    assert schema.type_map["T1999"].fields["next"].type is schema.type_map["T0"]
    assert find_schema_changes(schema, lexicographic_sort_schema(schema)) == []
