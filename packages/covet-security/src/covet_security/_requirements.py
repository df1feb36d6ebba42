"""What a function demands of the request in which it is called, and how that is enforced."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal, TypeAlias

from covet_security.context import Ownership, SecurityContext
from covet_security.limits import PolicySet

KeyFunction: TypeAlias = Callable[[SecurityContext, Mapping[str, Any]], str]
"""Returns what a call is counted by, from the context and the arguments of the call by name."""

CostFunction: TypeAlias = Callable[[SecurityContext, Mapping[str, Any]], int]
"""Returns what a call costs, from the context and the arguments of the call by name."""

LimitKey: TypeAlias = Literal["principal", "user", "api_key", "address", "route"] | KeyFunction
"""What is counted: the caller (by key, user, or address), the user, the key, the address, all."""


@dataclass(frozen=True)
class Call:
    """One call of a function that demands something."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]

    @cached_property
    def arguments(self) -> Mapping[str, Any]:
        """The arguments by name, defaults included."""
        bound = inspect.signature(self.function).bind(*self.args, **self.kwargs)
        bound.apply_defaults()
        return bound.arguments


@dataclass(frozen=True, slots=True, eq=False)
class AuthRequirement:
    """The caller is authenticated."""

    rank: ClassVar[int] = 1

    def enforce_now(self, context: SecurityContext, call: Call | None) -> bool:
        """Let the call pass or refuse it; False if that needs waiting."""
        context.require_principal()
        return True

    async def enforce(self, context: SecurityContext, call: Call | None) -> None:
        """Let the call pass or refuse it."""
        context.require_principal()


@dataclass(frozen=True, slots=True, eq=False)
class PermissionRequirement:
    """The caller has every one of *permissions*, and reaches what *ownership* leaves."""

    permissions: tuple[str, ...]
    ownership: Ownership | None = None
    rank: ClassVar[int] = 2

    def enforce_now(self, context: SecurityContext, call: Call | None) -> bool:
        """Let the call pass or refuse it; False if that needs waiting."""
        context.require_principal()
        held = context.known_permissions()
        if held is None:
            return False
        for permission in self.permissions:
            context.settle_permission(held, permission)
        return True

    async def enforce(self, context: SecurityContext, call: Call | None) -> None:
        """Let the call pass or refuse it."""
        for permission in self.permissions:
            await context.require_permission(permission)


@dataclass(frozen=True, slots=True, eq=False)
class RateRequirement:
    """The caller has not made too many such calls.

    Attributes:
        name: of the limit; calls of all functions with the same name count together.
        policies: all of which must admit the call.
        key: what is counted.
        cost: how much a call counts.
    """

    name: str
    policies: PolicySet
    key: LimitKey = "principal"
    cost: int | CostFunction = field(default=1)

    @property
    def rank(self) -> int:
        """Whether it is enforced before authentication, or after permissions."""
        return 0 if self.key in ("address", "route") else 3

    @property
    def needs_arguments(self) -> bool:
        """Whether it can only be enforced when the function is called."""
        return callable(self.key) or callable(self.cost)

    def enforce_now(self, context: SecurityContext, call: Call | None) -> bool:
        """Let the call pass or refuse it; False if that needs waiting."""
        if context.take_counted(self):
            return True
        identity, cost = self._read(context, call)
        return context.count_now(self.name, identity, self.policies, cost) is not None

    async def enforce(self, context: SecurityContext, call: Call | None) -> None:
        """Let the call pass or refuse it."""
        if not context.take_counted(self):
            identity, cost = self._read(context, call)
            await context.count(self.name, identity, self.policies, cost)

    def _read(self, context: SecurityContext, call: Call | None) -> tuple[str, int]:
        arguments: Mapping[str, Any] = {}
        if call is not None and self.needs_arguments:
            arguments = call.arguments
        if callable(self.key):
            identity = f"own:{self.key(context, arguments)}"
        else:
            identity = identity_of(context, self.key)
        return identity, self.cost(context, arguments) if callable(self.cost) else self.cost


Requirement: TypeAlias = AuthRequirement | PermissionRequirement | RateRequirement


def identity_of(
    context: SecurityContext,
    key: Literal["principal", "user", "api_key", "address", "route"] = "principal",
) -> str:
    """Return what a request is counted by; without a principal that is the address."""
    if key == "route":
        return "all"
    principal = context.principal
    if key == "address" or principal is None:
        return context.client_id
    by_key = principal.method == "api_key" and principal.credential_id is not None
    return (
        f"key:{principal.credential_id}"
        if by_key and key != "user"
        else f"user:{principal.subject}"
    )


async def enforce_all(
    requirements: tuple[Requirement, ...], context: SecurityContext, call: Call | None
) -> None:
    """Let the call pass if it meets all *requirements*, asked in their order."""
    for requirement in requirements:
        await requirement.enforce(context, call)
