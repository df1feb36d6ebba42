"""The files that the pages need, as bytes ready to be answered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",  # RFC 9239 §6
        ".png": "image/png",
    }
)
_PATHS: Mapping[str, str] = MappingProxyType(
    {
        "favicon-32x32.png": "swagger_ui/favicon-32x32.png",
        "index.css": "swagger_ui/index.css",
        "reference.css": "reference.css",
        "swagger-ui-bundle.js": "swagger_ui/swagger-ui-bundle.js",
        "swagger-ui-init.js": "swagger-ui-init.js",
        "swagger-ui.css": "swagger_ui/swagger-ui.css",
    }
)

asset_names: frozenset[str] = frozenset(_PATHS)
"""The names that :func:`asset` knows."""


class UnknownAssetError(LookupError):
    """No page needs a file of this name."""

    def __init__(self, name: str) -> None:
        """Say which names there are."""
        super().__init__(f"There is no asset {name!r}. Use one of {', '.join(sorted(_PATHS))}.")
        self.name = name


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a page."""

    content: bytes
    media_type: str
    etag: str
    """A strong entity tag, quotes included (RFC 9110 §8.8.3)."""


@cache
def asset(name: str) -> Asset:
    """Return the file called *name*; it never changes while the program runs.

    Raises:
        UnknownAssetError: *name* is not in :data:`asset_names`. No other file is ever read.
    """
    path = _PATHS.get(name)
    if path is None:
        raise UnknownAssetError(name)
    content = files("covet_openapi.pages").joinpath(path).read_bytes()
    extension = name[name.rindex(".") :]
    digest = hashlib.sha256(content).hexdigest()
    return Asset(content, _MEDIA_TYPES[extension], f'"{digest[:32]}"')
