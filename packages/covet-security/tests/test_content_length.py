"""Content-Length: once, in digits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covet_security import ContentLengthError, parse_content_length

HOST = (b"host", b"blog")


@given(length=st.integers(0, 2**64 - 1))
@settings(deadline=None, max_examples=50)
def test_a_length_is_read(length: int) -> None:
    assert parse_content_length([HOST, (b"content-length", str(length).encode())]) == length


def test_without_the_header_there_is_no_length() -> None:
    assert parse_content_length([HOST]) is None
    assert parse_content_length([]) is None


def test_the_same_length_may_be_said_twice() -> None:
    assert parse_content_length([(b"content-length", b"5"), HOST, (b"content-length", b"5")]) == 5


def test_leading_zeros_are_digits() -> None:
    assert parse_content_length([(b"content-length", b"005")]) == 5


@pytest.mark.parametrize("values", [(b"5", b"6"), (b"5", b"05"), (b"5", b""), (b"5", b"x")])
def test_lengths_that_differ_are_refused(values: tuple[bytes, ...]) -> None:
    with pytest.raises(ContentLengthError) as caught:
        parse_content_length([(b"content-length", value) for value in values])

    assert caught.value.values == values
    assert caught.value.status_code == 400


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b" ",
        b"-1",
        b"+5",
        b" 5",
        b"5 ",
        b"5\n",
        b"5, 5",
        b"0x10",
        b"1e3",
        b"5.0",
        b"1_000",
        b"\xb2",
        "\u0665".encode(),
        b"9" * 21,
        b"9" * 10_000,
    ],
)
def test_junk_is_refused(value: bytes) -> None:
    with pytest.raises(ContentLengthError) as caught:
        parse_content_length([(b"content-length", value)])

    assert caught.value.values == (value,)


@given(value=st.binary(max_size=24))
@settings(deadline=None, max_examples=150)
def test_any_value_is_digits_or_refused(value: bytes) -> None:
    try:
        length = parse_content_length([(b"content-length", value)])
    except ContentLengthError:
        return

    assert set(value) <= set(b"0123456789")
    assert length == int(value)
