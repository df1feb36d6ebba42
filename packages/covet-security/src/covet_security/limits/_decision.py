"""What a rate limit decided about one request."""

from typing import Literal, NamedTuple

from covet_security.limits._policy import PolicySet, RateLimitPolicy

Source = Literal["memory", "redis", "local", "open", "closed"]
"""Who decided: a store, or while it does not answer this process, or the mode open or closed."""


class Reading(NamedTuple):
    """The state of one policy for one identity, as a store reads it; times are in seconds.

    Attributes:
        remaining: how much cost it would admit now.
        reset_after: until it would admit all of its limit again.
        retry_after: until it would admit the cost in question: 0 if now, -1 if never.
    """

    remaining: int
    reset_after: float
    retry_after: float


class Decision(NamedTuple):
    """Whether a request is admitted; true when it is.

    The numbers are those of the policy that was violated, of several the one with the longest
    wait; of an admitted request those of the policy that has least left.

    Attributes:
        allowed: whether it is admitted.
        limit: how much the policy admits in a window.
        remaining: how much of that is left.
        reset_after: seconds until all of it is there again.
        retry_after: seconds until this request would be admitted if nothing else came, exactly;
            0 where it was, -1 where it never would be, as it costs more than the limit.
        policy: the policy that the numbers are of.
        source: who decided.
    """

    allowed: bool
    limit: int
    remaining: int
    reset_after: float
    retry_after: float
    policy: RateLimitPolicy
    source: Source

    def __bool__(self) -> bool:
        """Tell whether the request is admitted."""
        return self.allowed

    @property
    def is_degraded(self) -> bool:
        """Whether the store did not answer, so that the numbers are not those of all processes."""
        return self.source in ("local", "open", "closed")


def decide(policies: PolicySet, readings: tuple[Reading, ...], source: Source) -> Decision:
    """Return the decision that *readings* of *policies* make together."""
    if len(readings) == 1:
        remaining, reset_after, retry_after = readings[0]
        policy = policies.policies[0]
    else:
        policy, (remaining, reset_after, retry_after) = min(
            zip(policies.policies, readings, strict=True), key=_severity
        )
    return Decision(
        retry_after == 0, policy.limit, remaining, reset_after, retry_after, policy, source
    )


def _severity(item: tuple[RateLimitPolicy, Reading]) -> tuple[int, float]:
    """Order policies: those that never admit first, then the longest wait, then the least left."""
    _, reading = item
    if reading.retry_after:
        return (0 if reading.retry_after < 0 else 1, -reading.retry_after)
    return (2, reading.remaining)
