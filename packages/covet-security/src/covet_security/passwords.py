"""Password hashes by argon2id, off the event loop and in constant time for unknown users.

Source: RFC 9106, https://www.rfc-editor.org/rfc/rfc9106
"""

import asyncio
import functools
import os
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from covet_security._errors import ConfigError, PasswordError, PasswordHashError

if TYPE_CHECKING:
    import argon2

T = TypeVar("T")

_MIN_LENGTH = 8  # ASVS 5.0 §6.2.1
_MAX_LENGTH = 128  # ASVS 5.0 §6.2.9 wants 64 or more
_MAX_EXPANSION = 4  # code points that NFC may turn into one, so what cannot fit is not normalised
_HASH_BYTES = 32
_SALT_BYTES = 16
_VERSION = 0x13  # of argon2, RFC 9106 §3.1


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a password was right; true when it was.

    Attributes:
        ok: the password belongs to the hash.
        new_hash: what to store instead of the hash, since that has other parameters than the
            hasher now; None if it is to stay.
    """

    ok: bool
    new_hash: str | None = None

    def __bool__(self) -> bool:
        return self.ok


class PasswordHasher:
    """Hashes passwords, and says whether a password belongs to a hash.

    One hasher serves every event loop of the process. Its threads bound how many hashes are
    computed at once, and so the memory in use: *memory_kib* for each.

    Passwords have 8 to 128 characters, counted after normalisation (NFC), and are never cut. The
    minimum holds for new ones, so that shorter ones from elsewhere can still be verified.
    """

    def __init__(
        self,
        *,
        memory_kib: int = 19 * 1024,
        time_cost: int = 2,
        parallelism: int = 1,
        max_concurrency: int | None = None,
    ) -> None:
        """Hash with these parameters of argon2id; the defaults are a row of ASVS 5.0 appendix C.

        Args:
            memory_kib: memory of one hash, at least 8 for each lane.
            time_cost: passes over the memory.
            parallelism: lanes of one hash.
            max_concurrency: hashes at once, by default two for each core.

        Raises:
            ConfigError: a parameter is out of argon2's range.

        Source: RFC 9106 §3.1, https://www.rfc-editor.org/rfc/rfc9106#section-3.1
        """
        if max_concurrency is None:
            max_concurrency = 2 * (os.cpu_count() or 1)
        if min(time_cost, parallelism, max_concurrency) < 1 or memory_kib < 8 * parallelism:
            raise ConfigError(
                f"Argon2 cannot run with memory_kib={memory_kib}, time_cost={time_cost}, "
                f"parallelism={parallelism}, max_concurrency={max_concurrency}. Use 1 or more of "
                "each, and 8 KiB or more for each lane."
            )
        self._memory_kib = memory_kib
        self._time_cost = time_cost
        self._parallelism = parallelism
        self._nobodys_hash = self._make_nobodys_hash()
        self._threads = ThreadPoolExecutor(max_concurrency, thread_name_prefix="covet-password")

    async def hash(self, password: str) -> str:
        """Return the hash of *password*, with its parameters and salt, for storing.

        Raises:
            PasswordError: *password* has under 8 or over 128 characters.
        """
        secret = _normalise(password)
        if secret is None:
            raise PasswordError(f"A password may have at most {_MAX_LENGTH} characters.")
        if len(secret) < _MIN_LENGTH:
            raise PasswordError(f"A password needs at least {_MIN_LENGTH} characters.")
        return await self._in_thread(lambda: self._argon2.hash(_encode(secret)))

    async def verify(self, password_hash: str | None, password: str) -> Verification:
        """Return whether *password* belongs to *password_hash*.

        For an unknown user give None: it takes as long, and is never right.

        Raises:
            PasswordHashError: *password_hash* is no argon2 hash.
        """
        secret = _normalise(password)
        if secret is None:  # nobody's, which says nothing of this user
            return Verification(ok=False)
        return await self._in_thread(lambda: self._verify(password_hash, _encode(secret)))

    @functools.cached_property
    def _argon2(self) -> "argon2.PasswordHasher":
        import argon2

        return argon2.PasswordHasher(
            memory_cost=self._memory_kib,
            time_cost=self._time_cost,
            parallelism=self._parallelism,
            hash_len=_HASH_BYTES,
            salt_len=_SALT_BYTES,
        )

    def _verify(self, password_hash: str | None, secret: bytes) -> Verification:
        from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

        stored = self._nobodys_hash if password_hash is None else password_hash
        try:
            self._argon2.verify(stored, secret)
        except VerifyMismatchError:
            return Verification(ok=False)
        except (InvalidHashError, VerificationError) as error:
            raise PasswordHashError from error
        outdated = self._argon2.check_needs_rehash(stored)
        return Verification(ok=True, new_hash=self._argon2.hash(secret) if outdated else None)

    def _make_nobodys_hash(self) -> str:
        """Return a hash of this hasher's cost, of no known password: its digest is random."""
        salt, digest = (
            b64encode(secrets.token_bytes(size)).rstrip(b"=").decode()
            for size in (_SALT_BYTES, _HASH_BYTES)
        )
        costs = f"m={self._memory_kib},t={self._time_cost},p={self._parallelism}"
        return f"$argon2id$v={_VERSION}${costs}${salt}${digest}"

    async def _in_thread(self, compute: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, compute)


def _normalise(password: str) -> str | None:
    """Return *password* as it is hashed, or None if it is too long to be one."""
    if len(password) > _MAX_LENGTH * _MAX_EXPANSION:
        return None
    normalised = unicodedata.normalize("NFC", password)
    return normalised if len(normalised) <= _MAX_LENGTH else None


def _encode(secret: str) -> bytes:
    """Encode any str: an encoding error would carry the password."""
    return secret.encode(errors="surrogatepass")
