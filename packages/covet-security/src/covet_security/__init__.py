"""Who makes a request and what it may bring: tokens, keys, passwords and body limits.

Nothing here depends on a framework. Importing it opens nothing, and the cryptography is loaded
when a first key is made or a first password hashed.
"""

from covet_security._api_key_store import APIKey, APIKeyStore, MemoryAPIKeyStore
from covet_security._api_key_text import API_KEY_PATTERN
from covet_security._audit import AuditEvent, AuditHook
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
    OwnershipError,
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
    UnknownAPIKeyError,
)
from covet_security._https import Fetch
from covet_security._jwk import to_jwks
from covet_security._material import Algorithm
from covet_security._memory_sessions import MemorySessionStore
from covet_security._ownership import OwnedBy, owned_by
from covet_security._schedule import KeySchedule, KeyState
from covet_security._secret import Secret
from covet_security._server_session import (
    MemoryServerSessionStore,
    ServerSession,
    ServerSessionStore,
)
from covet_security._sessions import OnReuse
from covet_security.api_keys import APIKeyManager, NewAPIKey, OwnerPermissions, ValidAPIKey
from covet_security.context import (
    Ownership,
    PermissionLookup,
    SecurityContext,
    current_security_context,
    reset_security_context,
    set_security_context,
    use_security_context,
)
from covet_security.decorators import (
    SecurityRequirements,
    public,
    rate_limit,
    require_auth,
    require_permission,
    security_of,
)
from covet_security.feed import ChangeFeed, Listener, MemoryChangeFeed
from covet_security.jwks import JWKSEndpoint, PublishedKeys, RemoteKeySet
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
from covet_security.middleware import (
    Authenticator,
    BodySizeLimitMiddleware,
    CSRFMiddleware,
    KeyAuthenticator,
    SecurityHeadersMiddleware,
    SecurityMiddleware,
    ServerSessionMiddleware,
    csrf_token,
)
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
    "API_KEY_PATTERN",
    "APIKey",
    "APIKeyManager",
    "APIKeyStore",
    "Algorithm",
    "AuditEvent",
    "AuditHook",
    "AuthenticationException",
    "Authenticator",
    "BodySizeLimitMiddleware",
    "BodyTooLargeError",
    "CSRFMiddleware",
    "ChangeFeed",
    "ClaimError",
    "ConfigError",
    "ContentLengthError",
    "CredentialsConflictError",
    "CrossSiteRequestError",
    "Decision",
    "EpochListener",
    "Fetch",
    "JWKSEndpoint",
    "JWTAuthenticator",
    "Key",
    "KeyAuthenticator",
    "KeySchedule",
    "KeySet",
    "KeyState",
    "Keys",
    "Listener",
    "LoadUser",
    "MemoryAPIKeyStore",
    "MemoryChangeFeed",
    "MemoryRateLimitStore",
    "MemoryServerSessionStore",
    "MemorySessionStore",
    "NewAPIKey",
    "OnReuse",
    "OwnedBy",
    "OwnerPermissions",
    "Ownership",
    "OwnershipError",
    "PasswordError",
    "PasswordHashError",
    "PasswordHasher",
    "PermissionChecker",
    "PermissionDeniedException",
    "PermissionLookup",
    "PermissionSource",
    "Permissions",
    "Principal",
    "PublishedKeys",
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
    "RemoteKeySet",
    "RequestRefusedError",
    "RoleHierarchyError",
    "Secret",
    "SecurityContext",
    "SecurityHeadersMiddleware",
    "SecurityMiddleware",
    "SecurityRequirements",
    "ServerSession",
    "ServerSessionMiddleware",
    "ServerSessionStore",
    "Session",
    "SessionStore",
    "StoreUnavailableError",
    "TokenPair",
    "TokenProblem",
    "TrustedProxies",
    "UnknownAPIKeyError",
    "ValidAPIKey",
    "Verification",
    "bearer_token",
    "csrf_token",
    "current_security_context",
    "owned_by",
    "parse_content_length",
    "public",
    "rate_limit",
    "rate_limit_headers",
    "require_auth",
    "require_permission",
    "reset_security_context",
    "security_of",
    "set_security_context",
    "to_jwks",
    "use_security_context",
]
