"""Sessions: families of refresh tokens, of which each is used once.

A login opens a session. Its refresh token is opaque, and each use exchanges it for the next; a
token that comes a second time proves that two hold it, and ends the session. Here is what every
store of sessions agrees on; the stores themselves hold SHA-256 digests and never a token.

Source: RFC 9700 §4.14, https://www.rfc-editor.org/rfc/rfc9700#section-4.14
"""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from covet_security._errors import ConfigError

MAX_GRACE_SECONDS = 10

_TOKEN = re.compile(r"covet_rt_([A-Za-z0-9_-]{38})\.([A-Za-z0-9_-]{43})")
_TAG_BYTES = 12
_ID_BYTES = 16
_SECRET_BYTES = 32  # 256 bits


@dataclass(frozen=True, slots=True)
class RefreshSession:
    """One login of one user, from which access tokens are issued until it ends.

    Attributes:
        sid: its name, the ``sid`` of those tokens; also the family of its refresh tokens.
        subject: whose it is.
        generation: that of the subject when it was opened; logging out everywhere raises it.
        expires_at: when it ends however it is used, in seconds since 1970.
        data: claims of those tokens beside the subject.
    """

    sid: str
    subject: str
    generation: int
    expires_at: float
    data: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)


@dataclass(frozen=True, slots=True)
class RefreshPolicy:
    """How long sessions last.

    Attributes:
        idle_seconds: without a refresh.
        absolute_seconds: at most.
        grace_seconds: for which a used token is told to retry instead of ending the session.
    """

    idle_seconds: float = 7 * 86400.0
    absolute_seconds: float = 30 * 86400.0
    grace_seconds: float = 0.0

    def __post_init__(self) -> None:
        """Check the options.

        Raises:
            ConfigError: one is out of its range.
        """
        if self.idle_seconds <= 0 or self.absolute_seconds < self.idle_seconds:
            raise ConfigError(
                f"A session cannot last {self.idle_seconds:.0f} s idle and "
                f"{self.absolute_seconds:.0f} s in all. Use over 0, and in all no less than idle."
            )
        if not 0 <= self.grace_seconds <= MAX_GRACE_SECONDS:
            raise ConfigError(
                f"A grace of {self.grace_seconds} s is out of range. Use 0 to {MAX_GRACE_SECONDS}."
            )


@dataclass(frozen=True, slots=True)
class RefreshRotated:
    """The token was good, is used up now, and its successor is stored."""

    session: RefreshSession


@dataclass(frozen=True, slots=True)
class RefreshRetry:
    """The token was exchanged a moment ago: there is one successor, and it is not given twice."""

    sid: str
    subject: str


@dataclass(frozen=True, slots=True)
class RefreshReused:
    """The token was used before: one of its two users is a thief. The session is over."""

    sid: str
    subject: str


@dataclass(frozen=True, slots=True)
class RefreshUnknown:
    """The token is of no session, or of one that is over."""


RefreshOutcome = RefreshRotated | RefreshRetry | RefreshReused | RefreshUnknown
"""What becomes of a refresh token that is used."""


class SessionStore(Protocol):
    """Where sessions and what was revoked are kept. Each method is one atomic step.

    Times are seconds since 1970. A store that cannot be reached raises StoreUnavailableError.
    """

    async def generation(self, subject: str) -> int:
        """Return the generation that new sessions of *subject* belong to: 0 at first."""
        ...

    async def open(
        self, session: RefreshSession, digest: bytes, *, now: float, idle: float
    ) -> None:
        """Keep a new *session* whose first refresh token has *digest*, for *idle* seconds."""
        ...

    async def rotate(
        self, sid: str, presented: bytes, successor: bytes, *, now: float, policy: RefreshPolicy
    ) -> RefreshOutcome:
        """Exchange the token with the digest *presented* for the one with *successor*."""
        ...

    async def subject_of(self, sid: str, presented: bytes, *, now: float) -> str | None:
        """Return whose session *sid* is, if *presented* is its current or previous token."""
        ...

    async def end(self, sid: str, subject: str, *, now: float, until: float) -> None:
        """End the session *sid* of *subject*; refuse its access tokens until *until*."""
        ...

    async def end_all(self, subject: str, *, now: float) -> int:
        """End all that *subject* holds; return the generation that is good from now on."""
        ...

    async def deny(self, jti: str, subject: str, *, now: float, until: float) -> None:
        """Refuse the access token *jti* of *subject* until *until*, when it expires."""
        ...

    async def is_denied(
        self, subject: str, *, jti: str, sid: str | None, generation: int, now: float
    ) -> bool:
        """Return whether a token was denied, its session ended, or its generation is over."""
        ...


@dataclass(frozen=True, slots=True)
class Family:
    """What decides on a refresh token: two digests and three times."""

    current: bytes
    previous: bytes | None
    rotated_at: float
    expires_at: float
    is_ended: bool


def judge(
    family: Family, presented: bytes, *, now: float, policy: RefreshPolicy
) -> Literal["rotate", "retry", "reused", "unknown"]:
    """Return what becomes of the token with the digest *presented*.

    The last token of a session that was ended was never used, so it says nothing of a thief.
    """
    is_idle = not family.is_ended and now - family.rotated_at >= policy.idle_seconds
    if is_idle or now >= family.expires_at:
        return "unknown"
    if hmac.compare_digest(presented, family.current):
        return "unknown" if family.is_ended else "rotate"
    if (
        not family.is_ended
        and family.previous is not None
        and now - family.rotated_at < policy.grace_seconds
        and hmac.compare_digest(presented, family.previous)
    ):
        return "retry"
    return "reused"


def subject_tag(subject: str) -> str:
    """Return 16 characters that stand for *subject*, the same for all that is kept of it."""
    digest = hashlib.sha256(subject.encode(errors="surrogatepass")).digest()
    return urlsafe_b64encode(digest[:_TAG_BYTES]).decode()


def tag_of(sid: str) -> str:
    """Return the tag of the subject to whom the session *sid*, made here, belongs."""
    return sid[:16]


def new_sid(subject: str) -> str:
    """Return the name of a new session: the subject's tag, then 128 random bits."""
    return subject_tag(subject) + secrets.token_urlsafe(_ID_BYTES)


def new_token(sid: str) -> tuple[str, bytes]:
    """Return a new refresh token of the session *sid*, and its digest."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    return f"covet_rt_{sid}.{secret}", _digest(secret)


def read_token(token: str) -> tuple[str, bytes] | None:
    """Return the session and the digest of a refresh token; None if *token* is none."""
    parts = _TOKEN.fullmatch(token)
    return None if parts is None else (parts[1], _digest(parts[2]))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
