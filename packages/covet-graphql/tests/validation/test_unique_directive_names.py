"""No two directives have one name."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueDirectiveNamesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]
EXTENDED = (
    "type Query { a: Int } enum E { A } interface I { a: Int } input N { a: Int } "
    "union U = Query scalar S directive @d(a: Int!) on OBJECT | FIELD_DEFINITION"
)


@pytest.mark.parametrize(
    ("source", "extended"),
    [
        (
            "directive @a on FIELD directive @b on FIELD type a { a: Int }",
            None,
        ),
    ],
)
def test_accepts_different_names(sdl_errors_of: Errors, source: str, extended: str | None) -> None:
    assert sdl_errors_of(UniqueDirectiveNamesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            "directive @a on FIELD directive @a on QUERY",
            None,
            [
                ("There can be only one directive named '@a'.", [(1, 12), (1, 34)]),
            ],
        ),
        (
            "directive @d on FIELD directive @skip on FIELD",
            EXTENDED,
            [
                ("Directive '@d' already exists in the schema. It cannot be redefined.", [(1, 12)]),
                (
                    "Directive '@skip' already exists in the schema. It cannot be redefined.",
                    [(1, 34)],
                ),
            ],
        ),
    ],
)
def test_refuses_a_name_of_several(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(UniqueDirectiveNamesRule, source, extended) == errors
