"""The same schemas as graphql-core: printed forms, introspection, changes and messages.

Where the two differ on purpose, `as_ours` brings graphql-core's answer into our form, and
`test_deviations` shows the difference.
"""

import re
from typing import Any

import graphql as core
import graphql.utilities as core_utilities
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covet_graphql import GraphQLSchema, parse, print_ast
from covet_graphql.utilities import (
    build_ast_schema,
    build_client_schema,
    build_schema,
    extend_schema,
    find_schema_changes,
    get_introspection_query,
    introspection_from_schema,
    lexicographic_sort_schema,
    print_introspection_schema,
    print_schema,
    resolve_schema_coordinate,
)

Texts = st.SearchStrategy[str]


def both(text: str) -> tuple[GraphQLSchema, core.GraphQLSchema]:
    return build_schema(text), core.build_schema(text)


@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_schemas_are_read_and_printed_alike(data: st.DataObject, schema_texts: Texts) -> None:
    ours, theirs = both(data.draw(schema_texts))

    assert print_schema(ours) == core.print_schema(theirs)
    assert [*ours.type_map] == [*theirs.type_map]
    assert [item.name for item in ours.directives] == [item.name for item in theirs.directives]


@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_what_is_printed_reads_back(data: st.DataObject, schema_texts: Texts) -> None:
    printed = print_schema(build_schema(data.draw(schema_texts)))

    again = build_schema(printed)

    assert print_schema(again) == printed
    assert find_schema_changes(again, build_schema(printed)) == []


@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_introspection_is_alike_and_gives_the_schema_back(
    data: st.DataObject, schema_texts: Texts
) -> None:
    ours, theirs = both(data.draw(schema_texts))

    introspection = introspection_from_schema(ours)

    assert of_the_user(introspection) == of_the_user(core.introspection_from_schema(theirs))
    client = build_client_schema(introspection)
    assert print_schema(client) == print_schema(ours)
    assert introspection_from_schema(client) == introspection


@given(data=st.data())
@settings(deadline=None, max_examples=20)
def test_programs_and_texts_make_the_same_schemas(data: st.DataObject, schema_texts: Texts) -> None:
    schema = build_schema(data.draw(schema_texts))

    made = GraphQLSchema(**schema.to_kwargs())

    assert print_schema(made) == print_schema(schema)
    assert [*made.type_map] == [*schema.type_map]


@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_schemas_are_sorted_alike_and_once(data: st.DataObject, schema_texts: Texts) -> None:
    ours, theirs = both(data.draw(schema_texts))

    in_order = lexicographic_sort_schema(ours)

    printed = print_schema(in_order)
    assert printed == core.print_schema(core.lexicographic_sort_schema(theirs))
    assert print_schema(lexicographic_sort_schema(in_order)) == printed
    assert find_schema_changes(ours, in_order) == []


@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_schemas_are_extended_alike(
    data: st.DataObject, schemas_and_extensions: st.SearchStrategy[tuple[str, str]]
) -> None:
    text, extension = data.draw(schemas_and_extensions)
    ours, theirs = both(text)

    extended = extend_schema(ours, parse(extension))

    expected = core.extend_schema(theirs, core.parse(extension))
    assert print_schema(extended) == core.print_schema(expected)
    assert print_schema(ours) == core.print_schema(theirs)


@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_a_text_means_the_same_in_one_part_or_two(
    data: st.DataObject, schemas_and_extensions: st.SearchStrategy[tuple[str, str]]
) -> None:
    text, extension = data.draw(schemas_and_extensions)

    at_once = build_schema(f"{text}\n{extension}")

    in_turn = extend_schema(build_schema(text), parse(extension))
    assert find_schema_changes(at_once, in_turn) == []


@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_changes_are_found_alike(data: st.DataObject, schema_texts: Texts) -> None:
    ours, theirs = zip(*[both(data.draw(schema_texts)) for _ in range(2)], strict=True)

    changes = find_schema_changes(*ours)

    expected = core_utilities.find_schema_changes(*theirs)
    assert [(change.type.name, change.description) for change in changes] == [
        (change.type.name, as_ours(change.description)) for change in expected
    ]
    assert [(type(change).__name__, change.type.value) for change in changes] == [
        (type(change).__name__, change.type.value) for change in expected
    ]


