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
    PasswordError,
    PasswordHashError,
    PermissionDeniedException,
    RequestRefusedError,
    TokenProblem,
)
from covet_security._material import Algorithm
from covet_security._secret import Secret
from covet_security.jwt import JWTAuthenticator, LoadUser
from covet_security.keys import Key, KeySet
from covet_security.middleware import BodySizeLimitMiddleware
from covet_security.passwords import PasswordHasher, Verification
from covet_security.principal import Principal

__all__ = [
    "Algorithm",
    "AuthenticationException",
    "BodySizeLimitMiddleware",
    "BodyTooLargeError",
    "ClaimError",
    "ConfigError",
    "ContentLengthError",
    "JWTAuthenticator",
    "Key",
    "KeySet",
    "LoadUser",
    "PasswordError",
    "PasswordHashError",
    "PasswordHasher",
    "PermissionDeniedException",
    "Principal",
    "RequestRefusedError",
    "Secret",
    "TokenProblem",
    "Verification",
    "bearer_token",
    "parse_content_length",
]
