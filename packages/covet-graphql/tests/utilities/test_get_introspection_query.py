import pytest

from covet_graphql import parse
from covet_graphql.utilities import get_introspection_query

OPTIONS = {
    "specified_by_url": ["specifiedByURL"],
    "directive_is_repeatable": ["isRepeatable"],
    "one_of": ["isOneOf"],
    "input_value_deprecation": ["args(includeDeprecated: true)", "inputFields(includeDeprecated"],
    "experimental_directive_deprecation": ["directives(includeDeprecated: true)"],
}


def test_by_default_it_asks_what_every_service_knows() -> None:
    query = get_introspection_query()

    parse(query)
    assert query.count("description") == 5
    for asked in OPTIONS.values():
        assert not any(text in query for text in asked)


@pytest.mark.parametrize("option", OPTIONS)
def test_options_ask_for_more(option: str) -> None:
    query = get_introspection_query(**{option: True})

    parse(query)
    assert all(text in query for text in OPTIONS[option])


def test_descriptions_can_be_left_out() -> None:
    query = get_introspection_query(descriptions=False, schema_description=True)

    parse(query)
    assert "description" not in query


def test_the_description_of_the_schema_is_asked_for_on_request() -> None:
    assert get_introspection_query(schema_description=True).count("description") == 6


@pytest.mark.parametrize("depth", [0, 1, 9, 100])
def test_types_are_asked_for_as_deep_as_wanted(depth: int) -> None:
    assert get_introspection_query(type_depth=depth).count("ofType") == depth


@pytest.mark.parametrize("depth", [-1, 101])
def test_unreasonable_depths_are_refused(depth: int) -> None:
    with pytest.raises(ValueError, match=f"between 0 and 100; .* It was {depth}"):
        get_introspection_query(type_depth=depth)
