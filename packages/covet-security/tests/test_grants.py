"""Permissions are names of two or three segments, and a star is a whole one."""

import pytest

from covet_security import ConfigError
from covet_security._grants import check_permission, is_granted


@pytest.mark.parametrize(
    ("held", "wanted", "granted"),
    [
        ("items:read", "items:read", True),
        ("items:*", "items:read", True),
        ("*:read", "items:read", True),
        ("*:*", "items:read", True),
        ("items:*", "items:read:all", False),
        ("items:*:*", "items:read:all", True),
        ("items:read:*", "items:read:all", True),
        ("items:read:*", "items:read", False),
        ("*", "items:read", False),
        ("**", "items:read", False),
        ("items:rea*", "items:read", False),
        ("items:read", "items:write", False),
        ("items:read:all", "items:read", False),
    ],
)
def test_a_star_stands_for_one_whole_segment(held: str, wanted: str, granted: bool) -> None:
    assert is_granted({held}, wanted) is granted


def test_nothing_held_grants_nothing() -> None:
    assert not is_granted(frozenset(), "items:read")


@pytest.mark.parametrize("text", ["items:read", "items:read:all", "my-items_2:re-ad"])
def test_names_are_accepted(text: str) -> None:
    assert check_permission(text) == text


@pytest.mark.parametrize(
    "text", ["", "items", "items:", ":read", "items:read:all:more", "Items:read", "items: read"]
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        check_permission(text)
    with pytest.raises(ConfigError):
        check_permission(text, wildcards=True)


@pytest.mark.parametrize("text", ["items:*", "*:read", "*:*:*", "items:read"])
def test_what_a_role_holds_may_have_stars(text: str) -> None:
    assert check_permission(text, wildcards=True) == text


@pytest.mark.parametrize("text", ["items:*", "items:read\n"])
def test_what_is_asked_for_may_not(text: str) -> None:
    with pytest.raises(ConfigError):
        check_permission(text)
