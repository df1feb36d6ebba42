"""Keys: one algorithm each, none weak, none that shows."""

import copy
import pickle
from collections.abc import Mapping

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa

from covet_security import Algorithm, ConfigError, Key, KeySet, Secret

PAIRS: list[Algorithm] = ["RS256", "ES256", "EdDSA"]
SHARED: list[Algorithm] = ["HS256", "HS384", "HS512"]


def pem(private: object, *, password: bytes | None = None) -> bytes:
    encryption = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    return private.private_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
    )


@pytest.fixture(scope="module")
def small_rsa() -> bytes:
    return pem(rsa.generate_private_key(65537, 2048))


@pytest.mark.parametrize("alg", SHARED + PAIRS)
def test_a_generated_key_verifies_what_it_signed(
    keys: Mapping[Algorithm, Key], alg: Algorithm
) -> None:
    key = keys[alg]

    signature = key.sign(b"message")

    assert key.verify(b"message", signature)
    assert not key.verify(b"massage", signature)
    assert not key.verify(b"message", signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not key.verify(b"message", b"")


@pytest.mark.parametrize("alg", SHARED + PAIRS)
def test_a_stored_key_loads_again(keys: Mapping[Algorithm, Key], alg: Algorithm) -> None:
    key = keys[alg]

    loaded = Key(key.kid, alg, key.material.reveal())

    assert loaded == key
    assert loaded.verify(b"message", key.sign(b"message"))


def test_generated_keys_differ_in_name_and_material() -> None:
    one, other = Key.generate(), Key.generate()

    assert one.alg == "EdDSA"
    assert one.kid != other.kid
    assert one.material != other.material


@pytest.mark.parametrize("alg", PAIRS)
def test_the_public_half_verifies_and_cannot_sign(
    keys: Mapping[Algorithm, Key], alg: Algorithm
) -> None:
    public = keys[alg].public()

    assert public.kid == keys[alg].kid
    assert public.verify(b"message", keys[alg].sign(b"message"))
    assert not public.can_sign
    assert b"PRIVATE" not in public.material.reveal()
    with pytest.raises(ConfigError, match="cannot sign"):
        public.sign(b"message")


def test_the_public_half_of_a_public_key_is_the_same(keys: Mapping[Algorithm, Key]) -> None:
    public = keys["EdDSA"].public()

    assert public.public() == public


@pytest.mark.parametrize("alg", SHARED)
def test_a_shared_secret_has_no_public_half(keys: Mapping[Algorithm, Key], alg: Algorithm) -> None:
    with pytest.raises(ConfigError, match="no public half"):
        keys[alg].public()


@pytest.mark.parametrize(("alg", "minimum"), [("HS256", 32), ("HS384", 48), ("HS512", 64)])
def test_a_secret_is_as_long_as_its_hash(alg: Algorithm, minimum: int) -> None:
    with pytest.raises(ConfigError, match=f"{minimum - 1} bytes, and {alg} needs {minimum}"):
        Key("k", alg, "s" * (minimum - 1))

    assert Key("k", alg, "s" * minimum).can_sign


def test_the_length_of_a_secret_is_counted_in_bytes() -> None:
    assert Key("k", "HS256", "é" * 16).can_sign


def test_a_small_rsa_key_is_refused(small_rsa: bytes) -> None:
    with pytest.raises(ConfigError, match="RSA key of 2048 bits"):
        Key("k", "RS256", small_rsa)


@pytest.mark.parametrize(
    ("alg", "material"),
    [
        pytest.param("RS256", pem(ec.generate_private_key(ec.SECP256R1())), id="RS256-with-EC"),
        pytest.param("ES256", pem(ed25519.Ed25519PrivateKey.generate()), id="ES256-with-Ed25519"),
        pytest.param("ES256", pem(ec.generate_private_key(ec.SECP384R1())), id="ES256-with-P-384"),
        pytest.param("EdDSA", pem(ec.generate_private_key(ec.SECP256R1())), id="EdDSA-with-EC"),
        pytest.param("EdDSA", pem(ed448.Ed448PrivateKey.generate()), id="EdDSA-with-Ed448"),
        pytest.param("EdDSA", b"s" * 64, id="EdDSA-with-a-secret"),
        pytest.param("ES256", b"\xff\xfe", id="ES256-with-junk"),
        pytest.param(
            "EdDSA",
            pem(ed25519.Ed25519PrivateKey.generate(), password=b"pass"),
            id="EdDSA-encrypted",
        ),
    ],
)
def test_material_of_another_kind_is_refused_without_quoting_it(
    alg: Algorithm, material: bytes
) -> None:
    with pytest.raises(ConfigError, match=f"does not fit {alg}") as caught:
        Key("k", alg, material)

    assert repr(material)[2:-1] not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("alg", ["none", "hs256", "RS512", "", "ES256K"])
def test_other_algorithms_are_refused(alg: str) -> None:
    with pytest.raises(ConfigError, match="not supported"):
        Key("k", alg, "s" * 64)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="not supported"):
        Key.generate(alg)  # type: ignore[arg-type]


