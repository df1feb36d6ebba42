"""A token is three segments, each spelled in the one way there is."""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covet_security import AuthenticationException, JWTAuthenticator, Key

BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

AUTH = JWTAuthenticator(Key.generate("HS256"), issuer="i", audience="a")
TOKEN = AUTH.create_access_token({"user_id": 7})
PAIR_AUTH = JWTAuthenticator(Key.generate("EdDSA"), issuer="i", audience="a")
PAIR_TOKEN = PAIR_AUTH.create_access_token({"user_id": 7})


def is_refused(auth: JWTAuthenticator, token: str) -> bool:
    try:
        asyncio.run(auth.validate_token(token))
    except AuthenticationException:
        return True
    return False


@pytest.mark.parametrize(
    ("auth", "token"),
    [pytest.param(AUTH, TOKEN, id="HS256"), pytest.param(PAIR_AUTH, PAIR_TOKEN, id="EdDSA")],
)
def test_a_bit_flipped_anywhere_is_refused(auth: JWTAuthenticator, token: str) -> None:
    async def accepted() -> list[str]:
        survivors = []
        for position, character in enumerate(token):
            for bit in range(8):
                tampered = token[:position] + chr(ord(character) ^ 1 << bit) + token[position + 1 :]
                try:
                    await auth.validate_token(tampered)
                except AuthenticationException:
                    continue
                survivors.append(tampered)
        return survivors

    assert asyncio.run(accepted()) == []


@given(data=st.data())
@settings(deadline=None, max_examples=150)
def test_any_edit_is_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TOKEN)))
    end = data.draw(st.integers(start, min(start + 4, len(TOKEN))))
    inserted = data.draw(st.one_of(st.text(BASE64URL + ".=", max_size=4), st.text(max_size=3)))
    edited = TOKEN[:start] + inserted + TOKEN[end:]

    assert edited == TOKEN or is_refused(AUTH, edited)


@given(
    token=st.one_of(
        st.text(),
        st.lists(st.text(BASE64URL), max_size=6).map(".".join),
        st.lists(st.binary(max_size=30).map(urlsafe_b64encode).map(bytes.decode), max_size=4).map(
            ".".join
        ),
    )
)
@settings(deadline=None, max_examples=200)
def test_any_text_is_refused_and_nothing_else_happens(token: str) -> None:
    assert is_refused(AUTH, token)


def test_every_last_character_of_the_signature_but_one_is_refused() -> None:
    spellings = [TOKEN[:-1] + character for character in BASE64URL]

    assert [spelling for spelling in spellings if not is_refused(AUTH, spelling)] == [TOKEN]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda token: token + "=", id="padded"),
        pytest.param(lambda token: token + "\n", id="newline"),
        pytest.param(lambda token: " " + token, id="space"),
        pytest.param(lambda token: token.rsplit(".", 1)[0] + ".", id="no-signature"),
        pytest.param(lambda token: token.rsplit(".", 1)[0], id="two-segments"),
        pytest.param(lambda token: token + "." + token.split(".")[2], id="four-segments"),
        pytest.param(lambda token: token + ".a.b", id="five-segments-as-JWE"),
        pytest.param(lambda token: "." + token.split(".", 1)[1], id="no-header"),
        pytest.param(lambda token: "A" + token, id="impossible-length"),
        pytest.param(lambda token: token.replace("e", "\uff45", 1), id="full-width-letter"),
        pytest.param(lambda token: token + "A" * 8192, id="long"),
        pytest.param(lambda token: "", id="empty"),
    ],
)
def test_another_shape_is_refused(change: Callable[[str], str]) -> None:
    assert is_refused(AUTH, change(TOKEN))


def test_a_long_token_is_refused_before_it_is_looked_at(refusal: Callable[[str], str]) -> None:
    assert refusal("?" * 8193) == "The token has 8193 bytes, over 8192."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"\xff\xfe", id="no-utf8"),
        pytest.param('{"alg": "HS256"}'.encode("utf-16"), id="utf-16"),
        pytest.param(b'\xef\xbb\xbf{"alg": "HS256"}', id="byte-order-mark"),
        pytest.param(b'{"alg": "HS256", "alg": "none"}', id="repeated-member"),
        pytest.param(b'{"x": {"alg": 1, "alg": 2}}', id="repeated-member-inside"),
        pytest.param(b'{"x": NaN}', id="nan"),
        pytest.param(b'{"x": -Infinity}', id="infinity"),
        pytest.param(b"{} {}", id="two-values"),
        pytest.param(b"[" * 5000, id="deep"),
        pytest.param(b'{"x": ' + b"9" * 5000 + b"}", id="long-number"),
    ],
)
@pytest.mark.parametrize("segment", ["raw_header", "payload"])
def test_a_segment_has_one_meaning_as_json(
    refusal: Callable[[str], str], forge: Callable[..., str], segment: str, text: bytes
) -> None:
    reason = refusal(forge(**{segment: text or b" "}))

    assert reason == "A segment of the token is not JSON that has one meaning."


@pytest.mark.parametrize("text", [b"[]", b'"at+jwt"', b"null", b"7"])
@pytest.mark.parametrize("segment", ["raw_header", "payload"])
def test_a_segment_is_a_json_object(
    refusal: Callable[[str], str], forge: Callable[..., str], segment: str, text: bytes
) -> None:
    assert refusal(forge(**{segment: text})) == "A segment of the token is not a JSON object."


@given(
    claims=st.dictionaries(
        st.text(max_size=8).filter(
            lambda name: (
                name
                not in {"iss", "aud", "iat", "exp", "jti", "sub", "user_id", "nbf"}
                | {"scope", "client_id", "sid"}
            )
        ),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
            ),
            max_leaves=5,
        ),
        max_size=4,
    )
)
@settings(deadline=None, max_examples=60)
def test_what_goes_into_a_token_comes_out(claims: dict[str, Any]) -> None:
    token = AUTH.create_access_token({"user_id": 7, **claims})

    assert claims.items() <= dict(asyncio.run(AUTH.validate_token(token))).items()
