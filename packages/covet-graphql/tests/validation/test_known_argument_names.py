"""Fields and directives have the arguments that they are given."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import KnownArgumentNamesOnDirectivesRule, KnownArgumentNamesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]
EXTENDED = (
    "type Query { a: Int } enum E { A } interface I { a: Int } input N { a: Int } "
    "union U = Query scalar S directive @d(a: Int!) on OBJECT | FIELD_DEFINITION"
)


@pytest.mark.parametrize(
    "source",
    [
        ("{ dog { name(surname: true) @onField(a: 1, b: [2]) } unknown(a: 1) @unknown(b: 2) }"),
    ],
)
def test_accepts_known_arguments(errors_of: Errors, source: str) -> None:
    assert errors_of(KnownArgumentNamesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog { name(surnme: true, x: 1) } args { two(a: 1, bb: 2) } }",
            [
                (
                    "Unknown argument 'surnme' on field 'Dog.name'. Did you mean 'surname'?",
                    [(1, 14)],
                ),
                ("Unknown argument 'x' on field 'Dog.name'.", [(1, 28)]),
                ("Unknown argument 'bb' on field 'Args.two'. Did you mean 'b'?", [(1, 53)]),
            ],
        ),
        (
            "{ dog @skip(iff: true, unless: false) { name } }",
            [
                ("Unknown argument 'iff' on directive '@skip'. Did you mean 'if'?", [(1, 13)]),
                ("Unknown argument 'unless' on directive '@skip'.", [(1, 24)]),
            ],
        ),
        (
            '{ __type(nme: "a") { name } }',
            [
                ("Unknown argument 'nme' on field 'Query.__type'. Did you mean 'name'?", [(1, 10)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(KnownArgumentNamesRule, source) == errors


@pytest.mark.parametrize(
    ("source", "extended"),
    [
        (
            (
                'type A @a(x: 1) { a: Int @deprecated(reason: "") @unknown(y: 1) } '
                "directive @a(x: Int) on OBJECT"
            ),
            None,
        ),
    ],
)
def test_accepts_arguments_of_directives(
    sdl_errors_of: Errors, source: str, extended: str | None
) -> None:
    assert sdl_errors_of(KnownArgumentNamesOnDirectivesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            (
                'type A @a(x: 1, yy: 2) { a: Int @deprecated(reson: "") } directive '
                "@a(y: Int) on OBJECT"
            ),
            None,
            [
                ("Unknown argument 'x' on directive '@a'. Did you mean 'y'?", [(1, 11)]),
                ("Unknown argument 'yy' on directive '@a'. Did you mean 'y'?", [(1, 17)]),
                (
                    "Unknown argument 'reson' on directive '@deprecated'. Did you mean 'reason'?",
                    [(1, 45)],
                ),
            ],
        ),
        (
            "extend type Query @d(b: 1)",
            EXTENDED,
            [
                ("Unknown argument 'b' on directive '@d'. Did you mean 'a'?", [(1, 22)]),
            ],
        ),
    ],
)
def test_refuses_unknown_arguments_of_directives(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(KnownArgumentNamesOnDirectivesRule, source, extended) == errors
