# ruff: noqa: E501 (one case a line)
import pytest

from covet_graphql.utilities import (
    BreakingChange,
    BreakingChangeType,
    DangerousChange,
    DangerousChangeType,
    SafeChange,
    SafeChangeType,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
    find_schema_changes,
)


def changes(old: str, new: str) -> list[tuple[str, str]]:
    old_schema = build_schema(old, assume_valid_sdl=True)
    new_schema = build_schema(new, assume_valid_sdl=True)
    return [
        (change.type.name, change.description)
        for change in find_schema_changes(old_schema, new_schema)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # types
        ("scalar A", "", [("TYPE_REMOVED", "A was removed.")]),
        ("", "scalar A", [("TYPE_ADDED", "A was added.")]),
        (
            "type A { a: ID }",
            "type A { a: String }",
            [
                ("TYPE_REMOVED", "Standard scalar ID was removed because it is not referenced anymore."),
                ("FIELD_CHANGED_KIND", "Field A.a changed type from ID to String."),
            ],
        ),
        ("scalar A", "type A", [("TYPE_CHANGED_KIND", "A changed from a Scalar type to an Object type.")]),
        ("enum A", "interface A", [("TYPE_CHANGED_KIND", "A changed from an Enum type to an Interface type.")]),
        ("union A", "input A", [("TYPE_CHANGED_KIND", "A changed from a Union type to an Input type.")]),
        ('"x" scalar A', '"y" scalar A', [("DESCRIPTION_CHANGED", 'Description of A has changed to "y".')]),
        ('"x" scalar A', "scalar A", [("DESCRIPTION_CHANGED", "Description of A was removed.")]),
        # fields
        (
            "type A { a: Int }",
            "type A { b: Int }",
            [("FIELD_REMOVED", "Field A.a was removed."), ("FIELD_ADDED", "Field A.b was added.")],
        ),
        ("type A { a: Int }", "type A { a: Int! }", [("FIELD_CHANGED_KIND_SAFE", "Field A.a changed type from Int to Int!.")]),
        ("type A { a: Int! }", "type A { a: Int }", [("FIELD_CHANGED_KIND", "Field A.a changed type from Int! to Int.")]),
        ("type A { a: [Int] }", "type A { a: [Int!]! }", [("FIELD_CHANGED_KIND_SAFE", "Field A.a changed type from [Int] to [Int!]!.")]),
        ("type A { a: [Int]! }", "type A { a: [Int!] }", [("FIELD_CHANGED_KIND", "Field A.a changed type from [Int]! to [Int!].")]),
        ("interface A { a: Int }", "interface A { a: [Int] }", [("FIELD_CHANGED_KIND", "Field A.a changed type from Int to [Int].")]),
        ('type A { "x" a: Int }', 'type A { "y" a: Int }', [("DESCRIPTION_CHANGED", 'Description of field A.a has changed to "y".')]),
        (
            "interface I interface J type A implements I",
            "interface I interface J type A implements J",
            [
                ("IMPLEMENTED_INTERFACE_ADDED", "J added to interfaces implemented by A."),
                ("IMPLEMENTED_INTERFACE_REMOVED", "A no longer implements interface I."),
            ],
        ),
        # arguments
        ("type A { a(x: Int): Int }", "type A { a: Int }", [("ARG_REMOVED", "Argument A.a(x:) was removed.")]),
        ("type A { a: Int }", "type A { a(x: Int): Int }", [("OPTIONAL_ARG_ADDED", "An optional argument A.a(x:) was added.")]),
        ("type A { a: Int }", "type A { a(x: Int! = 1): Int }", [("OPTIONAL_ARG_ADDED", "An optional argument A.a(x:) was added.")]),
        ("type A { a: Int }", "type A { a(x: Int!): Int }", [("REQUIRED_ARG_ADDED", "A required argument A.a(x:) was added.")]),
        ("type A { a(x: Int): Int }", "type A { a(x: Int!): Int }", [("ARG_CHANGED_KIND", "Argument A.a(x:) has changed type from Int to Int!.")]),
        ("type A { a(x: [Int!]!): Int }", "type A { a(x: [Int]): Int }", [("ARG_CHANGED_KIND_SAFE", "Argument A.a(x:) has changed type from [Int!]! to [Int].")]),
        ("type A { a(x: Int = 1): Int }", "type A { a(x: Int = 2): Int }", [("ARG_DEFAULT_VALUE_CHANGE", "A.a(x:) has changed defaultValue from 1 to 2.")]),
        ("type A { a(x: Int = 1): Int }", "type A { a(x: Int): Int }", [("ARG_DEFAULT_VALUE_CHANGE", "A.a(x:) defaultValue was removed.")]),
        ("type A { a(x: Int): Int }", "type A { a(x: Int = 1): Int }", [("ARG_DEFAULT_VALUE_ADDED", "A.a(x:) added a defaultValue 1.")]),
        ('type A { a(x: Int): Int }', 'type A { a("y" x: Int): Int }', [("DESCRIPTION_CHANGED", 'Description of argument A.a(x) has changed to "y".')]),
        # members
        ("type T union U", "type T union U = T", [("TYPE_ADDED_TO_UNION", "T was added to union type U.")]),
        ("type T union U = T", "type T union U", [("TYPE_REMOVED_FROM_UNION", "T was removed from union type U.")]),
        ("enum E { A }", "enum E { B }", [("VALUE_ADDED_TO_ENUM", "Enum value E.B was added."), ("VALUE_REMOVED_FROM_ENUM", "Enum value E.A was removed.")]),
        ('enum E { A }', 'enum E { "a" A }', [("DESCRIPTION_CHANGED", 'Description of enum value E.A has changed to "a".')]),
        # input fields
        ("input I { a: Int }", "input I { a: Int b: Int! }", [("REQUIRED_INPUT_FIELD_ADDED", "A required field I.b was added.")]),
        ("input I { a: Int }", "input I { a: Int b: Int }", [("OPTIONAL_INPUT_FIELD_ADDED", "An optional field I.b was added.")]),
        ("input I { a: Int }", "input I", [("FIELD_REMOVED", "Field I.a was removed.")]),
        ("input I { a: Int }", "input I { a: Int! }", [("FIELD_CHANGED_KIND", "Field I.a changed type from Int to Int!.")]),
        ("input I { a: Int! }", "input I { a: Int }", [("FIELD_CHANGED_KIND_SAFE", "Field I.a changed type from Int! to Int.")]),
        ("input I { a: Int = 1 }", "input I { a: Int = null }", [("INPUT_FIELD_DEFAULT_VALUE_CHANGE", "I.a has changed defaultValue from 1 to null.")]),
        ("input I { a: Int }", "input I { a: Int = 1 }", [("INPUT_FIELD_DEFAULT_VALUE_ADDED", "I.a added a defaultValue 1.")]),
        ('input I { "x" a: Int }', "input I { a: Int }", [("DESCRIPTION_CHANGED", "Description of input-field I.a was removed.")]),
        # directives
        ("directive @a on FIELD", "directive @b on FIELD", [("DIRECTIVE_REMOVED", "Directive @a was removed."), ("DIRECTIVE_ADDED", "Directive @b was added.")]),
        ("directive @a on FIELD", "directive @a repeatable on FIELD", [("DIRECTIVE_REPEATABLE_ADDED", "Repeatable flag was added to @a.")]),
        ("directive @a repeatable on FIELD", "directive @a on FIELD", [("DIRECTIVE_REPEATABLE_REMOVED", "Repeatable flag was removed from @a.")]),
        (
            "directive @a on FIELD",
            "directive @a on QUERY",
            [("DIRECTIVE_LOCATION_REMOVED", "FIELD was removed from @a."), ("DIRECTIVE_LOCATION_ADDED", "QUERY was added to @a.")],
        ),
        (
            "directive @a(x: Int) on FIELD",
            'directive @a(y: Int! z: Int) on FIELD',
            [
                ("REQUIRED_DIRECTIVE_ARG_ADDED", "A required argument @a(y:) was added."),
                ("OPTIONAL_DIRECTIVE_ARG_ADDED", "An optional argument @a(z:) was added."),
                ("DIRECTIVE_ARG_REMOVED", "Argument @a(x:) was removed."),
            ],
        ),
        (
            '"p" directive @a(x: Int) on FIELD',
            '"q" directive @a("x" x: Int!) on FIELD',
            [
                ("ARG_CHANGED_KIND", "Argument @a(x:) has changed type from Int to Int!."),
                ("DESCRIPTION_CHANGED", 'Description of @a(x) has changed to "x".'),
                ("DESCRIPTION_CHANGED", 'Description of @a has changed to "q".'),
            ],
        ),
    ],
)  # fmt: skip
def test_each_change_is_told(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    base = "type Query { a: String b: Int }"

    assert changes(f"{base} {old}", f"{base} {new}") == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type A { a: Int b: Int }", "type A { b: Int a: Int }"),
        ("input I { a: [I] = [{c: 1, d: {z: 1, y: 2}}] }", "input I { a: [I] = [{d: {y: 2, z: 1}, c: 1}] }"),
        ("union U = A | B type A type B", "union U = B | A type B type A"),
        ("enum E { A B }", "enum E { B A @deprecated }"),
        ('scalar S @specifiedBy(url: "a")', 'scalar S @specifiedBy(url: "b")'),
        ("directive @d on FIELD | QUERY", "directive @d on QUERY | FIELD"),
    ],
)  # fmt: skip
def test_order_and_what_clients_do_not_see_are_no_changes(old: str, new: str) -> None:
    assert changes(old, new) == []


def test_changed_defaults_are_shown_in_one_order() -> None:
    old = "input I { a: [I] = [{d: 1, c: 2}] }"
    new = "input I { a: [I] = [{d: 1, c: 3}] }"

    assert changes(old, new) == [
        (
            "INPUT_FIELD_DEFAULT_VALUE_CHANGE",
            "I.a has changed defaultValue from [{ c: 2, d: 1 }] to [{ c: 3, d: 1 }].",
        )
    ]


def test_changes_are_told_apart_by_what_they_mean() -> None:
    old = build_schema("type Query { a: Int } enum E { A }")
    new = build_schema("type Query { b: Int } enum E { A B }")

    assert find_breaking_changes(old, new) == [
        BreakingChange(BreakingChangeType.FIELD_REMOVED, "Field Query.a was removed.")
    ]
    assert find_dangerous_changes(old, new) == [
        DangerousChange(DangerousChangeType.VALUE_ADDED_TO_ENUM, "Enum value E.B was added.")
    ]
    assert find_schema_changes(old, new)[1] == SafeChange(
        SafeChangeType.FIELD_ADDED, "Field Query.b was added."
    )
