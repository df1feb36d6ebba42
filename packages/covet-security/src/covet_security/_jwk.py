"""Public keys as JSON: what is given away of a key, and which keys are taken from others.

Source: RFC 7517, https://www.rfc-editor.org/rfc/rfc7517; RFC 7518 §6; RFC 8037 §2
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, TypeGuard

from covet_security._errors import ConfigError
from covet_security._material import Algorithm
from covet_security.keys import Key

_MAX_KEYS = 100
_PUBLIC = ("kty", "crv", "x", "y", "n", "e")
_PRIVATE = frozenset({"d", "k", "p", "q", "dp", "dq", "qi", "oth"})
_ALGORITHMS: Mapping[tuple[str, str | None], Algorithm] = {
    ("RSA", None): "RS256",
    ("EC", "P-256"): "ES256",
    ("OKP", "Ed25519"): "EdDSA",
}


def to_jwks(keys: Iterable[Key]) -> dict[str, list[dict[str, str]]]:
    """Return the public halves of those of *keys* that are pairs, as a JWK set.

    A shared secret has no public half, so it is not in it.

    Source: RFC 7517 §5, https://www.rfc-editor.org/rfc/rfc7517#section-5
    """
    return {"keys": [_to_jwk(key) for key in keys if key.is_pair]}


def read_jwks(text: bytes) -> list[Key]:
    """Return the keys of a JWK set with which tokens can be checked; others in it are left out.

    A key needs a name, an algorithm of ours and enough strength, and must be public: nobody else
    could have signed with one whose private half or secret is published.

    Raises:
        ValueError: *text* is no JWK set, or one of over 100 keys.
    """
    try:
        document: object = json.loads(text)
    except RecursionError:
        raise ValueError("The document is nested too deeply.") from None
    candidates = document.get("keys") if _is_object(document) else None
    if not _is_list(candidates) or len(candidates) > _MAX_KEYS:
        raise ValueError(f"The document is not a JWK set of up to {_MAX_KEYS} keys.")
    keys: dict[str, Key] = {}
    for candidate in candidates:
        key = _read_jwk(candidate) if _is_object(candidate) else None
        if key is not None:
            keys.setdefault(key.kid, key)
    return list(keys.values())


def _to_jwk(key: Key) -> dict[str, str]:
    members = key.public_members()
    public = {name: members[name] for name in _PUBLIC if name in members}
    return {**public, "kid": key.kid, "use": "sig", "alg": key.alg}


def _read_jwk(jwk: Mapping[str, Any]) -> Key | None:
    kid, kty, crv = jwk.get("kid"), jwk.get("kty"), jwk.get("crv")
    if not isinstance(kid, str) or not isinstance(kty, str) or not isinstance(crv, str | None):
        return None
    alg = _ALGORITHMS.get((kty, crv))
    if alg is None or jwk.get("alg", alg) != alg or jwk.get("use", "sig") != "sig":
        return None
    if not _PRIVATE.isdisjoint(jwk):
        return None
    with suppress(ConfigError):
        return Key.from_public_members(kid, alg, jwk)
    return None


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)
