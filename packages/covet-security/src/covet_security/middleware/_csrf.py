"""Refuse what another site may have made the browser send along with its cookies.

Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet; Fetch Metadata,
https://www.w3.org/TR/fetch-metadata/
"""

import hmac
import re
import secrets
from collections.abc import Iterable, MutableMapping
from typing import Any

from covet_security._audit import AuditEvent, AuditHook, report
from covet_security._errors import ConfigError, CrossSiteRequestError
from covet_security._server_session import CSRF_KEY
from covet_security.limits import UNKNOWN_CLIENT
from covet_security.middleware._asgi import ASGIApp, Message, Receive, Scope, Send
from covet_security.middleware._cookies import check_cookie_name, read_cookie, set_cookie
from covet_security.middleware._problem import refuse_websocket, send_problem

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})  # RFC 9110 §9.2.1
_OWN = frozenset({b"same-origin", b"none"})  # none: the user typed it, or a bookmark
_ORIGIN = re.compile(r"https?://[^\s/?#@]+")
_TOKEN_BYTES = 32
_COOKIE_SECONDS = 400 * 86400  # the longest that browsers keep one


class CSRFMiddleware:
    """Refuses forged requests to applications that know their users by a cookie session.

    A request by an unsafe method, and the handshake of a WebSocket, must not come from another
    site: by Sec-Fetch-Site, without which by Origin. Where the session holds something, an unsafe
    request also brings the session's token, in the header; a script reads it from the cookie, and
    `csrf_token` gives it to templates. Requests with an Authorization header and an empty session
    pass: no other site can make a browser add that header.

    It goes inside of what fills ``scope["session"]``.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        trusted_origins: Iterable[str] = (),
        header: str = "X-CSRF-Token",
        cookie_name: str = "__Host-csrf",
        is_secure: bool = True,
        audit: AuditHook | None = None,
    ) -> None:
        """Protect *app*.

        Args:
            app: what is called with each request.
            trusted_origins: other origins whose requests are welcome: ``"https://app.example"``.
            header: brings the token.
            cookie_name: names the cookie that scripts read the token from.
            is_secure: whether the cookie is sent over https only.
            audit: told of what is refused.

        Raises:
            ConfigError: an origin or the name of the cookie is not valid.
        """
        check_cookie_name(cookie_name, is_secure=is_secure)
        given = [trusted_origins] if isinstance(trusted_origins, str) else list(trusted_origins)
        for origin in given:
            if not _ORIGIN.fullmatch(origin):
                raise ConfigError(
                    f"Trusted origin {origin!r} is none. Write 'https://app.example', "
                    "without a path and without patterns."
                )
        self.app = app
        self._trusted = frozenset(origin.lower().encode("latin-1", "replace") for origin in given)
        self._header = header.lower().encode("ascii")
        self._cookie_name = cookie_name
        self._is_secure = is_secure
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        problem = self._problem(scope)
        if problem is not None:
            await self._refuse(problem, scope, send)
            return

        async def send_with_token(message: Message) -> None:
            session = scope.get("session")
            if message["type"] == "http.response.start" and session:
                token = csrf_token(scope)
                if read_cookie(scope["headers"], self._cookie_name) != token:
                    headers = [*message.get("headers", ()), self._cookie(token)]
                    message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_with_token)

    def _problem(self, scope: Scope) -> str | None:
        """Return why the request may be forged; None if it is not."""
        is_http = scope["type"] == "http"
        if is_http and scope["method"] in _SAFE_METHODS:
            return None
        session: MutableMapping[str, Any] = scope.get("session") or {}
        if not session and _values(scope, b"authorization"):
            return None
        if not self._is_from_here(scope):
            return "The request comes from another site."
        if is_http and session and not self._has_token(scope, session):
            return "The CSRF token is missing or wrong."
        return None

    def _is_from_here(self, scope: Scope) -> bool:
        sites, origins = _values(scope, b"sec-fetch-site"), _values(scope, b"origin")
        if len(sites) > 1 or len(origins) > 1:
            return False
        if origins and origins[0].lower() in self._trusted:
            return True
        if sites:
            return sites[0] in _OWN
        return not origins or _is_own(origins[0], scope)

    def _has_token(self, scope: Scope, session: MutableMapping[str, Any]) -> bool:
        given, expected = _values(scope, self._header), session.get(CSRF_KEY)
        return (
            len(given) == 1
            and isinstance(expected, str)
            and hmac.compare_digest(given[0], expected.encode())
        )

    async def _refuse(self, reason: str, scope: Scope, send: Send) -> None:
        report(self._audit, AuditEvent("csrf", False, UNKNOWN_CLIENT, reason=reason))
        error = CrossSiteRequestError(reason)
        if scope["type"] == "websocket":
            await refuse_websocket(error, scope, send, is_open=False)
        else:
            await send_problem(error, scope, send)

    def _cookie(self, token: str) -> tuple[bytes, bytes]:
        return set_cookie(
            self._cookie_name,
            token,
            max_age_seconds=_COOKIE_SECONDS,
            same_site="strict",
            is_secure=self._is_secure,
            is_for_scripts=True,
        )


def csrf_token(scope: MutableMapping[str, Any]) -> str:
    """Return the CSRF token of the session in *scope*, made when first asked for.

    Raises:
        KeyError: there is no session: nothing fills ``scope["session"]``.
    """
    session: MutableMapping[str, Any] = scope["session"]
    token = session.get(CSRF_KEY)
    if not isinstance(token, str):
        session[CSRF_KEY] = token = secrets.token_urlsafe(_TOKEN_BYTES)
    return token


def _values(scope: Scope, name: bytes) -> list[bytes]:
    return [value for header, value in scope["headers"] if header == name]


def _is_own(origin: bytes, scope: Scope) -> bool:
    """Tell whether *origin* is this host; over https also that it is of https."""
    scheme, _, authority = origin.lower().partition(b"://")
    hosts = _values(scope, b"host")
    is_secure = scope.get("scheme") in ("https", "wss")
    schemes = (b"https",) if is_secure else (b"http", b"https")
    return scheme in schemes and len(hosts) == 1 and authority == hosts[0].lower()
