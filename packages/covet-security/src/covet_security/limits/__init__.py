"""Rate limits: policies, decisions, stores, identities and the fields that tell clients of them."""

from covet_security.limits._decision import Decision, Reading
from covet_security.limits._headers import most_restrictive, rate_limit_headers
from covet_security.limits._identity import UNKNOWN_CLIENT, TrustedProxies, address_id
from covet_security.limits._limiter import RateLimiter
from covet_security.limits._memory import MemoryRateLimitStore
from covet_security.limits._policy import Limit, PolicySet, RateLimitPolicy, policy_set
from covet_security.limits._store import RateLimitStore

__all__ = [
    "UNKNOWN_CLIENT",
    "Decision",
    "Limit",
    "MemoryRateLimitStore",
    "PolicySet",
    "RateLimitPolicy",
    "RateLimitStore",
    "RateLimiter",
    "Reading",
    "TrustedProxies",
    "address_id",
    "most_restrictive",
    "policy_set",
    "rate_limit_headers",
]
