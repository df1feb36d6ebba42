"""What has gone wrong elsewhere, each by its id: it does not go wrong here."""

import asyncio
import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from redis import Redis as BlockingRedis

from covet_security import (
    Algorithm,
    APIKeyManager,
    AuthenticationException,
    BodySizeLimitMiddleware,
    BodyTooLargeError,
    ConfigError,
    ContentLengthError,
    CSRFMiddleware,
    JWTAuthenticator,
    Key,
    KeySet,
    MemoryRateLimitStore,
    PasswordHasher,
    PermissionDeniedException,
    RateLimiter,
    RateLimitPolicy,
    RemoteKeySet,
    SecurityHeadersMiddleware,
    SecurityMiddleware,
    TrustedProxies,
    bearer_token,
    parse_content_length,
    require_auth,
    to_jwks,
)
from covet_security._api_key_text import read_api_key
from covet_security._jwk import read_jwks
from covet_security.limits import policy_set
from covet_security.refresh import new_sid, new_token
from covet_security.refresh import read_token as read_refresh_token

NOW = 1_800_000_000

ENCODINGS = {
    "pem": (
        serialization.Encoding.PEM,
        serialization.PublicFormat.SubjectPublicKeyInfo,
    ),
    "der": (
        serialization.Encoding.DER,
        serialization.PublicFormat.SubjectPublicKeyInfo,
    ),
    "openssh": (serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH),
}


def public_bytes(key: Key, encoding: str) -> bytes:
    public = serialization.load_pem_public_key(key.public().material.reveal())
    return public.public_bytes(*ENCODINGS[encoding])


