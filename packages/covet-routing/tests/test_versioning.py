"""Versions: what they are, which one a request asks for, and what its answers say."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_routing import (
    APIVersion,
    FrozenRouterError,
    NoDefaultVersionError,
    TemplateError,
    UnknownVersion,
    VersionError,
    VersioningStrategy,
    VersionManager,
)

URL_PATH, HEADER, QUERY_PARAM, SUBDOMAIN = VersioningStrategy
GUIDE = "https://example.org/move"
GUIDE_LINK = f'<{GUIDE}>; rel="deprecation"; type="text/html"'
NAMES = ("v1", "v2", "v10")


def manager(strategy: VersioningStrategy, prefix: str = "", **options: Any) -> VersionManager:
    """Three versions: v1 is deprecated with a sunset, v2 is the default, v10 has nothing to say."""
    found = VersionManager(strategy, prefix, **options)
    found.register_version("v10")
    found.register_version("v2", is_default=True)
    found.register_version(
        "v1",
        deprecated=date(2026, 1, 1),
        sunset_date="2027-06-30",
        migration_guide_url=GUIDE,
    )
    return found


def chosen(found: APIVersion | UnknownVersion) -> str | int:
    """Return the name of a version, or the status of a refusal."""
    if isinstance(found, UnknownVersion):
        assert found.supported == NAMES
        assert found.detail == "This API has no such version. Use one of v1, v2, v10."
        return found.status_code
    return found.version


# --- What a request asks for ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("/v1/posts", "v1", id="known"),
        pytest.param("/v10/posts", "v10", id="longer"),
        pytest.param("/v1", "v1", id="alone"),
        pytest.param("/v3/posts", 404, id="unknown"),
        pytest.param("/v2.1/posts", 404, id="unknown-minor"),
        pytest.param("/V1/posts", 404, id="paths-mind-case"),
        pytest.param("/posts", "v2", id="missing"),
        pytest.param("/", "v2", id="root"),
        pytest.param("/1/posts", "v2", id="a-number-is-no-version-in-a-path"),
        pytest.param("/posts/v1", "v2", id="elsewhere"),
        pytest.param("/vegetables/v1", "v2", id="a-word-with-v"),
    ],
)
def test_a_path_names_its_version_first(path: str, expected: str | int) -> None:
    assert chosen(manager(URL_PATH).get_version_from_request(path)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/v1/posts", "v1"),
        ("/api/v3/posts", 404),
        ("/api/posts", "v2"),
        ("/v1/posts", "v2"),
        ("/v3/posts", "v2"),
        ("/apiv1/posts", "v2"),
        ("/api", "v2"),
    ],
)
def test_a_path_names_its_version_after_the_prefix_only(path: str, expected: str | int) -> None:
    assert chosen(manager(URL_PATH, "/api").get_version_from_request(path)) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        pytest.param("application/vnd.api.v1+json", "v1", id="vendor"),
        pytest.param("application/vnd.api.1+json", "v1", id="vendor-without-v"),
        pytest.param("application/vnd.acme.blog.v10", "v10", id="vendor-without-suffix"),
        pytest.param("Application/VND.API.V1+JSON", "v1", id="case"),
        pytest.param("application/json; version=1", "v1", id="parameter"),
        pytest.param('application/json;version="v1"', "v1", id="quoted-parameter"),
        pytest.param("application/json ; q=0.5 ; VERSION = v1", "v1", id="spaces"),
        pytest.param("*/*;version=10", "v10", id="any-type"),
        pytest.param("application/vnd.api.v3+json", 406, id="unknown-vendor-version"),
        pytest.param("application/json; version=3", 406, id="unknown-parameter"),
        pytest.param("application/json; version=latest", 406, id="no-version"),
        pytest.param("application/json; version=", "v2", id="empty-parameter"),
        pytest.param("application/json", "v2", id="missing"),
        pytest.param("*/*", "v2", id="anything"),
        pytest.param("", "v2", id="empty"),
        pytest.param("application/vnd.ms-excel.sheet.macroenabled.12", "v2", id="other-vendor"),
        pytest.param("application/vnd.oai.openapi+json", "v2", id="vendor-of-no-version"),
        pytest.param("application/json, application/vnd.api.v1+json", "v1", id="named-goes-first"),
        pytest.param("application/json, */*;version=1;q=0.9", "v2", id="weights-go-first"),
        pytest.param("application/vnd.api.v3+json, */*;q=0.1", "v2", id="anything-else-will-do"),
        pytest.param("a/b;version=3, a/b;version=10;q=0.1", "v10", id="second-choice"),
        pytest.param("a/b;version=1;q=0, a/b;version=10", "v10", id="refused-by-weight"),
        pytest.param("a/b;version=1;q=2, a/b;version=10", "v10", id="malformed-weight"),
        pytest.param("version=1, a/b;version=10", "v10", id="malformed-range"),
        pytest.param('a/b;x=",;version=1,", a/b;version=10', "v10", id="commas-in-quotes"),
        pytest.param('a/b;x="\\",a/b;version=1', "v1", id="a-quote-that-never-ends"),
        pytest.param("a/b;version=3" + ", a/b" * 100 + ";version=1", "v1", id="long"),
        pytest.param(f"application/vnd.{'1.' * 200}v1+json", "v2", id="longer-than-types-are"),
    ],
)
def test_an_accept_header_names_its_version(accept: str, expected: str | int) -> None:
    headers = {"accept": accept}

    assert chosen(manager(HEADER).get_version_from_request(headers=headers)) == expected


def test_without_an_accept_header_the_default_answers() -> None:
    assert chosen(manager(HEADER).get_version_from_request()) == "v2"


@pytest.mark.parametrize(
    ("query_string", "expected"),
    [
        pytest.param(b"version=v1", "v1", id="known"),
        pytest.param(b"version=1", "v1", id="without-v"),
        pytest.param(b"a=b&version=V10&c=d", "v10", id="among-others"),
        pytest.param(b"v%65rsion=%31", "v1", id="encoded"),
        pytest.param(b"version=1&version=1", "v1", id="said-twice"),
        pytest.param(b"version=1&version=2", 400, id="contradicting"),
        pytest.param(b"version=3", 400, id="unknown"),
        pytest.param(b"version=", 400, id="empty"),
        pytest.param(b"version=%FF", 400, id="no-text"),
        pytest.param(b"version=one", 400, id="a-word"),
        pytest.param(b"conversion=1", "v2", id="another-parameter"),
        pytest.param(b"q=%20", "v2", id="missing"),
        pytest.param(b"", "v2", id="nothing"),
    ],
)
def test_a_query_string_names_its_version(query_string: bytes, expected: str | int) -> None:
    found = manager(QUERY_PARAM).get_version_from_request(query_string=query_string)

    assert chosen(found) == expected


def test_the_query_parameter_may_have_another_name() -> None:
    found = manager(QUERY_PARAM, parameter="api-version")

    assert chosen(found.get_version_from_request(query_string=b"api-version=1&version=3")) == "v1"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        pytest.param("v1.api.example.com", "v1", id="known"),
        pytest.param("V1.example.com:8000", "v1", id="case-and-port"),
        pytest.param("v3.example.com", 404, id="unknown"),
        pytest.param("v2.1.example.com", "v2", id="the-first-label-counts"),
        pytest.param("api.example.com", "v2", id="missing"),
        pytest.param("1.example.com", "v2", id="a-number-is-no-version-in-a-host"),
        pytest.param("127.0.0.1:8000", "v2", id="ipv4"),
        pytest.param("[::1]:8000", "v2", id="ipv6"),
        pytest.param("localhost", "v2", id="localhost"),
        pytest.param("v3", "v2", id="a-name-of-one-label"),
        pytest.param(None, "v2", id="no-host"),
    ],
)
def test_a_host_names_its_version_first(host: str | None, expected: str | int) -> None:
    assert chosen(manager(SUBDOMAIN).get_version_from_request(host=host)) == expected


def test_versions_without_v_are_recognised_as_they_are_written() -> None:
    subdomain, path = VersionManager(SUBDOMAIN), VersionManager(URL_PATH)
    for each in (subdomain, path):
        each.register_version("1", is_default=True)
        each.register_version("2.1")

    assert subdomain.get_version_from_request(host="2.1.example.com") is subdomain.versions["2.1"]
    assert subdomain.get_version_from_request(host="9.example.com").__class__ is UnknownVersion
    assert subdomain.get_version_from_request(host="10.0.0.9") is subdomain.versions["1"]
    assert path.get_version_from_request("/2.1/x") is path.versions["2.1"]
    assert path.get_version_from_request("/9/x").__class__ is UnknownVersion


@given(st.text(max_size=60) | st.text(alphabet='avnd./;=",q01\\+ ', max_size=60))
def test_no_accept_header_is_an_error(accept: str) -> None:
    found = manager(HEADER).get_version_from_request(headers={"accept": accept})

    assert isinstance(found, APIVersion | UnknownVersion)


@given(st.sampled_from(NAMES), st.sampled_from(["", "v", "V"]))
def test_v_makes_no_difference_where_it_is_not_part_of_an_address(name: str, v: str) -> None:
    text = v + name[1:]

    for_query = manager(QUERY_PARAM).get_version_from_request(
        query_string=f"version={text}".encode()
    )
    for_header = manager(HEADER).get_version_from_request(
        headers={"accept": f"application/json;version={text}"}
    )

    assert chosen(for_query) == chosen(for_header) == name


# --- What an answer says --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "before", "after"),
    [
        pytest.param(APIVersion("v1"), {}, {}, id="current"),
        pytest.param(
            APIVersion("v1", deprecated=date(2026, 1, 1)),
            {},
            {"Deprecation": "@1767225600"},
            id="deprecated-since-a-date",
        ),
        pytest.param(
            APIVersion(
                "v1", deprecated=datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))
            ),
            {},
            {"Deprecation": "@1767225600"},
            id="deprecated-since-a-moment",
        ),
        pytest.param(APIVersion("v1", deprecated=True), {}, {}, id="deprecated-since-ever"),
        pytest.param(
            APIVersion("v1", deprecated=True, migration_guide_url=GUIDE),
            {},
            {"Link": GUIDE_LINK},
            id="deprecated-with-a-guide",
        ),
        pytest.param(APIVersion("v1", migration_guide_url=GUIDE), {}, {}, id="a-guide-for-later"),
        pytest.param(
            APIVersion("v1", sunset_date="2018-11-11T23:59:59Z"),
            {},
            {"Sunset": "Sun, 11 Nov 2018 23:59:59 GMT"},
            id="sunset-at-a-moment",
        ),
        pytest.param(
            APIVersion("v1", sunset_date=date(2027, 6, 30), migration_guide_url=GUIDE),
            {},
            {"Sunset": "Wed, 30 Jun 2027 00:00:00 GMT", "Link": GUIDE_LINK},
            id="sunset-with-a-guide",
        ),
        pytest.param(
            APIVersion("v1", deprecated=True, migration_guide_url=GUIDE),
            {"link": '</page/2>; rel="next"'},
            {"link": f'</page/2>; rel="next", {GUIDE_LINK}'},
            id="beside-another-link",
        ),
        pytest.param(
            APIVersion("v1", deprecated=True, migration_guide_url=GUIDE),
            {"Link": GUIDE_LINK},
            {"Link": GUIDE_LINK},
            id="said-already",
        ),
        pytest.param(
            APIVersion("v1", deprecated=date(1970, 1, 2), sunset_date="1970-01-02"),
            {"deprecation": "@1", "SUNSET": "never"},
            {"deprecation": "@86400", "SUNSET": "Fri, 02 Jan 1970 00:00:00 GMT"},
            id="in-place-of-what-was-there",
        ),
    ],
)
def test_an_answer_says_what_is_known_of_its_version(
    version: APIVersion, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    versions = VersionManager(URL_PATH)
    versions.register_version(version)
    headers = dict(before)

    versions.add_deprecation_headers(headers, version)

    assert headers == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"Vary": "Accept"}),
        ({"vary": "Origin"}, {"vary": "Origin, Accept"}),
        ({"Vary": "Origin, accept"}, {"Vary": "Origin, accept"}),
        ({"Vary": "*"}, {"Vary": "*"}),
        ({"Vary": ""}, {"Vary": "Accept"}),
    ],
)
def test_an_answer_varies_where_a_header_decides(
    before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    headers = dict(before)

    manager(HEADER).add_deprecation_headers(headers, "v2")

    assert headers == after


@pytest.mark.parametrize("strategy", [URL_PATH, QUERY_PARAM, SUBDOMAIN])
def test_an_answer_varies_by_nothing_that_the_url_says(strategy: VersioningStrategy) -> None:
    assert manager(strategy).vary is None
    assert manager(strategy).response_headers("v2") == ()


def test_asgi_headers_are_the_same() -> None:
    assert manager(HEADER).response_headers("1") == (
        (b"deprecation", b"@1767225600"),
        (b"sunset", b"Wed, 30 Jun 2027 00:00:00 GMT"),
        (b"link", GUIDE_LINK.encode()),
        (b"vary", b"Accept"),
    )


def test_headers_of_no_version_are_refused() -> None:
    with pytest.raises(VersionError) as caught:
        manager(HEADER).add_deprecation_headers({}, APIVersion("v3"))

    assert (caught.value.version, caught.value.reason) == ("v3", "is not registered")


# --- Which versions there are ---------------------------------------------------------------------


def test_versions_are_in_the_order_of_their_numbers() -> None:
    found = VersionManager()
    for name in ("v10", "v2", "v2.1", "2026-11-22"):
        found.register_version(name)

    assert list(found.versions) == ["v2", "v2.1", "v10", "2026-11-22"]
    assert found.default_version is None
    assert found.find("2.1") is found.find("v2.1") is found.versions["v2.1"]
    assert found.find("v3") is found.find("two") is None


def test_a_registered_version_is_returned() -> None:
    found = VersionManager()

    registered = found.register_version("v1", is_default=True, deprecated=True)

    assert registered == APIVersion("v1", is_default=True, deprecated=True)
    assert found.versions["v1"] is registered
    assert found.default_version == "v1"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"version": "latest"}, "has no place in the order"),
        ({"version": ""}, "has no place in the order"),
        ({"version": "v1\n"}, "has no place in the order"),
        (
            {"version": "v1", "deprecated": date(2026, 2, 1), "sunset_date": "2026-01-31"},
            "has its sunset, 2026-01-31, before its deprecation, 2026-02-01",
        ),
        ({"version": "v1", "sunset_date": "tomorrow"}, "which is no date"),
        ({"version": "v1", "deprecated": datetime(2026, 1, 1)}, "has no time zone"),
        ({"version": "v1", "sunset_date": "2026-01-01T00:00:00"}, "has no time zone"),
        ({"version": "v1", "migration_guide_url": "https://x/ y"}, "which is no URI"),
        ({"version": "v1", "migration_guide_url": "https://x/>;\r\nA: b"}, "which is no URI"),
    ],
)
def test_a_version_that_cannot_be_is_refused(options: dict[str, Any], reason: str) -> None:
    with pytest.raises(VersionError) as caught:
        VersionManager().register_version(**options)

    assert reason in caught.value.reason
    assert caught.value.version == options["version"]


@pytest.mark.parametrize("again", ["v1", "1", "V1", "v01"])
def test_a_version_is_registered_once(again: str) -> None:
    found = VersionManager()
    found.register_version("v1")

    with pytest.raises(VersionError, match="is there already, as 'v1'"):
        found.register_version(again)


def test_one_version_is_the_default() -> None:
    found = VersionManager()
    found.register_version("v1", is_default=True)

    with pytest.raises(VersionError, match="is a second default besides 'v1'"):
        found.register_version("v2", is_default=True)


@pytest.mark.parametrize("strategy", list(VersioningStrategy))
def test_without_a_default_a_request_must_name_a_version(strategy: VersioningStrategy) -> None:
    found = VersionManager(strategy)
    found.register_version("v1")

    with pytest.raises(NoDefaultVersionError, match="of v1 none is"):
        found.get_version_from_request("/posts")


def test_versions_are_fixed_once_routes_are_resolved() -> None:
    found = manager(URL_PATH)
    found.resolve([])

    with pytest.raises(FrozenRouterError, match="register API version 'v3'"):
        found.register_version("v3")


@pytest.mark.parametrize(
    ("strategy", "prefix"),
    [(URL_PATH, "api"), (URL_PATH, "/api/"), (URL_PATH, "/{tenant}"), (HEADER, "/api")],
)
def test_a_prefix_is_the_literal_beginning_of_paths(
    strategy: VersioningStrategy, prefix: str
) -> None:
    with pytest.raises(TemplateError):
        VersionManager(strategy, prefix)


def test_the_base_of_paths_is_known_where_they_have_one() -> None:
    assert manager(URL_PATH, "/api").base_path("v1") == "/api/v1"
    assert manager(URL_PATH, "/").base_path("v1") == "/v1"
    assert manager(HEADER).base_path("v1") == ""