@pytest.mark.parametrize("kid", ["", "k" * 129])
def test_a_kid_has_1_to_128_characters(kid: str) -> None:
    with pytest.raises(ConfigError, match="Use 1 to 128"):
        Key(kid, "HS256", "s" * 32)


@pytest.mark.parametrize("alg", SHARED + PAIRS)
def test_material_never_shows(keys: Mapping[Algorithm, Key], alg: Algorithm) -> None:
    key = keys[alg]
    middle = key.material.reveal().decode().split("\n")[0 if alg in SHARED else 1]

    for text in (repr(key), str(key), f"{key}", repr(KeySet([key])), repr(vars(type(key)))):
        assert middle not in text


def test_a_key_is_neither_pickled_nor_changed(hs_key: Key) -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(hs_key)
    with pytest.raises(TypeError, match="not pickled"):
        copy.deepcopy(hs_key)
    with pytest.raises(AttributeError):
        hs_key.alg = "HS512"  # type: ignore[misc]


def test_a_secret_can_be_given_as_one() -> None:
    secret = Secret("s" * 32)

    assert Key("k", "HS256", secret).material is secret


def test_a_set_finds_keys_by_kid_and_signs_with_the_first() -> None:
    new, old = Key("new", "HS256", "n" * 32), Key("old", "HS256", "o" * 32)

    held = KeySet([new, old])

    assert held.get("old") is old
    assert held.get("older") is None
    assert held.signing_key is new
    assert list(held) == [new, old]
    assert len(held) == 2


def test_a_set_signs_with_the_key_that_it_is_told() -> None:
    new, old = Key("new", "HS256", "n" * 32), Key("old", "HS256", "o" * 32)

    assert KeySet([new, old], signing_kid="old").signing_key is old


def test_a_set_passes_over_public_keys_to_sign(keys: Mapping[Algorithm, Key]) -> None:
    public, private = keys["ES256"].public(), keys["EdDSA"]

    assert KeySet([public, private]).signing_key is private
    assert KeySet([public]).signing_key is None


@pytest.mark.parametrize("kid", ["ES256-key", "unknown"])
def test_a_set_cannot_sign_with_a_public_or_unknown_key(
    keys: Mapping[Algorithm, Key], kid: str
) -> None:
    with pytest.raises(ConfigError, match="These can: 'EdDSA-key'"):
        KeySet([keys["ES256"].public(), keys["EdDSA"]], signing_kid=kid)
    with pytest.raises(ConfigError, match="These can: none"):
        KeySet([keys["ES256"].public()], signing_kid=kid)


def test_a_set_is_not_empty() -> None:
    with pytest.raises(ConfigError, match="needs a key"):
        KeySet([])


def test_a_set_has_one_key_of_a_name(hs_key: Key) -> None:
    with pytest.raises(ConfigError, match="Two keys are called 'HS256-key'"):
        KeySet([hs_key, hs_key])


def test_shared_secrets_and_key_pairs_do_not_mix(keys: Mapping[Algorithm, Key]) -> None:
    with pytest.raises(ConfigError, match="beside key pairs"):
        KeySet([keys["EdDSA"], keys["HS256"]])
