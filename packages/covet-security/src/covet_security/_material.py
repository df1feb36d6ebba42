"""What a key is made of, by algorithm: loaded, checked for strength, generated."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from covet_security._errors import ConfigError
from covet_security._secret import Secret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from jwt.algorithms import Algorithm as SignatureAlgorithm

    PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey

Algorithm = Literal["HS256", "HS384", "HS512", "RS256", "ES256", "EdDSA"]
"""The signature algorithms that a key may have (RFC 7518 §3.1; RFC 8037 §3.1 with Ed25519)."""

MIN_SECRET_BYTES = {"HS256": 32, "HS384": 48, "HS512": 64}  # RFC 7518 §3.2
_MIN_RSA_BITS = 3072  # NIST SP 800-57 part 1 rev. 5, table 2: 128 bits of strength

_WANTED = {
    "RS256": "an unencrypted PEM RSA key",
    "ES256": "an unencrypted PEM key on the curve P-256",
    "EdDSA": "an unencrypted PEM Ed25519 key",
}


@dataclass(frozen=True, slots=True, repr=False)
class LoadedKey:
    """Key objects of one algorithm, ready for use."""

    algorithm: "SignatureAlgorithm"
    private: Any
    """What signs; None for a public key."""

    public: Any
    """What verifies; for a shared secret, the secret again."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature of *message*."""
        return self.algorithm.sign(message, self.private)

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Return whether *signature* is that of *message*."""
        return self.algorithm.verify(message, self.public, signature)


def load(kid: str, alg: Algorithm, material: Secret) -> LoadedKey:
    """Return what *material* can do by *alg*; *kid* names it in errors, which never quote it.

    Raises:
        ConfigError: it is no key for *alg*, or is weaker than *alg*.

    Source: RFC 7518 §3.2 and §3.3, https://www.rfc-editor.org/rfc/rfc7518#section-3.2
    """
    if alg in MIN_SECRET_BYTES:
        return _load_shared(kid, alg, material)
    return _load_pair(kid, alg, material)


def generate(alg: Algorithm) -> bytes:
    """Return new material for *alg*: URL-safe text for HS*, otherwise PKCS #8 PEM."""
    if alg in MIN_SECRET_BYTES:
        return secrets.token_urlsafe(MIN_SECRET_BYTES[alg]).encode()

    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
    match alg:
        case "RS256":
            private = rsa.generate_private_key(65537, _MIN_RSA_BITS)
        case "ES256":
            private = ec.generate_private_key(ec.SECP256R1())
        case _:
            private = ed25519.Ed25519PrivateKey.generate()
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def public_half(kid: str, alg: Algorithm, material: Secret) -> bytes:
    """Return the public key of a key pair as PEM.

    Raises:
        ConfigError: *alg* has shared secrets, which have no public half.
    """
    if alg in MIN_SECRET_BYTES:
        raise ConfigError(
            f"Key {kid!r} is a shared {alg} secret and has no public half. "
            "Use ES256 or EdDSA where others verify."
        )

    from cryptography.hazmat.primitives import serialization

    _, prepared = _prepare(kid, alg, material)
    return _public(prepared).public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def write_members(kid: str, alg: Algorithm, material: Secret) -> dict[str, str]:
    """Return the public key of a key pair as members of a JWK.

    Raises:
        ConfigError: *alg* has shared secrets, which have no public half.
    """
    public = Secret(public_half(kid, alg, material))
    algorithm, prepared = _prepare(kid, alg, public)
    return algorithm.to_jwk(prepared, as_dict=True)


def read_members(kid: str, alg: Algorithm, members: Mapping[str, Any]) -> bytes:
    """Return the key that *members* of a JWK are, as PEM.

    Raises:
        ConfigError: they are no public key for *alg*.
    """
    from cryptography.hazmat.primitives import serialization
    from jwt import get_algorithm_by_name

    with suppress(Exception):  # the libraries raise many kinds
        key: Any = get_algorithm_by_name(alg).from_jwk(dict(members))
        pem: bytes = key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return pem
    raise _unfit(kid, alg)


def _load_shared(kid: str, alg: Algorithm, material: Secret) -> LoadedKey:
    length, minimum = len(material.reveal()), MIN_SECRET_BYTES[alg]
    if length < minimum:
        raise ConfigError(
            f"The secret of key {kid!r} has {length} bytes, and {alg} needs {minimum} or more. "
            f"Make one with Key.generate({alg!r})."
        )
    if _is_public_der(material):  # PyJWT before 2.15 finds the other encodings only
        raise _unfit(kid, alg)
    algorithm, prepared = _prepare(kid, alg, material)
    return LoadedKey(algorithm, private=prepared, public=prepared)


def _load_pair(kid: str, alg: Algorithm, material: Secret) -> LoadedKey:
    algorithm, prepared = _prepare(kid, alg, material)
    public = _public(prepared)
    _check_strength(kid, alg, public)
    return LoadedKey(algorithm, private=None if public is prepared else prepared, public=public)


def _prepare(kid: str, alg: Algorithm, material: Secret) -> tuple["SignatureAlgorithm", Any]:
    """Return PyJWT's algorithm and the key object that it made of *material*."""
    from jwt import get_algorithm_by_name

    algorithm = get_algorithm_by_name(alg)
    with suppress(Exception):  # the libraries raise many kinds, which may quote the material
        return algorithm, algorithm.prepare_key(material.reveal())
    raise _unfit(kid, alg)


def _public(prepared: Any) -> "PublicKey":
    public: PublicKey = prepared.public_key() if hasattr(prepared, "public_key") else prepared
    return public


def _check_strength(kid: str, alg: Algorithm, public: "PublicKey") -> None:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    match alg, public:
        case "RS256", rsa.RSAPublicKey():
            if public.key_size < _MIN_RSA_BITS:
                raise ConfigError(
                    f"Key {kid!r} is an RSA key of {public.key_size} bits, and {_MIN_RSA_BITS} "
                    "is the least. Make one with Key.generate('RS256'), or use EdDSA."
                )
        case "ES256", ec.EllipticCurvePublicKey(curve=ec.SECP256R1()):
            pass
        case "EdDSA", ed25519.Ed25519PublicKey():
            pass
        case _:
            raise _unfit(kid, alg)


def _is_public_der(material: Secret) -> bool:
    """Return whether *material* is an encoded public key, a secret known to all."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        load_der_public_key(material.reveal())
    except (ValueError, UnsupportedAlgorithm):
        return False
    return True


def _unfit(kid: str, alg: Algorithm) -> ConfigError:
    wanted = _WANTED.get(alg, "a random secret, not an encoded key, certificate or JWK")
    return ConfigError(f"The material of key {kid!r} does not fit {alg}. It must be {wanted}.")
