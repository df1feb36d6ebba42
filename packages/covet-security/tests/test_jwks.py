"""Key sets between services: public halves out, checked keys in, fetched seldom."""

import asyncio
import datetime as dt
import ipaddress
import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt as pyjwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from covet_security import (
    Algorithm,
    AuthenticationException,
    ConfigError,
    JWKSEndpoint,
    JWTAuthenticator,
    Key,
    KeySet,
    RemoteKeySet,
    StoreUnavailableError,
    to_jwks,
)
from covet_security._https import https_fetch
from covet_security._jwk import read_jwks

pytestmark = pytest.mark.anyio

URL = "https://issuer.example/keys"
PAIRS: list[Algorithm] = ["RS256", "ES256", "EdDSA"]


def document(*keys: Key) -> bytes:
    return json.dumps(to_jwks(keys)).encode()


# Out


@pytest.mark.parametrize("alg", PAIRS)
def test_only_the_public_half_leaves(keys: Mapping[Algorithm, Key], alg: Algorithm) -> None:
    (jwk,) = to_jwks([keys[alg]])["keys"]

    assert jwk["kid"] == f"{alg}-key"
    assert jwk["alg"] == alg
    assert jwk["use"] == "sig"
    assert set(jwk) <= {"kid", "alg", "use", "kty", "crv", "x", "y", "n", "e"}
    assert to_jwks([keys[alg].public()])["keys"] == [jwk]


def test_shared_secrets_never_leave(keys: Mapping[Algorithm, Key]) -> None:
    assert to_jwks([keys["HS256"], keys["HS512"]]) == {"keys": []}
    with pytest.raises(ConfigError, match="has no public half"):
        keys["HS256"].public_members()


@pytest.mark.parametrize("alg", PAIRS)
def test_another_library_checks_tokens_with_it(
    keys: Mapping[Algorithm, Key], alg: Algorithm
) -> None:
    auth = JWTAuthenticator(keys[alg], issuer="blog", audience="readers")
    jwks = pyjwt.PyJWKSet.from_json(document(keys[alg]).decode())

    claims = pyjwt.decode(
        auth.create_access_token({"user_id": 7}),
        jwks[f"{alg}-key"].key,
        algorithms=[alg],
        audience="readers",
    )

    assert claims["sub"] == "7"


async def ask(app: JWKSEndpoint, method: str) -> tuple[dict[str, Any], bytes]:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app({"type": "http", "method": method}, receive, send)
    start, body = sent
    return {"status": start["status"], **dict(start["headers"])}, body["body"]


async def test_keys_are_published_for_five_minutes(keys: Mapping[Algorithm, Key]) -> None:
    app = JWKSEndpoint(KeySet([keys["EdDSA"], keys["ES256"]]))

    head, body = await ask(app, "GET")

    assert json.loads(body) == to_jwks([keys["EdDSA"], keys["ES256"]])
    assert head == {
        "status": 200,
        b"content-type": b"application/jwk-set+json",
        b"cache-control": b"public, max-age=300",
        b"content-length": b"%d" % len(body),
    }
    assert await ask(app, "HEAD") == (head, b"")


async def test_keys_are_read_only(keys: Mapping[Algorithm, Key]) -> None:
    head, body = await ask(JWKSEndpoint(KeySet([keys["EdDSA"]])), "POST")

    assert head == {"status": 405, b"allow": b"GET, HEAD", b"content-length": b"0"}
    assert body == b""


# In


@pytest.mark.parametrize("alg", PAIRS)
def test_what_was_published_is_read(keys: Mapping[Algorithm, Key], alg: Algorithm) -> None:
    (key,) = read_jwks(document(keys[alg]))

    assert key == keys[alg].public()
    assert key.verify(b"message", keys[alg].sign(b"message"))


