"""What was allowed and what denied, told to whoever keeps account of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

_logger = logging.getLogger("covet_security.audit")

Action = Literal["authentication", "permission", "rate_limit", "csrf"]
"""What was decided on."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One decision. It never holds a credential.

    Attributes:
        action: what was decided on.
        is_allowed: how.
        client: what the client's address is counted by, ``"ip:192.0.2.7"``.
        subject: the authenticated caller; None if there is none.
        method: how the caller was authenticated: ``"bearer"``, ``"api_key"``.
        target: the permission, or the name of the limit.
        reason: why it was denied, in words for the log.
    """

    action: Action
    is_allowed: bool
    client: str
    subject: str | None = None
    method: str | None = None
    target: str | None = None
    reason: str | None = None


AuditHook: TypeAlias = Callable[[AuditEvent], None]
"""Called with every decision, on the way of the request: let it hand on what takes long."""


def report(hook: AuditHook | None, event: AuditEvent) -> None:
    """Tell *hook* of *event*; an error of the hook is logged, and changes no decision."""
    if hook is None:
        return
    try:
        hook(event)
    except Exception:
        _logger.exception("The audit hook failed on a decision on %s.", event.action)
