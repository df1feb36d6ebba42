"""Nodes are declared, made, compared and copied alike."""

import copy
import pickle

import pytest

from covet_graphql import (
    QUERY_DOCUMENT_KEYS,
    ArgumentNode,
    FieldNode,
    IntValueNode,
    Location,
    NameNode,
    Node,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Source,
    Token,
    TokenKind,
    parse,
)

SOURCE = 'query Q { a(b: [1, {c: "d"}]) ...F }'


def test_kind_is_the_class_in_words() -> None:
    assert FieldNode.kind == "field"
    assert OperationDefinitionNode.kind == "operation_definition"


def test_keys_are_the_fields() -> None:
    assert FieldNode.keys == ("loc", "directives", "name", "alias", "arguments", "selection_set")
    for kind, keys in QUERY_DOCUMENT_KEYS.items():
        (node_class,) = [cls for cls in _classes() if cls.kind == kind]
        assert set(keys) <= set(node_class.keys)


def _classes() -> list[type[Node]]:
    found = [Node]
    for cls in found:
        found += cls.__subclasses__()
    return found


def test_fields_are_given_by_keyword() -> None:
    node = FieldNode(name=NameNode(value="a"), arguments=[])

    assert (node.name.value, node.arguments, node.alias, node.loc) == ("a", (), None, None)
    with pytest.raises(TypeError, match="FieldNode needs 'name'"):
        FieldNode()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="FieldNode has no field 'nam'"):
        FieldNode(nam=1)  # type: ignore[call-arg]
    with pytest.raises(AttributeError, match="'FieldNode' object has no attribute 'nam'"):
        _ = node.nam  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        _ = SelectionSetNode(selections=()).name  # type: ignore[attr-defined]


def test_a_made_node_may_have_a_place() -> None:
    start, end = Token(TokenKind.NAME, 0, 1, 1, 1, "a"), Token(TokenKind.NAME, 2, 3, 1, 3, "b")
    node = NameNode(value="a", loc=Location(start, end, Source("a b")))

    assert repr(node) == "NameNode at 0:3"


def test_nodes_show_their_name() -> None:
    assert repr(parse("{ a }").definitions[0].selection_set.selections[0]) == (
        "FieldNode(name='a') at 2:3"
    )
    assert repr(parse("{ a }", no_location=True).definitions[0]) == "OperationDefinitionNode"


def test_nodes_of_equal_parts_and_places_are_equal() -> None:
    assert parse(SOURCE) == parse(SOURCE)
    assert hash(parse(SOURCE)) == hash(parse(SOURCE))
    assert parse(SOURCE) != parse(" " + SOURCE)
    assert parse(SOURCE, no_location=True) == parse(" " + SOURCE, no_location=True)
    assert parse(SOURCE) != parse(SOURCE.replace("1", "2"))
    assert parse("{ a b }", True) != parse("{ a b c }", True)
    assert NameNode(value="a") != IntValueNode(value="a")
    assert NameNode(value="a") != "a"


def test_a_node_equals_itself() -> None:
    document = parse(SOURCE)

    assert document == document


@pytest.mark.parametrize("read", [False, True])
def test_plain_data_has_all_parts(read: bool) -> None:
    node = ArgumentNode(name=NameNode(value="a"), value=IntValueNode(value="1"))
    if read:
        node = parse("{ f(a: 1) }").definitions[0].selection_set.selections[0].arguments[0]

    assert node.to_dict() == {
        "kind": "argument",
        "name": {"kind": "name", "value": "a"},
        "value": {"kind": "int_value", "value": "1"},
    }


def test_plain_data_may_have_places() -> None:
    data = parse("{ a }").to_dict(locations=True)

    assert data["loc"] == {"start": 0, "end": 5}
    assert data["definitions"][0]["operation"] == OperationType.QUERY.value
    assert data["definitions"][0]["selection_set"]["selections"][0]["name"] == {
        "kind": "name", "value": "a", "loc": {"start": 2, "end": 3},
    }  # fmt: skip


def test_nodes_copy_and_pickle() -> None:
    document = parse(SOURCE)

    assert copy.copy(document) == document
    assert copy.deepcopy(document) == document
    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301


def test_the_name_of_a_field_is_one_object() -> None:
    field = parse(SOURCE).definitions[0].selection_set.selections[0]

    assert field.name is field.name
    assert field.loc is field.loc