def weak_rsa() -> dict[str, Any]:
    public = rsa.generate_private_key(65537, 2048).public_key()
    return {"kid": "k", **pyjwt.algorithms.RSAAlgorithm.to_jwk(public, as_dict=True)}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"kid": ...}, id="no-name"),
        pytest.param({"kid": 7}, id="name-of-another-type"),
        pytest.param({"kid": "k" * 129}, id="long-name"),
        pytest.param({"kty": "oct", "k": "A" * 43}, id="secret"),
        pytest.param({"d": "A" * 43}, id="private"),
        pytest.param({"alg": "HS256"}, id="other-algorithm"),
        pytest.param({"use": "enc"}, id="for-encryption"),
        pytest.param({"crv": "secp256k1"}, id="other-curve"),
        pytest.param({"crv": ["P-256"]}, id="curve-of-another-type"),
        pytest.param({"kty": []}, id="type-of-another-type"),
        pytest.param({"x": "!"}, id="not-base64"),
        pytest.param({"x": "AAAA"}, id="not-on-the-curve"),
        pytest.param({"y": ...}, id="half-a-point"),
    ],
)
def test_a_key_that_cannot_be_used_is_left_out(
    keys: Mapping[Algorithm, Key], change: dict[str, Any]
) -> None:
    good, other = to_jwks([keys["ES256"], keys["EdDSA"]])["keys"]
    changed = {name: value for name, value in {**good, **change}.items() if value is not ...}
    text = json.dumps({"keys": [changed, "no key", other]}).encode()

    assert [key.kid for key in read_jwks(text)] == ["EdDSA-key"]


def test_a_weak_key_is_left_out() -> None:
    assert read_jwks(json.dumps({"keys": [weak_rsa()]}).encode()) == []


def test_of_two_keys_of_one_name_the_first_counts(keys: Mapping[Algorithm, Key]) -> None:
    other = Key.generate("EdDSA", kid="ES256-key")

    assert read_jwks(document(keys["ES256"], other)) == [keys["ES256"].public()]


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[]", b"{}", b'{"keys": {}}', b"[" * 100_000, b"\xff", b'{"keys": [%s]}'],
)
def test_what_is_no_key_set_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_jwks(text % b",".join([b"{}"] * 101) if b"%s" in text else text)


# Fetched


class Issuer:
    """A service whose key set is fetched: counted, slow on demand, and broken on demand."""

    def __init__(self, *keys: Key) -> None:
        self.document = document(*keys)
        self.error: Exception | None = None
        self.fetched = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, url: str) -> bytes:
        assert url == URL
        self.fetched += 1
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return self.document


@pytest.fixture
async def issuer(keys: Mapping[Algorithm, Key]) -> Issuer:
    return Issuer(keys["EdDSA"])


@pytest.fixture
def remote(issuer: Issuer, clock: Callable[[], float]) -> RemoteKeySet:
    return RemoteKeySet(URL, fetch=issuer, clock=clock)


async def turn() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_tokens_of_the_issuer_are_accepted(
    keys: Mapping[Algorithm, Key], remote: RemoteKeySet, issuer: Issuer
) -> None:
    signer = JWTAuthenticator(keys["EdDSA"], issuer="blog", audience="readers")
    auth = JWTAuthenticator(remote, issuer="blog", audience="readers")
    token = signer.create_access_token({"user_id": 7})

    assert [(await auth.validate_token(token))["sub"] for _ in range(3)] == ["7"] * 3
    assert issuer.fetched == 1
    with pytest.raises(ConfigError, match="can sign"):
        auth.create_access_token({"user_id": 7})


async def test_100_tokens_at_once_fetch_once(remote: RemoteKeySet, issuer: Issuer) -> None:
    issuer.gate.clear()
    searches = [asyncio.create_task(remote.find(f"kid-{n % 3}")) for n in range(100)]
    await turn()
    searches[0].cancel()
    issuer.gate.set()

    found = await asyncio.gather(*searches[1:])

    assert found == [None] * 99
    assert issuer.fetched == 1


async def test_an_unknown_key_is_looked_for_every_30_seconds(
    remote: RemoteKeySet, issuer: Issuer, clock: Any, keys: Mapping[Algorithm, Key]
) -> None:
    assert await remote.find("ES256-key") is None
    issuer.document = document(keys["ES256"])

    clock.now += 29.9
    assert await remote.find("ES256-key") is None
    clock.now += 0.1
    assert await remote.find("ES256-key") == keys["ES256"].public()

    assert await remote.find("EdDSA-key") is None
    assert issuer.fetched == 2


