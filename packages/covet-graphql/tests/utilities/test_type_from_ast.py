"""The types that references mean."""

import pytest

from covet_graphql import build_schema, parse_type, type_from_ast

SCHEMA = build_schema("type Query { a: Query }", assume_valid_sdl=True)


@pytest.mark.parametrize("text", ["Query", "Query!", "[Query]", "[[Query!]!]!"])
def test_references_mean_types_with_their_wrappers(text: str) -> None:
    assert str(type_from_ast(SCHEMA, parse_type(text))) == text


def test_names_of_the_schema_mean_its_types() -> None:
    assert type_from_ast(SCHEMA, parse_type("Query")) is SCHEMA.query_type


@pytest.mark.parametrize("text", ["Wolf", "[Wolf!]"])
def test_unknown_names_mean_nothing(text: str) -> None:
    assert type_from_ast(SCHEMA, parse_type(text)) is None


def test_references_may_be_deeper_than_the_stack() -> None:
    text = f"{'[' * 20_000}Query{']' * 20_000}"

    assert str(type_from_ast(SCHEMA, parse_type(text))) == text
