"""From syntax tree to text.

Source: GraphQL Appendix C, https://spec.graphql.org/September2025/#sec-Appendix-Grammar-Summary
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from covet_graphql.language._print_value import (
    INDENT,
    LINE_LENGTH,
    print_string_node,
    print_type,
    print_value,
)
from covet_graphql.language.ast import Node, SelectionSetNode, TypeNode, ValueNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Deeper, indentation would take more room than the document: its size grows with depth squared.
_DEFAULT_INDENT_DEPTH: Final = 200


def print_ast(ast: Node, max_indent_depth: int | None = None) -> str:
    """Return the text of a syntax tree, in one stable format.

    ``parse(print_ast(document)) == document``, but for places.

    Args:
        ast: A node of any kind.
        max_indent_depth: How deep to indent, by default 200; what is deeper stays on one line.

    Raises:
        TypeError: *ast* is no node, or contains something where a node should be.
    """
    if not isinstance(ast, Node):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"Not an AST node: {ast!r}.")
    depth = _DEFAULT_INDENT_DEPTH if max_indent_depth is None else max_indent_depth
    return _Printer(depth).node(ast)


class _Printer:
    """Writes nodes; only selection sets and values nest, and those are written by loops."""

    def __init__(self, max_indent_depth: int) -> None:
        self._max_depth = max_indent_depth

    def node(self, node: Node) -> str:
        """Return a node of any kind."""
        if isinstance(node, ValueNode):
            return print_value(node, self._max_depth)
        if isinstance(node, TypeNode):
            return print_type(node)
        write = _WRITERS.get(node.kind)
        if write is None:
            raise TypeError(f"Nodes of kind {node.kind!r} have no text of their own.")
        return write(self, node)

    def all(self, nodes: Iterable[Node] | None) -> list[str]:
        """Return each of *nodes*."""
        return [self.node(node) for node in nodes or ()]

    # --- Executable documents

    def document(self, node: Any) -> str:
        return "\n\n".join(self.all(node.definitions))

    def operation(self, node: Any) -> str:
        variables = self.all(node.variable_definitions)
        described = any("\n" in variable for variable in variables)
        name = node.name.value if node.name else ""
        if variables:
            name += f"(\n{_lines(variables)}\n)" if described else f"({', '.join(variables)})"
        head = _words(node.operation.value, name, *self.all(node.directives))
        description = self.description(node)
        if head == "query" and not description:
            return self.selection_set(node.selection_set)
        return f"{description}{head} {self.selection_set(node.selection_set)}"

    def variable_definition(self, node: Any) -> str:
        default = f"= {self.node(node.default_value)}" if node.default_value else ""
        head = f"{self.node(node.variable)}: {print_type(node.type)}"
        return self.description(node) + _words(head, default, *self.all(node.directives))

    def fragment(self, node: Any) -> str:
        condition = f"on {print_type(node.type_condition)}"
        head = _words("fragment", node.name.value, condition, *self.all(node.directives))
        return f"{self.description(node)}{head} {self.selection_set(node.selection_set)}"

    def selection(self, node: Any) -> str:
        """Return a field, spread or inline fragment alone."""
        head = self.selection_head(node)
        inner = getattr(node, "selection_set", None)
        return head if inner is None else f"{head} {self.selection_set(inner)}"

    def selection_head(self, node: Any) -> str:
        """Return what stands before the selection set of a field, spread or inline fragment."""
        directives = self.all(node.directives)
        if node.kind == "fragment_spread":
            return _words(f"...{node.name.value}", *directives)
        if node.kind == "inline_fragment":
            condition = f"on {print_type(node.type_condition)}" if node.type_condition else ""
            return _words("...", condition, *directives)
        name = f"{node.alias.value}: {node.name.value}" if node.alias else node.name.value
        arguments = self.all(node.arguments)
        if not arguments:
            return _words(name, *directives)
        line = f"{name}({', '.join(arguments)})"
        if len(line) > LINE_LENGTH and self._max_depth > 0:
            line = f"{name}(\n{_indented(_lines(arguments))}\n)"
        return _words(line, *directives)

    def selection_set(self, node: SelectionSetNode) -> str:
        """Return a selection set with all that is in it."""
        written: list[str] = ["{"]
        open_: list[Iterator[Any]] = [iter(node.selections)]
        while open_:
            level = len(open_)
            spread = level <= self._max_depth
            newline = "\n" + INDENT * min(level, self._max_depth)
            for selection in open_[-1]:
                head = self.selection_head(selection)
                written.append(newline if spread else " ")
                written.append(head.replace("\n", newline) if "\n" in head else head)
                inner = getattr(selection, "selection_set", None)
                if inner is not None:
                    written.append(" {")
                    open_.append(iter(inner.selections))
                    break
            else:
                open_.pop()
                if written[-1] == "{" or written[-1] == " {":
                    written.append("}")
                else:
                    written.append(f"{newline[: -len(INDENT)]}}}" if spread else " }")
        return "".join(written)

    def argument(self, node: Any) -> str:
        return f"{node.name.value}: {self.node(node.value)}"

    def directive(self, node: Any) -> str:
        arguments = ", ".join(self.all(node.arguments))
        return f"@{node.name.value}({arguments})" if arguments else f"@{node.name.value}"

    # --- Type systems

    def schema(self, node: Any) -> str:
        keyword = "extend schema" if node.kind == "schema_extension" else "schema"
        types = self.block(node.operation_types)
        return self.description(node) + _words(keyword, *self.all(node.directives), types)

    def operation_type(self, node: Any) -> str:
        return f"{node.operation.value}: {print_type(node.type)}"

    def type_definition(self, node: Any) -> str:
        """Return the definition or the extension of a type."""
        interfaces = " & ".join(self.all(getattr(node, "interfaces", None)))
        union_types = " | ".join(self.all(getattr(node, "types", None)))
        members = getattr(node, "fields", None) or getattr(node, "values", None)
        return self.description(node) + _words(
            _KEYWORDS[node.kind],
            node.name.value,
            interfaces and f"implements {interfaces}",
            *self.all(node.directives),
            union_types and f"= {union_types}",
            self.block(members),
        )

    def field_definition(self, node: Any) -> str:
        head = f"{node.name.value}{self.argument_definitions(node)}: {print_type(node.type)}"
        return self.description(node) + _words(head, *self.all(node.directives))

    def input_value(self, node: Any) -> str:
        default = f"= {self.node(node.default_value)}" if node.default_value else ""
        head = f"{node.name.value}: {print_type(node.type)}"
        return self.description(node) + _words(head, default, *self.all(node.directives))

    def enum_value(self, node: Any) -> str:
        return self.description(node) + _words(node.name.value, *self.all(node.directives))

    def directive_definition(self, node: Any) -> str:
        head = f"directive @{node.name.value}{self.argument_definitions(node)}"
        repeatable = "repeatable" if node.repeatable else ""
        locations = " | ".join(self.all(node.locations))
        return self.description(node) + _words(head, repeatable, "on", locations)

    def argument_definitions(self, node: Any) -> str:
        arguments = self.all(node.arguments)
        if not arguments:
            return ""
        if self._max_depth > 0 and any("\n" in argument for argument in arguments):
            return f"(\n{_indented(_lines(arguments))}\n)"
        return f"({', '.join(arguments)})"

    def block(self, nodes: Iterable[Node] | None) -> str:
        members = self.all(nodes)
        if not members:
            return ""
        if self._max_depth < 1:
            return f"{{ {' '.join(members)} }}"
        return f"{{\n{_indented(_lines(members))}\n}}"

    def description(self, node: Any) -> str:
        description = getattr(node, "description", None)
        return f"{print_string_node(description)}\n" if description else ""

    # --- Names and coordinates

    def name(self, node: Any) -> str:
        return str(node.value)

    def coordinate(self, node: Any) -> str:
        sigil = "@" if node.kind.startswith("directive") else ""
        member = getattr(node, "member_name", None) or getattr(node, "field_name", None)
        argument = getattr(node, "argument_name", None)
        path = f"{node.name.value}.{member.value}" if member else node.name.value
        return f"{sigil}{path}({argument.value}:)" if argument else f"{sigil}{path}"


def _words(*words: str) -> str:
    return " ".join([word for word in words if word])


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _indented(text: str) -> str:
    return INDENT + text.replace("\n", "\n" + INDENT)


_KEYWORDS: Final = {
    f"{kind}_{ending}": f"{extend}{keyword}"
    for kind, keyword in (
        ("scalar_type", "scalar"),
        ("object_type", "type"),
        ("interface_type", "interface"),
        ("union_type", "union"),
        ("enum_type", "enum"),
        ("input_object_type", "input"),
    )
    for ending, extend in (("definition", ""), ("extension", "extend "))
}
_WRITERS: Final[dict[str, Callable[[_Printer, Any], str]]] = {
    "name": _Printer.name,
    "document": _Printer.document,
    "operation_definition": _Printer.operation,
    "variable_definition": _Printer.variable_definition,
    "selection_set": _Printer.selection_set,
    "field": _Printer.selection,
    "fragment_spread": _Printer.selection,
    "inline_fragment": _Printer.selection,
    "fragment_definition": _Printer.fragment,
    "argument": _Printer.argument,
    "object_field": _Printer.argument,
    "directive": _Printer.directive,
    "schema_definition": _Printer.schema,
    "schema_extension": _Printer.schema,
    "operation_type_definition": _Printer.operation_type,
    "field_definition": _Printer.field_definition,
    "input_value_definition": _Printer.input_value,
    "enum_value_definition": _Printer.enum_value,
    "directive_definition": _Printer.directive_definition,
    **dict.fromkeys(_KEYWORDS, _Printer.type_definition),
    "type_coordinate": _Printer.coordinate,
    "member_coordinate": _Printer.coordinate,
    "argument_coordinate": _Printer.coordinate,
    "directive_coordinate": _Printer.coordinate,
    "directive_argument_coordinate": _Printer.coordinate,
}
