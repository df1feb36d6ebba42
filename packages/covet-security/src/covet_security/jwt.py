"""Access tokens: issued, checked, revoked, and turned into the principal of a request."""

import inspect
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from covet_security._bearer import bearer_token
from covet_security._claims import ClaimsPolicy, session_data, subject_of
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
from covet_security._memory_sessions import MemorySessionStore
from covet_security._revocation import OutageMode, RevocationCheck
from covet_security._secret import Secret
from covet_security._sessions import OnReuse, Sessions
from covet_security._user_type import user_type
from covet_security.keys import Key, Keys, KeySet
from covet_security.principal import Principal
from covet_security.refresh import RefreshPolicy, RefreshSession, SessionStore
from covet_security.refresh import read_token as read_refresh

LoadUser = Callable[[str, Any], Awaitable[Any] | Any]
"""From the subject of a token and a database session to the user, or None if there is none."""

_TYPES = frozenset({"at+jwt", "application/at+jwt"})  # RFC 9068 §4
_MAX_LEEWAY_SECONDS = 30
_SESSION_DAYS = 30
_STRING_KEY_KID = "default"  # the key that is given as a string

# Headers that bring a key, another serialization or a token inside: never followed (RFC 7515 §4.1).
_REFUSED_HEADERS = frozenset({"b64", "crit", "cty", "enc", "jku", "jwk", "zip"})
_REFUSED_PREFIX = "x5"


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a login or a refresh gives.

    Attributes:
        access_token: for the Authorization header of each request.
        refresh_token: to be exchanged, once, for the next pair.
        expires_in: whole seconds that the access token lasts.
        sid: the session.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int
    sid: str

    def to_dict(self) -> dict[str, Any]:
        """Return the members of a token endpoint's answer, which must not be stored.

        Source: RFC 6749 §5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1
        """
        return {
            "access_token": self.access_token,
            "token_type": "Bearer",
            "expires_in": self.expires_in,
            "refresh_token": self.refresh_token,
        }


