"""What the grammar ignores is stripped."""

import graphql as core
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covet_graphql import (
    GraphQLSyntaxError,
    Source,
    strip_ignored_characters,
)


@pytest.mark.parametrize(
    ("source", "stripped"),
    [
        ("", ""),
        (" # only a comment\n", ""),
        (
            "query Q($foo: String!, $bar: Int) {\n  a(foo: $foo, bar: $bar) {\n    b c\n  }\n}",
            "query Q($foo:String!$bar:Int){a(foo:$foo bar:$bar){b c}}",
        ),
        ("{ a ... on T { b } ...F }", "{a ...on T{b}...F}"),
        ('"a" "b" 1 -2', '"a" "b" 1 -2'),
        ('"""\n   Type\n     of it\n   """\ntype T', '"""\nType\n  of it""" type T'),
        ('{ a(b: " # , ") }', '{a(b:" # , ")}'),
        ("\ufeff{ a, b }", "{a b}"),
    ],
)
def test_what_is_ignored_goes(source: str, stripped: str) -> None:
    assert strip_ignored_characters(source) == stripped
    assert strip_ignored_characters(Source(stripped)) == stripped
    assert strip_ignored_characters(source.encode()) == stripped


def test_what_is_no_token_is_refused() -> None:
    with pytest.raises(GraphQLSyntaxError, match=r"Unexpected character: '\?'"):
        strip_ignored_characters("{ ? }")


PIECES = ["a", "b1", "1", "-1.5", '"s"', '"""\n  a\n   b\n"""', "...", *"{}()[]:!=|&@$,", "#c\n", "\ufeff"]  # fmt: skip  # noqa: E501


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@settings(deadline=None, max_examples=150)
def test_stripping_is_like_graphql_cores(
    pieces: list[str],
) -> None:
    source = " ".join(pieces)

    stripped = strip_ignored_characters(source)

    assert stripped == core.strip_ignored_characters(source)
    assert strip_ignored_characters(stripped) == stripped
