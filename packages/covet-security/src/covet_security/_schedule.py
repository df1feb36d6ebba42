"""Keys that take turns in signing, by the clock."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal

from covet_security._errors import ConfigError
from covet_security.keys import Key, KeySet

KeyState = Literal["next", "active", "retiring", "gone"]
"""Published but not signing yet; signing; no longer signing, yet checked; forgotten."""

JWKS_SECONDS = 300
"""For how long others may hold on to a key set of ours."""


class KeySchedule:
    """Keys of one issuer, each of which signs from its time until the next one's.

    The same schedule in every process makes all of them change over at the same moment. A key is
    published from when it is in the schedule, and is checked until the last token that it signed
    has expired. To rotate, add a key with `then`, store the schedule, and deploy it.
    """

    def __init__(
        self,
        keys: Iterable[tuple[Key, datetime]],
        *,
        token_life: timedelta = timedelta(minutes=30),
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Hold *keys* with the times, aware, from which they sign.

        Args:
            keys: in any order.
            token_life: of the longest access tokens; so long is a key checked after its turn.
            clock: the time now, in seconds since 1970.

        Raises:
            ConfigError: a key cannot sign, a time is naive or two are equal, or the keys make no
                KeySet.
        """
        for key, start in (turns := list(keys)):
            if start.tzinfo is None:
                raise ConfigError(f"The time {start} of key {key.kid!r} has no time zone.")
            if not key.can_sign:
                raise ConfigError(f"Key {key.kid!r} is public and cannot have a turn in signing.")
        self._turns = sorted(turns, key=lambda turn: turn[1])
        for (one, start), (other, next_start) in pairwise(self._turns):
            if start == next_start:
                raise ConfigError(
                    f"Keys {one.kid!r} and {other.kid!r} both sign from {start}. "
                    "Give each its own time."
                )
        self._keys = KeySet(key for key, _ in self._turns)
        self._token_life = token_life
        self._clock = clock

    @property
    def signing_key(self) -> Key | None:
        """The key whose turn it is; None before the first."""
        for key, _ in self._turns:
            if self.state_of(key.kid) == "active":
                return key
        return None

    async def find(self, kid: str) -> Key | None:
        """Return the key called *kid* unless it is gone; None if there is none."""
        return None if self.state_of(kid) in (None, "gone") else self._keys.get(kid)

    def published(self) -> Iterable[Key]:
        """Return the keys that others may need to check tokens of ours."""
        return [key for key in self._keys if self.state_of(key.kid) != "gone"]

    def state_of(self, kid: str) -> KeyState | None:
        """Return what the key called *kid* is at the moment; None if there is none."""
        now = self._now()
        for index, (key, start) in enumerate(self._turns):
            if key.kid == kid:
                if now < start:
                    return "next"
                if index + 1 == len(self._turns) or now < (end := self._turns[index + 1][1]):
                    return "active"
                return "retiring" if now < end + self._token_life else "gone"
        return None

    def then(self, key: Key, *, after: timedelta = timedelta(minutes=10)) -> "KeySchedule":
        """Return the schedule with *key* added, which signs *after* now, without what is gone.

        Raises:
            ConfigError: *after* is under 5 minutes, for which others may not know the new key yet,
                or a key is to follow that starts later.
        """
        start = self._now() + after
        if after.total_seconds() < JWKS_SECONDS:
            raise ConfigError(
                f"Key {key.kid!r} cannot sign in {after}: others learn of it within "
                f"{JWKS_SECONDS} s. Let it start later."
            )
        kept = [turn for turn in self._turns if self.state_of(turn[0].kid) != "gone"]
        return KeySchedule([*kept, (key, start)], token_life=self._token_life, clock=self._clock)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)
