"""Who makes this request: asked of the authenticator, before anything of the body is read."""

from __future__ import annotations

from typing import Any, Protocol

from covet._context import RequestContext
from covet_security import AuthenticationException, Principal

PRINCIPAL_SCOPE_KEY = "covet.principal"  # set by tests and by ASGI middleware that authenticates


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


async def authenticate(
    context: RequestContext, authenticator: Authenticator, *, required: bool
) -> None:
    """Find out the principal and user of *context*.

    Credentials that are not good are refused also where none are *required*.

    Raises:
        AuthenticationException: credentials are missing though *required*, or not good.
    """
    principal: Principal | None = context.scope.get(PRINCIPAL_SCOPE_KEY)
    if principal is None:
        has_database = authenticator.loads_user and context.open_session is not None
        principal = await authenticator.authenticate(
            _authorization(context, authenticator.realm),
            context.session() if has_database else None,
        )
    if principal is None:
        if required:
            raise AuthenticationException("no credentials", realm=authenticator.realm)
        return
    context.principal = principal
    context.user = principal.user


def _authorization(context: RequestContext, realm: str) -> bytes | None:
    """Return the one Authorization header; of two, each reader might believe another."""
    found = [value for name, value in context.scope["headers"] if name == b"authorization"]
    if len(found) > 1:
        raise AuthenticationException(
            f"The request has {len(found)} Authorization headers.", realm=realm, problem="invalid"
        )
    return found[0] if found else None
