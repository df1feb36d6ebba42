"""API keys as text: random, recognisable by scanners for secrets, and checked for typos.

covet_live_<id, 8 characters>_<secret, 32 characters><checksum, 6 characters>
"""

import hashlib
import re
import secrets
import zlib
from dataclasses import dataclass, field

from covet_security._secret import Secret

API_KEY_PATTERN = r"covet_(live|test)_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}"
MAX_API_KEY_LENGTH = 58

_KEY = re.compile(API_KEY_PATTERN)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 8
_SECRET_LENGTH = 32  # 190 bits, so that a fast hash is enough (ASVS 5.0 §6.5.2)
_CHECKSUM_LENGTH = 6  # 62**6 > 2**32


@dataclass(frozen=True, slots=True)
class APIKeyText:
    """An API key without typo, and its parts; whether it is one of ours, only a store knows."""

    text: str = field(repr=False)
    id: str
    secret: str = field(repr=False)


def new_api_key(*, live: bool) -> APIKeyText:
    """Return a new key."""
    key_id, secret = _random(_ID_LENGTH), _random(_SECRET_LENGTH)
    body = f"covet_{'live' if live else 'test'}_{key_id}_{secret}"
    return APIKeyText(body + _checksum(body), key_id, secret)


def read_api_key(text: str) -> APIKeyText | None:
    """Return the parts of *text*; None if it is not the text of a key."""
    if len(text) != MAX_API_KEY_LENGTH or _KEY.fullmatch(text) is None:
        return None
    body, checksum = text[:-_CHECKSUM_LENGTH], text[-_CHECKSUM_LENGTH:]
    if checksum != _checksum(body):
        return None
    _, _, key_id, secret = body.split("_")
    return APIKeyText(text, key_id, secret)


def hash_secret(secret: str, pepper: Secret | None) -> str:
    """Return what is stored of a key: SHA-256 of its secret and the pepper, in hexadecimal."""
    spice = b"" if pepper is None else pepper.reveal()
    return hashlib.sha256(secret.encode() + spice).hexdigest()


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(_CHECKSUM_LENGTH):
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits
