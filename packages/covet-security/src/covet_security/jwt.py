"""Access tokens: issued, checked, and turned into the principal of a request."""

import inspect
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from covet_security._bearer import bearer_token
from covet_security._claims import ClaimsPolicy
from covet_security._compact import (
    MAX_TOKEN_BYTES,
    CompactToken,
    TokenError,
    read_json_object,
    read_token,
    write_token,
)
from covet_security._errors import (
    AuthenticationException,
    ClaimError,
    ConfigError,
    TokenProblem,
    bearer_challenge,
)
from covet_security._material import Algorithm
from covet_security._secret import Secret
from covet_security._user_type import user_type
from covet_security.keys import Key, KeySet
from covet_security.principal import Principal

LoadUser = Callable[[str, Any], Awaitable[Any] | Any]
"""From the subject of a token and a database session to the user, or None if there is none."""

_TYPES = frozenset({"at+jwt", "application/at+jwt"})  # RFC 9068 §4
_MAX_LEEWAY_SECONDS = 30
_STRING_KEY_KID = "default"  # the key that is given as a string

# Headers that bring a key, another serialization or a token inside: never followed (RFC 7515 §4.1).
_REFUSED_HEADERS = frozenset({"b64", "crit", "cty", "enc", "jku", "jwk", "zip"})
_REFUSED_PREFIX = "x5"


