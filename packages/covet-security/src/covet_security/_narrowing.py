"""What of one set of permissions another leaves: a key's scopes within what its owner may do."""

from collections.abc import Iterable


def narrow(scopes: Iterable[str], held: Iterable[str]) -> frozenset[str]:
    """Return the permissions, and patterns of them, that both *scopes* and *held* grant.

    ``items:*`` within ``items:read`` leaves ``items:read``; so does the other way around.
    """
    wanted = frozenset(scopes)
    allowed = frozenset(held)
    patterns = [(scope.split(":"), grant.split(":")) for scope in wanted for grant in allowed]
    common = {_common(scope, grant) for scope, grant in patterns if len(scope) == len(grant)}
    return frozenset(one for one in common if one is not None)


def _common(one: list[str], other: list[str]) -> str | None:
    segments: list[str] = []
    for left, right in zip(one, other, strict=True):
        if left != right and "*" not in (left, right):
            return None
        segments.append(right if left == "*" else left)
    return ":".join(segments)
