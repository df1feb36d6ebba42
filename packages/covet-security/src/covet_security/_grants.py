"""Permissions as text: what one looks like, and whether what is held grants what is wanted."""

import itertools
import re
from collections.abc import Collection
from functools import lru_cache

from covet_security._errors import ConfigError

_WANTED = re.compile(r"[a-z0-9_-]+(:[a-z0-9_-]+){1,2}")
_HELD = re.compile(r"([a-z0-9_-]+|\*)(:([a-z0-9_-]+|\*)){1,2}")
_CACHED = 4096


def check_permission(text: str, *, wildcards: bool = False) -> str:
    """Return *text* if it names a permission, ``resource:action`` or ``resource:action:scope``.

    With *wildcards* a whole segment may be ``*``, as in what a role holds.

    Raises:
        ConfigError: it does not.
    """
    if not (_HELD if wildcards else _WANTED).fullmatch(text):
        raise ConfigError(
            f"Permission {text!r} is invalid: it is 'resource:action' or 'resource:action:scope', "
            f"of a-z, 0-9, _ and -{', or * for a whole segment' if wildcards else ''}."
        )
    return text


def is_granted(held: Collection[str], wanted: str) -> bool:
    """Return whether what is *held* grants *wanted*.

    ``*`` stands for exactly one segment: ``items:*`` grants ``items:read`` and not
    ``items:read:all``. *held* is best a set, as each possibility is looked up.
    """
    return any(one in held for one in _grants_of(wanted))


@lru_cache(_CACHED)
def _grants_of(wanted: str) -> tuple[str, ...]:
    """Return everything that grants *wanted*, itself first."""
    choices = ((segment, "*") for segment in wanted.split(":"))
    return tuple(map(":".join, itertools.product(*choices)))
