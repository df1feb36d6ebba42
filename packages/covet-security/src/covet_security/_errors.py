"""What this package refuses, and what each audience is told about it.

    Exception
    ├── RequestRefusedError             a client's fault: status_code, detail, headers
    │   ├── AuthenticationException     401
    │   │   └── RefreshRefusedError     401, and the session is over
    │   ├── CredentialsConflictError    400
    │   ├── RefreshConflictError        409
    │   ├── PermissionDeniedException   403
    │   │   └── CrossSiteRequestError   forged, or so it must be taken
    │   ├── RateLimitException          429
    │   ├── StoreUnavailableError       503, what is needed to decide does not answer
    │   ├── ContentLengthError          400
    │   └── BodyTooLargeError           413
    ├── RuntimeError
    │   └── OwnershipError              the application's fault: whose rows are meant is not said
    ├── LookupError
    │   └── UnknownAPIKeyError          a key that is not there to be changed
    └── ValueError
        ├── ConfigError                 the application's fault, at start-up
        ├── RoleHierarchyError          a role that would be its own ancestor
        ├── ClaimError                  data that cannot become an access token
        ├── PasswordError               a password that cannot be accepted
        └── PasswordHashError           a stored hash that cannot be read

``str(error)`` is for the log. ``error.detail`` and ``error.headers`` are for the client.
"""

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal

TokenProblem = Literal["invalid", "expired"]
"""All that a client may learn about a token that was refused."""

_SCOPE = re.compile(r"[!#-\[\]-~]+( [!#-\[\]-~]+)*")  # RFC 6750 §3

_REALM = re.compile(r"[ !#-\[\]-~]+")  # quoted-string without escapes, RFC 9110 §5.6.4
_SHOWN = 64  # of what a client sent, in the log
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class ConfigError(ValueError):
    """The application is configured in a way that would not be secure, or cannot work."""


class UnknownAPIKeyError(LookupError):
    """An API key that is to be changed, and does not exist or is over.

    Attributes:
        key_id: its name.
    """

    def __init__(self, key_id: str) -> None:
        super().__init__(key_id)
        self.key_id = key_id

    def __str__(self) -> str:
        return f"There is no API key {self.key_id!r} that is still good. See keys_of(user_id)."


class RoleHierarchyError(ValueError):
    """A parent that a role cannot get.

    Attributes:
        role: the role.
        parent: what was to be its parent.
        line: a role, its parent and so on, as it would be.
    """

    def __init__(self, role: str, parent: str | None, line: tuple[str, ...]) -> None:
        super().__init__(role, parent, line)
        self.role = role
        self.parent = parent
        self.line = line

    def __str__(self) -> str:
        shown = " → ".join(self.line)
        return (
            f"Role {self.role!r} cannot get the parent {self.parent!r}: {shown} would be a circle, "
            "or longer than 16 ancestors. Choose another parent."
        )


class ClaimError(ValueError):
    """A claim that an access token must not, or cannot, carry.

    Attributes:
        claim: its name.
    """

    def __init__(self, claim: str, problem: str) -> None:
        super().__init__(claim, problem)
        self.claim = claim
        self.problem = problem

    def __str__(self) -> str:
        return f"Claim {self.claim!r} {self.problem}"


