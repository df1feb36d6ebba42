"""The bearer token of an Authorization header, read strictly."""

import re

from covet_security._errors import AuthenticationException

_SCHEME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # token, RFC 9110 §5.6.2
_CREDENTIALS = re.compile(r"(?i:bearer) +([A-Za-z0-9\-._~+/]+=*)")


def bearer_token(authorization: str | bytes | None, *, realm: str = "api") -> str | None:
    """Return the token of an Authorization field value; None if it has no bearer credentials.

    That is so without a value, and with one of another scheme. The scheme's case does not
    matter; everything else must be exactly one scheme, spaces and one token.

    Raises:
        AuthenticationException: the value has no scheme, or says Bearer and not one token.

    Source: RFC 6750 §2.1, https://www.rfc-editor.org/rfc/rfc6750#section-2.1
    """
    if authorization is None:
        return None
    if isinstance(authorization, bytes):
        authorization = authorization.decode("latin-1")
    credentials = _CREDENTIALS.fullmatch(authorization)
    if credentials is not None:
        return credentials[1]
    scheme = _SCHEME.match(authorization)
    if scheme is not None and scheme[0].lower() != "bearer":
        return None
    raise AuthenticationException(
        "The Authorization header is not 'Bearer', a space and one token.",
        realm=realm,
        problem="invalid",
    )
