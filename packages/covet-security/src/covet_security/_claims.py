"""The claims of an access token: which it gets, and which are believed.

Source: RFC 9068 §2.2 and §4, https://www.rfc-editor.org/rfc/rfc9068#section-4
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from covet_security._compact import TokenError
from covet_security._errors import ClaimError

_ISSUED = ("iss", "aud", "iat", "exp", "jti", "gen")  # ours alone to set
_STRINGS = ("scope", "client_id", "sid")
_MAX_TIME = 253402300799  # the last second of year 9999, which datetime can still hold


@dataclass(frozen=True, slots=True)
class ClaimsPolicy:
    """Who issues tokens to whom, and by how much clocks may differ."""

    issuer: str
    audience: str
    leeway_seconds: int

    def issue(
        self,
        data: Mapping[str, Any],
        *,
        now: float,
        lifetime_seconds: float,
        jti: str,
        generation: int | None = None,
    ) -> dict[str, Any]:
        """Return the claims of a token about *data*, whose ``user_id`` becomes ``sub``.

        ``gen`` is *generation*, that of its session, and without one the time in milliseconds: a
        token is over when its subject has since logged out everywhere.

        Raises:
            ClaimError: *data* has no subject, sets a claim that is not its to set, has a value
                that is not JSON, or one of the wrong type for a registered claim.
        """
        check_reserved(data, _ISSUED)
        issued_at = int(now)
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": subject_of(data),
            "iat": issued_at,
            "exp": int(issued_at + lifetime_seconds),
            "jti": jti,
            "gen": int(now * 1000) if generation is None else generation,
        }
        for claim, value in data.items():
            if claim not in {"user_id", "sub"}:
                _check_json(claim, value)
                claims[claim] = value
        for claim in _STRINGS:
            if claim in claims and not isinstance(claims[claim], str):
                raise ClaimError(claim, f"must be a string, not {type(claims[claim]).__name__}.")
        for claim in ("exp", "nbf"):
            if claim in claims and not _is_time(claims[claim]):
                raise ClaimError(claim, "must be whole seconds since 1970, up to the year 9999.")
        return claims

    def check(self, claims: Mapping[str, Any], *, now: float) -> None:
        """Do nothing if *claims*, already known to be signed, are an access token for us, now.

        That it has expired is found last, so that only a token otherwise right is called so.

        Raises:
            TokenError: they are not.
        """
        if claims.get("iss") != self.issuer:
            raise TokenError(f"The token is not issued by {self.issuer!r}.")
        audience = claims.get("aud")
        if audience != self.audience and not (
            isinstance(audience, list) and self.audience in audience
        ):
            raise TokenError(f"The token is not for {self.audience!r}.")
        for claim in ("sub", "jti"):
            value = claims.get(claim)
            if not isinstance(value, str) or not value:
                raise TokenError(f"The token's {claim!r} is not a non-empty string.")
        for claim in _STRINGS:
            if not isinstance(claims.get(claim, ""), str):
                raise TokenError(f"The token's {claim!r} is not a string.")
        for claim in ("iat", "exp"):
            if not _is_time(claims.get(claim)):
                raise TokenError(f"The token's {claim!r} is not a time.")
        generation = claims.get("gen", 0)
        if type(generation) is not int or generation < 0:
            raise TokenError("The token's 'gen' is not a generation.")
        not_before = claims.get("nbf", 0)
        if not _is_time(not_before):
            raise TokenError("The token's 'nbf' is not a time.")
        if now + self.leeway_seconds < not_before:
            raise TokenError(f"The token is valid from {not_before}, and it is {now:.0f}.")
        if now - self.leeway_seconds >= claims["exp"]:
            raise TokenError(f"The token expired at {claims['exp']}.", "expired")


def session_data(data: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the subject in *data*, and the claims of every access token of a session about it.

    Raises:
        ClaimError: *data* has no subject, sets a claim that is not its to set, or is not JSON.
    """
    check_reserved(data, (*_ISSUED, "sid"))
    claims = {name: value for name, value in data.items() if name not in {"user_id", "sub"}}
    for claim, value in claims.items():
        _check_json(claim, value)
    return subject_of(data), claims


def check_reserved(data: Mapping[str, Any], reserved: Iterable[str]) -> None:
    """Do nothing if *data* has none of the *reserved* claims.

    Raises:
        ClaimError: it has one.
    """
    for claim in reserved:
        if claim in data:
            raise ClaimError(claim, "is set by the authenticator. Leave it out of the data.")


def subject_of(data: Mapping[str, Any]) -> str:
    """Return the subject that *data* names, as ``user_id`` or ``sub``.

    Raises:
        ClaimError: it names none, or two.
    """
    if "user_id" in data and "sub" in data:
        raise ClaimError("sub", "is given twice: as 'sub' and as 'user_id'. Give one.")
    subject = data.get("user_id", data.get("sub"))
    if not isinstance(subject, str | int | UUID) or isinstance(subject, bool) or subject == "":
        raise ClaimError("sub", "is missing. Give data a 'user_id': a string, an int or a UUID.")
    return str(subject)


def _check_json(claim: str, value: object) -> None:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        raise ClaimError(
            claim,
            f"is a {type(value).__name__} that JSON cannot hold. Give text, numbers or lists.",
        ) from None


def _is_time(value: object) -> bool:
    """Return whether *value* is a whole number of seconds that a datetime can hold."""
    return type(value) is int and 0 <= value <= _MAX_TIME  # type: bool is an int
