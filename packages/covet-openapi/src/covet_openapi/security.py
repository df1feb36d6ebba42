"""Security schemes: how a client may authenticate, for ``OpenAPIGenerator(security_schemes=…)``.

Source: OpenAPI 3.1.0 §4.8.27, https://spec.openapis.org/oas/v3.1.0#security-scheme-object
"""

from collections.abc import Mapping
from typing import Literal

from ._json import JsonObject


def bearer_jwt(*, description: str | None = None) -> JsonObject:
    """Return the scheme of a JSON Web Token in the Authorization header (RFC 6750 §2.1)."""
    scheme: JsonObject = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    if description:
        scheme["description"] = description
    return scheme


def api_key(
    name: str = "X-API-Key",
    *,
    location: Literal["header", "query", "cookie"] = "header",
    description: str | None = None,
) -> JsonObject:
    """Return the scheme of a key in a header, the query string or a cookie called *name*."""
    scheme: JsonObject = {"type": "apiKey", "in": location, "name": name}
    if description:
        scheme["description"] = description
    return scheme


def oauth2_password(
    token_url: str,
    *,
    scopes: Mapping[str, str] | None = None,
    refresh_url: str | None = None,
    description: str | None = None,
) -> JsonObject:
    """Return the scheme of logging in with user name and password (RFC 6749 §4.3).

    Documentation pages ask for both and fetch the token themselves. *token_url* and
    *refresh_url* may be relative to the document; *scopes* maps each scope to what it allows.
    """
    flow: JsonObject = {"tokenUrl": token_url, "scopes": dict(scopes or {})}
    if refresh_url:
        flow["refreshUrl"] = refresh_url
    scheme: JsonObject = {"type": "oauth2", "flows": {"password": flow}}
    if description:
        scheme["description"] = description
    return scheme
