"""The response fields that tell a client of its limits.

Source: draft-ietf-httpapi-ratelimit-headers-10,
https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-10
"""

import math
from collections.abc import Iterable

from covet_security.limits._decision import Decision
from covet_security.limits._policy import RateLimitPolicy


def rate_limit_headers(
    decision: Decision, policies: Iterable[RateLimitPolicy] = ()
) -> dict[str, str]:
    """Return ``RateLimit-Policy``, ``RateLimit`` and, of a refusal, ``Retry-After``.

    *policies* are all that the request is counted by; without them only the one decided by is
    told of. While the store does not answer there is no ``RateLimit``: what one process counts
    is not what is left. ``Retry-After`` is never 0, and not there where waiting would not help.
    """
    told = {one.name: one for one in (*policies, decision.policy)}
    headers = {"RateLimit-Policy": ", ".join(_quota(one) for one in told.values())}
    if not decision.is_degraded:
        headers["RateLimit"] = (
            f"{_string(decision.policy.name)};r={decision.remaining}"
            f";t={math.ceil(decision.reset_after)}"
        )
    if not decision.allowed and decision.retry_after >= 0:
        headers["Retry-After"] = str(max(1, math.ceil(decision.retry_after)))
    return headers


def most_restrictive(decisions: Iterable[Decision]) -> Decision | None:
    """Return the decision that a client should know of: a refusal, or that with least left."""
    return min(decisions, key=lambda one: (one.allowed, one.remaining), default=None)


def _quota(policy: RateLimitPolicy) -> str:
    quota = f"{_string(policy.name)};q={policy.limit}"
    if policy.window_us % 1_000_000 == 0:  # the field has whole seconds only
        quota += f";w={policy.window_us // 1_000_000}"
    return quota


def _string(text: str) -> str:
    """Return *text*, printable ASCII, as a string of structured fields (RFC 9651 §3.3.3)."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
