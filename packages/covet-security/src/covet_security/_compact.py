"""The compact serialization of a signed token, read strictly.

Source: RFC 7515 §3.1 and §5.2, https://www.rfc-editor.org/rfc/rfc7515#section-5.2
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, NoReturn

from covet_security._errors import TokenProblem

MAX_TOKEN_BYTES = 8192  # checked before anything is decoded

_SEGMENTS = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")


class TokenError(ValueError):
    """A token is not accepted: *reason* for the log, ``problem`` for the client."""

    def __init__(self, reason: str, problem: TokenProblem = "invalid") -> None:
        super().__init__(reason)
        self.problem: TokenProblem = problem


class CompactToken(NamedTuple):
    """The parts of a token; nothing in them is to be believed before its signature is checked."""

    header: Mapping[str, Any]
    payload: bytes
    signing_input: bytes
    signature: bytes


def write_token(
    header: Mapping[str, Any], claims: Mapping[str, Any], sign: Callable[[bytes], bytes]
) -> str:
    """Return the token that carries *claims*, which must be JSON, signed."""
    signing_input = b".".join(_encode(_to_json(part)) for part in (header, claims))
    return b".".join((signing_input, _encode(sign(signing_input)))).decode()


def read_token(token: str) -> CompactToken:
    """Return the parts of *token*, with its header parsed and its payload not yet.

    Raises:
        TokenError: it is too long, or is not three base64url segments of which the first is a
            JSON object.
    """
    if len(token) > MAX_TOKEN_BYTES:
        raise TokenError(f"The token has {len(token)} bytes, over {MAX_TOKEN_BYTES}.")
    segments = _SEGMENTS.fullmatch(token)
    if segments is None:
        raise TokenError("The token is not three base64url segments.")
    header, payload, signature = map(_decode, segments.groups())
    signing_input = token[: segments.end(2)].encode()
    return CompactToken(read_json_object(header), payload, signing_input, signature)


def read_json_object(text: bytes) -> dict[str, Any]:
    """Return the JSON object that *text* is, in UTF-8.

    Raises:
        TokenError: it is something else, or names a member twice.

    Source: RFC 7515 §4 and §10.12, https://www.rfc-editor.org/rfc/rfc7515#section-10.12
    """
    try:
        value: dict[str, Any] | list[Any] | str | float | bool | None = _JSON.decode(text.decode())
    except (ValueError, RecursionError):
        raise TokenError("A segment of the token is not JSON that has one meaning.") from None
    if not isinstance(value, dict):
        raise TokenError("A segment of the token is not a JSON object.")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("repeated member")
    return members


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_JSON = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)


def _to_json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def _encode(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")


def _decode(segment: str) -> bytes:
    """Decode the one spelling of some bytes; another would be a second token with one meaning."""
    text = segment.encode()
    try:
        data = urlsafe_b64decode(text + b"==")
    except ValueError:
        raise TokenError("A segment of the token is not base64url.") from None
    if _encode(data) != text:
        raise TokenError("A segment of the token is not canonical base64url.")
    return data
