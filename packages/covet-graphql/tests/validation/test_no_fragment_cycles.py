"""Fragments do not spread themselves."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import NoFragmentCyclesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { ...A } } fragment A on Dog { ...B } fragment B on Dog { name }",
        (
            "fragment A on Dog { ...B ...C } fragment B on Dog { ...C ...Unknown } "
            "fragment C on Dog { name }"
        ),
    ],
)
def test_accepts_fragments_without_cycles(errors_of: Errors, source: str) -> None:
    assert errors_of(NoFragmentCyclesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "fragment A on Dog { ...A }",
            [
                ("Cannot spread fragment 'A' within itself.", [(1, 21)]),
            ],
        ),
        (
            "fragment A on Dog { mother { ...B } } fragment B on Dog { ...A }",
            [
                ("Cannot spread fragment 'A' within itself via 'B'.", [(1, 30), (1, 59)]),
            ],
        ),
        (
            ("fragment A on Dog { ...B } fragment B on Dog { ...C } fragment C on Dog { ...A }"),
            [
                (
                    "Cannot spread fragment 'A' within itself via 'B', 'C'.",
                    [(1, 21), (1, 48), (1, 75)],
                ),
            ],
        ),
        (
            "fragment A on Dog { ...B } fragment B on Dog { ...B }",
            [
                ("Cannot spread fragment 'B' within itself.", [(1, 48)]),
            ],
        ),
        (
            (
                "fragment A on Dog { ...B ...C } fragment B on Dog { ...A } fragment C "
                "on Dog { ...A }"
            ),
            [
                ("Cannot spread fragment 'A' within itself via 'B'.", [(1, 21), (1, 53)]),
                ("Cannot spread fragment 'A' within itself via 'C'.", [(1, 26), (1, 80)]),
            ],
        ),
    ],
)
def test_refuses_cycles(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(NoFragmentCyclesRule, source) == errors
