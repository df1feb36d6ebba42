"""The security of one request or message: who makes it, what they may do, how often they have."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Generator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Any, Protocol, TypeAlias

from covet_security._audit import Action, AuditEvent, AuditHook, report
from covet_security._errors import (
    AuthenticationException,
    OwnershipError,
    PermissionDeniedException,
    RateLimitException,
    StoreUnavailableError,
)
from covet_security._grants import is_granted
from covet_security.limits import (
    UNKNOWN_CLIENT,
    Decision,
    PolicySet,
    RateLimiter,
    most_restrictive,
    rate_limit_headers,
)
from covet_security.principal import Principal

_FRESH_SECONDS = 1.0  # for which permissions are not asked for again on a long connection


class PermissionLookup(Protocol):
    """Knows what users may do; `PermissionChecker` is one."""

    async def get_user_permissions(self, user_id: str, /) -> Collection[str]:
        """Return all that the user may do."""
        ...


LoadPermissions: TypeAlias = Callable[[Principal], Awaitable[Collection[str]]]
"""Returns all that a principal may do, in a tenant for example."""


class Ownership(Protocol):
    """A filter for statements, such as `owned_by` makes."""

    def restrict(self, statement: Any, principal: Principal, /) -> Any:
        """Return *statement* for what belongs to *principal* only."""
        ...


class SecurityContext:
    """Who makes a request, what they may do, and what of it was counted.

    One is made for each request, and for each message of a connection that lasts. A principal
    whose credential has ended meanwhile is no longer there.

    Attributes:
        client_id: what the client's address is counted by.
        limiter: counts for `rate_limit`.
        realm: the protection space named in challenges.
        decisions: what was counted, with the policies that it was counted by.
    """

    def __init__(
        self,
        principal: Principal | None = None,
        *,
        client_id: str = UNKNOWN_CLIENT,
        limiter: RateLimiter | None = None,
        permissions: PermissionLookup | LoadPermissions | None = None,
        audit: AuditHook | None = None,
        realm: str = "api",
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Make the context of a request by *principal*, None where nobody is authenticated.

        Args:
            principal: who makes it.
            client_id: what the client's address is counted by.
            limiter: counts for `rate_limit`.
            permissions: asked what the principal may do, unless the principal says it itself.
            audit: told of every decision.
            realm: the protection space named in challenges.
            clock: seconds since 1970.
        """
        self.client_id = client_id
        self.limiter = limiter
        self.realm = realm
        self.decisions: list[tuple[Decision, PolicySet]] = []
        self._principal = principal
        self._expires_at: float | None = None
        if principal is not None and principal.expires_at is not None:
            self._expires_at = principal.expires_at.timestamp()
        self._load = permissions
        self._permissions: frozenset[str] | None = None
        self._loaded_at = 0.0
        self._audit = audit
        self._clock = clock
        self._counted: set[object] = set()
        self._owned: list[Ownership] = []
        self._restricted: Counter[int] = Counter()
        try:
            self.loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self.loop = None

    def identified(self, principal: Principal) -> "SecurityContext":
        """Return the context of the same request by *principal*; what was counted goes with it."""
        found = SecurityContext(
            principal,
            client_id=self.client_id,
            limiter=self.limiter,
            permissions=self._load,
            audit=self._audit,
            realm=self.realm,
            clock=self._clock,
        )
        found.decisions = self.decisions
        return found

    def __repr__(self) -> str:
        return f"<SecurityContext of {self._principal!r} at {self.client_id}>"

    @property
    def principal(self) -> Principal | None:
        """Who makes the request; None if nobody is authenticated, or no longer."""
        return None if self.is_expired else self._principal

    @property
    def is_expired(self) -> bool:
        """Whether the credential of the principal has ended."""
        return self._expires_at is not None and self._clock() >= self._expires_at

    @property
    def remaining_seconds(self) -> float | None:
        """How long the credential of the principal still lasts; None if it does not end."""
        return None if self._expires_at is None else max(0.0, self._expires_at - self._clock())

    def require_principal(self) -> Principal:
        """Return who makes the request.

        Raises:
            AuthenticationException: nobody is authenticated, or the credential has ended.
        """
        principal = self.principal
        if principal is not None:
            return principal
        if self._principal is None:
            error = AuthenticationException("The request has no credentials.", realm=self.realm)
        else:
            error = AuthenticationException(
                "The credentials have expired.", realm=self.realm, problem="expired"
            )
        self.report("authentication", False, reason=error.reason)
        raise error

    def known_permissions(self) -> frozenset[str] | None:
        """Return all that the principal may do, None if that must be asked for first."""
        principal = self.principal
        if principal is None:
            return frozenset()
        if principal.permissions is not None:
            return principal.permissions
        if self._load is None:
            return frozenset()
        is_fresh = self._clock() - self._loaded_at < _FRESH_SECONDS
        return self._permissions if is_fresh else None

    async def permissions(self) -> frozenset[str]:
        """Return all that the principal may do; nothing without one."""
        known = self.known_permissions()
        if known is not None:
            return known
        principal = self.require_principal()
        self._permissions = frozenset(await _ask(self._load, principal))
        self._loaded_at = self._clock()
        return self._permissions

    async def has_permission(self, permission: str) -> bool:
        """Tell whether the principal may do *permission*, with this credential."""
        return self._grants(await self.permissions(), permission)

    async def require_permission(self, permission: str) -> None:
        """Let only those pass who may do *permission*.

        Raises:
            AuthenticationException: nobody is authenticated.
            PermissionDeniedException: the principal may not, or the credential is not for it.
        """
        self.require_principal()
        self.settle_permission(await self.permissions(), permission)

    def settle_permission(self, held: frozenset[str], permission: str) -> None:
        """Let only those pass whose permissions are *held* and grant *permission*.

        Raises:
            AuthenticationException: nobody is authenticated.
            PermissionDeniedException: they do not.
        """
        principal = self.require_principal()
        if self._grants(held, permission):
            self.report("permission", True, target=permission)
            return
        reason = f"{principal.subject!r} may not {permission!r} by {principal.method!r}."
        self.report("permission", False, target=permission, reason=reason)
        raise PermissionDeniedException(reason, scope=permission, realm=self.realm)

    def _grants(self, held: frozenset[str], permission: str) -> bool:
        principal = self.principal
        if principal is None or not is_granted(held, permission):
            return False
        return not principal.scopes or is_granted(principal.scopes, permission)

    async def count(self, name: str, identity: str, policies: PolicySet, cost: int = 1) -> Decision:
        """Count a request of *identity* in the limit *name*.

        Raises:
            RateLimitException: it is not admitted.
            StoreUnavailableError: no limiter, or none that a closed policy could be counted by.
        """
        decision = await self._limiter().check_rate_limit(identity, name, policies, cost=cost)
        return self.settle_count(name, decision, policies)

    def count_now(
        self, name: str, identity: str, policies: PolicySet, cost: int = 1
    ) -> Decision | None:
        """Do what `count` does if that needs no waiting, else return None.

        Raises:
            RateLimitException: the request is not admitted.
            StoreUnavailableError: there is no limiter.
        """
        decision = self._limiter().decide_now(identity, name, policies, cost)
        return None if decision is None else self.settle_count(name, decision, policies)

    def settle_count(self, name: str, decision: Decision, policies: PolicySet) -> Decision:
        """Keep *decision* for the response, and let the request pass if it is admitted.

        Raises:
            RateLimitException: it is not.
            StoreUnavailableError: what would count it does not answer.
        """
        self.decisions.append((decision, policies))
        if decision.allowed:
            self.report("rate_limit", True, target=name)
            return decision
        reason = f"Over {decision.policy.name} by the {decision.source} count."
        self.report("rate_limit", False, target=name, reason=reason)
        if decision.source == "closed":
            reason = f"What counts the limit {name!r} does not answer."
            raise StoreUnavailableError(reason, retry_after=decision.retry_after)
        headers = rate_limit_headers(decision, policies.policies)
        raise RateLimitException(decision.retry_after, headers=headers)

    def limit_headers(self) -> dict[str, str]:
        """Return the fields of the limit that is nearest to being reached; none if none was."""
        told = most_restrictive(decision for decision, _ in self.decisions)
        if told is None:
            return {}
        policies = [one for _, counted in self.decisions for one in counted.policies]
        return rate_limit_headers(told, policies)

    def _limiter(self) -> RateLimiter:
        if self.limiter is None:
            raise StoreUnavailableError(
                "A rate limit is to be counted and there is no limiter. "
                "Give SecurityMiddleware limiter=RateLimiter(…)."
            )
        return self.limiter

    def restrict(self, statement: Any, ownership: Ownership | None = None) -> Any:
        """Return *statement* for what belongs to the principal only.

        Without *ownership* that of the function is meant which is being called and says
        ``require_permission(…, owned_by(…))``.

        Raises:
            AuthenticationException: nobody is authenticated.
            OwnershipError: it is not clear which ownership is meant.
        """
        if ownership is None:
            candidates = {id(one): one for one in self._owned}
            if len(candidates) != 1:
                raise OwnershipError(
                    f"{len(candidates)} ownerships are being enforced here, so restrict() cannot "
                    "know which is meant. Name it: restrict(statement, ownership)."
                )
            (ownership,) = candidates.values()
        self._restricted[id(ownership)] += 1
        return ownership.restrict(statement, self.require_principal())

    @contextmanager
    def owning(self, ownership: Ownership) -> Generator[None, None, None]:
        """Enforce that a statement is restricted by *ownership* in the block.

        Raises:
            OwnershipError: the block has ended well, and none was.
        """
        before = self._restricted[id(ownership)]
        self._owned.append(ownership)
        try:
            yield
        finally:
            self._owned.remove(ownership)
        if self._restricted[id(ownership)] == before:
            raise OwnershipError(
                f"{ownership!r} was required and no statement was restricted by it. Call "
                "current_security_context().restrict(statement)."
            )

    def mark_counted(self, requirement: object) -> None:
        """Remember that *requirement* was counted, for the one call that follows."""
        self._counted.add(requirement)

    def take_counted(self, requirement: object) -> bool:
        """Tell whether *requirement* was counted for this call, and forget it."""
        if requirement in self._counted:
            self._counted.discard(requirement)
            return True
        return False

    def report(
        self,
        action: Action,
        is_allowed: bool,
        *,
        target: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Tell the audit hook of a decision."""
        if self._audit is None:
            return
        principal = self._principal
        subject, method = (
            (None, None) if principal is None else (principal.subject, principal.method)
        )
        report(
            self._audit,
            AuditEvent(action, is_allowed, self.client_id, subject, method, target, reason),
        )


async def _ask(source: Any, principal: Principal) -> Collection[str]:
    lookup = getattr(source, "get_user_permissions", None)
    held: Collection[str] = await (lookup(principal.subject) if lookup else source(principal))
    return held


_current: ContextVar[SecurityContext] = ContextVar("covet_security")


def current_security_context() -> SecurityContext:
    """Return the context of the request that is being answered.

    Raises:
        AuthenticationException: there is none, so nothing may be allowed.
    """
    context = _current.get(None)
    if context is None:
        raise AuthenticationException(
            "There is no security context here. Add SecurityMiddleware, or run this within "
            "use_security_context(…)."
        )
    return context


def set_security_context(context: SecurityContext) -> Token[SecurityContext]:
    """Make *context* the current one; `reset_security_context` takes what this returns."""
    return _current.set(context)


def reset_security_context(token: Token[SecurityContext]) -> None:
    """Make the context the current one that was so before."""
    _current.reset(token)


@contextmanager
def use_security_context(context: SecurityContext) -> Generator[SecurityContext, None, None]:
    """Have *context* as the current one in the block: of a message, a task, a test."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)
