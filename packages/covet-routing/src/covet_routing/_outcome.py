"""What looking up a request can come to, besides the route itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotFound:
    """No route has this path: 404."""


@dataclass(frozen=True, slots=True)
class MethodNotAllowed:
    """The path exists, but not for this method: 405 with ``Allow``, or the answer to OPTIONS.

    ``allowed`` is sorted and has every method that any route would answer at this path; HEAD is
    there where GET is, and OPTIONS always.

    Source: RFC 9110 §15.5.6, https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
    """

    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """The route is at *location*, which differs from the path by its trailing slash: 308.

    ``location`` is percent-encoded ASCII, ready for the header save for the query string, which
    the caller appends. It never begins with two slashes.

    Source: RFC 9110 §15.4.9, https://www.rfc-editor.org/rfc/rfc9110#section-15.4.9
    """

    location: str


@dataclass(frozen=True, slots=True)
class MountMatch:
    """The path lies below a mounted application.

    ``prefix`` is where *app* was mounted (empty at the root), ``path`` the rest of the request
    path, still percent-encoded; it begins with a slash also where nothing is left.
    """

    app: object
    prefix: str
    path: str
