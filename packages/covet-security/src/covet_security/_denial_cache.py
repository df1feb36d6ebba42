"""What a distant store of revocations said a moment ago: not revoked."""

from covet_security._errors import ConfigError

MAX_SECONDS = 5.0
_MAX_ENTRIES = 10_000


class DenialCache:
    """Remembers for a few seconds which tokens are not denied, never which are.

    So a revocation by another process takes up to that long to arrive; one by this process is
    seen at once, also by a check that was under way.
    """

    __slots__ = ("_generation", "_seconds", "_until")

    def __init__(self, seconds: float) -> None:
        """Remember for *seconds*.

        Raises:
            ConfigError: that is under 0 or over 5.
        """
        if not 0 <= seconds <= MAX_SECONDS:
            raise ConfigError(
                f"Revocations cannot be cached for {seconds} s. Use 0 to {MAX_SECONDS:.0f}."
            )
        self._seconds = seconds
        self._until: dict[str, float] = {}
        self._generation = 0

    def knows(self, jti: str, *, now: float) -> bool:
        """Return whether the token *jti* was not denied when last asked for."""
        return now < self._until.get(jti, 0.0)

    def ticket(self) -> int:
        """Return what `remember` needs, taken before the store is asked."""
        return self._generation

    def remember(self, jti: str, ticket: int, *, now: float) -> None:
        """Remember that *jti* is not denied, unless something was since *ticket*."""
        if ticket != self._generation:
            return
        if len(self._until) >= _MAX_ENTRIES:
            self._until.clear()
        self._until[jti] = now + self._seconds

    def forget(self) -> None:
        """Remember nothing, as something is being revoked."""
        self._generation += 1
        self._until.clear()
