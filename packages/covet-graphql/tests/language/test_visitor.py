"""A walk enters and leaves every node in the order of the source, and edits a copy."""

from typing import Any

import pytest

from covet_graphql import (
    BREAK,
    REMOVE,
    SKIP,
    DocumentNode,
    FieldNode,
    NameNode,
    ParallelVisitor,
    Visitor,
    parse,
    print_ast,
    visit,
)

DOCUMENT = parse("{ a, b { x }, c }")
FIELDS = [field.name.value for field in DOCUMENT.definitions[0].selection_set.selections]


class Recorder(Visitor):
    """Notes what it enters and leaves; answers for a field's name what it is told to."""

    def __init__(self, enter: dict[str, Any] | None = None, leave: dict[str, Any] | None = None):
        super().__init__()
        self.seen: list[str] = []
        self.on_enter = enter or {}
        self.on_leave = leave or {}

    def enter_field(self, node: FieldNode, *_place: Any) -> Any:
        self.seen.append(f"+{node.name.value}")
        return self.on_enter.get(node.name.value)

    def leave_field(self, node: FieldNode, *_place: Any) -> Any:
        self.seen.append(f"-{node.name.value}")
        return self.on_leave.get(node.name.value)


def field(name: str) -> FieldNode:
    return FieldNode(name=NameNode(value=name))


def printed(document: DocumentNode) -> str:
    return print_ast(document, max_indent_depth=0)


def test_all_nodes_are_entered_and_left_in_order() -> None:
    seen: list[tuple[str, str]] = []

    class All(Visitor):
        def enter(self, node: Any, *_place: Any) -> None:
            seen.append(("+", node.kind))

        def leave(self, node: Any, *_place: Any) -> None:
            seen.append(("-", node.kind))

    document = parse("{ a(b: 1) }")

    assert visit(document, All()) is document
    assert seen == [
        ("+", "document"), ("+", "operation_definition"), ("+", "selection_set"), ("+", "field"),
        ("+", "name"), ("-", "name"), ("+", "argument"), ("+", "name"), ("-", "name"),
        ("+", "int_value"), ("-", "int_value"), ("-", "argument"), ("-", "field"),
        ("-", "selection_set"), ("-", "operation_definition"), ("-", "document"),
    ]  # fmt: skip


def test_every_call_tells_the_place() -> None:
    places: list[Any] = []

    class Places(Visitor):
        def enter(self, node: Any, key: Any, parent: Any, path: Any, ancestors: Any) -> None:
            places.append((node.kind, key, parent, list(path), list(ancestors)))

    visit(DOCUMENT, Places())

    operation = DOCUMENT.definitions[0]
    selections = operation.selection_set.selections
    assert places[0] == ("document", None, None, [], [])
    assert places[1] == (
        "operation_definition", 0, DOCUMENT.definitions, ["definitions", 0], [DOCUMENT],
    )  # fmt: skip
    assert places[3] == (
        "field", 0, selections, ["definitions", 0, "selection_set", "selections", 0],
        [DOCUMENT, DOCUMENT.definitions, operation, operation.selection_set],
    )  # fmt: skip


def test_methods_of_a_kind_come_before_the_general_ones() -> None:
    seen: list[str] = []

    class Both(Visitor):
        def enter(self, node: Any, *_place: Any) -> None:
            seen.append(node.kind)

        def enter_name(self, node: Any, *_place: Any) -> None:
            seen.append(node.value)

    visit(parse("{ a }"), Both())

    assert seen == ["document", "operation_definition", "selection_set", "field", "a"]


@pytest.mark.parametrize(
    ("enter", "leave", "seen", "result"),
    [
        ({}, {}, "+a -a +b +x -x -b +c -c", "{ a b { x } c }"),
        ({"b": SKIP}, {}, "+a -a +b +c -c", "{ a b { x } c }"),
        ({"b": False}, {}, "+a -a +b +c -c", "{ a b { x } c }"),
        ({"b": BREAK}, {}, "+a -a +b", "{ a b { x } c }"),
        ({"b": True}, {}, "+a -a +b", "{ a b { x } c }"),
        ({"b": REMOVE}, {}, "+a -a +b +c -c", "{ a c }"),
        ({"b": field("z")}, {}, "+a -a +b -z +c -c", "{ a z c }"),
        ({"a": REMOVE, "x": BREAK}, {}, "+a +b +x", "{ b { x } c }"),
        ({}, {"b": SKIP}, "+a -a +b +x -x -b +c -c", "{ a b { x } c }"),
        ({}, {"b": BREAK}, "+a -a +b +x -x -b", "{ a b { x } c }"),
        ({}, {"b": REMOVE}, "+a -a +b +x -x -b +c -c", "{ a c }"),
        ({}, {"x": field("z")}, "+a -a +b +x -x -b +c -c", "{ a b { z } c }"),
        ({}, {"x": field("z"), "b": BREAK}, "+a -a +b +x -x -b", "{ a b { z } c }"),
    ],
)
def test_answers_direct_the_walk(
    enter: dict[str, Any], leave: dict[str, Any], seen: str, result: str
) -> None:
    visitor = Recorder(enter, leave)

    edited = visit(DOCUMENT, visitor)

    assert visitor.seen == seen.split()
    assert printed(edited) == result
    assert printed(DOCUMENT) == "{ a b { x } c }"


