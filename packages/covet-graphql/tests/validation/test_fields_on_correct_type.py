"""Types have the fields that are selected from them."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import FieldsOnCorrectTypeRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        (
            "{ dog { __typename a: name } pet { name ... on Dog { barks } } "
            "catOrDog { __typename } }"
        ),
        '{ __schema { types { name } } __type(name: "a") { name } __typename }',
        "{ unknownParent: dog { ... on Unknown { a { b } } } }",
    ],
)
def test_accepts_fields_of_the_type(errors_of: Errors, source: str) -> None:
    assert errors_of(FieldsOnCorrectTypeRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog { nme } }",
            [
                ("Cannot query field 'nme' on type 'Dog'. Did you mean 'name'?", [(1, 9)]),
            ],
        ),
        (
            "{ dog { unknown { deeper } } }",
            [
                ("Cannot query field 'unknown' on type 'Dog'.", [(1, 9)]),
            ],
        ),
        (
            "{ pet { barks } }",
            [
                (
                    "Cannot query field 'barks' on type 'Pet'. Did you mean to use an inline fragment on 'Dog'?",
                    [(1, 9)],
                ),
            ],
        ),
        (
            "{ pet { nickname } }",
            [
                (
                    "Cannot query field 'nickname' on type 'Pet'. Did you mean to use an inline fragment on 'Cat' or 'Dog'?",
                    [(1, 9)],
                ),
            ],
        ),
        (
            "{ catOrDog { name } }",
            [
                (
                    "Cannot query field 'name' on type 'CatOrDog'. Did you mean to use an inline fragment on 'Being', 'Pet', 'Canine', 'Cat', or 'Dog'?",
                    [(1, 14)],
                ),
            ],
        ),
        (
            "{ being { mother } }",
            [
                (
                    "Cannot query field 'mother' on type 'Being'. Did you mean to use an inline fragment on 'Canine' or 'Dog'?",
                    [(1, 11)],
                ),
            ],
        ),
        (
            "{ dog { __schema { types { name } } a: __type } }",
            [
                ("Cannot query field '__schema' on type 'Dog'.", [(1, 9)]),
                ("Cannot query field '__type' on type 'Dog'.", [(1, 37)]),
            ],
        ),
        (
            "mutation { __schema { types { name } } }",
            [
                ("Cannot query field '__schema' on type 'Mutation'.", [(1, 12)]),
            ],
        ),
        (
            "{ a: unknown b: dogg { name } }",
            [
                ("Cannot query field 'unknown' on type 'Query'.", [(1, 3)]),
                ("Cannot query field 'dogg' on type 'Query'. Did you mean 'dog'?", [(1, 14)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(FieldsOnCorrectTypeRule, source) == errors
