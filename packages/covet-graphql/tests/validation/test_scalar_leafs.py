"""Fields of objects have a selection set, others have none."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import ScalarLeafsRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { name } catOrDog { __typename } args { two(a: 1, b: 2) } }",
        "{ unknown { a } dog { unknown } }",
    ],
)
def test_accepts_selections_of_composite_types(errors_of: Errors, source: str) -> None:
    assert errors_of(ScalarLeafsRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog }",
            [
                (
                    "Field 'dog' of type 'Dog' must have a selection of subfields. Did you mean 'dog { ... }'?",
                    [(1, 3)],
                ),
            ],
        ),
        (
            "{ human { relatives pets } }",
            [
                (
                    "Field 'relatives' of type '[Human!]!' must have a selection of subfields. Did you mean 'relatives { ... }'?",
                    [(1, 11)],
                ),
                (
                    "Field 'pets' of type '[Pet]' must have a selection of subfields. Did you mean 'pets { ... }'?",
                    [(1, 21)],
                ),
            ],
        ),
        (
            "{ dog { name { a } tags { b } } }",
            [
                (
                    "Field 'name' must not have a selection since type 'String' has no subfields.",
                    [(1, 14)],
                ),
                (
                    "Field 'tags' must not have a selection since type '[String!]' has no subfields.",
                    [(1, 25)],
                ),
            ],
        ),
        (
            "{ dog { name(surname: true) @skip(if: true) { a } } }",
            [
                (
                    "Field 'name' must not have a selection since type 'String' has no subfields.",
                    [(1, 45)],
                ),
            ],
        ),
    ],
)
def test_refuses_missing_and_needless_selections(
    errors_of: Errors, source: str, errors: Found
) -> None:
    assert errors_of(ScalarLeafsRule, source) == errors
