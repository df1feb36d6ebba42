"""No document is too deep for Python: nothing that reads, walks or writes recurses."""

import sys

import pytest

from covet_graphql import (
    REMOVE,
    Visitor,
    is_const_value_node,
    parse,
    parse_type,
    parse_value,
    print_ast,
    visit,
)

DEPTH = 100_000
LESS = 10_000  # where the hundred thousand would only take longer


class Counter(Visitor):
    """Counts what it enters."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = 0

    def enter(self, *_place: object) -> None:
        self.entered += 1


def test_selection_sets() -> None:
    assert 10 * sys.getrecursionlimit() < DEPTH
    source = "{a" * DEPTH + "}" * DEPTH
    document = parse(source)

    assert "".join(print_ast(document, max_indent_depth=0).split()) == source
    assert document.to_dict()["definitions"][0]["kind"] == "operation_definition"
    counter = Counter()
    assert visit(document, counter) is document
    assert counter.entered == 3 * DEPTH + 2


def test_comparison() -> None:
    source = "{a" * LESS + "}" * LESS

    assert parse(source) == parse(source)
    assert hash(parse(source)) == hash(parse(source))


@pytest.mark.parametrize("opening_closing", [("[", "]"), ("{a:", "}")])
def test_values(opening_closing: tuple[str, str]) -> None:
    opening, closing = opening_closing
    source = opening * LESS + "1" + closing * LESS
    value = parse_value(source)

    assert "".join(print_ast(value).split()) == source
    assert is_const_value_node(value)
    assert value == parse_value(source)
    assert visit(value, Visitor()) is value


def test_types() -> None:
    source = "[" * LESS + "T" + "!]" * LESS

    node = parse_type(source)

    assert print_ast(node) == source
    assert node == parse_type(source)


def test_edits_at_the_bottom_reach_the_top() -> None:
    class Last(Visitor):
        def leave_field(self, node: object, *_place: object) -> object:
            return REMOVE if node.selection_set is None else None

    document = parse("{a" * LESS + " b" + "}" * LESS)

    edited = visit(document, Last())

    assert "b" not in print_ast(edited, max_indent_depth=0)
