from __future__ import annotations

import pytest

from covet_validation._media_type import JSON_TYPES, is_json, matches, media_type


@pytest.mark.parametrize(
    ("value", "essence"),
    [
        pytest.param(b"application/json", "application/json", id="plain"),
        pytest.param(b"Application/JSON", "application/json", id="case"),
        pytest.param(b"application/json; charset=UTF-8", "application/json", id="utf-8"),
        pytest.param(b'application/json;charset="utf-8"', "application/json", id="quoted"),
        pytest.param(b"application/json; charset=utf-16", None, id="other-charset"),
        pytest.param(b"application/json; charset=utf-8; charset=x", None, id="two-charsets"),
        pytest.param(b"application/json; profile=x", "application/json", id="other-parameter"),
        pytest.param(b"json", None, id="no-slash"),
        pytest.param(b"/json", None, id="no-type"),
        pytest.param(b"application/", None, id="no-subtype"),
        pytest.param(b"application/js on", None, id="space-inside"),
        pytest.param(b"application/json, text/plain", None, id="two-types-in-one"),
        pytest.param(b"application/json\xff", None, id="no-token"),
        pytest.param(b"", None, id="empty"),
    ],
)
def test_reads_the_essence(value: bytes, essence: str | None) -> None:
    assert media_type([(b"content-type", value)]) == essence


def test_takes_no_header_for_no_media_type() -> None:
    assert media_type([(b"accept", b"application/json")]) is None


def test_takes_contradicting_headers_for_no_media_type() -> None:
    headers = [(b"content-type", b"application/json"), (b"content-type", b"text/plain")]

    assert media_type(headers) is None


@pytest.mark.parametrize(
    ("essence", "is_supported"),
    [
        ("application/json", True),
        ("application/problem+json", True),
        ("application/vnd.api+json", True),
        ("application/+json", False),
        ("application/jsonp", False),
        ("text/json", False),
        ("image/svg+json", False),
        ("text/plain", False),
        (None, False),
    ],
)
def test_supports_json_and_what_ends_in_it(essence: str | None, is_supported: bool) -> None:
    assert matches(essence, JSON_TYPES) is is_supported


def test_supports_anything_where_asked_for() -> None:
    assert matches(None, ["*/*"])


@pytest.mark.parametrize(
    ("essence", "expected"),
    [("application/json", True), ("application/a+json", True), ("text/plain", False)],
)
def test_knows_json(essence: str, expected: bool) -> None:
    assert is_json(essence) is expected
