"""Operations use all fragments."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import NoUnusedFragmentsRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { ...A } } fragment A on Dog { ...B } fragment B on Dog { name }",
        (
            "query A { dog { ...A } } query B { dog { ...B } } fragment A on Dog { "
            "name } fragment B on Dog { name }"
        ),
    ],
)
def test_accepts_fragments_in_use(errors_of: Errors, source: str) -> None:
    assert errors_of(NoUnusedFragmentsRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog { name } } fragment A on Dog { name }",
            [
                ("Fragment 'A' is never used.", [(1, 18)]),
            ],
        ),
        (
            (
                "{ dog { ...A } } fragment A on Dog { name } fragment B on Dog { ...C } "
                "fragment C on Dog { ...B }"
            ),
            [
                ("Fragment 'B' is never used.", [(1, 45)]),
                ("Fragment 'C' is never used.", [(1, 72)]),
            ],
        ),
        (
            "{ dog { name } } fragment A on Dog { ...A }",
            [
                ("Fragment 'A' is never used.", [(1, 18)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(NoUnusedFragmentsRule, source) == errors
