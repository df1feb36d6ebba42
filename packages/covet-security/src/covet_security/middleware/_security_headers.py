"""The response headers that make browsers careful.

Source: OWASP Secure Headers Project, https://owasp.org/www-project-secure-headers/
"""

import re
from collections.abc import Mapping

from covet_security._errors import ConfigError
from covet_security.middleware._asgi import ASGIApp, Message, Receive, Scope, Send

_API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_TWO_YEARS = 2 * 365 * 86400
_VALUE = re.compile(r"[!-~]([ \t!-~]*[!-~])?")  # field-value without obs-text, RFC 9110 §5.5
_SECURE_SCHEMES = frozenset({"https", "wss"})


class SecurityHeadersMiddleware:
    """Adds to every response the security headers that the application has not set itself.

    The defaults are those of an API, whose responses are no pages: nothing may be loaded or
    framed. A page says its own Content-Security-Policy. Strict-Transport-Security is only sent
    over https, as RFC 6797 §7.2 demands.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        content_security_policy: str | None = _API_POLICY,
        hsts_seconds: int = _TWO_YEARS,
        hsts_subdomains: bool = True,
        is_behind_https: bool = False,
        frame_options: str | None = "DENY",
        referrer_policy: str | None = "no-referrer",
        opener_policy: str | None = "same-origin",
        resource_policy: str | None = "same-origin",
        more: Mapping[str, str] | None = None,
    ) -> None:
        """Add headers to the responses of *app*; None leaves one out.

        Args:
            app: what answers.
            content_security_policy: what a page may load.
            hsts_seconds: for how long browsers use https only; 0 does not say so.
            hsts_subdomains: whether they do for subdomains, too.
            is_behind_https: whether clients use https although a proxy calls by http.
            frame_options: who may frame the response, for browsers that know no CSP.
            referrer_policy: what a link tells of the page that it is on.
            opener_policy: who shares a browsing context with the page.
            resource_policy: who may load the response without CORS.
            more: further headers, such as Permissions-Policy.

        Raises:
            ConfigError: a value cannot stand in a header.
        """
        self.app = app
        headers = {
            "Content-Security-Policy": content_security_policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": frame_options,
            "Referrer-Policy": referrer_policy,
            "Cross-Origin-Opener-Policy": opener_policy,
            "Cross-Origin-Resource-Policy": resource_policy,
            **(more or {}),
        }
        self._headers = [
            _field(name, value) for name, value in headers.items() if value is not None
        ]
        subdomains = "; includeSubDomains" if hsts_subdomains else ""
        hsts = _field("Strict-Transport-Security", f"max-age={hsts_seconds}{subdomains}")
        self._secure_headers = [*self._headers, hsts] if hsts_seconds else self._headers
        self._is_behind_https = is_behind_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_secure = self._is_behind_https or scope.get("scheme") in _SECURE_SCHEMES
        ours = self._secure_headers if is_secure else self._headers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                theirs = {name.lower() for name, _ in headers}
                headers += [field for field in ours if field[0] not in theirs]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _field(name: str, value: str) -> tuple[bytes, bytes]:
    if not _VALUE.fullmatch(value):
        raise ConfigError(
            f"{value!r} cannot be the value of {name}. Use one line of printable ASCII."
        )
    return name.lower().encode("ascii"), value.encode("ascii")
