"""What a document says of the future of its API version: deprecation, sunset, where to move."""

from datetime import date
from typing import Any, Protocol

from ._json import JsonObject

_HEADERS: dict[str, JsonObject] = {
    "Deprecation": {
        "description": "Since when this version is deprecated, in Unix seconds (RFC 9745).",
        "schema": {"type": "string", "pattern": "^@-?[0-9]+$"},
    },
    "Sunset": {
        "description": "When this version will stop answering (RFC 8594).",
        "schema": {"type": "string"},
    },
    "Link": {
        "description": "Where to read how to move to another version.",
        "schema": {"type": "string"},
    },
}


class VersionRecord(Protocol):
    """What must be known of an API version; any object of this shape will do."""

    @property
    def deprecated(self) -> bool | date:
        """Whether clients should move away, or since when."""
        ...

    @property
    def sunset_date(self) -> Any:
        """When it will stop answering: a date, a text, or None."""
        ...

    @property
    def migration_guide_url(self) -> str | None:
        """A page for people who move away."""
        ...


def lifecycle_object(version: VersionRecord | None) -> JsonObject:
    """Return what is known of the future of *version*, empty if it is not nearing its end."""
    if version is None:
        return {}
    found: JsonObject = {}
    if version.deprecated is not False:
        since = version.deprecated
        found["deprecated"] = since if isinstance(since, bool) else since.isoformat()
    if version.sunset_date is not None:
        sunset = version.sunset_date
        found["sunset"] = sunset.isoformat() if isinstance(sunset, date) else str(sunset)
    if found and version.migration_guide_url:
        found["migrationGuide"] = version.migration_guide_url
    return found


def lifecycle_headers(lifecycle: JsonObject) -> JsonObject:
    """Return the header objects of every answer of a version with that *lifecycle*."""
    stated = {
        "Deprecation": isinstance(lifecycle.get("deprecated"), str),
        "Sunset": "sunset" in lifecycle,
        "Link": "migrationGuide" in lifecycle,
    }
    return {name: _HEADERS[name] for name, is_there in stated.items() if is_there}
