"""The principal is a frozen value that keeps what it knows to itself."""

import dataclasses

import pytest

from covet_security import Principal


def test_it_is_frozen() -> None:
    principal = Principal("7", "bearer")

    with pytest.raises(dataclasses.FrozenInstanceError):
        principal.subject = "8"  # type: ignore[misc]


def test_by_default_it_may_nothing_and_claims_nothing() -> None:
    principal = Principal("7", "bearer")

    assert principal.scopes == frozenset()
    assert dict(principal.claims) == {}
    assert principal.expires_at is None
    assert principal.user is None


def test_its_repr_shows_neither_claims_nor_user() -> None:
    principal = Principal("7", "bearer", claims={"email": "a@b.c"}, user="Ada")

    assert "a@b.c" not in repr(principal)
    assert "Ada" not in repr(principal)


def test_it_can_be_a_key_of_a_dictionary() -> None:
    one, other = (Principal("7", "bearer", claims={"sub": "7"}, user=[]) for _ in range(2))

    assert {one: 1}[other] == 1
