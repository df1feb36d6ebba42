"""What can be wrong with the versions of an API, all of it known before any request.

RoutingError
├── VersionError (ValueError)              a version that cannot be, or a route of none that is
└── NoDefaultVersionError (LookupError)    nothing to answer who names no version
"""

from collections.abc import Iterable

from covet_routing._errors import RoutingError


class VersionError(RoutingError, ValueError):
    """A version that cannot be registered, or is meant and does not exist.

    Attributes: ``version`` as it was written, ``reason``, ``remedy``.
    """

    def __init__(self, version: str, reason: str, remedy: str) -> None:
        super().__init__(f"API version {version!r} {reason}. {remedy}")
        self.version = version
        self.reason = reason
        self.remedy = remedy


class NoDefaultVersionError(RoutingError, LookupError):
    """No version answers the requests that name none; ``versions`` are those that exist."""

    def __init__(self, versions: Iterable[str]) -> None:
        self.versions: tuple[str, ...] = tuple(versions)
        there = f"of {', '.join(self.versions)} none is" if self.versions else "there is none"
        super().__init__(
            f"The API has no default version: {there}, so a request that names no version cannot "
            "be answered. Register one with is_default=True."
        )