@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_unchecked_schemas_are_built_or_refused_alike(
    data: st.DataObject, broken_schema_texts: Texts
) -> None:
    text = data.draw(broken_schema_texts)

    assert built(print_schema, build_schema, text) == built(
        core.print_schema, core.build_schema, text
    )


@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_broken_schemas_are_refused_alike(data: st.DataObject, broken_schema_texts: Texts) -> None:
    text = data.draw(broken_schema_texts)

    assert checked(build_ast_schema, parse(text)) == checked(
        core.build_ast_schema, core.parse(text)
    )


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"descriptions": False, "schema_description": True},
        {"specified_by_url": True, "directive_is_repeatable": True, "one_of": True},
        {"input_value_deprecation": True, "schema_description": True},
        {"experimental_directive_deprecation": True},
        {"type_depth": 0},
        {"type_depth": 3},
    ],
)
def test_introspection_asks_for_the_same(options: dict[str, Any]) -> None:
    ours = parse(get_introspection_query(**options))

    assert print_ast(ours) == core.print_ast(core.parse(core.get_introspection_query(**options)))


@pytest.mark.parametrize(
    "coordinate",
    ["Query.__typename", "Query.__type(name:)", "__Type.name", "__Type.fields(includeDeprecated:)"],
)
def test_coordinates_beyond_the_specification_are_resolved_alike(coordinate: str) -> None:
    ours, theirs = both("type Query { a: Int }")

    resolved = resolve_schema_coordinate(ours, coordinate)

    expected = core_utilities.resolve_schema_coordinate(theirs, coordinate)
    assert type(resolved).__name__ == type(expected).__name__


def test_deviations() -> None:
    old, new = (
        both('"x" type Query { a: Int } directive @d("a" a: Int) on FIELD'),
        both('type Query { a: Int } directive @d("b" a: Int) on FIELD'),
    )

    ours = [change.description for change in find_schema_changes(old[0], new[0])]
    theirs = [change.description for change in core_utilities.find_schema_changes(old[1], new[1])]

    # None is no description, and an argument has a name of its own
    assert ours[0] == "Description of Query was removed."
    assert theirs[0] == 'Description of Query has changed to "None".'
    assert ours[1] == 'Description of @d(a) has changed to "b".'
    assert theirs[1] == 'Description of @d(d) has changed to "b".'
    # directives are not deprecated, nor used on directives
    beyond = print_introspection_schema(old[0]), core.print_introspection_schema(old[1])
    assert [text.count("DIRECTIVE_DEFINITION") for text in beyond] == [0, 2]
    assert [text.count("deprecationReason") for text in beyond] == [3, 4]


def as_ours(description: str) -> str:
    description = description.replace('has changed to "None".', "was removed.")
    # the generator's directives have arguments called n and s, of which only n is described
    return re.sub(r"^(Description of @(\w+))\(\2\)", r"\1(n)", description)


def of_the_user(introspection: Any) -> dict[str, Any]:
    """Return an introspection result without what every schema has."""
    schema = introspection["__schema"]
    return {
        **schema,
        "types": [type_ for type_ in schema["types"] if not type_["name"].startswith("__")],
        "directives": [
            {key: value for key, value in item.items() if "eprecat" not in key}
            for item in schema["directives"]
            if item["name"] != "deprecated"
        ],
    }


def built(show: Any, build: Any, text: str) -> str:
    try:
        return str(show(build(text, assume_valid_sdl=True)))
    except TypeError as error:
        # which of two faults comes first may differ; that there is one does not
        return re.sub(r"^(?:.* )?(Unknown type): '\w+'\.$", r"\1", str(error))
    except Exception as error:
        return type(error).__name__


def checked(build: Any, document: Any) -> str:
    try:
        build(document)
    except TypeError as error:
        return str(error)
    return "valid"
