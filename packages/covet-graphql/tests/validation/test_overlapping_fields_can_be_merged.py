"""Fields with one response name can be merged.

Source: GraphQL §5.3.2, https://spec.graphql.org/September2025/#sec-Field-Selection-Merging
"""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import OverlappingFieldsCanBeMergedRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { name name x: name x: name } }",
        (
            "{ dog { name(surname: true) name(surname: true) isAtLocation(x: 1, y: "
            "2) isAtLocation(y: 2, x: 1) } }"
        ),
        "{ dog { name @skip(if: true) name @include(if: true) } }",
        "{ pet { ... on Dog { x: barkVolume } ... on Cat { x: meowVolume } } }",
        "{ pet { ... on Dog { x: name(surname: true) } ... on Cat { x: name } } }",
        ("{ dog { mother { name } mother { name nickname } } dog { mother { mother { name } } } }"),
        (
            "{ args { complex(a: {requiredField: true, intField: 1}) complex(a: "
            "{intField: 1, requiredField: true}) } }"
        ),
        '{ args { list(a: ["a", $b]) list(a: ["a", $b]) } }',
        (
            "{ dog { ...A ...B } } fragment A on Dog { name ...B } fragment B on "
            "Dog { name mother { ...A } }"
        ),
        "{ unknown { a } unknown { a } ... on Unknown { x: a x: a } }",
        (
            "{ dog { ...A mother { ...A name } } } fragment A on Dog { mother { "
            "...A name } ...Unknown }"
        ),
    ],
)
def test_accepts_fields_that_can_be_merged(errors_of: Errors, source: str) -> None:
    assert errors_of(OverlappingFieldsCanBeMergedRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog { name: nickname name } }",
            [
                (
                    "Fields 'name' conflict because 'nickname' and 'name' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 9), (1, 24)],
                ),
            ],
        ),
        (
            "{ dog { x: name x: barkVolume } }",
            [
                (
                    "Fields 'x' conflict because 'name' and 'barkVolume' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 9), (1, 17)],
                ),
            ],
        ),
        (
            "{ dog { isAtLocation(x: 1) isAtLocation(x: 2) } }",
            [
                (
                    "Fields 'isAtLocation' conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 9), (1, 28)],
                ),
            ],
        ),
        (
            "{ dog { isAtLocation(x: 1) isAtLocation } }",
            [
                (
                    "Fields 'isAtLocation' conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 9), (1, 28)],
                ),
            ],
        ),
        (
            "{ dog { isAtLocation(x: 1) isAtLocation(y: 1) } }",
            [
                (
                    "Fields 'isAtLocation' conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 9), (1, 28)],
                ),
            ],
        ),
        (
            '{ args { list(a: ["a", "b"]) list(a: ["b", "a"]) } }',
            [
                (
                    "Fields 'list' conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 10), (1, 30)],
                ),
            ],
        ),
        (
            '{ args { string(a: "x") string(a: """x""") } }',
            [
                (
                    "Fields 'string' conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 10), (1, 25)],
                ),
            ],
        ),
        (
            "{ args { complex(a: {intField: 1}) complex(a: {intField: $v}) } }",
            [
                (
                    "Fields 'complex' conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 10), (1, 36)],
                ),
            ],
        ),
        (
            "{ pet { ... on Dog { x: barkVolume } ... on Cat { x: nickname } } }",
            [
                (
                    "Fields 'x' conflict because they return conflicting types 'Int' and 'String'. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 22), (1, 51)],
                ),
            ],
        ),
        (
            "{ pet { ... on Dog { x: mother { name } } ... on Cat { x: furColor } } }",
            [
                (
                    "Fields 'x' conflict because they return conflicting types 'Dog' and 'Command'. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 22), (1, 56)],
                ),
            ],
        ),
        (
            "{ being { ... on Dog { x: tags } ... on Human { x: name } } }",
            [
                (
                    "Fields 'x' conflict because they return conflicting types '[String!]' and 'String'. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 24), (1, 49)],
                ),
            ],
        ),
        (
            (
                "{ being { ... on Canine { x: mother { name } } ... on Human { x: "
                "relatives { name } } } }"
            ),
            [
                (
                    "Fields 'x' conflict because 'mother' and 'relatives' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 27), (1, 63)],
                ),
            ],
        ),
        (
            "{ dog { mother { x: name } mother { x: nickname } } }",
            [
                (
                    "Fields 'mother' conflict because subfields 'x' conflict because 'name' and 'nickname' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 9), (1, 18), (1, 28), (1, 37)],
                ),
            ],
        ),
        (
            "{ dog { mother { x: name y: barks } mother { x: nickname y: barkVolume } } }",
            [
                (
                    "Fields 'mother' conflict because subfields 'x' conflict because 'name' and 'nickname' are different fields and subfields 'y' conflict because 'barks' and 'barkVolume' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 9), (1, 18), (1, 26), (1, 37), (1, 46), (1, 58)],
                ),
            ],
        ),
        (
            "{ dog { mother { mother { x: name } } mother { mother { x: nickname } } } }",
            [
                (
                    "Fields 'mother' conflict because subfields 'mother' conflict because subfields 'x' conflict because 'name' and 'nickname' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 9), (1, 18), (1, 27), (1, 39), (1, 48), (1, 57)],
                ),
            ],
        ),
        (
            (
                "{ dog { ...A ...B } } fragment A on Dog { x: name } fragment B on Dog "
                "{ x: nickname }"
            ),
            [
                (
                    "Fields 'x' conflict because 'name' and 'nickname' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 43), (1, 73)],
                ),
            ],
        ),
        (
            "{ dog { ...A x: nickname } } fragment A on Dog { x: name }",
            [
                (
                    "Fields 'x' conflict because 'nickname' and 'name' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 14), (1, 50)],
                ),
            ],
        ),
        (
            (
                "{ dog { ...A } dog { ...B } } fragment A on Dog { x: name } fragment B "
                "on Dog { ...C } fragment C on Dog { x: nickname }"
            ),
            [
                (
                    "Fields 'dog' conflict because subfields 'x' conflict because 'name' and 'nickname' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 3), (1, 51), (1, 16), (1, 108)],
                ),
            ],
        ),
        (
            "{ dog { mother { ...A x: nickname } } } fragment A on Dog { x: name }",
            [
                (
                    "Fields 'x' conflict because 'nickname' and 'name' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 23), (1, 61)],
                ),
            ],
        ),
        (
            (
                "{ pet { ... on Dog { a: mother { x: name } } ... on Cat { a: unknown } "
                "... on Dog { a: mother { x: barkVolume } } } }"
            ),
            [
                (
                    "Fields 'a' conflict because subfields 'x' conflict because 'name' and 'barkVolume' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 22), (1, 34), (1, 85), (1, 97)],
                ),
            ],
        ),
        (
            "{ dog { tags @stream tags @stream } }",
            [
                (
                    "Fields 'tags' conflict because they have overlapping stream directives. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 9), (1, 22)],
                ),
            ],
        ),
        (
            "{ dog { unknown: a unknown: b } }",
            [
                (
                    "Fields 'unknown' conflict because 'a' and 'b' are different fields. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 9), (1, 20)],
                ),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(OverlappingFieldsCanBeMergedRule, source) == errors


def test_a_conflict_inside_a_fragment_is_shown_where_that_is_defined(errors_of: Errors) -> None:
    source = "{ dog { ...F } dog { ...F } } fragment F on Dog { x: name x: nickname }"

    assert [at for _, at in errors_of(OverlappingFieldsCanBeMergedRule, source)] == [
        [(1, 51), (1, 59)]
    ]


def test_a_conflict_of_two_fragments_is_shown_once(errors_of: Errors) -> None:
    source = (
        "query One { dog { ...F ...G } } query Two { dog { ...F ...G } }"
        " fragment F on Dog { x: name } fragment G on Dog { x: nickname }"
    )

    assert len(errors_of(OverlappingFieldsCanBeMergedRule, source)) == 1


def test_shared_selections_are_merged_once(errors_of: Errors) -> None:
    source = (
        "{ dog { ...F mother { ...F } } dog { ...G mother { ...G } } }"
        " fragment F on Dog { mother { mother { x: name } } }"
        " fragment G on Dog { mother { mother { x: name } } mother { mother { y: name } } }"
    )

    assert errors_of(OverlappingFieldsCanBeMergedRule, source) == []
