from covet_graphql import OperationType, parse
from covet_graphql.utilities import ast_to_dict


def test_nodes_become_dicts() -> None:
    document = parse("{ a }")

    assert ast_to_dict(document) == document.to_dict()
    assert ast_to_dict(document, locations=True)["loc"] == {"start": 0, "end": 5}


def test_several_nodes_become_a_list() -> None:
    definitions = parse("{ a } { b }").definitions

    assert [node["kind"] for node in ast_to_dict(definitions)] == ["operation_definition"] * 2


def test_other_values_of_fields_are_plain_already() -> None:
    assert ast_to_dict([None, "a", OperationType.QUERY]) == [None, "a", "query"]
