"""Who makes a request and what it may bring: tokens, keys, passwords and body limits.

Nothing here depends on a framework. Importing it opens nothing, and the cryptography is loaded
when a first key is made or a first password hashed.
"""

from covet_security._bearer import bearer_token
from covet_security._content_length import parse_content_length
from covet_security._errors import (
    AuthenticationException,
    BodyTooLargeError,
    ClaimError,
    ConfigError,
    ContentLengthError,
    CredentialsConflictError,
    CrossSiteRequestError,
    PasswordError,
    PasswordHashError,
    PermissionDeniedException,
    RateLimitException,
    RefreshConflictError,
    RefreshRefusedError,
    RequestRefusedError,
    RoleHierarchyError,
    StoreUnavailableError,
    TokenProblem,
)
from covet_security._material import Algorithm
from covet_security._memory_sessions import MemorySessionStore
from covet_security._ownership import OwnedBy, owned_by
from covet_security._secret import Secret
from covet_security._sessions import OnReuse
from covet_security.feed import ChangeFeed, Listener, MemoryChangeFeed
from covet_security.jwt import JWTAuthenticator, LoadUser, TokenPair
from covet_security.keys import Key, Keys, KeySet
from covet_security.limits import (
    Decision,
    MemoryRateLimitStore,
    RateLimiter,
    RateLimitPolicy,
    RateLimitStore,
    TrustedProxies,
    rate_limit_headers,
)
from covet_security.middleware import BodySizeLimitMiddleware
from covet_security.passwords import PasswordHasher, Verification
from covet_security.permissions import (
    EpochListener,
    PermissionChecker,
    Permissions,
    PermissionSource,
)
from covet_security.principal import Principal
from covet_security.refresh import (
    RefreshOutcome,
    RefreshPolicy,
    RefreshRetry,
    RefreshReused,
    RefreshRotated,
    RefreshUnknown,
    Session,
    SessionStore,
)

__all__ = [
    "Algorithm",
    "AuthenticationException",
    "BodySizeLimitMiddleware",
    "BodyTooLargeError",
    "ChangeFeed",
    "ClaimError",
    "ConfigError",
    "ContentLengthError",
    "CredentialsConflictError",
    "CrossSiteRequestError",
    "Decision",
    "EpochListener",
    "JWTAuthenticator",
    "Key",
    "KeySet",
    "Keys",
    "Listener",
    "LoadUser",
    "MemoryChangeFeed",
    "MemoryRateLimitStore",
    "MemorySessionStore",
    "OnReuse",
    "OwnedBy",
    "PasswordError",
    "PasswordHashError",
    "PasswordHasher",
    "PermissionChecker",
    "PermissionDeniedException",
    "PermissionSource",
    "Permissions",
    "Principal",
    "RateLimitException",
    "RateLimitPolicy",
    "RateLimitStore",
    "RateLimiter",
    "RefreshConflictError",
    "RefreshOutcome",
    "RefreshPolicy",
    "RefreshRefusedError",
    "RefreshRetry",
    "RefreshReused",
    "RefreshRotated",
    "RefreshUnknown",
    "RequestRefusedError",
    "RoleHierarchyError",
    "Secret",
    "Session",
    "SessionStore",
    "StoreUnavailableError",
    "TokenPair",
    "TokenProblem",
    "TrustedProxies",
    "Verification",
    "bearer_token",
    "owned_by",
    "parse_content_length",
    "rate_limit_headers",
]
