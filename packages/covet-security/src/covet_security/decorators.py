"""Decorators that say what a function demands, and enforce it wherever the function is called."""

import functools
import inspect
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast, overload

from covet_security._errors import ConfigError
from covet_security._grants import check_permission
from covet_security._requirements import (
    AuthRequirement,
    CostFunction,
    LimitKey,
    PermissionRequirement,
    RateRequirement,
    Requirement,
)
from covet_security._wrapping import wrap
from covet_security.context import Ownership, SecurityContext
from covet_security.limits import Limit, PolicySet, policy_set
from covet_security.limits import RateLimitPolicy as Policy
from covet_security.limits._policy import Outage

F = TypeVar("F", bound=Callable[..., Any])

GUARDED = "__covet_security__"
"""The attribute of a guarded function that holds its `Guarded` record."""

_GUARDED_BY = "__covet_guarded_by__"  # of a function: what it was wrapped into


@dataclass(frozen=True, slots=True, eq=False)
class SecurityRequirements:
    """All that the decorators of a function demand, in the order in which it is enforced.

    Attributes:
        requirements: limits by address, authentication, permissions, other limits.
        is_public: whether the function says that it is open to all.
    """

    requirements: tuple[Requirement, ...] = ()
    is_public: bool = False

    @property
    def requires_auth(self) -> bool:
        """Whether the caller must be authenticated."""
        return any(isinstance(one, _ASKS_WHO) for one in self.requirements)

    @property
    def permissions(self) -> tuple[str, ...]:
        """The permissions that the caller needs, all of them."""
        found = (one for one in self.requirements if isinstance(one, PermissionRequirement))
        return tuple(dict.fromkeys(name for one in found for name in one.permissions))

    @property
    def ownerships(self) -> tuple[Ownership, ...]:
        """The filters that statements of the function must be restricted by."""
        found = (one for one in self.requirements if isinstance(one, PermissionRequirement))
        return tuple(one.ownership for one in found if one.ownership is not None)

    @property
    def rate_limits(self) -> tuple[RateRequirement, ...]:
        """The limits that calls are counted by."""
        return tuple(one for one in self.requirements if isinstance(one, RateRequirement))

    async def enforce(self, context: SecurityContext) -> None:
        """Enforce all of it now, for one call of the function that follows in this request.

        For a framework that refuses requests before it validates them. The function itself
        checks authentication and permissions again, which costs nothing, and does not count the
        call again. Limits that depend on the call's arguments are left to the call.

        Raises:
            AuthenticationException: nobody is authenticated.
            PermissionDeniedException: the caller may not.
            RateLimitException: the caller has made too many requests.
            StoreUnavailableError: what is needed to decide does not answer.
        """
        for one in self.requirements:
            if isinstance(one, RateRequirement):
                if one.needs_arguments:
                    continue
                await one.enforce(context, None)
                context.mark_counted(one)
            else:
                await one.enforce(context, None)


_ASKS_WHO = (AuthRequirement, PermissionRequirement)


@dataclass(frozen=True, slots=True, eq=False)
class Guarded:
    """What a decorated function keeps of its decorators: the attribute ``__covet_security__``.

    Attributes:
        wrapper: the function that enforces; another function that has copied the record is none.
        function: the function that it calls.
        requirements: what it enforces.
        is_public: whether it is said to be open to all.
    """

    wrapper: Callable[..., Any]
    function: Callable[..., Any]
    requirements: tuple[Requirement, ...] = ()
    is_public: bool = False


@overload
def require_auth(function: F, /) -> F: ...
@overload
def require_auth() -> Callable[[F], F]: ...
def require_auth(function: F | None = None, /) -> F | Callable[[F], F]:
    """Let only authenticated callers call the function; with or without parentheses.

    Raises:
        ConfigError: the function is said to be public, or cannot be decorated.
    """
    decorate = functools.partial(_guard, requirement=AuthRequirement())
    return decorate if function is None else decorate(function)


def require_permission(
    *permissions: str | Ownership, ownership: Ownership | None = None
) -> Callable[[F], F]:
    """Let only callers call the function who have all of the *permissions*.

    With an *ownership*, ``require_permission("posts:write", owned_by(Post.author_id))``, the
    function must restrict what it reads and writes:
    ``current_security_context().restrict(select(Post))``. A call that does not is an error.

    Raises:
        ConfigError: a permission is not the name of one, there is none, or the function is said
            to be public.
    """
    names = tuple(check_permission(one) for one in permissions if isinstance(one, str))
    owned = [one for one in (*permissions, ownership) if not isinstance(one, str | None)]
    if not names or len(owned) > 1:
        raise ConfigError(
            f"{len(names)} permissions and {len(owned)} ownerships do not make a requirement. "
            "Name one permission or more, and one ownership at most."
        )
    requirement = PermissionRequirement(names, owned[0] if owned else None)
    return lambda function: _guard(function, requirement)


