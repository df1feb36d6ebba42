"""Types that a document names exist."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import KnownTypeNamesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]
EXTENDED = (
    "type Query { a: Int } enum E { A } interface I { a: Int } input N { a: Int } "
    "union U = Query scalar S directive @d(a: Int!) on OBJECT | FIELD_DEFINITION"
)


@pytest.mark.parametrize(
    "source",
    [
        (
            "query ($a: String, $b: [Complex!]!) { dog { ... on Pet { name } ...F } "
            "} fragment F on Dog { name }"
        ),
        "{ dog { ... { name } } }",
        "query ($x: X) { dog { name } } scalar X",
    ],
)
def test_accepts_types_of_the_schema(errors_of: Errors, source: str) -> None:
    assert errors_of(KnownTypeNamesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            (
                "query ($a: Strin, $b: [Nothing!]) { dog { ... on Dgo { name } ...F } } "
                "fragment F on Pett { name }"
            ),
            [
                ("Unknown type 'Strin'. Did you mean 'String'?", [(1, 12)]),
                ("Unknown type 'Nothing'. Did you mean 'String'?", [(1, 24)]),
                ("Unknown type 'Dgo'. Did you mean 'Dog'?", [(1, 50)]),
                ("Unknown type 'Pett'. Did you mean 'Pet'?", [(1, 86)]),
            ],
        ),
        (
            "type X { a: Intt b: Float }",
            [
                ("Unknown type 'Intt'. Did you mean 'Int'?", [(1, 13)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(KnownTypeNamesRule, source) == errors


@pytest.mark.parametrize(
    ("source", "extended"),
    [
        (
            (
                "type A implements I { a: A b: [Int!] c(x: N = {a: 1}): __Type } "
                "interface I { a: A } union U = A input N { a: Int = 1 } schema { "
                "query: A } directive @a(x: N) on FIELD extend union U = A"
            ),
            None,
        ),
        (
            "extend type Query { q: Query e: E }",
            EXTENDED,
        ),
    ],
)
def test_accepts_types_of_the_document_and_built_in_ones(
    sdl_errors_of: Errors, source: str, extended: str | None
) -> None:
    assert sdl_errors_of(KnownTypeNamesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            (
                "type A implements I { a: B c(x: N): Strin } union U = X schema { "
                "query: Q } directive @a(x: M) on FIELD input P { a: O }"
            ),
            None,
            [
                ("Unknown type 'I'. Did you mean 'A', 'ID', 'P', or 'U'?", [(1, 19)]),
                ("Unknown type 'B'. Did you mean 'A', 'P', or 'U'?", [(1, 26)]),
                ("Unknown type 'N'. Did you mean 'A', 'P', or 'U'?", [(1, 33)]),
                ("Unknown type 'Strin'. Did you mean 'String'?", [(1, 37)]),
                ("Unknown type 'X'. Did you mean 'A', 'P', or 'U'?", [(1, 55)]),
                ("Unknown type 'Q'. Did you mean 'A', 'P', or 'U'?", [(1, 73)]),
                ("Unknown type 'M'. Did you mean 'A', 'P', or 'U'?", [(1, 93)]),
                ("Unknown type 'O'. Did you mean 'A', 'P', or 'U'?", [(1, 118)]),
            ],
        ),
        (
            "extend type Query { q: Quer }",
            EXTENDED,
            [
                ("Unknown type 'Quer'. Did you mean 'Query'?", [(1, 24)]),
            ],
        ),
    ],
)
def test_refuses_unknown_types(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(KnownTypeNamesRule, source, extended) == errors
