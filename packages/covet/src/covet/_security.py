"""Who makes a request, whether they may, and how often: decided before anything of it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from covet_security import (
    PRINCIPAL_SCOPE_KEY,
    AuthRequirement,
    ConfigError,
    JWTAuthenticator,
    PermissionRequirement,
    PolicySet,
    Principal,
    RateLimiter,
    RateLimitPolicy,
    RateRequirement,
    SecurityContext,
    TrustedProxies,
    authorization_header,
    check_permission,
    identify,
    policy_set,
    security_of,
)

if TYPE_CHECKING:
    from starlette.types import Scope

    from covet._context import RequestContext
    from covet_routing import RouteMetadata
    from covet_security import (
        AuditHook,
        KeyAuthenticator,
        LoadPermissions,
        PermissionLookup,
    )

Requirement = AuthRequirement | PermissionRequirement | RateRequirement


class Authenticator(Protocol):
    """What the lifecycle needs of an authenticator; `JWTAuthenticator` is one."""

    @property
    def realm(self) -> str:
        """The protection space that challenges name."""
        ...

    @property
    def loads_user(self) -> bool:
        """Whether a principal comes with a user, for which a database session is needed."""
        ...

    @property
    def user_type(self) -> type | None:
        """The class of those users; parameters of this type are injected."""
        ...

    async def authenticate(self, authorization: bytes | None, db: Any, /) -> Principal | None:
        """Return whom an Authorization header proves, None where it proves nobody.

        Raises:
            AuthenticationException: the header's credentials are not good.
        """
        ...

    async def user_of(self, subject: str, db: Any, /) -> Any:
        """Return the user that *subject* names, for a principal that was proven otherwise.

        Raises:
            AuthenticationException: there is no such user.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """What one application knows of security; without any of it nothing is protected."""

    authenticator: Authenticator | None = None
    api_keys: KeyAuthenticator | None = None
    permissions: PermissionLookup | LoadPermissions | None = None
    limiter: RateLimiter | None = None
    address_limit: PolicySet | None = None
    proxies: TrustedProxies = field(default_factory=TrustedProxies)
    audit: AuditHook | None = None

    @property
    def authenticates(self) -> bool:
        """Whether callers can prove who they are."""
        return self.authenticator is not None or self.api_keys is not None

    @property
    def loads_user(self) -> bool:
        """Whether a principal comes with a user, for which a database session is needed."""
        return self.authenticator is not None and self.authenticator.loads_user

    def context(self, scope: Scope) -> SecurityContext:
        """Return the security context of a request of which nobody knows yet who makes it."""
        return SecurityContext(
            client_id=self.proxies.client_id(scope),
            limiter=self.limiter,
            permissions=self.permissions,
            audit=self.audit,
            realm="api" if self.authenticator is None else self.authenticator.realm,
        )

    async def authenticate(self, context: RequestContext) -> Principal | None:
        """Find out the principal and user of *context*; return None where nobody says.

        Raises:
            RequestRefusedError: the credentials are not good.
        """
        scope, authenticator = context.scope, self.authenticator
        principal: Principal | None = scope.get(PRINCIPAL_SCOPE_KEY)
        if principal is None:
            session = context.session() if self.loads_user and context.open_session else None
            if self.api_keys is not None:
                address = self.proxies.client_address(scope)
                principal = await self.api_keys.authenticate(
                    scope["headers"], client_address=None if address is None else str(address)
                )
            if authenticator is not None:
                if principal is None:
                    header = authorization_header(scope["headers"], realm=authenticator.realm)
                    principal = await authenticator.authenticate(header, session)
                elif self.loads_user and principal.user is None:  # that of a key's owner
                    context.user = await authenticator.user_of(principal.subject, session)
        if principal is not None:
            context.principal = principal
            if context.user is None:
                context.user = principal.user
        return principal


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What one route demands of its callers.

    Limits by address come first, before anything is computed for a request; then who is calling,
    permissions, and limits by caller.
    """

    security: Security
    is_protected: bool
    identifies: bool  # whether it is asked who is calling
    early: tuple[RateRequirement, ...] = ()
    late: tuple[Requirement, ...] = ()
    limits: tuple[RateRequirement, ...] = ()  # all, with those that the call counts

    @property
    def permissions(self) -> tuple[str, ...]:
        """The permissions that a caller needs, all of them."""
        found = (one for one in self.late if isinstance(one, PermissionRequirement))
        return tuple(dict.fromkeys(name for one in found for name in one.permissions))

    @property
    def policies(self) -> tuple[RateLimitPolicy, ...]:
        """The rate limits that requests are counted by."""
        return tuple(policy for limit in self.limits for policy in limit.policies.policies)

    async def admit(self, context: RequestContext) -> None:
        """Let the request of *context* pass or refuse it; nothing of its body is read yet.

        Credentials that are not good are refused also where none are required.

        Raises:
            RateLimitException: there were too many of them.
            AuthenticationException: credentials are missing, or not good.
            PermissionDeniedException: the caller may not.
            StoreUnavailableError: what is needed to decide does not answer.
        """
        security = self.security
        current = security.context(context.scope)
        context.enter_security(current)
        if security.address_limit is not None:
            await current.count("covet.address", current.client_id, security.address_limit)
        for limit in self.early:
            await limit.enforce(current, None)
        if self.identifies:
            current = await identify(current, security.authenticate(context))
            context.enter_security(current)
            if self.is_protected:
                current.require_principal()
        for one in self.late:
            await one.enforce(current, None)
        for one in (*self.early, *self.late):
            current.mark_counted(one)  # for the one call of the handler that follows


class AccessError(ValueError):
    """A route says of its access what contradicts itself, or what nothing here can keep."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def guard_of(
    route: RouteMetadata, security: Security, *, path: str, is_strict: bool = False
) -> Guard | None:
    """Return what *route* demands, None where neither it nor the application knows of security.

    *path* is what its limits are counted by.

    Raises:
        AccessError: it contradicts itself, or nothing here can keep what it says.
    """
    decorated = security_of(route.handler)
    faults: list[str] = []
    asks: list[AuthRequirement | PermissionRequirement] = []
    limits: list[RateRequirement] = []
    for one in decorated.requirements:
        if isinstance(one, RateRequirement):
            limits.append(one)
        else:
            asks.append(one)
    try:
        if route.permissions:
            names = tuple(check_permission(str(one)) for one in route.permissions)
            asks.append(PermissionRequirement(names))
    except ConfigError as error:
        faults.append(str(error))
    try:
        if route.rate_limit is not None:
            limit: Any = route.rate_limit
            name = f"{'/'.join(route.methods)} {path}"
            limits.append(RateRequirement(name, policy_set(limit), cost=route.cost))
    except (ConfigError, TypeError) as error:
        faults.append(str(error))
    stated = route.requires_auth
    if stated is None and (asks or decorated.is_public):
        stated = bool(asks)
    faults += _contradictions(stated, asks, security, is_public=decorated.is_public)
    if stated is None and is_strict:
        faults.append(
            "it does not say who may call it. Write requires_auth=True, requires_auth=False or "
            "@public."
        )
    if faults:
        raise AccessError(faults)
    if not (security.authenticates or security.address_limit is not None or asks or limits):
        return None
    is_protected = security.authenticates if stated is None else stated
    now = [one for one in limits if not one.needs_arguments]  # others count when it is called
    late = [*asks, *[one for one in now if one.rank > 0]]
    by_caller = any(one.rank > 0 for one in limits)
    return Guard(
        security=security,
        is_protected=is_protected,
        identifies=security.authenticates and (is_protected or by_caller),
        early=tuple(one for one in now if one.rank == 0),
        late=tuple(sorted(late, key=lambda one: one.rank)),
        limits=tuple(limits),
    )


def _contradictions(
    stated: bool | None,
    asks: Iterable[AuthRequirement | PermissionRequirement],
    security: Security,
    *,
    is_public: bool,
) -> Iterator[str]:
    """Yield what a route that says *stated* of its access, and *asks*, cannot keep."""
    asks = tuple(asks)
    if stated is False and asks:
        yield "it is open to all and asks who is calling. Remove requires_auth=False, or what asks."
    if stated and is_public:
        yield "it is @public and requires authentication. Remove one of both."
    asks_what = any(isinstance(one, PermissionRequirement) for one in asks)
    if stated and not security.authenticates:
        what = "asks for permissions" if asks_what else "requires authentication"
        yield f"it {what}, and the application has no authenticator. Pass auth=…."
    elif asks_what and security.permissions is None and _knows_no_permissions(security):
        yield (
            "it asks for permissions, and nothing knows them. "
            "Pass permissions=PermissionChecker(…)."
        )


def _knows_no_permissions(security: Security) -> bool:
    """Tell whether no principal comes with permissions: those of keys do, those of tokens not."""
    return security.api_keys is None and isinstance(security.authenticator, JWTAuthenticator)
