"""A breaker: leave a store alone that does not answer, and let one at a time try it again."""

import time
from collections.abc import Callable


class Breaker:
    """Closed while calls succeed; open for *retry_seconds* after one fails; then one may try.

    Calls made while it is closed report `failed`. While it is open, who is told by `admits` to
    try reports how that went: `succeeded`, `failed`, or `abandoned` where it never learned.
    """

    __slots__ = ("_clock", "_is_trying", "_retry_at", "_retry_seconds", "is_open")

    def __init__(
        self, retry_seconds: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.is_open = False
        self._retry_seconds = retry_seconds
        self._clock = clock
        self._retry_at = 0.0
        self._is_trying = False

    def admits(self) -> bool:
        """Tell whether to make a call now."""
        if not self.is_open:
            return True
        if self._is_trying or self._clock() < self._retry_at:
            return False
        self._is_trying = True
        return True

    def succeeded(self) -> None:
        """Close."""
        self.is_open = self._is_trying = False

    def failed(self) -> bool:
        """Open, or stay open for as long again; tell whether it was closed."""
        was_open, self.is_open, self._is_trying = self.is_open, True, False
        self._retry_at = self._clock() + self._retry_seconds
        return not was_open

    def abandoned(self) -> None:
        """Let the next one try."""
        self._is_trying = False

    @property
    def retry_after(self) -> float:
        """Seconds until a call is made again."""
        return max(0.0, self._retry_at - self._clock()) if self.is_open else 0.0