class PasswordError(ValueError):
    """A password that cannot be accepted. It never holds the password.

    Attributes:
        problem: what is wrong, in words for the person who chose the password.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class PasswordHashError(ValueError):
    """A stored value that is no argon2 hash. It never holds the value."""

    def __init__(self) -> None:
        super().__init__(
            "The stored password hash is not one that argon2 wrote. Store what "
            "PasswordHasher.hash returned, untruncated, or None for an account without a password."
        )


class OwnershipError(RuntimeError):
    """A function demands ownership, and did not restrict its statements so that it would hold."""


class RequestRefusedError(Exception):
    """A request that is refused for what its client did.

    ``str(error)`` is for the log.

    Attributes:
        status_code: the status of the answer.
        detail: the text that the client may see.
        headers: what the answer must carry besides.
    """

    status_code: ClassVar[int]
    detail: str
    headers: Mapping[str, str] = _NO_HEADERS


class AuthenticationException(RequestRefusedError):  # noqa: N818 named by the specification
    """The request's credentials are missing or not accepted (401).

    The client is told the same whatever the reason was, save that a token which was once right
    may be called expired.

    Attributes:
        reason: why, for the log only.
        realm: the protection space named in the challenge.
        problem: what the challenge says of the token; None where there was none.
        challenge: the value of WWW-Authenticate.

    Raises:
        ConfigError: *realm* cannot be quoted.

    Source: RFC 6750 §3, https://www.rfc-editor.org/rfc/rfc6750#section-3
    """

    status_code: ClassVar[int] = 401
    detail: str = "Valid credentials are required."

    def __init__(
        self, reason: str, *, realm: str = "api", problem: TokenProblem | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.realm = realm
        self.problem: TokenProblem | None = problem
        self.challenge: str = bearer_challenge(realm, problem)
        self.headers: Mapping[str, str] = {"WWW-Authenticate": self.challenge}


class PermissionDeniedException(RequestRefusedError):  # noqa: N818 named by the specification
    """The principal is known and may not do this (403).

    Attributes:
        reason: why, for the log only.
        scope: the permission that is missing, which the challenge names; None names none.

    Source: RFC 6750 §3.1, https://www.rfc-editor.org/rfc/rfc6750#section-3.1
    """

    status_code: ClassVar[int] = 403
    detail: str = "You do not have permission to do this."

    def __init__(self, reason: str, *, scope: str | None = None, realm: str = "api") -> None:
        super().__init__(reason)
        self.reason = reason
        self.scope = scope
        if scope is not None and _SCOPE.fullmatch(scope):
            challenge = f'{bearer_challenge(realm)}, error="insufficient_scope", scope="{scope}"'
            self.headers: Mapping[str, str] = {"WWW-Authenticate": challenge}


class CrossSiteRequestError(PermissionDeniedException):
    """A request that another site may have made the browser send (403)."""

    detail: str = "The request does not come from this site, or its CSRF token is missing or wrong."


class RateLimitException(RequestRefusedError):  # noqa: N818 named by the specification
    """The client has made too many requests (429).

    Attributes:
        retry_after: whole seconds until the request would be admitted, 1 or more; None where it
            never would, since it costs more than the limit.

    Source: RFC 6585 §4, https://www.rfc-editor.org/rfc/rfc6585#section-4
    """

    status_code: ClassVar[int] = 429

    def __init__(
        self, retry_after: float | None = None, *, headers: Mapping[str, str] = _NO_HEADERS
    ) -> None:
        """Refuse for *retry_after* seconds, with the fields of the limit as *headers*."""
        super().__init__(retry_after)
        self.retry_after: int | None = (
            None if retry_after is None or retry_after < 0 else max(1, math.ceil(retry_after))
        )
        self.detail: str = "Too many requests."
        self.headers: Mapping[str, str] = dict(headers)
        if self.retry_after is not None:
            self.detail += f" Try again in {self.retry_after} s."
            self.headers["Retry-After"] = str(self.retry_after)

    def __str__(self) -> str:
        if self.retry_after is None:
            return "The request costs more than its rate limit ever admits."
        return f"The rate limit admits the next request in {self.retry_after} s."


class StoreUnavailableError(RequestRefusedError):
    """What is needed to decide safely does not answer (503), so nothing is let through.

    Attributes:
        reason: what does not answer, for the log only.
        retry_after: whole seconds after which to try again, 1 or more.
    """

    status_code: ClassVar[int] = 503
    detail: str = "The service cannot answer right now. Try again shortly."

    def __init__(self, reason: str, *, retry_after: float = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after: int = max(1, math.ceil(retry_after))
        self.headers: Mapping[str, str] = {"Retry-After": str(self.retry_after)}


class RefreshRefusedError(AuthenticationException):
    """A refresh token that gives no new one (401): the client has to log in again.

    Attributes:
        error: what the token endpoint calls it.
        is_reuse: the token had been used before, so that one of its users is a thief.

    Source: RFC 6749 §5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2
    """

    error: ClassVar[str] = "invalid_grant"

    def __init__(self, reason: str, *, realm: str = "api", is_reuse: bool = False) -> None:
        super().__init__(reason, realm=realm, problem="invalid")
        self.is_reuse = is_reuse
        self.headers: Mapping[str, str] = {**self.headers, "Cache-Control": "no-store"}


class RefreshConflictError(RequestRefusedError):
    """A refresh token that was exchanged a moment ago, by the same client at another place (409).

    Its successor is on the way there; this request gets none.
    """

    status_code: ClassVar[int] = 409
    detail: str = "This token was just exchanged. Retry with the one that replaced it."
    headers: Mapping[str, str] = MappingProxyType({"Cache-Control": "no-store"})

    def __init__(self) -> None:
        super().__init__("A refresh token was used again within its grace.")


class CredentialsConflictError(RequestRefusedError):
    """A request with two credentials, of which each reader might believe another (400)."""

    status_code: ClassVar[int] = 400
    detail: str = "Send one credential: a bearer token or an API key, once."

    def __init__(self) -> None:
        super().__init__("The request carries more than one credential.")


class ContentLengthError(RequestRefusedError):
    """A Content-Length that is no length, or several that differ (400).

    Attributes:
        values: the field values received.

    Source: RFC 9110 §8.6, https://www.rfc-editor.org/rfc/rfc9110#section-8.6
    """

    status_code: ClassVar[int] = 400
    detail: str = "Content-Length must be given once, as decimal digits only."

    def __init__(self, values: tuple[bytes, ...]) -> None:
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        shown = ", ".join(repr(value[:_SHOWN]) for value in self.values[:2])
        return f"Content-Length {shown} is invalid: it must be one number, in decimal digits only."


class BodyTooLargeError(RequestRefusedError):
    """A body over the limit (413), by its declared length or by the bytes that arrived.

    Attributes:
        max_body_bytes: the limit.
        body_bytes: how many bytes were declared, or had arrived when reading stopped.
    """

    status_code: ClassVar[int] = 413

    def __init__(self, max_body_bytes: int, body_bytes: int) -> None:
        super().__init__(max_body_bytes, body_bytes)
        self.max_body_bytes = max_body_bytes
        self.body_bytes = body_bytes
        self.detail: str = f"The request body may have at most {max_body_bytes} bytes."

    def __str__(self) -> str:
        return (
            f"The request body has {self.body_bytes} bytes or more, "
            f"over the limit of {self.max_body_bytes}."
        )


def bearer_challenge(realm: str, problem: TokenProblem | None = None) -> str:
    """Return the WWW-Authenticate value that asks for a bearer token.

    Raises:
        ConfigError: *realm* is empty or has a character that a quoted string cannot hold as it is.

    Source: RFC 6750 §3, https://www.rfc-editor.org/rfc/rfc6750#section-3
    """
    if not _REALM.fullmatch(realm):
        raise ConfigError(
            f"Realm {realm!r} cannot stand in a WWW-Authenticate header. "
            "Use printable ASCII without quotes and backslashes."
        )
    if problem is None:
        return f'Bearer realm="{realm}"'
    return f'Bearer realm="{realm}", error="invalid_token", error_description="{problem}"'