async def test_a_key_that_was_taken_back_is_forgotten(
    remote: RemoteKeySet, issuer: Issuer, clock: Any, keys: Mapping[Algorithm, Key]
) -> None:
    await remote.find("EdDSA-key")
    issuer.document = document(keys["ES256"])
    clock.now += 299.9
    assert await remote.find("EdDSA-key")
    assert issuer.fetched == 1

    clock.now += 0.1
    assert await remote.find("EdDSA-key")  # and asks meanwhile
    await turn()

    assert await remote.find("EdDSA-key") is None
    assert issuer.fetched == 2


@pytest.mark.parametrize("error", [OSError("down"), ValueError("no set")])
async def test_while_the_issuer_does_not_answer_its_keys_stay_good_for_an_hour(
    remote: RemoteKeySet, issuer: Issuer, clock: Any, error: Exception
) -> None:
    await remote.find("EdDSA-key")
    issuer.error = error

    clock.now += 3599
    assert await remote.find("EdDSA-key")
    await turn()
    clock.now += 1
    with pytest.raises(StoreUnavailableError, match="cannot be fetched"):
        await remote.find("EdDSA-key")

    issuer.error = None
    clock.now += 30
    assert await remote.find("EdDSA-key")


async def test_an_issuer_that_never_answered_is_not_asked_at_every_token(
    remote: RemoteKeySet, issuer: Issuer
) -> None:
    issuer.error = OSError("down")

    for _ in range(3):
        with pytest.raises(StoreUnavailableError):
            await remote.find("EdDSA-key")

    assert issuer.fetched == 1


async def test_a_key_of_another_issuer_is_refused(
    remote: RemoteKeySet, keys: Mapping[Algorithm, Key]
) -> None:
    signer = JWTAuthenticator(keys["ES256"], issuer="blog", audience="readers")
    auth = JWTAuthenticator(remote, issuer="blog", audience="readers")

    with pytest.raises(AuthenticationException, match="names no key"):
        await auth.validate_token(signer.create_access_token({"user_id": 7}))


# Over the network


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        built.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        match self.path:
            case "/keys?a=b":
                self.answer(200, b"keys")
            case "/moved":
                self.send_response(302)
                self.send_header("Location", "/keys?a=b")
                self.end_headers()
            case "/large":
                self.answer(200, b"x" * (512 * 1024 + 1))
            case "/most":
                self.answer(200, b"x" * (512 * 1024))
            case "/slow":
                self.send_response(200)
                self.end_headers()
                while not self.server.stopped.wait(0.05):  # type: ignore[attr-defined]
                    self.wfile.write(b"x")
            case "/junk":
                self.wfile.write(b"junk\r\n\r\n")
            case _:
                self.answer(404, b"")

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    stopped = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # clients that go away are what is tested


@pytest.fixture(scope="module")
def site(certificate: Path) -> Iterator[str]:
    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    Server.stopped.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def trust(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


@pytest.mark.parametrize(("path", "size"), [("/keys?a=b", 4), ("/most", 512 * 1024)])
async def test_a_document_is_fetched(
    site: str, trust: ssl.SSLContext, path: str, size: int
) -> None:
    assert len(await https_fetch(context=trust)(site + path)) == size


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/moved", "status 302"),
        ("", "status 404"),
        ("/large", "over 524288 bytes"),
        ("/junk", "not HTTP"),
    ],
)
async def test_any_other_answer_is_refused(
    site: str, trust: ssl.SSLContext, path: str, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        await https_fetch(context=trust)(site + path)


async def test_a_slow_answer_is_given_up(site: str, trust: ssl.SSLContext) -> None:
    with pytest.raises(TimeoutError):
        await https_fetch(context=trust, timeout_seconds=0.2)(f"{site}/slow")


async def test_a_host_that_nobody_vouches_for_is_refused(site: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        await https_fetch()(f"{site}/keys?a=b")
