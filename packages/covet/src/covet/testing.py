"""Test clients: an application in process, sync or async, as any user, with overrides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AsyncExitStack
from typing import Any

from covet_security import Principal

from covet._authentication import PRINCIPAL_SCOPE_KEY
from covet._lifespan import lifespan_of
from covet.app import Covet

try:
    import httpx2
    from starlette.testclient import TestClient as StarletteTestClient
except ImportError as error:
    raise ImportError(
        "covet.testing needs an HTTP client. Install covet[testing]."
    ) from error

from starlette.types import ASGIApp, Receive, Scope, Send

Overrides = Mapping[Callable[..., Any], Callable[..., Any]]


class TestClient(StarletteTestClient):
    """Calls an application without a server; `with TestClient(app) as client` runs its lifespan.

    *overrides* replace dependencies for as long as the client is open. Everything else is
    Starlette's: `client.get("/posts", params=…)`, `client.websocket_connect("/live")`.
    """

    __test__ = False

    def __init__(self, app: Covet, *, overrides: Overrides | None = None, **options: Any) -> None:
        self._covet = app
        self._options = options
        self._overridden = tuple(overrides or ())
        app.dependency_overrides.update(overrides or {})
        super().__init__(options.pop("asgi_app", app), **options)

    def as_user(
        self, user: Any, *, subject: str | None = None, scopes: Collection[str] = ()
    ) -> TestClient:
        """Return a client whose requests are made by *user*, with no token needed."""
        acting = acting_as(self._covet, principal_of(user, subject, scopes))
        return TestClient(self._covet, asgi_app=acting, **self._options)

    def close(self) -> None:
        """Take the overrides back."""
        for dependency in self._overridden:
            self._covet.dependency_overrides.pop(dependency, None)
        super().close()

    def __exit__(self, *details: Any) -> None:
        super().__exit__(*details)
        self.close()


class AsyncTestClient(httpx2.AsyncClient):
    """The same for async tests: `async with AsyncTestClient(app) as client`.

    It shares the test's event loop, so that both may use the same database connections.
    """

    __test__ = False

    def __init__(self, app: Covet, *, overrides: Overrides | None = None, **options: Any) -> None:
        self._covet = app
        self._options = options
        self._lifespan = AsyncExitStack()
        self._overridden = tuple(overrides or ())
        app.dependency_overrides.update(overrides or {})
        self._runs_lifespan = "asgi_app" not in options
        transport = httpx2.ASGITransport(options.pop("asgi_app", app))
        super().__init__(transport=transport, **{"base_url": "http://testserver", **options})

    def as_user(
        self, user: Any, *, subject: str | None = None, scopes: Collection[str] = ()
    ) -> AsyncTestClient:
        """Return a client whose requests are made by *user*, with no token needed."""
        acting = acting_as(self._covet, principal_of(user, subject, scopes))
        return AsyncTestClient(self._covet, asgi_app=acting, **self._options)

    async def __aenter__(self) -> AsyncTestClient:
        if self._runs_lifespan:
            await self._lifespan.enter_async_context(lifespan_of(self._covet, {}))
        await super().__aenter__()
        return self

    async def __aexit__(self, *details: Any) -> None:
        await super().__aexit__(*details)
        for dependency in self._overridden:
            self._covet.dependency_overrides.pop(dependency, None)
        await self._lifespan.aclose()


def principal_of(user: Any, subject: str | None, scopes: Collection[str]) -> Principal:
    """Return the principal that *user* would be after a login; its `id` is the subject."""
    if subject is None:
        subject = str(getattr(user, "id", user))
    return Principal(subject=subject, method="test", scopes=frozenset(scopes), user=user)


def acting_as(app: ASGIApp, principal: Principal) -> ASGIApp:
    """Return *app* for requests that are already authenticated as *principal*."""

    async def authenticated(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, PRINCIPAL_SCOPE_KEY: principal}, receive, send)

    return authenticated
