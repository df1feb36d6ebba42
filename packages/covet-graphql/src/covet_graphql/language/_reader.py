"""Reading tokens in order: names and punctuators, and what to say when they are others.

The readers of the grammar are methods that take the index of a token and return the node that
begins there and the index behind it. An index is a local of theirs, a token a plain string.
They fill the slots of their nodes themselves: a constructor would double the cost.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NoReturn

from covet_graphql.error import GraphQLSyntaxError
from covet_graphql.language._lexical import END, STOP, kind_of, start_of, texts, value_of
from covet_graphql.language._lexical_error import lexical_error
from covet_graphql.language.ast import NameNode

if TYPE_CHECKING:
    from covet_graphql.language.ast import Node
    from covet_graphql.language.source import Source

new: Final = object.__new__


class Reader:
    """The tokens of one source, and the limits under which they are read."""

    __slots__ = ("_max_tokens", "max_depth", "origin", "source", "texts")

    def __init__(
        self,
        source: Source,
        no_location: bool,
        max_tokens: int | None,
        max_depth: int | None,
        max_source_length: int | None,
    ) -> None:
        if max_source_length is not None and len(source.body) > max_source_length:
            raise GraphQLSyntaxError(
                source,
                max_source_length,
                f"Source contains more than {max_source_length} code points. Parsing aborted.",
            )
        self.texts = texts(source.body, max_tokens)
        self.source = source
        self.origin = None if no_location else source
        self.max_depth = sys.maxsize if max_depth is None else max_depth
        self._max_tokens = max_tokens

    def own_name(self, node: Node, i: int) -> int:
        """Read the Name of *node*, which its class says where to find again."""
        text = self.texts[i]
        if not text.isidentifier():
            self.fail(i, "Name")
        node._name = text
        return i + 1

    def name(self, i: int) -> tuple[NameNode, int]:
        """Name."""
        text = self.texts[i]
        if not text.isidentifier():
            self.fail(i, "Name")
        node = new(NameNode)
        node.value = text
        node._origin = self.origin
        node._first = i
        i += 1
        node._end = i
        return node, i

    def expect(self, i: int, text: str) -> int:
        """Return the index behind the punctuator or keyword *text*."""
        if self.texts[i] != text:
            self.fail(i, f"'{text}'")
        return i + 1

    def expect_end(self, i: int) -> None:
        """Make sure that nothing follows."""
        if self.texts[i] != END:
            self.fail(i, "<EOF>")

    def fail(self, i: int, expected: str = "") -> NoReturn:
        """Raise what is wrong with the token at *i*, where the grammar wants *expected*."""
        text = self.texts[i]
        if text == STOP:
            self._fail_at_stop(i)
        kind = kind_of(text)
        value = value_of(kind, text)
        if value is not None:
            found = f"{kind.value} '{value}'"
        else:
            found = f"'{text}'" if text else kind.value
        self.fail_with(
            i, f"Expected {expected}, found {found}." if expected else f"Unexpected {found}."
        )

    def fail_with(self, i: int, description: str) -> NoReturn:
        """Raise *description* at the token at *i*."""
        raise GraphQLSyntaxError(self.source, start_of(self.source, i), description)

    def fail_too_deep(self, i: int) -> NoReturn:
        """Raise that the bracket at *i* opens one level more than allowed."""
        self.fail_with(
            i, f"Document is nested more than {self.max_depth} levels deep. Parsing aborted."
        )

    def _fail_at_stop(self, i: int) -> NoReturn:
        if i == self._max_tokens:
            self.fail_with(i, f"Document contains more than {i} tokens. Parsing aborted.")
        raise lexical_error(self.source, start_of(self.source, i))