def segment(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")


def confused_token(header: Mapping[str, Any], secret: bytes) -> str:
    """Make the token of an attacker who signs with HMAC and a public key as the secret."""
    claims = {"iss": "blog", "aud": "readers", "sub": "1", "iat": NOW, "exp": NOW + 60, "jti": "j"}
    message = b".".join(segment(json.dumps(part).encode()) for part in (header, claims))
    signature = hmac.new(secret, message, hashlib.sha256).digest()
    return b".".join((message, segment(signature))).decode()


@pytest.fixture(params=["RS256", "ES256", "EdDSA"])
def pair(request: pytest.FixtureRequest, keys: Mapping[Algorithm, Key]) -> Key:
    return keys[request.param]


@pytest.fixture
def pair_auth(pair: Key, clock: Callable[[], float]) -> JWTAuthenticator:
    return JWTAuthenticator(pair, issuer="blog", audience="readers", clock=clock)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_cve_2022_29217_a_public_key_is_no_hmac_secret(pair: Key, encoding: str) -> None:
    with pytest.raises(ConfigError, match="does not fit HS256"):
        Key("k", "HS256", public_bytes(pair, encoding))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_cve_2022_29217_a_token_signed_with_a_public_key_is_refused(
    pair: Key, pair_auth: JWTAuthenticator, encoding: str
) -> None:
    header = {"alg": "HS256", "kid": pair.kid, "typ": "at+jwt"}
    token = confused_token(header, public_bytes(pair, encoding))

    with pytest.raises(AuthenticationException) as caught:
        asyncio.run(pair_auth.validate_token(token))

    assert "algorithm is not" in caught.value.reason


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_cve_2024_33663_a_token_that_keeps_the_algorithm_is_checked_by_it(
    pair: Key, pair_auth: JWTAuthenticator, encoding: str
) -> None:
    header = {"alg": pair.alg, "kid": pair.kid, "typ": "at+jwt"}
    token = confused_token(header, public_bytes(pair, encoding))

    with pytest.raises(AuthenticationException) as caught:
        asyncio.run(pair_auth.validate_token(token))

    assert "signature is not by" in caught.value.reason


@pytest.mark.parametrize("alg", ["none", "HS256", "HS512", ...])
def test_cve_2024_37568_the_header_never_chooses_the_algorithm(
    pair: Key, pair_auth: JWTAuthenticator, forge: Callable[..., str], alg: object
) -> None:
    token = forge(key=pair, header={"alg": alg})

    with pytest.raises(AuthenticationException) as caught:
        asyncio.run(pair_auth.validate_token(token))

    assert "algorithm is not" in caught.value.reason


def test_cve_2024_37568_shared_secrets_never_stand_beside_key_pairs(pair: Key, hs_key: Key) -> None:
    with pytest.raises(ConfigError, match="beside key pairs"):
        KeySet([pair, hs_key])


@pytest.mark.parametrize("issuer", ["b", "blo", "log", "", ["blog"]])
def test_cve_2024_53861_the_issuer_is_no_substring(
    refusal: Callable[[str], str], forge: Callable[..., str], issuer: object
) -> None:
    assert "not issued by" in refusal(forge(iss=issuer))


@pytest.mark.parametrize(
    ("alg", "length"), [("HS256", 31), ("HS384", 47), ("HS512", 63), ("HS256", 0)]
)
def test_cve_2025_45768_weak_secrets_stop_the_start(alg: Algorithm, length: int) -> None:
    with pytest.raises(ConfigError, match=f"{length} bytes"):
        JWTAuthenticator("s" * length, alg, issuer="i", audience="a")


@pytest.mark.parametrize("critical", [["b64"], ["exp"], ["unknown"], [], None, "exp"])
def test_cve_2026_32597_and_cve_2025_59420_crit_is_refused_whatever_it_lists(
    refusal: Callable[[str], str], forge: Callable[..., str], critical: object
) -> None:
    assert "header 'crit'" in refusal(forge(header={"crit": critical}))


@pytest.mark.parametrize(
    "jwk",
    [
        {"kty": "RSA", "n": "AQAB" * 128, "e": "AQAB"},
        {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43},
        {"kty": "oct", "k": "A" * 43},
    ],
    ids=lambda jwk: jwk["kty"],
)
def test_cve_2026_48526_a_jwk_is_no_hmac_secret(jwk: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="does not fit HS256"):
        Key("k", "HS256", json.dumps(jwk))


@pytest.mark.parametrize("name", ["jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "x5new"])
def test_cve_2026_48522_a_token_never_brings_or_points_to_a_key(
    refusal: Callable[[str], str], forge: Callable[..., str], name: str
) -> None:
    assert f"header '{name}'" in refusal(forge(header={name: "https://evil.example/key"}))


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("a" * 10_000_000, id="one-segment"),
        pytest.param("a." * 5_000_000, id="many-segments"),
        pytest.param("a.b." + "c" * 8192, id="signature"),
    ],
)
def test_cve_2026_48525_a_long_token_is_refused_before_it_is_decoded(
    refusal: Callable[[str], str], token: str
) -> None:
    assert "over 8192" in refusal(token)


@pytest.mark.parametrize("name", ["b64", "cty"])
def test_cve_2026_48523_unencoded_and_nested_payloads_are_refused(
    refusal: Callable[[str], str], forge: Callable[..., str], name: str
) -> None:
    assert f"header '{name}'" in refusal(forge(header={name: False if name == "b64" else "JWT"}))


@pytest.mark.parametrize("name", ["enc", "zip"])
def test_cve_2024_33664_an_encrypted_or_compressed_token_is_never_unpacked(
    refusal: Callable[[str], str], forge: Callable[..., str], name: str
) -> None:
    assert f"header '{name}'" in refusal(forge(header={name: "DEF"}))
    assert refusal("a.b.c.d.e") == "The token is not three base64url segments."


def test_cve_2024_39329_an_unknown_user_costs_what_a_known_one_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import argon2

    hasher = PasswordHasher(memory_kib=16, time_cost=3)
    stored = asyncio.run(hasher.hash("correct horse"))
    verified: list[argon2.Parameters] = []
    verify = argon2.PasswordHasher.verify

    def watch(self: argon2.PasswordHasher, password_hash: str, password: bytes) -> bool:
        verified.append(argon2.extract_parameters(password_hash))
        return verify(self, password_hash, password)  # type: ignore[return-value]

    monkeypatch.setattr(argon2.PasswordHasher, "verify", watch)

    for password_hash in (stored, None):
        assert not asyncio.run(hasher.verify(password_hash, "wrong password"))

    known, unknown = verified
    assert known == unknown


@pytest.mark.parametrize("value", [b"-1", b"-0", b"-18446744073709551616"])
def test_cve_2026_53540_a_negative_length_is_refused(value: bytes) -> None:
    with pytest.raises(ContentLengthError):
        parse_content_length([(b"content-length", value)])


@pytest.mark.parametrize("value", [b"+5", b"5_0", b"0x5", b"5,5", b" 5", b"5\x0b", b"\xd9\xa5"])
def test_cve_2023_37276_and_cve_2023_47627_a_length_is_digits_only(value: bytes) -> None:
    with pytest.raises(ContentLengthError):
        parse_content_length([(b"content-length", value)])


def served(app: Any, headers: list[tuple[bytes, bytes]], chunks: list[bytes]) -> list[Any]:
    """Serve one request under a limit of 100 bytes; return what was sent."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        chunk = chunks.pop(0)
        return {"type": "http.request", "body": chunk, "more_body": bool(chunks)}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "headers": headers}
    asyncio.run(BodySizeLimitMiddleware(app, max_body_bytes=100)(scope, receive, send))
    return sent


async def reader(scope: Any, receive: Any, send: Any) -> None:
    while (await receive())["more_body"]:
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param([], id="missing"),
        pytest.param([(b"content-length", b"1")], id="understated"),
        pytest.param([(b"transfer-encoding", b"chunked")], id="chunked"),
    ],
)
def test_cve_2026_33034_bytes_are_counted_as_they_arrive(
    headers: list[tuple[bytes, bytes]],
) -> None:
    chunks = [b"x" * 30] * 1000

    sent = served(reader, headers, chunks)

    assert sent[0]["status"] == 413
    assert len(chunks) == 996


def test_cve_2026_5766_an_application_that_reads_on_gets_no_more_than_the_limit() -> None:
    received = bytearray()

    async def hoarder(scope: Any, receive: Any, send: Any) -> None:
        for _ in range(50):
            try:
                received.extend((await receive())["body"])
            except BodyTooLargeError:
                continue

    sent = served(hoarder, [], [b"x" * 30] * 1000)

    assert len(received) <= 100
    assert sent[0]["status"] == 413


def test_cve_2025_69223_a_body_is_counted_as_sent_and_never_decompressed() -> None:
    sent = served(reader, [(b"content-encoding", b"gzip")], [b"\x1f\x8b" + b"\x00" * 90])

    assert sent[0]["status"] == 200


def test_cve_2024_49767_one_large_chunk_is_refused_like_many_small_ones() -> None:
    for chunks in ([b"x" * 101], [b"x"] * 101):
        assert served(reader, [], chunks)[0]["status"] == 413


@pytest.mark.parametrize("suffix", ["\n", "\r\n", "\r\nX-Admin: 1", "\x00", "\u2028"])
def test_cve_2021_44420_a_trailing_newline_is_no_end(
    refusal: Callable[[str], str], forge: Callable[..., str], suffix: str
) -> None:
    token = forge()

    assert refusal(token + suffix) == "The token is not three base64url segments."
    with pytest.raises(AuthenticationException):
        bearer_token(f"Bearer {token}{suffix}")


@pytest.mark.parametrize(
    "value",
    ["Bearer " + "a" * 1_000_000 + "!", "Bearer" + " " * 1_000_000, "Bearer " + "=" * 1_000_000],
    ids=["token", "spaces", "padding"],
)
def test_cve_2024_24762_a_long_header_is_refused_in_time_linear_in_its_length(value: str) -> None:
    with pytest.raises(AuthenticationException):
        bearer_token(value)


def from_client(*forwarded: str, peer: str = "192.0.2.7") -> dict[str, Any]:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return {"type": "http", "method": "POST", "client": (peer, 1), "headers": headers}


def identities_of_a_forger(*networks: str) -> set[str]:
    proxies = TrustedProxies(networks)
    return {proxies.client_id(from_client(f"198.51.100.{number}")) for number in range(50)}


def test_cve_2025_59152_a_client_does_not_choose_what_it_is_counted_by() -> None:
    assert identities_of_a_forger() == {"ip:192.0.2.7"}


def test_cve_2025_51663_nor_where_other_proxies_are_trusted() -> None:
    assert identities_of_a_forger("10.0.0.0/8", "2001:db8::/32") == {"ip:192.0.2.7"}


def test_fastapi_limiter_11_an_address_is_taken_from_no_header_but_the_one_named() -> None:
    names = [b"x-real-ip", b"x-client-id", b"forwarded", b"cf-connecting-ip", b"true-client-ip"]
    scope = from_client()
    scope["headers"] = [(name, b"198.51.100.1") for name in names]

    assert TrustedProxies(["192.0.2.7"]).client_id(scope) == "ip:192.0.2.7"


def test_slowapi_the_forwarded_list_is_read_from_the_trusted_end() -> None:
    proxies = TrustedProxies(["192.0.2.7"])

    identities = {
        proxies.client_id(from_client(f"10.9.8.{number}, 198.51.100.1")) for number in range(50)
    }

    assert identities == {"ip:198.51.100.1"}


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
        ("::ffff:192.0.2.7", "::ffff:203.0.113.7", False),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
    ],
)
def test_cve_2026_30827_v4_clients_in_v6_notation_are_told_apart(
    one: str, other: str, are_same: bool
) -> None:
    identities = [TrustedProxies().client_id(from_client(peer=peer)) for peer in (one, other)]

    assert (identities[0] == identities[1]) is are_same


def test_cve_2025_14550_a_header_that_is_there_many_times_is_joined_once() -> None:
    lines = ["10.0.0.1"] * 20_000

    identity = TrustedProxies(["10.0.0.0/8"]).client_id(from_client(*lines, peer="10.0.0.2"))

    assert identity == "ip:10.0.0.1"


def test_limits_151_a_cost_over_the_limit_is_never_admitted() -> None:
    decision = asyncio.run(RateLimiter().check_rate_limit("ada", "r", 5, cost=9))

    assert not decision
    assert decision.retry_after == -1


def test_slowapi_a_window_that_has_just_begun_does_not_admit_the_limit_again() -> None:
    now = [1_000_000_059_900_000_000]
    store = MemoryRateLimitStore(clock_ns=lambda: now[0])

    def admitted() -> int:
        readings = [store.hit_now("r", "ada", policy_set(100), 1, counts=True) for _ in range(100)]
        return sum(reading[0].retry_after == 0 for reading in readings)

    before = admitted()
    now[0] += 200_000_000

    assert (before, admitted()) == (100, 0)


def test_limits_moving_window_the_time_is_that_of_redis(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def check() -> list[bool]:
        limiter = RateLimiter(redis_url, timeout_seconds=10)
        decisions = []
        for ahead in (0.0, 3600.0, -3600.0):
            monkeypatch.setattr("time.time", lambda ahead=ahead: NOW + ahead)
            decisions.append(await limiter.check_rate_limit("ada", "moving window", 1))
        await limiter.aclose()
        return [bool(decision) for decision in decisions]

    assert asyncio.run(check()) == [True, False, False]


def test_slowapi_a_client_that_would_block_the_event_loop_is_refused() -> None:
    with pytest.raises(ConfigError, match="block the event loop"):
        RateLimiter(BlockingRedis())  # type: ignore[arg-type]


def passes_csrf(*headers: tuple[bytes, bytes]) -> bool:
    called = []

    async def app(*args: Any) -> None:
        called.append(args)

    async def send(message: Any) -> None: ...

    scope = {"type": "http", "method": "POST", "scheme": "https", "headers": list(headers)}
    middleware = CSRFMiddleware(app, trusted_origins=["https://app.example"])
    asyncio.run(middleware(scope, send, send))  # type: ignore[arg-type]
    return bool(called)


@pytest.mark.parametrize(
    "origin",
    [
        b"https://app.example.evil.example",
        b"https://appxexample",
        b"https://app.example\n",
        b"null",
    ],
)
def test_cve_2026_37737_a_trusted_origin_is_compared_as_a_whole(origin: bytes) -> None:
    assert not passes_csrf((b"origin", origin), (b"sec-fetch-site", b"cross-site"))
    assert passes_csrf((b"origin", b"https://app.example"), (b"sec-fetch-site", b"cross-site"))


def test_cve_2021_32677_a_form_of_another_site_is_refused_whatever_it_says_it_sends() -> None:
    assert not passes_csrf((b"content-type", b"text/plain"), (b"origin", b"https://evil.example"))


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: b", "a\nb", "a\n"])
def test_cve_2021_32052_a_line_break_gets_into_no_header(value: str) -> None:
    with pytest.raises(ConfigError):
        SecurityHeadersMiddleware(None, more={"X": value})  # type: ignore[arg-type]
    with pytest.raises(ConfigError):
        RateLimitPolicy(1, name=value)
    assert PermissionDeniedException("no", scope=value).headers == {}


def test_cve_2026_48710_what_is_protected_is_the_function_and_not_a_path() -> None:
    @require_auth
    async def secret() -> None:
        pytest.fail("It was called.")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await secret()

    async def send(message: Any) -> None:
        sent.append(message)

    sent: list[Any] = []
    scope = {**from_client(), "path": "/public", "raw_path": b"/public"}
    scope["headers"] = [(b"host", b"blog.example/public?")]

    asyncio.run(SecurityMiddleware(app)(scope, send, send))  # type: ignore[arg-type]

    assert sent[0]["status"] == 401


@pytest.mark.parametrize(
    "url",
    [
        "http://issuer.example/keys",
        "file:///etc/passwd",
        "https:///keys",
        "https://user:pass@issuer.example/keys",
        "https://issuer.example/keys#a",
        "issuer.example/keys",
        "HTTPS+x://issuer.example",
    ],
)
def test_cve_2026_48522_keys_of_others_come_over_https_only(url: str) -> None:
    with pytest.raises(ConfigError, match="must be https"):
        RemoteKeySet(url)


def test_cve_2026_48522_keys_are_fetched_from_no_other_url_than_the_one_configured(
    pair: Key, clock: Callable[[], float], forge: Callable[..., str]
) -> None:
    asked: list[str] = []

    async def fetch(url: str) -> bytes:
        asked.append(url)
        return json.dumps(to_jwks([pair])).encode()

    remote = RemoteKeySet("https://issuer.example/keys", fetch=fetch)
    auth = JWTAuthenticator(remote, issuer="blog", audience="readers", clock=clock)
    for header in ({"jku": "https://evil.example/keys"}, {"kid": "https://evil.example/keys"}):
        with pytest.raises(AuthenticationException):
            asyncio.run(auth.validate_token(forge(key=pair, header=header)))

    assert set(asked) == {"https://issuer.example/keys"}


def test_cve_2026_48526_a_key_set_never_brings_a_secret(pair: Key) -> None:
    secret = {"kty": "oct", "k": "A" * 43, "kid": "s", "alg": "HS256"}
    disguised = {**to_jwks([pair])["keys"][0], "kid": "d", "alg": "HS256"}
    text = json.dumps({"keys": [secret, disguised, *to_jwks([pair])["keys"]]}).encode()

    assert read_jwks(text) == [pair.public()]


@pytest.mark.parametrize("kind", ["unknown", "known"])
def test_cve_2024_39329_an_unknown_api_key_costs_what_a_known_one_does(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    manager = APIKeyManager()
    known = asyncio.run(manager.create(7, name="ci", scopes=[])).key
    unknown, _ = manager.generate_api_key()
    compared: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "covet_security.api_keys.hmac.compare_digest",
        lambda one, other: compared.append((one, other)) or False,
    )

    assert asyncio.run(manager.validate_api_key(known if kind == "known" else unknown)) is None

    ((presented, stored),) = compared
    assert len(presented) == len(stored) == 64


def test_cve_2021_44420_a_trailing_newline_ends_no_refresh_token_and_no_api_key() -> None:
    key, _ = APIKeyManager().generate_api_key()
    refresh_token, _ = new_token(new_sid("7"))

    assert read_refresh_token(refresh_token) is not None
    assert read_refresh_token(refresh_token + "\n") is None
    assert read_api_key(key) is not None
    assert read_api_key(key + "\n") is None
