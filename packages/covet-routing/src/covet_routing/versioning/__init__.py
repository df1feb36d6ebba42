"""API versions: which one a request asks for, which routes that has, what its answers say.

`VersionManager` knows the versions and where requests name them; `VersionedMatcher` is the table of
routes of all of them. Neither does any I/O.
"""

from covet_routing.versioning._errors import NoDefaultVersionError, VersionError
from covet_routing.versioning._manager import VersionedRoutes, VersionManager
from covet_routing.versioning._matcher import VersionedMatcher
from covet_routing.versioning._reading import VersioningStrategy
from covet_routing.versioning._version import APIVersion, UnknownVersion

__all__ = [
    "APIVersion",
    "NoDefaultVersionError",
    "UnknownVersion",
    "VersionError",
    "VersionManager",
    "VersionedMatcher",
    "VersionedRoutes",
    "VersioningStrategy",
]
