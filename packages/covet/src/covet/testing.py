"""Test clients: an application in process, sync or async, as any user, with overrides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AsyncExitStack
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from covet._lifespan import lifespan_of
from covet.app import Covet
from covet_security import PRINCIPAL_SCOPE_KEY, Principal

try:
    import httpx2
    from starlette.testclient import TestClient as StarletteTestClient
except ImportError:
    raise ImportError("covet.testing needs an HTTP client. Install covet[testing].") from None

Overrides = Mapping[Callable[..., Any], Callable[..., Any]]


class TestClient(StarletteTestClient):
    """Calls an application without a server; `with TestClient(app) as client` runs its lifespan.

    *overrides* replace dependencies for as long as the client is open; with *principal*, every
    request is authenticated as that. Everything else, *options* too, is Starlette's:
    `client.get("/posts", params=…)`, `client.websocket_connect("/live")`.
    """

    __test__ = False

    def __init__(
        self,
        app: Covet,
        *,
        overrides: Overrides | None = None,
        principal: Principal | None = None,
        **options: Any,
    ) -> None:
        self._covet = app
        self._options = options
        self._overrides = app.override(overrides or {})
        self._overrides.__enter__()
        super().__init__(_acting_as(app, principal), **options)

    def as_user(
        self,
        user: Any,
        *,
        subject: str | None = None,
        scopes: Collection[str] = (),
        permissions: Collection[str] | None = None,
    ) -> TestClient:
        """Return a client whose requests are made by *user*, with no token needed.

        With *permissions* the user has exactly those; without, they are asked for as ever. The
        client shares this one's lifespan and event loop.
        """
        principal = _principal_of(user, subject, scopes, permissions)
        client = TestClient(self._covet, principal=principal, **self._options)
        client.portal = self.portal
        return client

    def close(self) -> None:
        """Take the overrides back."""
        super().close()
        self._overrides.__exit__(None, None, None)

    def __exit__(self, *details: Any) -> None:
        super().__exit__(*details)
        self.close()


class AsyncTestClient(httpx2.AsyncClient):
    """The same for async tests: `async with AsyncTestClient(app) as client`.

    It shares the test's event loop, so that both may use the same database connections.
    """

    __test__ = False

    def __init__(
        self,
        app: Covet,
        *,
        overrides: Overrides | None = None,
        principal: Principal | None = None,
        base_url: str = "http://testserver",
        **options: Any,
    ) -> None:
        self._covet = app
        self._options = options
        self._lifespan = AsyncExitStack()
        self._runs_lifespan = True
        self._overrides = app.override(overrides or {})
        self._overrides.__enter__()
        transport = httpx2.ASGITransport(_acting_as(app, principal))
        super().__init__(transport=transport, base_url=base_url, **options)

    def as_user(
        self,
        user: Any,
        *,
        subject: str | None = None,
        scopes: Collection[str] = (),
        permissions: Collection[str] | None = None,
    ) -> AsyncTestClient:
        """Return a client whose requests are made by *user*, with no token needed.

        With *permissions* the user has exactly those; without, they are asked for as ever. The
        client shares this one's lifespan.
        """
        principal = _principal_of(user, subject, scopes, permissions)
        client = AsyncTestClient(
            self._covet, principal=principal, base_url=str(self.base_url), **self._options
        )
        client._runs_lifespan = False
        return client

    async def __aenter__(self) -> AsyncTestClient:
        if self._runs_lifespan:
            await self._lifespan.enter_async_context(lifespan_of(self._covet, {}))
        await super().__aenter__()
        return self

    async def __aexit__(self, *details: Any) -> None:
        await super().__aexit__(*details)
        self._overrides.__exit__(None, None, None)
        await self._lifespan.aclose()


def _principal_of(
    user: Any, subject: str | None, scopes: Collection[str], permissions: Collection[str] | None
) -> Principal:
    """Return the principal that *user* would be after a login; its `id` is the subject."""
    return Principal(
        subject=str(getattr(user, "id", user)) if subject is None else subject,
        method="test",
        scopes=frozenset(scopes),
        user=user,
        permissions=None if permissions is None else frozenset(permissions),
    )


def _acting_as(app: ASGIApp, principal: Principal | None) -> ASGIApp:
    """Return *app* for requests that are already authenticated as *principal*."""
    if principal is None:
        return app

    async def authenticated(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, PRINCIPAL_SCOPE_KEY: principal}, receive, send)

    return authenticated
