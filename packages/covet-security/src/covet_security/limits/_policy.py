"""Rate limit policies: how many requests in how long, how they are counted, what an outage does."""

import math
import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

from covet_security._errors import ConfigError

Shape = Literal["exact", "smooth"]
"""Exact: never more than the limit in any window. Smooth: requests drip at the limit's rate."""

Outage = Literal["local", "closed", "open"]
"""While the store does not answer: count in this process, refuse all, or admit all."""

Kind = Literal["log", "ring", "smooth"]

RING_SLOTS = 60
_MAX_LOG_LIMIT = 256  # up to here an entry a request is cheaper than a ring
_MAX_LIMIT = 2**31 - 1  # of a ring's slot
_MAX_WINDOW_SECONDS = 366 * 86400.0
_CACHED = 1024

_WORDS = {"second": 1, "min": 60, "minute": 60, "hour": 3600, "day": 86400}
_PLURALS = {f"{word}s": seconds for word, seconds in _WORDS.items()}
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, **_WORDS, **_PLURALS}
_TEXT = re.compile(r"\s*(\d{1,10})\s*(?:/|per\s)\s*(\d{1,8})?\s*([a-z]+)\s*", re.ASCII)
_NAME = re.compile(r"[ -~]{1,64}")  # of a structured field's string, RFC 9651 §3.3.3


@dataclass(frozen=True, slots=True)
class RateLimitPolicy:
    """At most *limit* requests in any *window_seconds*.

    Attributes:
        limit: how many, or how much cost.
        window_seconds: in how long, to the microsecond.
        name: what clients read in the fields; ``"10/60s"`` by default.
        shape: ``"exact"`` never admits more than the limit in any window: up to a limit of 256
            request by request, above it by sixtieths of the window, so that an entry may count a
            sixtieth too long. ``"smooth"`` admits *burst* at once and from there the limit's
            rate; any window may then see burst + limit. It shapes traffic and is no security limit.
        burst: of the smooth shape, *limit* by default.
        outage: what happens while the store does not answer.

    Raises:
        ConfigError: a number is out of its range, or the name is not printable ASCII.
    """

    limit: int
    window_seconds: float = 60.0
    _: KW_ONLY
    name: str = ""
    shape: Shape = "exact"
    burst: int | None = None
    outage: Outage = "local"
    window_us: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check every part, and name what has no name."""
        if not 1 <= self.limit <= _MAX_LIMIT:
            raise ConfigError(f"A limit of {self.limit} is out of range. Use 1 to {_MAX_LIMIT}.")
        if not 0.001 <= self.window_seconds <= _MAX_WINDOW_SECONDS:
            raise ConfigError(
                f"A window of {self.window_seconds} seconds is out of range. "
                f"Use 0.001 to {_MAX_WINDOW_SECONDS:.0f}."
            )
        if self.shape not in ("exact", "smooth") or self.outage not in ("local", "closed", "open"):
            raise ConfigError(
                f"Shape {self.shape!r} or outage mode {self.outage!r} is not known. "
                "Shapes: exact, smooth. Outage modes: local, closed, open."
            )
        if self.burst is not None and (self.shape == "exact" or not 1 <= self.burst <= _MAX_LIMIT):
            raise ConfigError(
                f"A burst of {self.burst} does not fit. It is 1 or more, and of shape 'smooth'."
            )
        name = self.name or f"{self.limit}/{self.window_seconds:g}s"
        if not _NAME.fullmatch(name):
            raise ConfigError(f"Policy name {name!r} is not 1 to 64 printable ASCII characters.")
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "window_us", round(self.window_seconds * 1_000_000))

    @property
    def kind(self) -> Kind:
        """How the policy is counted."""
        if self.shape == "smooth":
            return "smooth"
        return "log" if self.limit <= _MAX_LOG_LIMIT else "ring"

    @property
    def capacity(self) -> int:
        """The highest cost that is ever admitted at once."""
        return self.limit if self.burst is None else self.burst

    @classmethod
    def parse(cls, text: str, *, outage: Outage = "local") -> "RateLimitPolicy":
        """Return the policy that *text* says: ``"10/minute"``, ``"10 per minute"``, ``"100/15m"``.

        Units are s, second, m, min, minute, h, hour, d, day, also in the plural.

        Raises:
            ConfigError: it says none.
        """
        found = _TEXT.fullmatch(text)
        unit = None if found is None else _SECONDS.get(found[3])
        if found is None or unit is None:
            raise ConfigError(
                f"Rate limit {text!r} is invalid. Write a count and a time, "
                "such as '10/minute', '1000/h' or '100/15m'."
            )
        return cls(int(found[1]), float(int(found[2] or 1) * unit), outage=outage)


@dataclass(frozen=True, slots=True, eq=False)
class PolicySet:
    """The policies that one request is counted by, prepared for the stores.

    Attributes:
        policies: one or more.
        keys: for each, what tells its state from that of the others, of other kinds and windows.
        arguments: for each, what the Redis script is told: kind, limit, capacity, window and
            grain (a slot of the ring, the interval of the smooth shape), both in microseconds.
    """

    policies: tuple[RateLimitPolicy, ...]
    keys: tuple[str, ...] = field(init=False)
    arguments: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare."""
        if not self.policies:
            raise ConfigError("A list of rate limits is empty. Give one, such as '10/minute'.")
        keys = (
            f"p{i}{one.kind[0]}{one.window_us / 1_000_000:.14g}"
            for i, one in enumerate(self.policies)
        )
        object.__setattr__(self, "keys", tuple(keys))
        arguments = (part for one in self.policies for part in _arguments(one))
        object.__setattr__(self, "arguments", tuple(arguments))


_One: TypeAlias = int | str | RateLimitPolicy
Limit: TypeAlias = _One | PolicySet | Sequence[_One]
"""One limit, or several that all hold: a count, ``"10/minute"``, a policy, or a list of those."""


def _arguments(policy: RateLimitPolicy) -> tuple[str, ...]:
    grain = 0.0
    if policy.kind == "ring":
        grain = math.ceil(policy.window_us / RING_SLOTS)
    elif policy.kind == "smooth":
        grain = policy.window_us / policy.limit
    numbers = (policy.limit, policy.capacity, policy.window_us, grain)
    return (policy.kind, *map(repr, numbers))


def policy_set(limit: Limit, window_seconds: float = 60) -> PolicySet:
    """Return the policies that *limit* means; a count is in *window_seconds*.

    Raises:
        ConfigError: it means none.
    """
    if isinstance(limit, PolicySet):
        return limit
    return _policy_set(tuple(limit) if isinstance(limit, list) else limit, window_seconds)


@lru_cache(_CACHED)
def _policy_set(limit: _One | Sequence[_One], window_seconds: float) -> PolicySet:
    several = (limit,) if isinstance(limit, int | str | RateLimitPolicy) else limit
    return PolicySet(tuple(_policy(one, window_seconds) for one in several))


def _policy(limit: _One, window_seconds: float) -> RateLimitPolicy:
    match limit:
        case RateLimitPolicy():
            return limit
        case str():
            return RateLimitPolicy.parse(limit)
        case _:
            return RateLimitPolicy(limit, window_seconds)
