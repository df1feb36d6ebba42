"""From credentials to the security context of whoever they prove."""

from collections.abc import Awaitable, Iterable

from covet_security._errors import AuthenticationException, RequestRefusedError
from covet_security._requirements import identity_of
from covet_security.context import SecurityContext
from covet_security.limits import policy_set
from covet_security.principal import Principal


async def identify(
    anonymous: SecurityContext,
    authentication: Awaitable[Principal | None],
    *,
    counts: bool = True,
) -> SecurityContext:
    """Return the context of whom *authentication* proves, *anonymous* where it proves nobody.

    For a framework that authenticates by itself. What was counted so far goes with the request; a
    limit of the credential's own is counted, unless the request *counts* for nothing.

    Raises:
        RequestRefusedError: the credentials are not good, or their limit is reached.
    """
    try:
        principal = await authentication
    except RequestRefusedError as error:
        anonymous.report("authentication", False, reason=str(error))
        raise
    if principal is None:
        return anonymous
    context = anonymous.identified(principal)
    context.report("authentication", True)
    if counts and principal.rate_limit is not None:
        limit = policy_set(principal.rate_limit)
        await context.count("covet.credential", identity_of(context), limit)
    return context


def authorization_header(headers: Iterable[tuple[bytes, bytes]], *, realm: str) -> bytes | None:
    """Return the one Authorization header of *headers*, as ASGI has them; None without any.

    Raises:
        AuthenticationException: there are several: each reader might believe another.
    """
    found = [value for name, value in headers if name == b"authorization"]
    if len(found) > 1:
        raise AuthenticationException(
            f"The request has {len(found)} Authorization headers.", realm=realm, problem="invalid"
        )
    return found[0] if found else None
