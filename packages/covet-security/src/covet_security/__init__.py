"""Who makes a request and what it may bring: tokens, keys, passwords and body limits.

Nothing here depends on a framework. Importing it opens nothing, and the cryptography is loaded
when a first key is made or a first password hashed.
"""

from covet_security._api_key_store import APIKey, APIKeyStore, MemoryAPIKeyStore
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
from covet_security._grants import check_permission
from covet_security._https import FetchKeys
from covet_security._identify import authorization_header, identify
from covet_security._jwk import to_jwks
from covet_security._material import Algorithm
from covet_security._memory_sessions import MemorySessionStore
from covet_security._ownership import OwnedBy, owned_by
from covet_security._requirements import (
    AuthRequirement,
    PermissionRequirement,
    RateRequirement,
    identity_of,
)
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
    LoadPermissions,
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
from covet_security.feed import ChangeFeed, ChangeListener, MemoryChangeFeed
from covet_security.jwks import JWKSEndpoint, PublishedKeys, RemoteKeySet
from covet_security.jwt import JWTAuthenticator, LoadUser, TokenPair
from covet_security.keys import Key, Keys, KeySet
from covet_security.limits import (
    Decision,
    Limit,
    MemoryRateLimitStore,
    PolicySet,
    RateLimiter,
    RateLimitPolicy,
    RateLimitStore,
    TrustedProxies,
    most_restrictive,
    policy_set,
    rate_limit_headers,
)
from covet_security.middleware import (
    Authenticator,
    BodySizeLimitMiddleware,
    CSRFMiddleware,
    KeyAuthenticator,
    SecuredConnection,
    SecurityHeadersMiddleware,
    SecurityMiddleware,
    ServerSessionMiddleware,
    csrf_token,
)
from covet_security.middleware._security import PRINCIPAL_SCOPE_KEY
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
    RefreshSession,
    RefreshUnknown,
    SessionStore,
)

__all__ = [
    "PRINCIPAL_SCOPE_KEY",
    "APIKey",
    "APIKeyManager",
    "APIKeyStore",
    "Algorithm",
    "AuditEvent",
    "AuditHook",
    "AuthRequirement",
    "AuthenticationException",
    "Authenticator",
    "BodySizeLimitMiddleware",
    "BodyTooLargeError",
    "CSRFMiddleware",
    "ChangeFeed",
    "ChangeListener",
    "ClaimError",
    "ConfigError",
    "ContentLengthError",
    "CredentialsConflictError",
    "CrossSiteRequestError",
    "Decision",
    "EpochListener",
    "FetchKeys",
    "JWKSEndpoint",
    "JWTAuthenticator",
    "Key",
    "KeyAuthenticator",
    "KeySchedule",
    "KeySet",
    "KeyState",
    "Keys",
    "Limit",
    "LoadPermissions",
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
    "PermissionRequirement",
    "PermissionSource",
    "Permissions",
    "PolicySet",
    "Principal",
    "PublishedKeys",
    "RateLimitException",
    "RateLimitPolicy",
    "RateLimitStore",
    "RateLimiter",
    "RateRequirement",
    "RefreshConflictError",
    "RefreshOutcome",
    "RefreshPolicy",
    "RefreshRefusedError",
    "RefreshRetry",
    "RefreshReused",
    "RefreshRotated",
    "RefreshSession",
    "RefreshUnknown",
    "RemoteKeySet",
    "RequestRefusedError",
    "RoleHierarchyError",
    "Secret",
    "SecuredConnection",
    "SecurityContext",
    "SecurityHeadersMiddleware",
    "SecurityMiddleware",
    "SecurityRequirements",
    "ServerSession",
    "ServerSessionMiddleware",
    "ServerSessionStore",
    "SessionStore",
    "StoreUnavailableError",
    "TokenPair",
    "TokenProblem",
    "TrustedProxies",
    "UnknownAPIKeyError",
    "ValidAPIKey",
    "Verification",
    "authorization_header",
    "bearer_token",
    "check_permission",
    "csrf_token",
    "current_security_context",
    "identify",
    "identity_of",
    "most_restrictive",
    "owned_by",
    "parse_content_length",
    "policy_set",
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
