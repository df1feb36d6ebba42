"""What the pages may do: load their own parts, call the API, nothing else.

Source: Content Security Policy Level 3, https://www.w3.org/TR/CSP3/#csp-directives
"""

import re
from collections.abc import Iterable

_ORIGIN = re.compile(r"(?:https?|wss?)://[A-Za-z0-9.\-\[\]:]+")


def content_security_policy(*, runs_scripts: bool, connect_to: Iterable[str] = ()) -> str:
    """Return the policy of a page: of Swagger UI if it *runs_scripts*, else of the reference.

    *connect_to* are origins, such as ``https://api.example.com``, that Swagger UI may call
    besides its own.

    Raises:
        ValueError: one of *connect_to* is no origin.
    """
    origins = [*connect_to]
    for origin in origins:
        if _ORIGIN.fullmatch(origin) is None:
            raise ValueError(
                f"{origin!r} is no origin: it needs a scheme and a host, and nothing more. "
                "Write 'https://api.example.com'."
            )
    scripts = ["script-src 'self'", " ".join(["connect-src 'self'", *origins])]
    return "; ".join(
        (
            "default-src 'none'",
            *(scripts if runs_scripts else ()),
            "style-src 'self'",
            "img-src 'self' data:",  # the style sheets' icons
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
