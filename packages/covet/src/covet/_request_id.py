"""The identifier of a request: taken from `X-Request-ID` when well-formed, else made."""

from __future__ import annotations

import os
import re
from binascii import hexlify
from collections.abc import Sequence
from random import Random

_well_formed = re.compile(rb"[A-Za-z0-9._~-]{1,128}").fullmatch
_random = Random()  # noqa: S311 - an identifier to search a log for, not a secret
if hasattr(os, "register_at_fork"):  # workers must not repeat each other's identifiers
    os.register_at_fork(after_in_child=_random.seed)
_random_bits = _random.getrandbits


def request_id_of(headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Return the client's identifier where it sent a usable one, otherwise a new one, as ASCII."""
    for name, value in headers:
        if name == b"x-request-id" and _well_formed(value):
            return value
    return new_request_id()


def new_request_id() -> bytes:
    """Return 24 hexadecimal digits: 96 random bits."""
    return hexlify(_random_bits(96).to_bytes(12))
