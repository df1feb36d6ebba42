"""One API version: its place among the others, and what its answers say of its future."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from covet_routing._route import RouteMetadata
from covet_routing.versioning._errors import VersionError

_VERSION = re.compile(r"[vV]?([0-9]{1,9}(?:[.-][0-9]{1,9}){0,5})")
_URI = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")  # RFC 3986 §2


@dataclass(frozen=True, slots=True)
class APIVersion:
    """A version of an API: ``v1``, ``2.1`` or ``2026-11-22``.

    Attributes:
        version: Its name, digits with dots or hyphens between them, after a ``v`` or not.
        is_default: Whether requests that name no version get this one.
        deprecated: Whether clients should move away, or since when: a date begins at midnight
            UTC, a datetime needs a time zone, either may lie ahead.
        sunset_date: When it will stop answering; also in ISO 8601, ``"2027-06-30"``.
        migration_guide_url: A page for people who move away.
        routes: What it answers, its own routes first; set by `VersionManager.resolve`.

    Raises:
        VersionError: the name has no order among others, the sunset comes before the deprecation,
            a datetime has no time zone, a date is none, or the URL cannot be one.
    """

    version: str
    is_default: bool = False
    deprecated: bool | date = False
    sunset_date: date | str | None = None
    migration_guide_url: str | None = None
    routes: tuple[RouteMetadata, ...] = field(default=(), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check everything that a response or a comparison will need."""
        if _VERSION.fullmatch(self.version) is None:
            raise VersionError(
                self.version,
                "has no place in the order of versions: it is not made of numbers",
                "Write 'v1', '2.1' or '2026-11-22'.",
            )
        since, until = self.deprecated_since, self.sunset
        if since is not None and until is not None and until < since:
            raise VersionError(
                self.version,
                f"has its sunset, {self.sunset_date}, before its deprecation, {self.deprecated}",
                "Give it a later sunset_date.",
            )
        url = self.migration_guide_url
        if url is not None and _URI.fullmatch(url) is None:
            raise VersionError(
                self.version,
                f"has the migration_guide_url {url!r}, which is no URI",
                "Percent-encode what is not ASCII, and leave out spaces.",
            )

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its place in the order of versions: ``(2, 1)`` for ``v2.1``."""
        return tuple(int(number) for number in re.findall(r"[0-9]+", self.version))

    @property
    def deprecated_since(self) -> datetime | None:
        """When its deprecation takes effect; None where no date is given."""
        since = self.deprecated
        return None if isinstance(since, bool) else self._moment(since, "deprecated")

    @property
    def sunset(self) -> datetime | None:
        """When it will stop answering."""
        until = self.sunset_date
        if until is None:
            return None
        return self._moment(self._read(until) if isinstance(until, str) else until, "sunset_date")

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """What every answer says: ``Deprecation``, ``Sunset`` and ``Link``, as far as known.

        Source: RFC 9745 §2 and §3, https://www.rfc-editor.org/rfc/rfc9745; RFC 8594 §3,
        https://www.rfc-editor.org/rfc/rfc8594#section-3
        """
        found: list[tuple[str, str]] = []
        since, until = self.deprecated_since, self.sunset
        if since is not None:
            found.append(("Deprecation", f"@{int(since.timestamp())}"))
        if until is not None:
            found.append(("Sunset", format_datetime(until, usegmt=True)))
        if self.migration_guide_url and (self.deprecated is not False or until is not None):
            link = f'<{self.migration_guide_url}>; rel="deprecation"; type="text/html"'
            found.append(("Link", link))
        return tuple(found)

    def _read(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise VersionError(
                self.version,
                f"has the sunset_date {text!r}, which is no date",
                "Write it in ISO 8601: '2027-06-30'.",
            ) from None

    def _moment(self, value: date, option: str) -> datetime:
        if not isinstance(value, datetime):
            return datetime.combine(value, time(), UTC)
        if value.tzinfo is None:
            raise VersionError(
                self.version,
                f"has the {option} {value.isoformat()}, which has no time zone",
                "Write a date, or add tzinfo.",
            )
        return value.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class UnknownVersion:
    """The request names a version that does not exist.

    Attributes:
        requested: What it names. Written by the client: escape it where it is shown.
        status_code: 404 where the URL or the host names it, 406 where a header does, 400 where the
            query string does.
        supported: The versions that exist, oldest first.
    """

    requested: str
    status_code: int
    supported: tuple[str, ...]

    @property
    def detail(self) -> str:
        """One sentence for the client."""
        return f"This API has no such version. Use one of {', '.join(self.supported)}."


def version_key(text: str) -> str | None:
    """Return what names the same version as *text* has in common: ``1`` of ``v1`` and ``1``.

    None where *text* names none.
    """
    found = _VERSION.fullmatch(text)
    return None if found is None else found[1]