def test_the_walk_goes_into_what_was_put_in_the_place() -> None:
    replacement = parse("{ n { m } }").definitions[0].selection_set.selections[0]
    visitor = Recorder({"b": replacement})

    visit(DOCUMENT, visitor)

    assert visitor.seen == ["+a", "-a", "+b", "+m", "-m", "-n", "+c", "-c"]


def test_what_is_not_edited_is_shared() -> None:
    edited = visit(DOCUMENT, Recorder({"x": REMOVE}))

    before = DOCUMENT.definitions[0].selection_set.selections
    after = edited.definitions[0].selection_set.selections
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[0] is before[0]
    assert edited.loc == DOCUMENT.loc


def test_a_removed_field_becomes_none() -> None:
    class NoAlias(Visitor):
        def enter_name(self, _node: Any, key: Any, *_place: Any) -> Any:
            return REMOVE if key == "alias" else None

    assert printed(visit(parse("{ a: b }"), NoAlias())) == "{ b }"


def test_a_renamed_field_is_renamed() -> None:
    class Rename(Visitor):
        def leave_name(self, node: NameNode, *_place: Any) -> NameNode:
            return NameNode(value=node.value.upper(), loc=node.loc)

    renamed = visit(parse("{ a }"), Rename())

    assert printed(renamed) == "{ A }"


def test_the_walk_can_stop_at_a_leaf() -> None:
    seen: list[str] = []

    class Stop(Visitor):
        def leave_name(self, node: NameNode, *_place: Any) -> Any:
            seen.append(node.value)
            return BREAK if node.value == "b" else None

    assert visit(DOCUMENT, Stop()) is DOCUMENT
    assert seen == ["a", "b"]


@pytest.mark.parametrize("method", ["enter", "leave"])
@pytest.mark.parametrize("answer", [REMOVE, "instead"])
def test_the_root_can_be_replaced(method: str, answer: Any) -> None:
    visitor = type("Root", (Visitor,), {f"{method}_document": lambda *_: answer})()

    assert visit(DOCUMENT, visitor) == answer


def test_the_root_can_be_skipped() -> None:
    visitor = type("Root", (Visitor,), {"enter_document": lambda *_: SKIP})()

    assert visit(DOCUMENT, visitor) is DOCUMENT


def test_keys_say_where_to_go() -> None:
    visitor = Recorder()

    visit(DOCUMENT, visitor, {"document": ("definitions",), "operation_definition": ("selection_set",), "selection_set": ("selections",)})  # fmt: skip  # noqa: E501

    assert visitor.seen == ["+a", "-a", "+b", "-b", "+c", "-c"]


@pytest.mark.parametrize("name", ["enter_foo", "leave_Field"])
def test_methods_for_no_kind_are_refused(name: str) -> None:
    with pytest.raises(TypeError, match="Invalid AST node kind: "):
        type("Wrong", (Visitor,), {name: lambda *_: None})


def test_subclasses_need_not_call_init() -> None:
    class Bare(Visitor):
        def __init__(self) -> None:
            pass

    assert visit(DOCUMENT, Bare()) is DOCUMENT


def test_others_than_nodes_and_visitors_are_refused() -> None:
    with pytest.raises(TypeError, match="Not an AST Node: 3"):
        visit(3, Visitor())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Not an AST Visitor: 3"):
        visit(DOCUMENT, 3)  # type: ignore[arg-type]


# Parallel visitors


@pytest.mark.parametrize(
    ("answers", "seen", "other"),
    [
        ({"enter": {"b": SKIP}}, "+a -a +b +c -c", "+a -a +b +x -x -b +c -c"),
        ({"enter": {"b": BREAK}}, "+a -a +b", "+a -a +b +x -x -b +c -c"),
        ({"leave": {"x": BREAK}}, "+a -a +b +x -x", "+a -a +b +x -x -b +c -c"),
        ({"leave": {"b": SKIP}}, "+a -a +b +x -x -b +c -c", "+a -a +b +x -x -b +c -c"),
        ({"enter": {"b": REMOVE}}, "+a -a +b +c -c", "+a -a +c -c"),
        ({"leave": {"b": REMOVE}}, "+a -a +b +x -x -b +c -c", "+a -a +b +x -x +c -c"),
    ],
)
def test_each_of_parallel_visitors_goes_its_own_way(
    answers: dict[str, Any], seen: str, other: str
) -> None:
    one, two = Recorder(**answers), Recorder()

    visit(DOCUMENT, ParallelVisitor([one, two]))

    assert one.seen == seen.split()
    assert two.seen == other.split()


def test_parallel_visitors_edit() -> None:
    edited = visit(DOCUMENT, ParallelVisitor([Recorder({"a": REMOVE}), Recorder({"c": REMOVE})]))

    assert printed(edited) == "{ b { x } }"


def test_visitors_without_methods_do_nothing() -> None:
    assert visit(DOCUMENT, ParallelVisitor([Visitor(), Visitor()])) is DOCUMENT


def test_the_walk_is_in_the_order_of_the_source() -> None:
    order = [
        "{ c { d } }",
        "query Q($v: [Int!] = 1 @x) @y { a: b(c: 1) @z { d } ... on T { e } ...F @f }",
        "type T implements I @x { f(a: Int = 1 @y): Int @z }",
        "directive @d(a: Int) on FIELD | QUERY",
    ]
    for source in order:
        starts: list[int] = []
        visitor = type(
            "Starts",
            (Visitor,),
            {"enter": lambda _self, node, *_, s=starts: s.append(node.loc.start)},
        )()
        visit(parse(source), visitor)
        assert starts == sorted(starts)
