"""Names are ASCII letters, digits and underscores, the first no digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_graphql import GraphQLError, assert_enum_value_name, assert_name
from covet_graphql.type.assert_name import assert_names

NAMES = st.from_regex(r"[_A-Za-z][_0-9A-Za-z]*", fullmatch=True)


@given(name=NAMES)
def test_names_are_returned(name: str) -> None:
    assert assert_name(name) == name
    assert_names([name, name])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Expected name to be a non-empty string."),
        ("1a", "Names must start with [_a-zA-Z] but '1a' does not."),
        ("-", "Names must start with [_a-zA-Z] but '-' does not."),
        ("é", "Names must start with [_a-zA-Z] but 'é' does not."),
        ("a-b", "Names must only contain [_a-zA-Z0-9] but 'a-b' does not."),
        ("naïve", "Names must only contain [_a-zA-Z0-9] but 'naïve' does not."),
        ("a\n", "Names must only contain [_a-zA-Z0-9] but 'a\\n' does not."),
        ("a²", "Names must only contain [_a-zA-Z0-9] but 'a²' does not."),
    ],
)
def test_other_texts_are_refused(name: str, message: str) -> None:
    with pytest.raises(GraphQLError) as caught:
        assert_name(name)
    assert caught.value.message == message

    with pytest.raises(GraphQLError) as caught:
        assert_names(["fine", name])
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("name", "message"), [(None, "Must provide name."), (5, "Expected name to be a string.")]
)
def test_what_is_no_text_is_refused(name: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        assert_name(name)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=message):
        assert_names(["fine", name])  # type: ignore[list-item]


@pytest.mark.parametrize("name", ["true", "false", "null"])
def test_enum_values_are_not_named_like_other_values(name: str) -> None:
    assert assert_name(name) == name
    with pytest.raises(GraphQLError, match=f"Enum values cannot be named: {name}."):
        assert_enum_value_name(name)
    assert assert_enum_value_name(name.upper()) == name.upper()
