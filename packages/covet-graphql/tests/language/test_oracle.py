# ruff: noqa: E501 (one production a line)
"""The same documents as graphql-core, with the same trees, places, texts and messages.

Where the two differ on purpose, because the specification is stricter or wider, the documents
here leave it out; `test_deviations` lists what that is.
"""

from collections.abc import Callable

import graphql.language as core
import pytest
from graphql import GraphQLSyntaxError as CoreSyntaxError
from hypothesis import given, settings
from hypothesis import strategies as st

from covet_graphql import GraphQLSyntaxError, parse, print_ast

FRAGMENTS = [
    *"{}()[]$@!=|&:,^é?'", "...", "..", ".", "a", "on", "query", "mutation", "subscription",
    "fragment", "type", "enum", "input", "union", "interface", "implements", "scalar", "schema",
    "extend", "true", "null", "FIELD", "$v", "1a", "00", "{a}", "(a:1)", '"s"', '"""b\n  c"""',
    "1", "-1", "1.5", "0", "-", "1e", '"', '"""', "#c\n", "\n", "\r\n", "\r", " ", "\t", "\ufeff",
    "\\", '"\\u00e9"', '"\\u{1F600}"', '"\\uD83D\\uDE00"', '"\\x"', '"\\u{12', '"\\uD8', "\ud800", "\x00",
]  # fmt: skip
NAMES = st.sampled_from(["a", "B", "_c", "on", "type", "query", "input", "d1", "true", "null"])
OTHER_NAMES = NAMES.filter(lambda name: name not in ("on", "true", "null"))
SPACES = st.sampled_from([" ", "\n", "\r\n  ", ", ", " # c\n", "\t"])


def text_of(*parts: object) -> st.SearchStrategy[str]:
    """Return texts of the parts with something ignorable between them."""
    strategies = [st.just(part) if isinstance(part, str) else part for part in parts]
    return st.builds(
        lambda texts, spaces: "".join(
            f"{text}{space}" for text, space in zip(texts, spaces, strict=True)
        ),
        st.tuples(*strategies),
        st.lists(SPACES, min_size=len(parts), max_size=len(parts)),
    )


def many(item: st.SearchStrategy[str], smallest: int = 1) -> st.SearchStrategy[str]:
    return st.lists(item, min_size=smallest, max_size=3).map(" ".join)


def maybe(item: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | item


STRINGS = st.one_of(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"\\'), max_size=5
    ).map(lambda text: f'"{text}"'),
    st.sampled_from(
        ['""', '"\\n\\u00E9"', '"""a\n   b\n  c"""', '""""""', '"""a "b\\""" """', f'"{"x" * 50}"']
    ),
)
LEAVES = st.one_of(
    st.integers().map(str),
    st.sampled_from(["1.5", "-0.1e10", "0E+1", "true", "false", "null", "ENUM", "on"]),
    STRINGS,
)


def values(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            text_of("[", many(inner, 0), "]"),
            text_of("{", many(text_of(NAMES, ":", inner), 0), "}"),
        ),
        max_leaves=6,
    )


CONSTANTS = values(LEAVES)
VALUES = values(LEAVES | NAMES.map("${}".format))
TYPES = st.recursive(
    OTHER_NAMES,
    lambda inner: st.builds("[{}]{}".format, inner, st.sampled_from(["", "!"])),
    max_leaves=3,
)


