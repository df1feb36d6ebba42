"""Suggestions for names; `type/test_oracle` compares random ones."""

import pytest

from covet_graphql._did_you_mean import (
    and_list,
    did_you_mean,
    or_list,
    suggestion_list,
)


@pytest.mark.parametrize(
    ("name", "options", "suggestions"),
    [
        ("", ["a", "ab"], ["a"]),
        ("name", ["name"], ["name"]),
        ("name", ["Name", "nam", "nmae", "names"], ["Name", "nam", "names", "nmae"]),
        ("naem", ["name", "xxxx"], ["name"]),
        ("abc", ["abcdefgh", "xyz"], []),
        ("a1", ["a10", "a2", "a9"], ["a2", "a9", "a10"]),
        ("aaaaaaaaaa", ["bbbbbbbbbb"], []),
    ],
)
def test_near_names_are_suggested_the_nearest_first(
    name: str, options: list[str], suggestions: list[str]
) -> None:
    assert suggestion_list(name, options) == suggestions


@pytest.mark.parametrize(
    ("suggestions", "text"),
    [
        ([], ""),
        (["a"], " Did you mean 'a'?"),
        (["a", "b"], " Did you mean 'a' or 'b'?"),
        (["a", "b", "c"], " Did you mean 'a', 'b', or 'c'?"),
        (list("abcdef"), " Did you mean 'a', 'b', 'c', 'd', or 'e'?"),
    ],
)
def test_up_to_five_names_are_shown(suggestions: list[str], text: str) -> None:
    assert did_you_mean(suggestions) == text


def test_a_message_may_say_what_the_names_are() -> None:
    assert did_you_mean(["A"], "the enum value") == " Did you mean the enum value 'A'?"


def test_lists_are_english() -> None:
    assert or_list(["a", "b"]) == "'a' or 'b'"
    assert and_list(["a"]) == "'a'"
    assert and_list(["a", "b", "c"]) == "'a', 'b', and 'c'"


def test_hostile_names_are_quickly_found_unlike() -> None:
    assert suggestion_list("x" * 100_000, ["name"] * 100) == []
