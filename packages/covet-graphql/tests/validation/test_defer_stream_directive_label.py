"""Labels of @defer and @stream are static and unique."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import DeferStreamDirectiveLabel

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        (
            '{ dog { ... @defer(label: "a") { name } ... @defer(label: "b") { name '
            "} tags @stream ... @defer(label: null) { name } } }"
        ),
    ],
)
def test_accepts_unique_labels(errors_of: Errors, source: str) -> None:
    assert errors_of(DeferStreamDirectiveLabel, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            '{ dog { ... @defer(label: "a") { name } tags @stream(label: "a") } }',
            [
                ("Defer/Stream directive label argument must be unique.", [(1, 13), (1, 46)]),
            ],
        ),
        (
            (
                "query ($l: String) { dog { ... @defer(label: $l) { name } tags "
                "@stream(label: 1) } }"
            ),
            [
                ("Defer directive label argument must be a static string.", [(1, 32)]),
                ("Stream directive label argument must be a static string.", [(1, 64)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(DeferStreamDirectiveLabel, source) == errors
