"""An error knows its places, prints them, and says to clients only what is there."""

import pytest

from covet_graphql import (
    GraphQLError,
    NameNode,
    Source,
    SourceLocation,
    located_error,
    parse,
)

SOURCE = Source("{\n  user(id: 1) { name }\n}")
DOCUMENT = parse(SOURCE)
USER = DOCUMENT.definitions[0].selection_set.selections[0]
NAME = USER.selection_set.selections[0]


def test_message_alone_is_all_there_is() -> None:
    error = GraphQLError("No.")

    assert error.formatted == {"message": "No."}
    assert (error.nodes, error.source, error.positions, error.locations, error.path) == (None,) * 5
    assert (error.original_error, error.extensions) == (None, {})
    assert str(error) == "No."
    assert repr(error) == "GraphQLError('No.')"


def test_places_come_from_nodes() -> None:
    error = GraphQLError("No.", [USER, NAME])

    assert error.nodes == [USER, NAME]
    assert error.source is SOURCE
    assert error.positions == [4, 18]
    assert error.locations == [SourceLocation(2, 3), SourceLocation(2, 17)]


def test_one_node_needs_no_list() -> None:
    assert GraphQLError("No.", USER).nodes == [USER]


def test_nodes_without_places_give_none() -> None:
    error = GraphQLError("No.", [NameNode(value="made")])

    assert error.locations is None
    assert str(error) == "No."


def test_no_nodes_is_like_an_empty_list() -> None:
    assert GraphQLError("No.", []).nodes is None


def test_places_come_from_source_and_positions() -> None:
    error = GraphQLError("No.", source=SOURCE, positions=[4])

    assert error.locations == [SourceLocation(2, 3)]
    assert str(error) == (
        "No.\n\nGraphQL request:2:3\n1 | {\n2 |   user(id: 1) { name }\n  |   ^\n3 | }"
    )


def test_positions_without_source_have_no_lines() -> None:
    error = GraphQLError("No.", positions=[4])

    assert (error.positions, error.locations) == ([4], None)


def test_every_place_is_printed() -> None:
    shown = str(GraphQLError("No.", [USER, NAME]))

    assert shown.count("GraphQL request:2:") == 2


def test_formatted_has_what_is_present() -> None:
    error = GraphQLError("No.", USER, path=["user", 0], extensions={"code": "X"})

    assert error.formatted == {
        "message": "No.",
        "locations": [{"line": 2, "column": 3}],
        "path": ["user", 0],
        "extensions": {"code": "X"},
    }
    assert error == error.formatted
    assert repr(error) == (
        "GraphQLError('No.', locations=[SourceLocation(line=2, column=3)], "
        "path=['user', 0], extensions={'code': 'X'})"
    )


def test_extensions_are_inherited_from_the_cause() -> None:
    cause = ValueError("low")
    cause.extensions = {"code": "LOW"}  # type: ignore[attr-defined]

    error = GraphQLError("No.", original_error=cause)

    assert error.extensions == {"code": "LOW"}
    assert error.__cause__ is cause


def test_extensions_of_another_kind_are_not_inherited() -> None:
    cause = ValueError("low")
    cause.extensions = "none"  # type: ignore[attr-defined]

    assert GraphQLError("No.", original_error=cause).extensions == {}


def test_equality_is_of_what_they_say() -> None:
    assert GraphQLError("No.", USER) == GraphQLError("No.", USER)
    assert GraphQLError("No.", USER) != GraphQLError("No.", NAME)
    assert GraphQLError("No.") != ValueError("No.")
    assert hash(GraphQLError("No.", USER)) == hash(GraphQLError("No.", USER))


def test_located_error_tells_any_exception_its_place() -> None:
    cause = ValueError("Out of range.")

    error = located_error(cause, [USER], ["user"])

    assert error.message == "Out of range."
    assert (error.nodes, error.path, error.original_error) == ([USER], ["user"], cause)


def test_located_error_keeps_a_place_found_nearer_to_the_cause() -> None:
    nearer = GraphQLError("No.", NAME, path=["user", "name"])

    assert located_error(nearer, [USER], ["user"]) is nearer


def test_located_error_gives_a_path_to_an_error_without() -> None:
    raised = GraphQLError("No.", extensions={"code": "X"})

    error = located_error(raised, [USER], ["user"])

    assert (error.message, error.path, error.extensions) == ("No.", ["user"], {"code": "X"})
    assert error.original_error is raised


@pytest.mark.parametrize("path", [["a"], ("a",)])
def test_paths_are_lists(path: list[str]) -> None:
    assert GraphQLError("No.", path=path).path == ["a"]
