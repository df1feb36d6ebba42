"""A clock that stands still, keys of every algorithm, and a forge for tokens of any shape."""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from covet_security import Algorithm, AuthenticationException, JWTAuthenticator, Key

NOW = 1_800_000_000

Forge = Callable[..., str]


class Clock:
    """The time, moved by hand."""

    def __init__(self) -> None:
        self.now: float = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def keys() -> Mapping[Algorithm, Key]:
    algorithms: list[Algorithm] = ["HS256", "HS384", "HS512", "RS256", "ES256", "EdDSA"]
    return {alg: Key.generate(alg, kid=f"{alg}-key") for alg in algorithms}


@pytest.fixture(scope="session")
def hs_key(keys: Mapping[Algorithm, Key]) -> Key:
    return keys["HS256"]


@pytest.fixture
def auth(hs_key: Key, clock: Clock) -> JWTAuthenticator:
    return JWTAuthenticator(hs_key, issuer="blog", audience="readers", clock=clock)


@pytest.fixture(scope="session")
def forge(hs_key: Key) -> Forge:
    """Make a token that is right, but for what is said: header members, claims, the key."""

    def forge(
        *,
        header: Mapping[str, Any] | None = None,
        key: Key = hs_key,
        payload: bytes | None = None,
        raw_header: bytes | None = None,
        **claims: Any,
    ) -> str:
        full_header = {"alg": key.alg, "kid": key.kid, "typ": "at+jwt", **(header or {})}
        full_claims = {
            "iss": "blog",
            "aud": "readers",
            "sub": "7",
            "iat": NOW,
            "exp": NOW + 60,
            "jti": "j",
            **claims,
        }
        present = (
            {k: v for k, v in part.items() if v is not ...} for part in (full_header, full_claims)
        )
        texts = [json.dumps(part).encode() for part in present]
        if raw_header is not None:
            texts[0] = raw_header
        if payload is not None:
            texts[1] = payload
        signing_input = b".".join(urlsafe_b64encode(text).rstrip(b"=") for text in texts)
        signature = urlsafe_b64encode(key.sign(signing_input)).rstrip(b"=")
        return b".".join((signing_input, signature)).decode()

    return forge


@pytest.fixture
def refusal(auth: JWTAuthenticator) -> Callable[[str], str]:
    """Return what the log says of a token that is refused, once the client is told the usual."""

    def refusal(token: str) -> str:
        with pytest.raises(AuthenticationException) as caught:
            asyncio.run(auth.validate_token(token))
        assert caught.value.detail == "Valid credentials are required."
        assert caught.value.challenge == (
            'Bearer realm="api", error="invalid_token", error_description="invalid"'
        )
        return caught.value.reason

    return refusal
