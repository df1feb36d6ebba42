"""The hierarchy of roles: each has at most one parent, none is its own ancestor."""

from collections.abc import Mapping

from covet_security._errors import RoleHierarchyError

MAX_DEPTH = 16
"""How many ancestors of a role count."""


def check_parent(parents: Mapping[str, str | None], role: str, parent: str | None) -> None:
    """Do nothing if *role* may get *parent*, where *parents* says what each role has now.

    Raises:
        RoleHierarchyError: it would be its own ancestor, or a role would have over 16 ancestors.
    """
    changed = {**parents, role: parent}
    for start in changed:
        line = [start]
        while (above := changed.get(line[-1])) is not None:
            line.append(above)
            if above == start or len(line) > MAX_DEPTH + 1:
                raise RoleHierarchyError(role, parent, tuple(line))