def directives(value: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    arguments = text_of("(", many(text_of(NAMES, ":", value)), ")")
    return many(text_of("@", NAMES, maybe(arguments)), 0)


DIRECTIVES = directives(VALUES)
CONST_DIRECTIVES = directives(CONSTANTS)
ARGUMENTS = text_of("(", many(text_of(NAMES, ":", VALUES)), ")")
SELECTION_SETS = st.recursive(
    text_of("{", many(NAMES), "}"),
    lambda inner: text_of(
        "{",
        many(
            st.one_of(
                text_of(
                    maybe(text_of(NAMES, ":")), NAMES, maybe(ARGUMENTS), DIRECTIVES, maybe(inner)
                ),
                text_of("...", OTHER_NAMES, DIRECTIVES),
                text_of("...", maybe(text_of("on", OTHER_NAMES)), DIRECTIVES, inner),
            )
        ),
        "}",
    ),
    max_leaves=4,
)
DESCRIPTIONS = maybe(STRINGS)
VARIABLES = text_of(
    "(", many(text_of(DESCRIPTIONS, "$", NAMES, ":", TYPES, maybe(text_of("=", CONSTANTS)), CONST_DIRECTIVES)), ")",
)  # fmt: skip
INPUT_VALUES = many(
    text_of(DESCRIPTIONS, NAMES, ":", TYPES, maybe(text_of("=", CONSTANTS)), CONST_DIRECTIVES)
)
FIELDS = text_of(
    "{", many(text_of(DESCRIPTIONS, NAMES, maybe(text_of("(", INPUT_VALUES, ")")), ":", TYPES, CONST_DIRECTIVES)), "}",
)  # fmt: skip
INTERFACES = maybe(
    text_of(
        "implements",
        maybe(st.just("&")),
        st.lists(OTHER_NAMES, min_size=1, max_size=2).map("&".join),
    )
)
DEFINITIONS = st.one_of(
    text_of(DESCRIPTIONS, st.sampled_from(["query", "mutation", "subscription"]), maybe(NAMES), maybe(VARIABLES), DIRECTIVES, SELECTION_SETS),
    text_of(DESCRIPTIONS, "fragment", OTHER_NAMES, "on", OTHER_NAMES, DIRECTIVES, SELECTION_SETS),
    text_of(DESCRIPTIONS, "schema", CONST_DIRECTIVES, "{ query:", OTHER_NAMES, "}"),
    text_of(DESCRIPTIONS, "scalar", NAMES, CONST_DIRECTIVES),
    text_of(DESCRIPTIONS, st.sampled_from(["type", "interface"]), NAMES, INTERFACES, CONST_DIRECTIVES, maybe(FIELDS)),
    text_of(DESCRIPTIONS, "union", NAMES, CONST_DIRECTIVES, "= A | B"),
    text_of(DESCRIPTIONS, "enum", NAMES, "{", many(text_of(DESCRIPTIONS, OTHER_NAMES, CONST_DIRECTIVES)), "}"),
    text_of(DESCRIPTIONS, "input", NAMES, CONST_DIRECTIVES, "{", INPUT_VALUES, "}"),
    text_of(DESCRIPTIONS, "directive @", NAMES, maybe(text_of("(", INPUT_VALUES, ")")), st.sampled_from(["on", "repeatable on"]), "FIELD | QUERY"),
    text_of("extend", st.sampled_from(["type", "interface"]), NAMES, INTERFACES, CONST_DIRECTIVES, FIELDS),
    text_of("extend input", NAMES, "{", INPUT_VALUES, "}"),
)  # fmt: skip
# shorthand comes first: behind a type without fields it would be those
DOCUMENTS = text_of(maybe(SELECTION_SETS), many(DEFINITIONS))


def ours(source: str) -> tuple[object, ...]:
    try:
        document = parse(source)
    except GraphQLSyntaxError as error:
        return error.message, error.formatted, str(error)
    return print_ast(document), document.to_dict(locations=True)


def theirs(source: str) -> tuple[object, ...]:
    try:
        document = core.parse(source, allow_empty_selection_sets=False)
    except CoreSyntaxError as error:
        return error.message, error.formatted, str(error)
    return core.print_ast(document), as_in_the_specification(document.to_dict(locations=True))


def accepted(read: Callable[..., object], source: str, max_tokens: int | None = None) -> bool:
    try:
        read(source, max_tokens=max_tokens)
    except (GraphQLSyntaxError, CoreSyntaxError):
        return False
    return True


def as_in_the_specification(data: object) -> object:
    """Return a tree of graphql-core's without its experimental parts."""
    if isinstance(data, list):
        return [as_in_the_specification(item) for item in data]
    if not isinstance(data, dict) or "kind" not in data:
        return data
    data = {key: as_in_the_specification(value) for key, value in data.items()}
    if data["kind"] == "fragment_spread":
        del data["arguments"]
    if data["kind"] == "directive_definition":
        del data["directives"]
    if data["kind"] == "fragment_definition":
        data["variable_definitions"] = None
    return data


@given(DOCUMENTS)
@settings(deadline=None, max_examples=60)
def test_documents_read_and_print_alike(source: str) -> None:
    mine = ours(source)

    assert len(mine) == 2, mine
    assert mine == theirs(source)


@given(DOCUMENTS)
@settings(deadline=None, max_examples=50)
def test_what_is_printed_reads_back(source: str) -> None:
    document = parse(source, no_location=True)

    assert parse(print_ast(document), no_location=True) == document
    assert parse(print_ast(document, 0), no_location=True) == document


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14), st.sampled_from(["", " "]))
@settings(deadline=None, max_examples=150)
def test_nonsense_is_refused_alike(fragments: list[str], between: str) -> None:
    source = between.join(fragments)

    assert ours(source) == theirs(source)


@given(DOCUMENTS, st.integers(0, 10**6), st.sampled_from(FRAGMENTS), st.integers(0, 3))
@settings(deadline=None, max_examples=80)
def test_damaged_documents_are_read_or_refused_alike(
    source: str, place: int, fragment: str, removed: int
) -> None:
    place %= len(source) + 1
    damaged = source[:place] + fragment + source[place + removed :]
    if "directive" in damaged:  # see test_deviations
        damaged = damaged.replace("directive", "scalar")

    assert ours(damaged) == theirs(damaged)


@given(DOCUMENTS, st.integers(0, 60), st.integers(1, 9))
@settings(deadline=None, max_examples=80)
def test_tokens_are_counted_alike(source: str, max_tokens: int, spaces: int) -> None:
    source = source.replace("# c", "")  # graphql-core counts comments too
    source = source.replace(" ", " " * spaces)  # longer sources are cut while reading

    assert accepted(core.parse, source, max_tokens) is accepted(parse, source, max_tokens)


@given(st.one_of(st.text(), st.binary()))
@settings(deadline=None, max_examples=80)
def test_any_text_or_bytes_are_read_or_refused(source: str | bytes) -> None:
    try:
        place = parse(source).loc.start_token.line, 1
    except GraphQLSyntaxError as error:
        place = error.line, error.column

    assert place >= (0, 1)


@pytest.mark.parametrize(
    ("source", "is_ours", "is_theirs"),
    [
        pytest.param("{}", False, True, id="selection-sets-are-not-empty"),
        pytest.param("directive @a @b on FIELD", False, True, id="directives-have-no-directives"),
        pytest.param("extend directive @a @b", False, True, id="directives-are-not-extended"),
        pytest.param(r'{a(b: "\u{00000000000041}")}', True, False, id="any-number-of-zeros"),
    ],
)
def test_deviations(source: str, is_ours: bool, is_theirs: bool) -> None:
    assert accepted(parse, source) is is_ours
    assert accepted(core.parse, source) is is_theirs
