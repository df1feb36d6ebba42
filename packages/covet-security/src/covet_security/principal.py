"""Who makes a request, and how that was established."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any


def _no_claims() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Principal:
    """An authenticated caller.

    Attributes:
        subject: the caller's identity, the ``sub`` of a token.
        method: how it was authenticated: ``"bearer"`` or ``"api_key"``.
        scopes: what the credential was issued for; it never grants more than the user may.
        expires_at: when the credential ends, aware and in UTC; None if it does not.
        claims: all that the credential says. Kept out of the repr, as is the user.
        user: the application's own object for the caller, if it loads one.
        permissions: all that the caller may do with this credential; None where that is asked
            of the database.
        credential_id: the credential's own public id, the id of an API key or a ``jti``.
        session_id: the session that the credential belongs to, a ``sid``.
        rate_limit: the credential's own limit, such as ``"100/minute"``.
    """

    subject: str
    method: str
    scopes: frozenset[str] = frozenset()
    expires_at: datetime | None = None
    claims: Mapping[str, Any] = field(default_factory=_no_claims, repr=False, hash=False)
    user: Any = field(default=None, repr=False, hash=False)
    permissions: frozenset[str] | None = None
    credential_id: str | None = None
    session_id: str | None = None
    rate_limit: str | None = None
