"""What validation finds in a schema, and where in its source that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql.error import GraphQLError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from covet_graphql.language import DirectiveNode, Node


class Faults:
    """The faults found so far."""

    def __init__(self) -> None:
        self.errors: list[GraphQLError] = []

    def report(self, message: str, *nodes: Node | None) -> None:
        """Add a fault at those of *nodes* that exist."""
        self.errors.append(GraphQLError(message, [node for node in nodes if node is not None]))

    def check_name(self, name: str, node: Node | None) -> None:
        """Add a fault when *name* is reserved for introspection.

        Source: GraphQL §4, "Reserved Names",
        https://spec.graphql.org/September2025/#sec-Introspection.Reserved-Names
        """
        if name.startswith("__"):
            self.report(
                f"Name '{name}' must not begin with '__',"
                " which is reserved by GraphQL introspection.",
                node,
            )


def definition_nodes(definition: Any) -> Iterator[Any]:
    """Yield the definition and the extensions that a type or schema was read from."""
    if definition.ast_node is not None:
        yield definition.ast_node
    yield from definition.extension_ast_nodes


def named_nodes(definition: Any, part: str, name: str) -> Iterator[Node]:
    """Yield where a definition lists *name* among its interfaces or types."""
    for node in definition_nodes(definition):
        for named in getattr(node, part) or ():
            if named.name.value == name:
                yield named


def type_node(element: Any) -> Node | None:
    """Return where the type of a field, argument or input field stands."""
    node: Node | None = None if element.ast_node is None else element.ast_node.type
    return node


def applied_directives(nodes: Iterable[Any]) -> Iterator[DirectiveNode]:
    """Yield the directives that stand at definitions."""
    for node in nodes:
        if node is not None:
            yield from node.directives or ()


def deprecation_node(element: Any) -> DirectiveNode | None:
    """Return the ``@deprecated`` of a field, argument or input field."""
    for node in applied_directives((element.ast_node,)):
        if node.name.value == "deprecated":
            return node
    return None
