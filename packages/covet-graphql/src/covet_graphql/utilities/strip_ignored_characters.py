"""A source without what the grammar ignores."""

from __future__ import annotations

from covet_graphql.language import Source
from covet_graphql.language._lexical import END, STOP, start_of, texts
from covet_graphql.language._lexical_error import lexical_error
from covet_graphql.language.block_string import print_block_string, value_of_block_string

_PUNCTUATORS = frozenset("!$&():=@[]{|}")


def strip_ignored_characters(source: str | bytes | Source) -> str:
    """Return *source* with nothing that the grammar ignores, and block strings without indentation.

    Both read as the same tree, but for places. Sources that differ only in what is ignored, or in
    the layout of block strings, give the same text, so that it can serve as a key.

    Raises:
        GraphQLSyntaxError: A place of the source is no token; whether the tokens make a document
            is not looked at.

    Source: GraphQL §2.1.5, https://spec.graphql.org/September2025/#sec-Ignored-Tokens
    """
    source = source if isinstance(source, Source) else Source(source)
    found = texts(source.body)
    written: list[str] = []
    separate = False  # two neighbours that are no punctuators would read as one
    for index, text in enumerate(found):
        if text == STOP:
            raise lexical_error(source, start_of(source, index))
        if text == END:
            break
        is_punctuator = text in _PUNCTUATORS
        if separate and not is_punctuator:
            written.append(" ")
        if text[:3] == '"""':
            text = print_block_string(value_of_block_string(text), minimize=True)
        written.append(text)
        separate = not is_punctuator and text != "..."
    return "".join(written)
