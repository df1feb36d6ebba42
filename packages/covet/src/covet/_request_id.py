"""The identifier of a request: taken from `X-Request-ID` when well-formed, else made."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from random import Random
from time import time_ns

_well_formed = re.compile(rb"[A-Za-z0-9._~-]{1,128}").fullmatch
_random = Random()  # noqa: S311 - an identifier to search a log for, not a secret
if hasattr(os, "register_at_fork"):  # workers must not repeat each other's identifiers
    os.register_at_fork(after_in_child=_random.seed)
_random_bits = _random.getrandbits


def request_id_of(headers: Sequence[tuple[bytes, bytes]]) -> str:
    """Return the client's identifier where it sent a usable one, otherwise a new one."""
    for name, value in headers:
        if name == b"x-request-id" and _well_formed(value):
            return value.decode("ascii")
    return new_request_id()


def new_request_id() -> str:
    """Return 32 hexadecimal digits: 48 bits of milliseconds, then 80 random bits; they sort."""
    return f"{time_ns() // 1_000_000 << 80 | _random_bits(80):032x}"
