from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_validation._cookies import parse_cookies


@pytest.mark.parametrize(
    ("header", "cookies"),
    [
        pytest.param("a=1; b=2", {"a": ["1"], "b": ["2"]}, id="two"),
        pytest.param("a=1;b=2", {"a": ["1"], "b": ["2"]}, id="without-space"),
        pytest.param("a=1; a=2", {"a": ["1", "2"]}, id="the-most-specific-path-first"),
        pytest.param("a=x=y", {"a": ["x=y"]}, id="equals-in-the-value"),
        pytest.param('a="x y"', {"a": ["x y"]}, id="quoted"),
        pytest.param(r'a="say \"hi\""', {"a": ['say "hi"']}, id="escaped-quotes"),
        pytest.param(r'a="\054"', {"a": [","]}, id="octal-escape"),
        pytest.param('a="', {"a": ['"']}, id="a-lone-quote-is-a-value"),
        pytest.param("a=", {"a": [""]}, id="blank"),
        pytest.param("junk; =x; ; a=1;", {"a": ["1"]}, id="junk-is-skipped"),
        pytest.param("", {}, id="empty"),
    ],
)
def test_reads_cookies(header: str, cookies: dict[str, list[str]]) -> None:
    assert parse_cookies([header]) == cookies


def test_reads_several_headers_as_http_2_sends_them() -> None:
    assert parse_cookies(["a=1", "b=2; a=3"]) == {"a": ["1", "3"], "b": ["2"]}


@given(st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=12))
def test_reads_back_what_the_standard_library_writes(value: str) -> None:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar["name"] = value
    except ValueError:  # newer versions refuse control characters
        return

    header = jar.output(header="", attrs=[]).strip()

    assert parse_cookies([header]) == {"name": [value]}


@given(st.text(max_size=60))
def test_never_fails(header: str) -> None:
    assert all(name for name in parse_cookies([header]))
