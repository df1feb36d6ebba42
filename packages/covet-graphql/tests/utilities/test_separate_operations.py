"""Each operation gets a document of its own."""

from covet_graphql import (
    parse,
    separate_operations,
)


def test_each_operation_keeps_its_fragments_in_order() -> None:
    document = parse(
        """
        { ...Shared a { ... on T { ...Deep } } }
        fragment Shared on T { b ...Loop }
        query Two { ...Shared ...Missing }
        fragment Unused on T { c }
        fragment Deep on T { d }
        fragment Loop on T { ...Shared }
        type T
        """
    )

    separated = separate_operations(document)

    names = {
        name: [getattr(node.name, "value", None) for node in separate.definitions]
        for name, separate in separated.items()
    }
    assert names == {
        "": [None, "Shared", "Deep", "Loop"],
        "Two": ["Shared", "Two", "Loop"],
    }


def test_a_document_without_operations_separates_into_none() -> None:
    assert separate_operations(parse("fragment F on T { a }")) == {}
