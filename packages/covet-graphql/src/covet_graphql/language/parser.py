"""From text to syntax tree."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from covet_graphql.language._coordinate import CoordinateReader
from covet_graphql.language._executable import ExecutableReader
from covet_graphql.language._lexical import END
from covet_graphql.language._reader import new
from covet_graphql.language._type_system import TypeSystemReader
from covet_graphql.language._written_tokens import source_of_tokens
from covet_graphql.language.ast import DocumentNode
from covet_graphql.language.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from covet_graphql.language._token import Token
    from covet_graphql.language.ast import (
        ConstValueNode,
        DefinitionNode,
        SchemaCoordinateNode,
        StringValueNode,
        TypeNode,
        ValueNode,
    )


class _DocumentReader(ExecutableReader, TypeSystemReader):
    """Reads whole documents."""

    __slots__ = ()

    def document(self) -> DocumentNode:
        """Document."""
        all_texts = self.texts
        definitions: list[DefinitionNode] = []
        i = 0
        while True:
            description: StringValueNode | None = None
            if all_texts[i][:1] == '"':
                description, i = self.string(i)
            text = all_texts[i]
            read = _DEFINITIONS.get(text)
            if read is None:
                if description is not None and text.isidentifier():
                    self.fail_on_description(i - 1)
                self.fail(i)
            definition, i = read(self, i, description)
            definitions.append(definition)
            if all_texts[i] == END:
                break
        node = new(DocumentNode)
        node.definitions = tuple(definitions)
        node._origin = self.origin
        node._first = -1  # the start of the source, whatever is ignored there
        node._end = i + 1
        return node


_DEFINITIONS: Final[
    dict[str, Callable[[_DocumentReader, int, StringValueNode | None], tuple[DefinitionNode, int]]]
] = {
    "{": _DocumentReader.shorthand,
    "query": _DocumentReader.operation,
    "mutation": _DocumentReader.operation,
    "subscription": _DocumentReader.operation,
    "fragment": _DocumentReader.fragment,
    "schema": _DocumentReader.schema,
    "scalar": _DocumentReader.type_definition,
    "type": _DocumentReader.type_definition,
    "interface": _DocumentReader.type_definition,
    "union": _DocumentReader.type_definition,
    "enum": _DocumentReader.type_definition,
    "input": _DocumentReader.type_definition,
    "directive": _DocumentReader.directive_definition,
    "extend": _DocumentReader.extension,
}


def _as_source(source: Source | str | bytes) -> Source:
    return source if isinstance(source, Source) else Source(source)


def parse(
    source: Source | str | bytes,
    no_location: bool = False,
    max_tokens: int | None = None,
    *,
    max_depth: int | None = None,
    max_source_length: int | None = None,
) -> DocumentNode:
    """Return the syntax tree of a document, executable or of a type system.

    Args:
        source: The text; bytes are UTF-8.
        no_location: Leave ``loc`` of all nodes None, which lets go of the source.
        max_tokens: Refuse documents of more tokens than this.
        max_depth: Refuse selection sets, list and object values, and list types, each nested in
            its own kind deeper than this.
        max_source_length: Refuse texts of more code points than this.

    Raises:
        GraphQLSyntaxError: The text is no document, or goes beyond a limit.

    Source: GraphQL §2.3, https://spec.graphql.org/September2025/#sec-Document
    """
    return _DocumentReader(
        source if isinstance(source, Source) else Source(source),
        no_location,
        max_tokens,
        max_depth,
        max_source_length,
    ).document()


def parse_value(
    source: Source | str | bytes,
    no_location: bool = False,
    max_tokens: int | None = None,
    *,
    max_depth: int | None = None,
    max_source_length: int | None = None,
) -> ValueNode:
    """Return the syntax tree of a value, which may contain variables.

    Arguments and exceptions are those of `parse`.

    Source: GraphQL §2.10, https://spec.graphql.org/September2025/#sec-Input-Values
    """
    reader = _DocumentReader(
        source if isinstance(source, Source) else Source(source),
        no_location,
        max_tokens,
        max_depth,
        max_source_length,
    )
    node, i = reader.value(0, const=False)
    reader.expect_end(i)
    return node


def parse_const_value(
    source: Source | str | bytes,
    no_location: bool = False,
    max_tokens: int | None = None,
    *,
    max_depth: int | None = None,
    max_source_length: int | None = None,
) -> ConstValueNode:
    """Return the syntax tree of a value without variables, such as a default.

    Arguments and exceptions are those of `parse`.

    Source: GraphQL §2.10, https://spec.graphql.org/September2025/#sec-Input-Values
    """
    reader = _DocumentReader(
        source if isinstance(source, Source) else Source(source),
        no_location,
        max_tokens,
        max_depth,
        max_source_length,
    )
    node, i = reader.value(0, const=True)
    reader.expect_end(i)
    return cast("ConstValueNode", node)


def parse_type(
    source: Source | str | bytes,
    no_location: bool = False,
    max_tokens: int | None = None,
    *,
    max_depth: int | None = None,
    max_source_length: int | None = None,
) -> TypeNode:
    """Return the syntax tree of a type reference such as ``[Int!]``.

    Arguments and exceptions are those of `parse`.

    Source: GraphQL §2.12, https://spec.graphql.org/September2025/#sec-Type-References
    """
    reader = _DocumentReader(
        source if isinstance(source, Source) else Source(source),
        no_location,
        max_tokens,
        max_depth,
        max_source_length,
    )
    node, i = reader.type_reference(0)
    reader.expect_end(i)
    return node


def parse_schema_coordinate(
    source: Source | str | bytes, no_location: bool = False
) -> SchemaCoordinateNode:
    """Return the syntax tree of a schema coordinate such as ``Type.field(argument:)``.

    Raises:
        GraphQLSyntaxError: The text is no coordinate; even white space is not allowed in one.

    Source: GraphQL §2.14, https://spec.graphql.org/September2025/#sec-Schema-Coordinates
    """
    return CoordinateReader(_as_source(source), no_location=no_location).coordinate()


class GraphQLParser:
    """Parses a source, or tokens that a `GraphQLLexer` made and a tool may have edited.

    Args:
        source: The text, or its tokens.
        options: Those of `parse`: ``no_location``, ``max_tokens``, ``max_depth`` and
            ``max_source_length``.
    """

    def __init__(self, source: Source | str | bytes | Sequence[Token], **options: Any) -> None:
        if isinstance(source, (Source, str, bytes)):
            self.source: Source = _as_source(source)
        else:
            self.source = source_of_tokens(source)
        self._options = options

    def parse(self) -> DocumentNode:
        """Return the syntax tree of the document.

        Raises:
            GraphQLSyntaxError: The source is no document, or goes beyond a limit.
        """
        return parse(self.source, **self._options)
