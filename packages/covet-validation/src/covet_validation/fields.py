"""Types of fields that most applications need: user names, e-mail addresses, passwords."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import (
    EmailStr,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationError,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError
from pydantic_core import core_schema as cs

__all__ = ["Email", "PasswordRules", "StrongPassword", "Username"]

Username: TypeAlias = Annotated[
    str, StringConstraints(min_length=3, max_length=50, pattern=r"^[a-zA-Z0-9_]+$")
]
"""3 to 50 ASCII letters, digits and underscores."""

Email: TypeAlias = EmailStr
"""An e-mail address with a plausible domain; nothing is looked up."""


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """What a password must be: ``Annotated[str, PasswordRules(min_length=12)]``.

    *composition* asks for upper and lower case letters, digits and other characters; turn it off
    to follow ASVS 5.0, 6.2.5, which advises against such rules. Every broken rule is an error of
    its own, so that a form can show all of them. Lengths are in characters.
    """

    min_length: int = 8
    max_length: int = 128
    composition: bool = True

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the rules after what *source* asks."""
        return cs.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Tell the rules that a schema can tell."""
        return handler(schema) | {
            "format": "password",
            "minLength": self.min_length,
            "maxLength": self.max_length,
        }

    def broken(self, password: str) -> list[tuple[str, str]]:
        """Return the code and the message of each rule that *password* breaks."""
        found: list[tuple[str, str]] = []
        if len(password) < self.min_length:
            found.append(
                (
                    "password_too_short",
                    f"Password should have at least {self.min_length} characters.",
                )
            )
        if len(password) > self.max_length:
            found.append(
                ("password_too_long", f"Password should have at most {self.max_length} characters.")
            )
        if not self.composition:
            return found
        if not any(character.isupper() for character in password):
            found.append(("password_no_upper", "Password should have an upper case letter."))
        if not any(character.islower() for character in password):
            found.append(("password_no_lower", "Password should have a lower case letter."))
        if not any(character.isdigit() for character in password):
            found.append(("password_no_digit", "Password should have a digit."))
        if all(character.isalnum() for character in password):
            found.append(("password_no_special", "Password should have a special character."))
        return found

    def _check(self, password: str) -> str:
        broken = self.broken(password)
        if broken:
            raise ValidationError.from_exception_data(
                "StrongPassword",
                [
                    InitErrorDetails(type=PydanticCustomError(code, message), loc=(), input=None)  # pyright: ignore
                    for code, message in broken
                ],
                hide_input=True,
            )
        return password


StrongPassword: TypeAlias = Annotated[str, PasswordRules()]
"""8 to 128 characters with upper and lower case, a digit and something else."""