class JWTAuthenticator:
    """Issues access tokens and says whose a token is; opens, continues and ends sessions.

    A token names its key, and the key fixes the algorithm, so that no token chooses how it is
    checked. A token holds no roles and no permissions: those come from the database. A refresh
    token is opaque, good once, and never an access token.

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
        secret_key: str | Secret | Key | Keys,
        algorithm: Algorithm = "HS256",
        *,
        issuer: str,
        audience: str,
        access_token_expire_minutes: float = 30,
        refresh_token_expire_days: float = 7,
        session_expire_days: float | None = None,
        refresh_grace_seconds: float = 0,
        leeway_seconds: int = 0,
        realm: str = "api",
        load_user: LoadUser | None = None,
        sessions: SessionStore | None = None,
        on_outage: OutageMode = "closed",
        on_reuse: OnReuse | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Trust *secret_key*: a string is one key for *algorithm*; a Key carries its own.

        Args:
            secret_key: a secret of at least 32 bytes for HS256, a key, or a source of keys.
            algorithm: of *secret_key* where that is a string.
            issuer: who issues the tokens, compared exactly.
            audience: for whom they are, compared exactly.
            access_token_expire_minutes: how long a token lasts.
            refresh_token_expire_days: how long a session lasts without being refreshed.
            session_expire_days: how long it lasts at most; by default 30 days or, if longer,
                *refresh_token_expire_days*.
            refresh_grace_seconds: for how long, up to 10, a refresh token that was exchanged is
                answered with 409 instead of ending the session, for clients that race themselves.
            leeway_seconds: by how much the issuer's clock may differ, up to 30.
            realm: the protection space named in challenges.
            load_user: called with the subject and the database session, sync or async; a sync
                one runs on the event loop, so it must not wait for anything.
            sessions: where sessions and revocations are kept; by default in this process's memory.
            on_outage: what to do while that does not answer: ``closed`` refuses every token
                (503), ``open`` accepts what is signed.
            on_reuse: told of every refresh token that was used twice, sync or async.
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
        self.keys: Keys = _keys(secret_key, algorithm)
        self.loads_user: bool = load_user is not None
        self.user_type: type | None = None if load_user is None else user_type(load_user)
        self._load_user = load_user
        self._policy = ClaimsPolicy(issuer, audience, leeway_seconds)
        self._lifetime = timedelta(minutes=access_token_expire_minutes)
        store = MemorySessionStore() if sessions is None else sessions
        if session_expire_days is None:
            session_expire_days = max(_SESSION_DAYS, refresh_token_expire_days)
        policy = RefreshPolicy(
            idle_seconds=refresh_token_expire_days * 86400,
            absolute_seconds=session_expire_days * 86400,
            grace_seconds=refresh_grace_seconds,
        )
        self._sessions = Sessions(store, policy, realm=realm, on_reuse=on_reuse)
        self._revocations = RevocationCheck(store, on_outage=on_outage)
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
        return self._issue(data, self._lifetime if expires_delta is None else expires_delta)

    async def create_refresh_token(self, data: Mapping[str, Any]) -> str:
        """Open a session about *data* and return its refresh token.

        `refresh` makes access tokens with the same claims. For the first as well, use
        `create_tokens`.

        Raises:
            ClaimError: *data* has no subject, sets what only the authenticator sets, or is not
                JSON.
            StoreUnavailableError: the store of sessions does not answer.
        """
        _, refresh_token = await self._open(data)
        return refresh_token

    async def create_tokens(self, data: Mapping[str, Any]) -> TokenPair:
        """Open a session about *data*, as at a login, and return its first two tokens.

        Raises:
            ClaimError: as `create_refresh_token` does, or the access token would be over 8 KiB.
            ConfigError: none of the keys can sign.
            StoreUnavailableError: the store of sessions does not answer.
        """
        session, refresh_token = await self._open(data)
        return self._pair(session, refresh_token)

    async def refresh(self, refresh_token: str) -> TokenPair:
        """Exchange *refresh_token*, which is good once, for new tokens of its session.

        One that was used before ends the session: it is held by two.

        Raises:
            RefreshRefusedError: it is unknown, over, or was used before.
            RefreshConflictError: it was used within the grace.
            ConfigError: none of the keys can sign.
            StoreUnavailableError: the store of sessions does not answer.

        Source: RFC 9700 §4.14.2, https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
        """
        session, successor = await self._sessions.rotate(refresh_token, now=self._clock())
        return self._pair(session, successor)

    async def revoke_token(self, token: str) -> None:
        """Refuse *token* from now on: an access token alone, or a refresh token's whole session.

        Raises:
            AuthenticationException: it is no valid token.
            StoreUnavailableError: the store of sessions does not answer, so it is not revoked.

        Source: RFC 7009 §2.1, https://www.rfc-editor.org/rfc/rfc7009#section-2.1
        """
        now = self._clock()
        if read_refresh(token) is not None:
            await self._sessions.end_by(token, now=now)
            return
        claims = await self._verified(token, now=now)
        until = claims["exp"] + self._policy.leeway_seconds
        await self._sessions.store.deny(claims["jti"], claims["sub"], now=now, until=until)

    async def logout(self, token: str) -> None:
        """End the session that *token*, of either kind, belongs to.

        An access token of no session is revoked alone.

        Raises:
            AuthenticationException: it is no valid token.
            StoreUnavailableError: the store of sessions does not answer, so nothing has ended.
        """
        now = self._clock()
        if read_refresh(token) is None:
            claims = await self._verified(token, now=now)
            if "sid" in claims:
                until = claims["exp"] + self._policy.leeway_seconds
                await self._sessions.end(
                    claims["sid"], claims["sub"], now=now, at_least_until=until
                )
                return
        await self.revoke_token(token)

    async def logout_everywhere(self, user_id: object) -> None:
        """End all sessions of a user and refuse every token issued until now.

        Call it also when a password changes, a user is disabled or loses a role. A login right
        afterwards works.

        Raises:
            ClaimError: *user_id* cannot be the subject of a token.
            StoreUnavailableError: the store of sessions does not answer, so nothing has ended.
        """
        subject = subject_of({"user_id": user_id})
        await self._sessions.store.end_all(subject, now=self._clock())

    async def validate_token(self, token: str) -> Mapping[str, Any]:
        """Return the claims of *token*, read-only, if it is one of ours, for us, and still valid.

        Raises:
            AuthenticationException: it is not.
            StoreUnavailableError: nobody can say whether it was revoked.

        Source: RFC 9068 §4, https://www.rfc-editor.org/rfc/rfc9068#section-4
        """
        now = self._clock()
        claims = await self._verified(token, now=now)
        try:
            await self._revocations.check(claims, now=now)
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
        return await self.user_of(claims["sub"], db)

    async def user_of(self, subject: str, db: Any = None) -> Any:
        """Return the user that *subject* names, loaded with *db*; of an API key's owner, too.

        Raises:
            AuthenticationException: there is no such user.
            ConfigError: the authenticator cannot load users.
        """
        if self._load_user is None:
            raise ConfigError("The authenticator cannot load a user. Give it load_user.")
        user = self._load_user(subject, db)
        if inspect.isawaitable(user):
            user = await user
        if user is None:
            raise self._refusal(f"The token's user {subject!r} does not exist.")
        return user

    async def authenticate(
        self, authorization: str | bytes | None, db: Any = None
    ) -> Principal | None:
        """Return the caller that an Authorization field value proves; None if it holds no token.

        The user is loaded with *db* if the authenticator loads users.

        Raises:
            AuthenticationException: the value is malformed, the token is not valid, or its user
                is no more.
            StoreUnavailableError: nobody can say whether the token was revoked.
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
            credential_id=claims["jti"],
            session_id=claims.get("sid"),
            user=await self.user_of(claims["sub"], db) if self.loads_user else None,
        )

    async def _open(self, data: Mapping[str, Any]) -> tuple[RefreshSession, str]:
        subject, claims = session_data(data)
        return await self._sessions.open(subject, claims, now=self._clock())

    def _pair(self, session: RefreshSession, refresh_token: str) -> TokenPair:
        data = {**session.data, "sub": session.subject, "sid": session.sid}
        access_token = self._issue(data, self._lifetime, generation=session.generation)
        return TokenPair(
            access_token, refresh_token, int(self._lifetime.total_seconds()), session.sid
        )

    def _issue(
        self, data: Mapping[str, Any], lifetime: timedelta, *, generation: int | None = None
    ) -> str:
        key = self.keys.signing_key
        if key is None:
            raise ConfigError("None of the keys can sign: all are public. Add a private key.")
        claims = self._policy.issue(
            data,
            now=self._clock(),
            lifetime_seconds=lifetime.total_seconds(),
            jti=secrets.token_urlsafe(16),  # 128 bits
            generation=generation,
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

    async def _verified(self, token: str, *, now: float) -> dict[str, Any]:
        """Return the claims of *token* if it is right in itself, revoked or not."""
        try:
            parts = read_token(token)
            key = await self._key_for(parts)
            if not key.verify(parts.signing_input, parts.signature):
                raise TokenError(f"The token's signature is not by key {key.kid!r}.")
            claims = read_json_object(parts.payload)
            self._policy.check(claims, now=now)
        except TokenError as error:
            raise self._refusal(str(error), error.problem) from None
        return claims

    async def _key_for(self, token: CompactToken) -> Key:
        """Return the key of ours that the header names, if the header asks for nothing else."""
        header = token.header
        for name in header:
            if name in _REFUSED_HEADERS or name.startswith(_REFUSED_PREFIX):
                raise TokenError(f"The token has the header {name[:64]!r}, never accepted.")
        if header.get("typ") not in _TYPES:
            raise TokenError("The token is not of type 'at+jwt'.")
        kid = header.get("kid")
        key = await self.keys.find(kid) if isinstance(kid, str) else None
        if key is None:
            raise TokenError("The token names no key of ours.")
        if header.get("alg") != key.alg:
            raise TokenError(f"The token's algorithm is not {key.alg}, that of key {key.kid!r}.")
        return key

    def _refusal(self, reason: str, problem: TokenProblem = "invalid") -> AuthenticationException:
        return AuthenticationException(reason, realm=self.realm, problem=problem)


def _keys(secret_key: str | Secret | Key | Keys | None, algorithm: Algorithm) -> Keys:
    match secret_key:
        case Key():
            return KeySet([secret_key])
        case str() | Secret():
            return KeySet([Key(_STRING_KEY_KID, algorithm, secret_key)])
        case None:
            raise ConfigError(
                "The secret key is text, a Key or a source of keys, not NoneType. "
                "See whether its setting is missing."
            )
        case _:
            return secret_key
