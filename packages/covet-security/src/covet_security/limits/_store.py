"""What a rate limiter needs of the place where it counts."""

from typing import Literal, Protocol, runtime_checkable

from covet_security.limits._decision import Reading
from covet_security.limits._policy import PolicySet


@runtime_checkable
class RateLimitStore(Protocol):
    """Counts requests; all policies of one are decided in one atomic step, all or none taken."""

    @property
    def source(self) -> Literal["memory", "redis"]:
        """What decisions name as their source."""
        ...

    async def hit(
        self, name: str, identity: str, policies: PolicySet, cost: int, *, counts: bool
    ) -> tuple[Reading, ...]:
        """Return the state of each policy for *identity* in the limit *name*.

        With *counts*, *cost* is taken of every policy if all of them admit it, else of none.

        Raises:
            StoreUnavailableError: the store does not answer.
        """
        ...

    async def aclose(self) -> None:
        """Give up what the store itself has opened."""
        ...
