from __future__ import annotations

from contextlib import suppress
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_validation._query import (
    MAX_FIELDS,
    FieldEncodingError,
    TooManyFieldsError,
    parse_fields,
)

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        pytest.param(b"", {}, id="nothing"),
        pytest.param(b"a=1&b=2", {"a": "1", "b": "2"}, id="two"),
        pytest.param(b"a=1&a=2", {"a": "2"}, id="last-value-wins"),
        pytest.param(b"a=&b", {"a": "", "b": ""}, id="blank-values-are-kept"),
        pytest.param(b"a=b=c", {"a": "b=c"}, id="only-the-first-equals-separates"),
        pytest.param(b"&&a=1&", {"a": "1"}, id="empty-pairs-are-skipped"),
        pytest.param(b"=1&a=2", {"a": "2"}, id="nameless-fields-are-dropped"),
        pytest.param(b"a=1;b=2", {"a": "1;b=2"}, id="semicolon-separates-nothing"),
        pytest.param(b"a=x+y", {"a": "x y"}, id="plus-is-a-space"),
        pytest.param(b"a=%2B%26%3D", {"a": "+&="}, id="escapes-are-decoded-after-splitting"),
        pytest.param(b"%61=1", {"a": "1"}, id="names-are-decoded"),
        pytest.param(b"a=%C3%A9", {"a": "é"}, id="utf-8"),
        pytest.param("a=é".encode(), {"a": "é"}, id="unescaped-utf-8"),
        pytest.param(b"a=%2541", {"a": "%41"}, id="decoded-once"),
        pytest.param(b"a=%F0%9F%92%A9", {"a": "\U0001f4a9"}, id="beyond-the-bmp"),
        pytest.param(b"a=%00", {"a": "\0"}, id="nul"),
    ],
)
def test_reads_fields(raw: bytes, fields: dict[str, str]) -> None:
    assert parse_fields(raw) == fields


def test_collects_all_values_of_the_names_that_are_lists() -> None:
    raw = b"tag=a&tag=b&tag=&x=1&x=2"

    assert parse_fields(raw, {"tag"}) == {"tag": ["a", "b", ""], "x": "2"}


def test_collects_escaped_values_of_lists() -> None:
    assert parse_fields(b"tag=a%20b&tag=c+d", {"tag"}) == {"tag": ["a b", "c d"]}


@pytest.mark.parametrize(
    "broken", [b"%", b"%4", b"%zz", b"%4g", b"%C3", b"%FF", b"\xff", b"%ED%A0%80"]
)
def test_names_the_field_that_is_not_percent_encoded_utf_8(broken: bytes) -> None:
    with pytest.raises(FieldEncodingError) as caught:
        parse_fields(b"good=1&bad=" + broken + b"&also=2")

    assert caught.value.names == ["bad"]
    assert caught.value.fields == {"good": "1", "also": "2"}


def test_does_not_repeat_a_broken_name() -> None:
    with pytest.raises(FieldEncodingError) as caught:
        parse_fields(b"%zz=1")

    assert caught.value.names == [""]


def test_takes_as_many_fields_as_allowed() -> None:
    raw = b"&".join(b"f%d=1" % number for number in range(MAX_FIELDS)).replace(b"%", b"")

    assert len(parse_fields(raw)) == MAX_FIELDS


def test_refuses_more_fields_than_allowed() -> None:
    with pytest.raises(TooManyFieldsError):
        parse_fields(b"a=1&" * MAX_FIELDS + b"a=1")


@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_reads_back_what_urlencode_writes(fields: dict[str, str]) -> None:
    assert parse_fields(urlencode(fields).encode()) == fields


@given(st.dictionaries(NAMES, st.lists(VALUES, min_size=1, max_size=3), max_size=4))
def test_reads_back_lists(fields: dict[str, list[str]]) -> None:
    raw = urlencode(fields, doseq=True).encode()

    assert parse_fields(raw, fields.keys()) == fields


@given(st.text("ab=&+%20Cé", max_size=30))
def test_agrees_with_the_standard_library_on_what_is_well_formed(text: str) -> None:
    raw = text.encode()
    expected = {name: value for name, value in parse_qsl(text, keep_blank_values=True) if name}

    try:
        found = parse_fields(raw)
    except FieldEncodingError:
        return

    assert found == expected


@given(st.binary(max_size=60))
def test_never_fails_otherwise(raw: bytes) -> None:
    with suppress(FieldEncodingError, TooManyFieldsError):
        assert "" not in parse_fields(raw, {"a"})
