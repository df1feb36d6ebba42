"""Pages that load nothing from elsewhere and run under a strict policy."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest

from covet_openapi.pages import (
    CONTENT_SECURITY_POLICY,
    UnknownAssetError,
    asset,
    asset_names,
    content_security_policy,
    swagger_ui_page,
)


class Elements(HTMLParser):
    """The start tags of a page, and the text directly within scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inline = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in ("script", "style"):
            self.inline += data.strip()


@pytest.fixture
def page() -> Elements:
    return Elements(
        swagger_ui_page(title="Blog", openapi_url="openapi.json", assets_url="docs/assets/")
    )


def test_the_page_has_no_inline_script_or_style(page: Elements) -> None:
    assert page.inline == ""
    assert "style" not in {tag for tag, _ in page.found}
    for _, attributes in page.found:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_every_part_is_an_asset_under_any_root_path(page: Elements) -> None:
    parts = [
        attributes.get("src") or attributes.get("href") or ""
        for tag, attributes in page.found
        if tag in ("script", "link")
    ]

    assert {part.removeprefix("docs/assets/") for part in parts} == asset_names - {"reference.css"}
    assert {
        urljoin("https://example.org/root/docs", part).rpartition("/")[0] for part in parts
    } == {"https://example.org/root/docs/assets"}


def test_the_page_says_where_the_document_is(page: Elements) -> None:
    (start,) = [attributes for tag, attributes in page.found if tag == "div"]

    assert start["data-openapi-url"] == "openapi.json"


def test_what_the_page_is_told_cannot_become_markup() -> None:
    hostile = '"><script>alert(1)</script>'

    html = swagger_ui_page(title=hostile, openapi_url=hostile, assets_url=hostile, language=hostile)

    assert "<script>" not in html
    assert [tag for tag, _ in Elements(html).found].count("script") == 2


def test_the_policy_names_no_other_host_and_nothing_unsafe() -> None:
    directives = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))

    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"
    assert set(" ".join(directives.values()).split()) == {"'none'", "'self'", "data:"}


def test_the_policy_of_a_page_without_scripts_allows_none() -> None:
    policy = content_security_policy(runs_scripts=False)

    assert "script" not in policy
    assert "connect" not in policy
    assert policy.startswith("default-src 'none'; style-src 'self'; ")


def test_a_page_may_call_the_hosts_that_are_named() -> None:
    policy = content_security_policy(
        runs_scripts=True, connect_to=["https://api.example.com", "http://[::1]:8000"]
    )

    assert "connect-src 'self' https://api.example.com http://[::1]:8000;" in policy


@pytest.mark.parametrize(
    "origin", ["api.example.com", "https://a; script-src *", "https://a/b", "*"]
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match="is no origin"):
        content_security_policy(runs_scripts=True, connect_to=[origin])


def test_an_asset_has_its_media_type_and_a_strong_entity_tag() -> None:
    found = {name: asset(name) for name in asset_names}

    assert found["swagger-ui.css"].media_type == "text/css; charset=utf-8"
    assert found["swagger-ui-bundle.js"].media_type == "text/javascript; charset=utf-8"
    assert found["favicon-32x32.png"].media_type == "image/png"
    assert found["favicon-32x32.png"].content.startswith(b"\x89PNG")
    assert all(re.fullmatch(r'"[0-9a-f]{32}"', each.etag) for each in found.values())
    assert len({each.etag for each in found.values()}) == len(asset_names)


@pytest.mark.parametrize("name", ["", "swagger_ui/LICENSE", "../__init__.py", "LICENSE"])
def test_nothing_but_the_assets_is_read(name: str) -> None:
    with pytest.raises(UnknownAssetError) as caught:
        asset(name)

    assert caught.value.name == name


def test_the_script_asks_no_validator_and_keeps_no_credentials() -> None:
    script = asset("swagger-ui-init.js").content.decode()

    assert "validatorUrl: null" in script
    assert "persistAuthorization: false" in script
