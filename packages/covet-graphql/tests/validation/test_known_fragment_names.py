"""Fragments that are spread exist."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import KnownFragmentNamesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { ...A ... on Dog { ...A } } } fragment A on Dog { name }",
    ],
)
def test_accepts_defined_fragments(errors_of: Errors, source: str) -> None:
    assert errors_of(KnownFragmentNamesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog { ...A ... on Dog { ...B } } } fragment C on Dog { ...D }",
            [
                ("Unknown fragment 'A'.", [(1, 12)]),
                ("Unknown fragment 'B'.", [(1, 30)]),
                ("Unknown fragment 'D'.", [(1, 61)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(KnownFragmentNamesRule, source) == errors
