"""Writing values and type references, however deep.

Source: GraphQL §2.10 and §2.12, https://spec.graphql.org/September2025/#sec-Input-Values
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from covet_graphql.language.ast import (
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectValueNode,
)
from covet_graphql.language.block_string import print_block_string, reads_back
from covet_graphql.language.print_string import print_string

if TYPE_CHECKING:
    from covet_graphql.language.ast import Node

LINE_LENGTH: Final = 80  # what is longer is spread over lines
INDENT: Final = "  "
_OPENING: Final = {"[": "[", "{": "{ "}
_CLOSING: Final = {"[": "]", "{": " }"}


def print_string_node(node: Any) -> str:
    """Return a string as it was read, if its value still can be written so."""
    if node.block and reads_back(node.value):
        return print_block_string(node.value)
    return print_string(node.value)


def print_leaf(node: Any) -> str:
    """Return a value that contains no other."""
    match node.kind:
        case "variable":
            return f"${node.name.value}"
        case "string_value":
            return print_string_node(node)
        case "boolean_value":
            return "true" if node.value else "false"
        case "null_value":
            return "null"
        case _:
            return str(node.value)


def print_value(root: Node, max_indent_depth: int) -> str:
    """Return a value, with containers that are too long for one line spread over several."""
    if not isinstance(root, (ListValueNode, ObjectValueNode)):
        return print_leaf(root)
    parts, widths = _parts(root)
    written: list[str] = []
    open_: list[tuple[str, bool]] = []  # containers around: their bracket, whether spread
    newline = "\n"
    follows = False
    for index, (bracket, prefix, text) in enumerate(parts):
        if bracket == "close":
            opening, spread = open_.pop()
            if spread:
                newline = newline[: -len(INDENT)]
            written.append(newline + _CLOSING[opening].strip() if spread else _CLOSING[opening])
            follows = True
            continue
        if open_ and open_[-1][1]:
            written.append(newline)
        elif follows:
            written.append(", ")
        written.append(prefix)
        if bracket:
            spread = widths[index] > LINE_LENGTH and len(newline) <= max_indent_depth * len(INDENT)
            open_.append((bracket, spread))
            if spread:
                newline += INDENT
            written.append(bracket if spread else _OPENING[bracket])
        else:
            written.append(text.replace("\n", newline) if "\n" in text else text)
        follows = not bracket
    return "".join(written)


def _parts(root: Node) -> tuple[list[tuple[str, str, str]], dict[int, int]]:
    """Return the leaves and brackets of *root* in order, and how wide its containers are.

    A part is its bracket (``[``, ``{``, ``close`` or nothing), the name before it and, for a leaf,
    its text. Widths are those on one line, by the index of the opening part.
    """
    parts: list[tuple[str, str, str]] = []
    widths: dict[int, int] = {}
    pending: list[tuple[str, Any, int]] = [("", root, -1)]  # -1 opens, others close that part
    open_: list[int] = []
    while pending:
        prefix, node, opened = pending.pop()
        if opened >= 0:
            parts.append(("close", "", ""))
            open_.pop()
            if open_:
                widths[open_[-1]] += widths[opened]
            continue
        width = len(prefix)
        if isinstance(node, (ListValueNode, ObjectValueNode)):
            is_list = isinstance(node, ListValueNode)
            items: list[tuple[str, Any]] = (
                [("", item) for item in node.values]
                if isinstance(node, ListValueNode)
                else [(f"{field.name.value}: ", field.value) for field in node.fields]
            )
            bracket = "[" if is_list else "{"
            widths[len(parts)] = (2 if is_list else 4) + 2 * max(len(items) - 1, 0)
            pending.append(("", node, len(parts)))
            pending += [(name, item, -1) for name, item in reversed(items)]
            if open_:
                widths[open_[-1]] += width
            open_.append(len(parts))
            parts.append((bracket, prefix, ""))
        else:
            text = print_leaf(node)
            widths[open_[-1]] += width + len(text)
            parts.append(("", prefix, text))
    return parts, widths


def print_type(node: Node) -> str:
    """Return a type reference."""
    before: list[str] = []
    after: list[str] = []
    while not isinstance(node, NamedTypeNode):
        if isinstance(node, ListTypeNode):
            before.append("[")
            after.append("]")
            node = node.type
        elif isinstance(node, NonNullTypeNode):
            after.append("!")
            node = node.type
        else:
            raise TypeError(f"Not a type reference: {node!r}.")
    return "".join([*before, node.name.value, *reversed(after)])
