"""The Authorization header: one scheme, spaces, one token, or nothing."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covet_security import AuthenticationException, bearer_token

TOKENS = st.from_regex(r"[A-Za-z0-9\-._~+/]+=*", fullmatch=True)


@given(
    token=TOKENS,
    scheme=st.sampled_from(["Bearer", "bearer", "BEARER", "bEaReR"]),
    spaces=st.integers(1, 3),
)
@settings(deadline=None, max_examples=60)
def test_a_token_is_read_whatever_the_case_of_the_scheme(
    token: str, scheme: str, spaces: int
) -> None:
    value = f"{scheme}{' ' * spaces}{token}"

    assert bearer_token(value) == token
    assert bearer_token(value.encode()) == token


@pytest.mark.parametrize(
    "value", [None, "Basic YTpi", b"Digest a=b", "Basic", "Bearers x", "Bearerx", "ApiKey a b"]
)
def test_without_bearer_credentials_there_is_no_token(value: str | bytes | None) -> None:
    assert bearer_token(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "Bearer",
        "Bearer ",
        " Bearer x",
        "Bearer x ",
        "Bearer\tx",
        "Bearer x y",
        "Bearer x,y",
        "Bearer x, Bearer y",
        "Bearer x\n",
        "Bearer x\r\nX-Evil: 1",
        "Bearer =",
        "Bearer x=y",
        'Bearer "x"',
        "Bearer é",
        "Bearer \u212a",
        "Bearer=x",
        "bearer:x",
        b"Bearer \xff",
        b"\xff",
        "(Basic) x",
    ],
)
def test_a_malformed_value_is_refused(value: str | bytes) -> None:
    with pytest.raises(AuthenticationException) as caught:
        bearer_token(value, realm="blog")

    assert caught.value.challenge == (
        'Bearer realm="blog", error="invalid_token", error_description="invalid"'
    )


@given(
    value=st.one_of(st.text(max_size=40), st.binary(max_size=40), st.text().map("Bearer ".__add__))
)
@settings(deadline=None, max_examples=200)
def test_any_value_is_a_token_or_none_or_refused(value: str | bytes) -> None:
    try:
        token = bearer_token(value)
    except AuthenticationException:
        return

    assert token is None or set(token) <= set(string.ascii_letters + string.digits + "-._~+/=")
