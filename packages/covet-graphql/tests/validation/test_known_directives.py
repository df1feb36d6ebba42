"""Directives exist and are where they may be."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import KnownDirectivesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]
EXTENDED = (
    "type Query { a: Int } enum E { A } interface I { a: Int } input N { a: Int } "
    "union U = Query scalar S directive @d(a: Int!) on OBJECT | FIELD_DEFINITION"
)


@pytest.mark.parametrize(
    "source",
    [
        (
            "query @onQuery { dog @skip(if: true) { name @onField(a: 1) ... "
            "@include(if: true) { name } ...F @include(if: true) } } fragment F on "
            "Dog { name }"
        ),
        "query @mine { dog { name } } directive @mine on QUERY",
    ],
)
def test_accepts_directives_where_they_may_be(errors_of: Errors, source: str) -> None:
    assert errors_of(KnownDirectivesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog @unknown { name } }",
            [
                ("Unknown directive '@unknown'.", [(1, 7)]),
            ],
        ),
        (
            "mutation @onQuery { message @onQuery }",
            [
                ("Directive '@onQuery' may not be used on mutation.", [(1, 10)]),
                ("Directive '@onQuery' may not be used on field.", [(1, 29)]),
            ],
        ),
        (
            "subscription @onQuery { message }",
            [
                ("Directive '@onQuery' may not be used on subscription.", [(1, 14)]),
            ],
        ),
        (
            (
                "query ($a: Int @onQuery) @skip(if: true) { dog { ...F @onQuery ... "
                "@onQuery { name } } } fragment F on Dog @onQuery { name }"
            ),
            [
                ("Directive '@onQuery' may not be used on variable definition.", [(1, 16)]),
                ("Directive '@skip' may not be used on query.", [(1, 26)]),
                ("Directive '@onQuery' may not be used on fragment spread.", [(1, 55)]),
                ("Directive '@onQuery' may not be used on inline fragment.", [(1, 68)]),
                ("Directive '@onQuery' may not be used on fragment definition.", [(1, 108)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(KnownDirectivesRule, source) == errors


@pytest.mark.parametrize(
    ("source", "extended"),
    [
        (
            (
                "schema @a { query: A } type A @a { a(x: Int @a): Int @a } interface I "
                "@a { a: Int } union U @a = A enum E @a { A @a } input N @a { a: Int @a "
                '} scalar S @a @specifiedBy(url: "") directive @a on SCHEMA | OBJECT | '
                "ARGUMENT_DEFINITION | FIELD_DEFINITION | INTERFACE | UNION | ENUM | "
                "ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCALAR extend "
                "type A @a"
            ),
            None,
        ),
    ],
)
def test_accepts_definitions_with_directives(
    sdl_errors_of: Errors, source: str, extended: str | None
) -> None:
    assert sdl_errors_of(KnownDirectivesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            (
                "schema @a { query: A } extend schema @a type A @a { a(x: Int @a): Int "
                "@a } interface I @a { a: Int } union U @a = A enum E @a { A @a } input "
                "N @a { a: Int @a } scalar S @a directive @a on FIELD"
            ),
            None,
            [
                ("Directive '@a' may not be used on schema.", [(1, 8)]),
                ("Directive '@a' may not be used on schema.", [(1, 38)]),
                ("Directive '@a' may not be used on object.", [(1, 48)]),
                ("Directive '@a' may not be used on argument definition.", [(1, 62)]),
                ("Directive '@a' may not be used on field definition.", [(1, 71)]),
                ("Directive '@a' may not be used on interface.", [(1, 88)]),
                ("Directive '@a' may not be used on union.", [(1, 110)]),
                ("Directive '@a' may not be used on enum.", [(1, 124)]),
                ("Directive '@a' may not be used on enum value.", [(1, 131)]),
                ("Directive '@a' may not be used on input object.", [(1, 144)]),
                ("Directive '@a' may not be used on input field definition.", [(1, 156)]),
                ("Directive '@a' may not be used on scalar.", [(1, 170)]),
            ],
        ),
        (
            "type A @x { a: Int @deprecated @skip(if: true) }",
            None,
            [
                ("Unknown directive '@x'.", [(1, 8)]),
                ("Directive '@skip' may not be used on field definition.", [(1, 32)]),
            ],
        ),
        (
            "extend scalar S @d @unknown",
            EXTENDED,
            [
                ("Directive '@d' may not be used on scalar.", [(1, 17)]),
                ("Unknown directive '@unknown'.", [(1, 20)]),
            ],
        ),
    ],
)
def test_refuses_misplaced_directives_of_definitions(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(KnownDirectivesRule, source, extended) == errors
