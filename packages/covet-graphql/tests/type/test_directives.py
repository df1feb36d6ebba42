"""Directive definitions, and the built-in ones."""

import copy
from typing import Any

import pytest

from covet_graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLDeferDirective,
    GraphQLDeprecatedDirective,
    GraphQLDirective,
    GraphQLError,
    GraphQLInt,
    GraphQLSkipDirective,
    GraphQLStreamDirective,
    GraphQLString,
    is_specified_directive,
    specified_directives,
)


def test_locations_may_be_names() -> None:
    directive = GraphQLDirective("d", ["FIELD", DirectiveLocation.QUERY])

    assert directive.locations == (DirectiveLocation.FIELD, DirectiveLocation.QUERY)


@pytest.mark.parametrize("locations", [5, None, ["NOWHERE"], [5], "FIELD"])
def test_other_locations_are_refused(locations: Any) -> None:
    with pytest.raises(TypeError, match="d locations must be specified as a collection of"):
        GraphQLDirective("d", locations)


@pytest.mark.parametrize(
    ("name", "args", "error", "message"),
    [
        ("a b", {}, GraphQLError, "Names must only contain"),
        (None, {}, TypeError, "Must provide name."),
        ("d", [1], TypeError, "@d args must be a mapping"),
        ("d", {"a b": GraphQLInt}, GraphQLError, "Names must only contain"),
        ("d", {"a": 5}, TypeError, "Expected 5 to be a GraphQL type."),
    ],
)
def test_names_and_arguments_are_checked(name: Any, args: Any, error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        GraphQLDirective(name, [], args)


def test_arguments_make_an_equal_directive() -> None:
    directive = GraphQLDirective(
        "tag",
        [DirectiveLocation.OBJECT],
        {"name": GraphQLString, "n": GraphQLArgument(GraphQLInt)},
        is_repeatable=True,
        description="Marks.",
        extensions={"a": 1},
    )

    same = copy.copy(directive)

    assert same is not directive
    assert same == directive == GraphQLDirective(**directive.to_kwargs())
    assert hash(same) == hash(directive)
    assert directive not in (GraphQLDirective("tag", []), "@tag")


def test_a_directive_shows_as_its_use_and_prints_as_its_definition() -> None:
    directive = GraphQLDirective("tag", ["OBJECT"], {"name": GraphQLString}, is_repeatable=True)

    assert (str(directive), repr(directive)) == ("@tag", "<GraphQLDirective(@tag)>")
    assert directive.to_schema_string() == "directive @tag(name: String) repeatable on OBJECT"


def test_built_in_directives_are_those_of_the_specification() -> None:
    signatures = {
        directive.name: (
            [f"{name}: {arg.type}" for name, arg in directive.args.items()],
            [location.name for location in directive.locations],
        )
        for directive in specified_directives
    }

    selections = ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"]
    assert signatures == {
        "include": (["if: Boolean!"], selections),
        "skip": (["if: Boolean!"], selections),
        "deprecated": (
            ["reason: String!"],
            ["FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INPUT_FIELD_DEFINITION", "ENUM_VALUE"],
        ),
        "specifiedBy": (["url: String!"], ["SCALAR"]),
        "oneOf": ([], ["INPUT_OBJECT"]),
    }
    reason = GraphQLDeprecatedDirective.args["reason"].default
    assert reason == GraphQLDefaultInput("No longer supported")
    assert not any(directive.is_repeatable for directive in specified_directives)


def test_defer_and_stream_are_there_but_not_built_in() -> None:
    for directive in (GraphQLDeferDirective, GraphQLStreamDirective):
        assert not is_specified_directive(directive)
        assert directive not in specified_directives
    assert is_specified_directive(GraphQLSkipDirective)
    assert list(GraphQLDeferDirective.args) == ["if", "label"]
    assert list(GraphQLStreamDirective.args) == ["if", "label", "initialCount"]