class JWTAuthenticator:
    """Issues access tokens and says whose a token is.

    A token names its key, and the key fixes the algorithm, so that no token chooses how it is
    checked. A token holds no roles and no permissions: those come from the database.

    Attributes:
        issuer: the ``iss`` of every token.
        audience: the ``aud`` that a token must have.
        realm: the protection space named in challenges.
        keys: the keys that sign and verify.
        loads_user: whether a token leads to a user.
        user_type: the class that ``load_user`` is annotated to return; None if unknown.

    Source: RFC 9068, https://www.rfc-editor.org/rfc/rfc9068; RFC 8725 (best current practices),
    https://www.rfc-editor.org/rfc/rfc8725
    """

    def __init__(
        self,
        secret_key: str | Secret | Key | KeySet,
        algorithm: Algorithm = "HS256",
        *,
        issuer: str,
        audience: str,
        access_token_expire_minutes: float = 30,
        leeway_seconds: int = 0,
        realm: str = "api",
        load_user: LoadUser | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Trust *secret_key*: a string is one key for *algorithm*; a Key carries its own.

        Args:
            secret_key: a secret of at least 32 bytes for HS256, a key, or a set of keys.
            algorithm: of *secret_key* where that is a string.
            issuer: who issues the tokens, compared exactly.
            audience: for whom they are, compared exactly.
            access_token_expire_minutes: how long a token lasts.
            leeway_seconds: by how much the issuer's clock may differ, up to 30.
            realm: the protection space named in challenges.
            load_user: called with the subject and the database session, sync or async; a sync
                one runs on the event loop, so it must not wait for anything.
            clock: the time now, in seconds since 1970.

        Raises:
            ConfigError: the key is unfit or too weak, or an option is out of its range.
        """
        bearer_challenge(realm)
        for name, value in (("issuer", issuer), ("audience", audience)):
            if not value:
                raise ConfigError(f"The {name} is empty. Name one, such as 'blog'.")
        if not 0 <= leeway_seconds <= _MAX_LEEWAY_SECONDS:
            raise ConfigError(
                f"A leeway of {leeway_seconds} seconds is out of range. "
                f"Use 0 to {_MAX_LEEWAY_SECONDS}."
            )
        if access_token_expire_minutes <= 0:
            raise ConfigError(
                f"Access tokens cannot last {access_token_expire_minutes} minutes. Use 1 or more."
            )
        self.issuer = issuer
        self.audience = audience
        self.realm = realm
        self.keys: KeySet = _key_set(secret_key, algorithm)
        self.loads_user: bool = load_user is not None
        self.user_type: type | None = None if load_user is None else user_type(load_user)
        self._load_user = load_user
        self._policy = ClaimsPolicy(issuer, audience, leeway_seconds)
        self._lifetime = timedelta(minutes=access_token_expire_minutes)
        self._clock = clock

    def create_access_token(
        self, data: Mapping[str, Any], expires_delta: timedelta | None = None
    ) -> str:
        """Return a new token about *data*, whose ``user_id`` (or ``sub``) is its subject.

        Other members of *data* become claims; anyone who holds the token can read them.

        Raises:
            ClaimError: *data* has no subject, sets what only the authenticator sets (iss, aud,
                iat, exp, jti), or is not JSON; or the token would be over 8 KiB.
            ConfigError: none of the keys can sign.

        Source: RFC 9068 §2, https://www.rfc-editor.org/rfc/rfc9068#section-2
        """
        key = self.keys.signing_key
        if key is None:
            raise ConfigError("None of the keys can sign: all are public. Add a private key.")
        lifetime = self._lifetime if expires_delta is None else expires_delta
        claims = self._policy.issue(
            data,
            now=self._clock(),
            lifetime_seconds=lifetime.total_seconds(),
            jti=secrets.token_urlsafe(16),  # 128 bits
        )
        header = {"alg": key.alg, "kid": key.kid, "typ": "at+jwt"}
        token = write_token(header, claims, key.sign)
        if len(token) > MAX_TOKEN_BYTES:
            raise ClaimError(
                max(data, key=lambda name: len(str(data[name]))),
                f"makes a token of {len(token)} bytes, over {MAX_TOKEN_BYTES}. "
                "Keep in the token who the user is, and the rest in the database.",
            )
        return token

    async def validate_token(self, token: str) -> Mapping[str, Any]:
        """Return the claims of *token*, read-only, if it is one of ours, for us, and still valid.

        Raises:
            AuthenticationException: it is not.

        Source: RFC 9068 §4, https://www.rfc-editor.org/rfc/rfc9068#section-4
        """
        try:
            parts = read_token(token)
            key = self._key_for(parts)
            if not key.verify(parts.signing_input, parts.signature):
                raise TokenError(f"The token's signature is not by key {key.kid!r}.")
            claims = read_json_object(parts.payload)
            self._policy.check(claims, now=self._clock())
        except TokenError as error:
            raise self._refusal(str(error), error.problem) from None
        return MappingProxyType(claims)

    async def validate_token_and_get_user(self, token: str, db: Any = None) -> Any:
        """Return the user whom *token* is about, loaded with *db*.

        Raises:
            AuthenticationException: the token is not valid, or its user is no more.
            ConfigError: the authenticator has no ``load_user``.
        """
        claims = await self.validate_token(token)
        return await self._user(claims["sub"], db)

    async def authenticate(
        self, authorization: str | bytes | None, db: Any = None
    ) -> Principal | None:
        """Return the caller that an Authorization field value proves; None if it holds no token.

        The user is loaded with *db* if the authenticator loads users.

        Raises:
            AuthenticationException: the value is malformed, the token is not valid, or its user
                is no more.
        """
        token = bearer_token(authorization, realm=self.realm)
        if token is None:
            return None
        claims = await self.validate_token(token)
        return Principal(
            subject=claims["sub"],
            method="bearer",
            scopes=frozenset(claims.get("scope", "").split()),
            expires_at=datetime.fromtimestamp(claims["exp"], UTC),
            claims=claims,
            user=await self._user(claims["sub"], db) if self.loads_user else None,
        )

    def _key_for(self, token: CompactToken) -> Key:
        """Return the key of ours that the header names, if the header asks for nothing else."""
        header = token.header
        for name in header:
            if name in _REFUSED_HEADERS or name.startswith(_REFUSED_PREFIX):
                raise TokenError(f"The token has the header {name[:64]!r}, never accepted.")
        if header.get("typ") not in _TYPES:
            raise TokenError("The token is not of type 'at+jwt'.")
        kid = header.get("kid")
        key = self.keys.get(kid) if isinstance(kid, str) else None
        if key is None:
            raise TokenError("The token names no key of ours.")
        if header.get("alg") != key.alg:
            raise TokenError(f"The token's algorithm is not {key.alg}, that of key {key.kid!r}.")
        return key

    async def _user(self, subject: str, db: Any) -> Any:
        if self._load_user is None:
            raise ConfigError("The authenticator cannot load a user. Give it load_user.")
        user = self._load_user(subject, db)
        if inspect.isawaitable(user):
            user = await user
        if user is None:
            raise self._refusal(f"The token's user {subject!r} does not exist.")
        return user

    def _refusal(self, reason: str, problem: TokenProblem = "invalid") -> AuthenticationException:
        return AuthenticationException(reason, realm=self.realm, problem=problem)


def _key_set(secret_key: str | Secret | Key | KeySet, algorithm: Algorithm) -> KeySet:
    match secret_key:
        case KeySet():
            return secret_key
        case Key():
            return KeySet([secret_key])
        case _:
            return KeySet([Key(_STRING_KEY_KID, algorithm, secret_key)])
