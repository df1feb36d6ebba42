"""Fragments are spread where they can apply."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import PossibleFragmentSpreadsRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        (
            "{ dog { ... on Dog { name } ... on Pet { name } ... on CatOrDog { "
            "__typename } ... { name } } }"
        ),
        (
            "{ pet { ... on Dog { name } ... on Being { name } ...A } } fragment A "
            "on CatOrDog { __typename }"
        ),
        (
            "{ catOrDog { ... on Cat { name } ... on Unknown { a } ...Unknown ...B "
            "} } fragment B on Int { a }"
        ),
        "{ being { ... on Canine { name } } }",
    ],
)
def test_accepts_fragments_that_can_apply(errors_of: Errors, source: str) -> None:
    assert errors_of(PossibleFragmentSpreadsRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog { ... on Cat { name } ...A } } fragment A on Cat { name }",
            [
                (
                    "Fragment cannot be spread here as objects of type 'Dog' can never be of type 'Cat'.",
                    [(1, 9)],
                ),
                (
                    "Fragment 'A' cannot be spread here as objects of type 'Dog' can never be of type 'Cat'.",
                    [(1, 29)],
                ),
            ],
        ),
        (
            "{ human { ... on Pet { name } ... on CatOrDog { __typename } } }",
            [
                (
                    "Fragment cannot be spread here as objects of type 'Human' can never be of type 'Pet'.",
                    [(1, 11)],
                ),
                (
                    "Fragment cannot be spread here as objects of type 'Human' can never be of type 'CatOrDog'.",
                    [(1, 31)],
                ),
            ],
        ),
        (
            "{ pet { ... on Human { name } } }",
            [
                (
                    "Fragment cannot be spread here as objects of type 'Pet' can never be of type 'Human'.",
                    [(1, 9)],
                ),
            ],
        ),
        (
            "{ catOrDog { ...A } } fragment A on Human { name }",
            [
                (
                    "Fragment 'A' cannot be spread here as objects of type 'CatOrDog' can never be of type 'Human'.",
                    [(1, 14)],
                ),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(PossibleFragmentSpreadsRule, source) == errors
