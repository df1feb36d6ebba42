"""@stream is on fields that are lists."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import StreamDirectiveOnListField

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { tags @stream } human { relatives @stream { name } } unknown @stream }",
    ],
)
def test_accepts_lists(errors_of: Errors, source: str) -> None:
    assert errors_of(StreamDirectiveOnListField, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog { name @stream mother @stream(initialCount: 1) { name } } }",
            [
                (
                    "Stream directive cannot be used on non-list field 'name' on type 'Dog'.",
                    [(1, 14)],
                ),
                (
                    "Stream directive cannot be used on non-list field 'mother' on type 'Dog'.",
                    [(1, 29)],
                ),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(StreamDirectiveOnListField, source) == errors