def rate_limit(
    requests: Limit,
    window: float = 60,
    *,
    key: LimitKey = "principal",
    cost: int | CostFunction = 1,
    name: str | None = None,
    outage: Outage | None = None,
) -> Callable[[F], F]:
    """Let a caller call the function no more often than *requests* allows.

    Args:
        requests: how often in *window* seconds, ``"10/minute"``, a policy, or a list of these.
        window: seconds, where *requests* is a number.
        key: what is counted: the ``"principal"`` (the API key or user, without one the address),
            the ``"user"``, the ``"api_key"``, the ``"address"``, the ``"route"`` for all callers
            together, or a function of the context and the arguments of the call.
        cost: how much a call counts, or a function of the context and the arguments.
        name: of the limit, by default the function's; limits of one name count together.
        outage: what happens while the store does not answer, ``"closed"`` for a login.

    Raises:
        ConfigError: the limit means none, or the function cannot be decorated.
    """
    policies = policy_set(requests, window)
    if outage is not None:
        policies = _with_outage(policies, outage)

    def decorate(function: F) -> F:
        own = name or f"{function.__module__}.{function.__qualname__}"
        return _guard(function, RateRequirement(own, policies, key, cost))

    return decorate


def public(function: F) -> F:
    """Say that the function is open to all.

    Raises:
        ConfigError: the function requires authentication or permissions, or cannot be decorated.
    """
    if security_of(function).requires_auth:
        raise _contradiction(function)
    record = _record(function) or Guarded(function, function)
    _set(function, GUARDED, replace(record, is_public=True))
    return function


def security_of(function: Callable[..., Any]) -> SecurityRequirements:
    """Return all that decorators demand of *function*, above and below others' decorators.

    Also of a function that was decorated after it was registered, as a decorator of ours does
    that stands above one that registers routes.
    """
    records: dict[int, Guarded] = {}
    waiting: list[Any] = [function]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        attributes: dict[str, Any] = getattr(one, "__dict__", {})
        record = attributes.get(GUARDED)
        if isinstance(record, Guarded):
            records[id(record)] = record
            waiting.append(record.wrapper)
        waiting += [
            attributes.get(_GUARDED_BY),
            getattr(one, "__wrapped__", None),
            getattr(one, "__func__", None),
            one.func if isinstance(one, functools.partial) else None,
        ]
    found = {id(one): one for record in records.values() for one in record.requirements}
    return SecurityRequirements(
        tuple(sorted(found.values(), key=_rank)),
        any(record.is_public for record in records.values()),
    )


def _rank(requirement: Requirement) -> int:
    return requirement.rank


def _guard(function: F, requirement: Requirement) -> F:
    """Return *function* with *requirement*: what is ours already is wrapped anew, not twice."""
    if inspect.isclass(function) or not hasattr(function, "__call__"):  # noqa: B004
        raise ConfigError(f"{function!r} cannot be protected. Decorate a function.")
    if isinstance(requirement, _ASKS_WHO) and security_of(function).is_public:
        raise _contradiction(function)
    record = _record(function) or Guarded(function, function)
    requirements = tuple(sorted((*record.requirements, requirement), key=_rank))
    wrapper = wrap(record.function, requirements)
    functools.update_wrapper(wrapper, function)
    wrapper.__dict__.pop(_GUARDED_BY, None)
    guarded = replace(record, wrapper=wrapper, requirements=requirements)
    setattr(wrapper, GUARDED, guarded)
    with suppress(AttributeError):  # what takes no attributes is not registered and decorated later
        setattr(function, _GUARDED_BY, wrapper)
    return cast("F", wrapper)


def _record(function: Callable[..., Any]) -> Guarded | None:
    """Return the record of *function* if it is ours, not one that it has copied."""
    record = getattr(function, "__dict__", {}).get(GUARDED)
    return record if isinstance(record, Guarded) and record.wrapper is function else None


def _set(function: Callable[..., Any], name: str, value: object) -> None:
    try:
        setattr(function, name, value)
    except AttributeError:
        raise ConfigError(
            f"{function!r} takes no attributes, so it cannot be decorated. Decorate its function."
        ) from None


def _contradiction(function: Callable[..., Any]) -> ConfigError:
    return ConfigError(
        f"{function!r} is said to be public and to require authentication. Remove one of both."
    )


def _with_outage(policies: PolicySet, outage: Outage) -> PolicySet:
    return policy_set([_replaced(one, outage) for one in policies.policies])


def _replaced(policy: Policy, outage: Outage) -> Policy:
    return replace(policy, outage=outage)
