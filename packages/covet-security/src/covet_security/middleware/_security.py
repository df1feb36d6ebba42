"""Who makes each request, known to all that the request calls; refusals answered."""

import time
from collections.abc import Callable, Iterable
from typing import Protocol

from covet_security._audit import AuditHook
from covet_security._errors import RequestRefusedError
from covet_security._identify import authorization_header, identify
from covet_security.context import (
    LoadPermissions,
    PermissionLookup,
    SecurityContext,
    reset_security_context,
    set_security_context,
)
from covet_security.limits import (
    Limit,
    RateLimiter,
    TrustedProxies,
    policy_set,
)
from covet_security.middleware._asgi import ASGIApp, Receive, Scope, Send
from covet_security.middleware._connection import SecuredConnection
from covet_security.principal import Principal

PRINCIPAL_SCOPE_KEY = "covet.principal"  # of a scope: who was proven by whoever came before


class Authenticator(Protocol):
    """What is needed of an authenticator; `JWTAuthenticator` is one."""

    @property
    def realm(self) -> str:
        """The protection space that challenges name."""
        ...

    async def authenticate(self, authorization: bytes | None, /) -> Principal | None:
        """Return whom an Authorization header proves, None where it proves nobody.

        Raises:
            AuthenticationException: its credentials are not good.
        """
        ...


class KeyAuthenticator(Protocol):
    """What is needed of a check of API keys; `APIKeyManager` is one."""

    async def authenticate(
        self, headers: Iterable[tuple[bytes, bytes]], /, *, client_address: str | None
    ) -> Principal | None:
        """Return whom the API key in *headers* proves, None where there is none.

        Raises:
            RequestRefusedError: the key is not good, or not alone.
        """
        ...


class SecurityMiddleware:
    """Makes the `SecurityContext` of each request and connection, for the decorators to enforce.

    In this order: a limit by address, before anything is computed for the request; the
    credentials; the limit of an API key. Credentials that are not good are refused on every
    path. What the application refuses by an error of this package is answered as a problem
    document (RFC 9457), and responses tell clients their limits.

    On connections that last, a credential that ends closes the WebSocket with 4403 and ends a
    stream of server-sent events.

    Add it inside of what turns unknown errors into a 500, as ``add_middleware`` of Starlette and
    FastAPI does.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        authenticator: Authenticator | None = None,
        api_keys: KeyAuthenticator | None = None,
        permissions: PermissionLookup | LoadPermissions | None = None,
        limiter: RateLimiter | None = None,
        address_limit: Limit | None = None,
        proxies: TrustedProxies | None = None,
        audit: AuditHook | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Secure *app*.

        Args:
            app: what is called with each request.
            authenticator: reads the Authorization header.
            api_keys: reads API keys.
            permissions: asked what a principal may do, unless the principal says it itself.
            limiter: counts for `rate_limit`; by default one in the memory of this process.
            address_limit: how often one address may make requests, such as ``"100/s"``.
            proxies: those that are trusted to say the client's address, by default none.
            audit: told of every decision.
            clock: seconds since 1970.

        Raises:
            ConfigError: the limit means none.
        """
        self.app = app
        self._authenticator = authenticator
        self._api_keys = api_keys
        self._permissions = permissions
        self._limiter = RateLimiter() if limiter is None else limiter
        self._address_limit = None if address_limit is None else policy_set(address_limit)
        self._proxies = TrustedProxies() if proxies is None else proxies
        self._audit = audit
        self._realm = "api" if authenticator is None else authenticator.realm
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        context = self._context(scope)
        connection = SecuredConnection(context, scope, receive, send)
        try:
            if self._address_limit is not None and not _is_preflight(scope):
                identity = context.client_id
                await context.count("covet.address", identity, self._address_limit)
            context = await identify(
                context, self._authenticate(scope), counts=not _is_preflight(scope)
            )
            connection.context = context
            await self._call(scope, connection)
        except RequestRefusedError as error:
            if connection.has_started and scope["type"] == "http":
                raise
            await connection.refuse(error)
        except Exception:  # of a program that is told that its client has gone
            if not connection.is_over:
                raise

    async def _call(self, scope: Scope, connection: SecuredConnection) -> None:
        token = set_security_context(connection.context)
        try:
            await self.app(scope, connection.receive, connection.send)
        finally:
            reset_security_context(token)

    def _context(self, scope: Scope) -> SecurityContext:
        return SecurityContext(
            client_id=self._proxies.client_id(scope),
            limiter=self._limiter,
            permissions=self._permissions,
            audit=self._audit,
            realm=self._realm,
            clock=self._clock,
        )

    async def _authenticate(self, scope: Scope) -> Principal | None:
        principal: Principal | None = None
        if self._api_keys is not None:
            address = self._proxies.client_address(scope)
            principal = await self._api_keys.authenticate(
                scope["headers"], client_address=None if address is None else str(address)
            )
        if principal is None and self._authenticator is not None:
            header = authorization_header(scope["headers"], realm=self._realm)
            principal = await self._authenticator.authenticate(header)
        if principal is not None:
            scope[PRINCIPAL_SCOPE_KEY] = principal
        return principal


def _is_preflight(scope: Scope) -> bool:
    """Tell whether a browser asks on its own account whether it may make a request."""
    return scope.get("method") == "OPTIONS" and any(
        name == b"access-control-request-method" for name, _ in scope["headers"]
    )
