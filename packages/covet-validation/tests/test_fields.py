from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from covet_validation import Email, PasswordRules, StrongPassword, Username


def codes(annotation: Any, value: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(annotation).validate_python(value)
    return [one["type"] for one in caught.value.errors()]


@pytest.mark.parametrize("name", ["abc", "a_1", "A" * 50])
def test_user_names_are(name: str) -> None:
    assert TypeAdapter(Username).validate_python(name) == name


@pytest.mark.parametrize("name", ["ab", "a" * 51, "a b", "é__", "abc\n", "a-b", "", "abc‮"])
def test_user_names_are_not(name: str) -> None:
    assert codes(Username, name)


@pytest.mark.parametrize("address", ["a@b.co", "a.b+c@example.org"])
def test_emails_are(address: str) -> None:
    assert TypeAdapter(Email).validate_python(address) == address


@pytest.mark.parametrize("address", ["a", "a@", "@b.co", "a@b", "a b@c.de", "a@b.co\n.x"])
def test_emails_are_not(address: str) -> None:
    assert codes(Email, address)


def test_strong_passwords_pass() -> None:
    assert TypeAdapter(StrongPassword).validate_python("Secret-123") == "Secret-123"


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("Aa1-", ["password_too_short"]),
        ("Aa1-" * 33, ["password_too_long"]),
        ("secret-123", ["password_no_upper"]),
        ("SECRET-123", ["password_no_lower"]),
        ("Secret-abc", ["password_no_digit"]),
        ("Secret1234", ["password_no_special"]),
        (
            "",
            [
                "password_too_short",
                "password_no_upper",
                "password_no_lower",
                "password_no_digit",
                "password_no_special",
            ],
        ),
    ],
)
def test_each_broken_password_rule_is_an_error(password: str, broken: list[str]) -> None:
    assert codes(StrongPassword, password) == broken


def test_passwords_have_to_be_texts() -> None:
    assert codes(StrongPassword, 12345678) == ["string_type"]


def test_composition_rules_can_be_turned_off() -> None:
    annotation = Annotated[str, PasswordRules(min_length=12, composition=False)]

    assert TypeAdapter(annotation).validate_python("correct horse") == "correct horse"
    assert codes(annotation, "short") == ["password_too_short"]


def test_letters_and_digits_of_all_alphabets_count() -> None:
    assert PasswordRules().broken("Пароль-٣٤٥") == []


def test_errors_do_not_hold_the_password() -> None:
    class SignUp(BaseModel):
        password: StrongPassword

    with pytest.raises(ValidationError) as caught:
        SignUp(password="hunter2")

    assert "hunter2" not in str(caught.value)
    assert {one["loc"] for one in caught.value.errors()} == {("password",)}


def test_schemas_tell_lengths_and_format() -> None:
    schema = TypeAdapter(StrongPassword).json_schema()

    assert schema == {"type": "string", "format": "password", "minLength": 8, "maxLength": 128}
