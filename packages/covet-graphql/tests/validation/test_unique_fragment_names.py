"""No two fragments have one name."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueFragmentNamesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { ...A ...B } } fragment A on Dog { name } fragment B on Dog { name }",
    ],
)
def test_accepts_different_names(errors_of: Errors, source: str) -> None:
    assert errors_of(UniqueFragmentNamesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            ("fragment A on Dog { name } fragment A on Cat { name } fragment A on Pet { name }"),
            [
                ("There can be only one fragment named 'A'.", [(1, 10), (1, 37)]),
                ("There can be only one fragment named 'A'.", [(1, 10), (1, 64)]),
            ],
        ),
    ],
)
def test_refuses_a_name_of_several(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(UniqueFragmentNamesRule, source) == errors
