"""Keys, each bound to one algorithm, and the set of them that an authenticator trusts."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, Protocol, get_args

from covet_security._errors import ConfigError
from covet_security._material import (
    MIN_SECRET_BYTES,
    Algorithm,
    LoadedKey,
    generate,
    load,
    public_half,
    read_members,
    write_members,
)
from covet_security._secret import Secret

_MAX_KID_LENGTH = 128  # it travels in every token


@dataclass(frozen=True, slots=True, init=False)
class Key:
    """A shared secret or a key pair, with the one algorithm that it is used with.

    Attributes:
        kid: its name, found in the header of every token that it signs.
        alg: the only algorithm that it signs and verifies with.
        material: for HS*, the shared secret; otherwise a PEM key, private or public.
    """

    kid: str
    alg: Algorithm
    material: Secret
    _loaded: LoadedKey = field(repr=False, compare=False)

    def __init__(self, kid: str, alg: Algorithm, material: str | bytes | Secret) -> None:
        """Load *material* for use with *alg*.

        Raises:
            ConfigError: *alg* is unknown, *material* is no key for it, or is weaker than it:
                a secret shorter than the hash, an RSA key under 3072 bits.

        Source: RFC 7518 §3.2, https://www.rfc-editor.org/rfc/rfc7518#section-3.2
        """
        if not 0 < len(kid) <= _MAX_KID_LENGTH:
            raise ConfigError(
                f"Key id {kid!r} has {len(kid)} characters. Use 1 to {_MAX_KID_LENGTH}."
            )
        _check_algorithm(alg)
        secret = material if isinstance(material, Secret) else Secret(material)
        object.__setattr__(self, "kid", kid)
        object.__setattr__(self, "alg", alg)
        object.__setattr__(self, "material", secret)
        object.__setattr__(self, "_loaded", load(kid, alg, secret))

    @classmethod
    def generate(cls, alg: Algorithm = "EdDSA", *, kid: str | None = None) -> "Key":
        """Return a new key for *alg*, named at random unless *kid* is given.

        Its ``material.reveal()`` is what to store: for HS* the secret, otherwise PKCS #8 PEM.

        Raises:
            ConfigError: *alg* is unknown.
        """
        _check_algorithm(alg)
        return cls(secrets.token_urlsafe(8) if kid is None else kid, alg, generate(alg))

    @property
    def can_sign(self) -> bool:
        """Whether this is more than a public key."""
        return self._loaded.private is not None

    @classmethod
    def from_public_members(cls, kid: str, alg: Algorithm, members: Mapping[str, Any]) -> "Key":
        """Return the public key that the *members* of a JWK are.

        Raises:
            ConfigError: they are no public key for *alg*, or one weaker than it.

        Source: RFC 7518 §6, https://www.rfc-editor.org/rfc/rfc7518#section-6
        """
        return cls(kid, alg, read_members(kid, alg, members))

    @property
    def is_pair(self) -> bool:
        """Whether this is a key pair, or the public half of one, and not a shared secret."""
        return self.alg not in MIN_SECRET_BYTES

    def public_members(self) -> Mapping[str, str]:
        """Return the public half as the members of a JWK that hold it.

        Raises:
            ConfigError: the key is a shared secret, which has no public half.

        Source: RFC 7518 §6, https://www.rfc-editor.org/rfc/rfc7518#section-6
        """
        return write_members(self.kid, self.alg, self.material)

    def public(self) -> "Key":
        """Return the half of a key pair that only verifies, and may be given away.

        Raises:
            ConfigError: the key is a shared secret, which has no public half.
        """
        return Key(self.kid, self.alg, public_half(self.kid, self.alg, self.material))

    def sign(self, message: bytes) -> bytes:
        """Return the signature of *message*.

        Raises:
            ConfigError: this is a public key.
        """
        if not self.can_sign:
            raise ConfigError(
                f"Key {self.kid!r} is a public key: it verifies and cannot sign. "
                "Sign with its private key."
            )
        return self._loaded.sign(message)

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Return whether *signature* is this key's, by its algorithm, of *message*."""
        return self._loaded.verify(message, signature)

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"Key {self.kid!r} is not pickled: its material would leave the process unprotected. "
            "Let each process load it from its own settings."
        )


class Keys(Protocol):
    """Where an authenticator finds its keys: `KeySet`, `KeySchedule` or `RemoteKeySet`."""

    @property
    def signing_key(self) -> Key | None:
        """The key that signs now; None if all are public."""
        ...

    async def find(self, kid: str) -> Key | None:
        """Return the key called *kid*, or None."""
        ...


class KeySet:
    """The keys of one issuer: one signs, all verify, each found by its ``kid``.

    To rotate, add the new key as the first and keep the old one until its last token has expired.

    Attributes:
        signing_key: the key that signs; None if all are public.
    """

    __slots__ = ("_by_kid", "signing_key")

    def __init__(self, keys: Iterable[Key], *, signing_kid: str | None = None) -> None:
        """Hold *keys*; the one named *signing_kid* signs, by default the first that can.

        Raises:
            ConfigError: there is no key, two have one ``kid``, shared secrets stand beside key
                pairs, or *signing_kid* names none that can sign.
        """
        self._by_kid: dict[str, Key] = {}
        for key in keys:
            if key.kid in self._by_kid:
                raise ConfigError(f"Two keys are called {key.kid!r}. Give each its own kid.")
            self._by_kid[key.kid] = key
        if not self._by_kid:
            raise ConfigError("A key set needs a key. Make one with Key.generate().")
        if len({key.alg in MIN_SECRET_BYTES for key in self}) > 1:
            raise ConfigError(
                "A key set cannot hold shared secrets (HS*) beside key pairs: both would verify "
                "tokens for one audience. Use one kind."
            )
        self.signing_key: Key | None = self._pick_signing_key(signing_kid)

    def get(self, kid: str) -> Key | None:
        """Return the key called *kid*, or None."""
        return self._by_kid.get(kid)

    async def find(self, kid: str) -> Key | None:
        """Return the key called *kid*, or None."""
        return self._by_kid.get(kid)

    def published(self) -> Iterable[Key]:
        """Return the keys that others may need to check tokens of ours."""
        return self._by_kid.values()

    def _pick_signing_key(self, kid: str | None) -> Key | None:
        able = [key for key in self if key.can_sign]
        if kid is None:
            return able[0] if able else None
        for key in able:
            if key.kid == kid:
                return key
        names = ", ".join(repr(key.kid) for key in able) or "none"
        raise ConfigError(f"Key {kid!r} cannot sign here. These can: {names}.")

    def __iter__(self) -> Iterator[Key]:
        return iter(self._by_kid.values())

    def __len__(self) -> int:
        return len(self._by_kid)

    def __repr__(self) -> str:
        return f"KeySet({list(self)!r})"


def _check_algorithm(alg: str) -> None:
    known = get_args(Algorithm)
    if alg not in known:
        raise ConfigError(f"Algorithm {alg!r} is not supported. Use one of {', '.join(known)}.")
