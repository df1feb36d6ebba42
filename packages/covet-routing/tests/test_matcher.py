"""The matcher by example; `test_matcher_properties` holds it to an oracle."""

import sys
from collections.abc import Sequence

import pytest

from covet_routing import (
    Converter,
    Entry,
    Matcher,
    MethodNotAllowed,
    Mount,
    MountMatch,
    NotFound,
    Redirect,
    TrailingSlash,
    parse_template,
    register_converter,
)


def table(*templates: str, trailing_slash: TrailingSlash = "strict") -> Matcher[str]:
    """Return a matcher of GET routes, each with its template as payload."""
    return Matcher(
        [
            Entry(parse_template(text), ("GET",), text, trailing_slash=trailing_slash)
            for text in templates
        ]
    )


@pytest.mark.parametrize(
    ("templates", "path", "winner", "params"),
    [
        pytest.param(["/{x}", "/a"], "/a", "/a", {}, id="static-beats-parameter"),
        pytest.param(["/{x}", "/a{x}"], "/ab", "/a{x}", {"x": "b"}, id="mixed-beats-untyped"),
        pytest.param(["/{x:int}", "/{x}1"], "/21", "/{x}1", {"x": "2"}, id="mixed-beats-typed"),
        pytest.param(["/{x}", "/{x:int}"], "/7", "/{x:int}", {"x": 7}, id="typed-beats-untyped"),
        pytest.param(["/{p:path}", "/{x}"], "/a", "/{x}", {"x": "a"}, id="untyped-beats-path"),
        pytest.param(["/{x:float}", "/{x:int}"], "/7", "/{x:int}", {"x": 7}, id="int-beats-float"),
        pytest.param(
            ["/a/{x}/b", "/a/static/c"], "/a/static/b", "/a/{x}/b", {"x": "static"},
            id="backtracks-from-static",
        ),
        pytest.param(
            ["/{x:int}/a", "/{x}/b"], "/7/b", "/{x}/b", {"x": "7"}, id="backtracks-from-typed"
        ),
        pytest.param(
            ["/{p:path}", "/{p:path}/edit"], "/a/b/edit", "/{p:path}/edit", {"p": "a/b"},
            id="longer-rest-beats-bare-path",
        ),
        pytest.param(
            ["/f/{p:path}/e/{x}"], "/f/e/e/e", "/f/{p:path}/e/{x}", {"p": "e", "x": "e"},
            id="path-leaves-the-rest-what-it-needs",
        ),
        pytest.param(["/f/{p:path}"], "/f/", "/f/{p:path}", {"p": ""}, id="path-may-be-empty"),
        pytest.param(
            ["/{name}.{ext}"], "/a.tar.gz", "/{name}.{ext}", {"name": "a.tar", "ext": "gz"},
            id="first-parameter-takes-most",
        ),
        pytest.param(
            ["/{a:int}-{b}"], "/1-2-3", "/{a:int}-{b}", {"a": 1, "b": "2-3"},
            id="typed-parameter-takes-what-converts",
        ),
        pytest.param(["/@{user}"], "/@ada", "/@{user}", {"user": "ada"}, id="literal-prefix"),
        pytest.param(
            ["/{a}.{b}", "/{a}.{b}.{c}"], "/1.2.3", "/{a}.{b}.{c}", {"a": "1", "b": "2", "c": "3"},
            id="more-literal-text-wins",
        ),
        pytest.param(
            ["/{x}-{y}", "/{x:int}-{y}"], "/1-a", "/{x:int}-{y}", {"x": 1, "y": "a"},
            id="more-types-win",
        ),
        pytest.param(
            ["/{a}/{b}/{c}"], "/1/2/3", "/{a}/{b}/{c}", {"a": "1", "b": "2", "c": "3"},
            id="three-parameters",
        ),
        pytest.param(
            ["/{a}/{b}/{c}/{d}"], "/1/2/3/4", "/{a}/{b}/{c}/{d}",
            {"a": "1", "b": "2", "c": "3", "d": "4"}, id="four-parameters",
        ),
    ],
)  # fmt: skip
def test_the_most_specific_route_wins(
    templates: Sequence[str], path: str, winner: str, params: dict[str, object]
) -> None:
    outcomes = [
        table(*templates).match("GET", path),
        table(*reversed(templates)).match("GET", path),
    ]

    assert outcomes == [(winner, params)] * 2


@pytest.mark.parametrize(
    ("template", "path"),
    [
        pytest.param("/a.b", "/axb", id="dot-is-literal"),
        pytest.param("/a+", "/aa", id="plus-is-literal"),
        pytest.param("/a$", "/a", id="dollar-is-literal"),
        pytest.param("/(a)", "/a", id="group-is-literal"),
        pytest.param("/{x}.json", "/axjson", id="dot-beside-a-parameter-is-literal"),
        pytest.param("/users/{id:int}", "/users/{id:int}", id="template-text"),
        pytest.param("/a", "/A", id="case-matters"),
        pytest.param("/{x}", "/", id="parameter-is-not-empty"),
        pytest.param("/{x}/b", "//b", id="inner-parameter-is-not-empty"),
        pytest.param("/{x}.{y}", "/.b", id="mixed-parameter-is-not-empty"),
        pytest.param("/@{user}", "/@", id="parameter-after-literal-is-not-empty"),
        pytest.param("/ab{x}ba", "/aba", id="literals-do-not-overlap"),
        pytest.param("/a/b", "/a%2Fb", id="escaped-slash-does-not-split"),
        pytest.param("/f/{p:path}", "/f", id="path-needs-its-slash"),
        pytest.param("/a", "a", id="no-leading-slash"),
        pytest.param("/", "", id="empty-path"),
        pytest.param("/", "*", id="asterisk-form"),
        pytest.param("/{x}", "/%FF", id="not-utf-8"),
        pytest.param("/{x}", "/%C3", id="cut-utf-8"),
        pytest.param("/{x}", "/%ED%A0%80", id="surrogate"),
    ],
)
def test_what_does_not_match_is_not_found(template: str, path: str) -> None:
    assert table(template).match("GET", path) == NotFound()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("/caf%C3%A9", "café", id="utf-8"),
        pytest.param("/café", "café", id="raw-unicode"),
        pytest.param("/a%2Fb", "a/b", id="slash"),
        pytest.param("/%2541", "%41", id="once"),
        pytest.param("/100%", "100%", id="lone-percent"),
        pytest.param("/%zz", "%zz", id="not-hexadecimal"),
        pytest.param("/a+b", "a+b", id="plus-is-no-space"),
        pytest.param("/%00", "\0", id="nul"),
        pytest.param("/{x}", "{x}", id="template-text"),
    ],
)
def test_escapes_are_decoded_once_after_splitting(path: str, value: str) -> None:
    assert table("/{x}").match("GET", path) == ("/{x}", {"x": value})


@pytest.mark.parametrize("path", ["/caf%C3%A9", "/caf%c3%a9", "/café"])
def test_a_literal_matches_however_it_is_escaped(path: str) -> None:
    assert table("/café").match("GET", path) == ("/café", {})


def test_a_literal_percent_is_text() -> None:
    matcher = table("/100%25")

    assert matcher.match("GET", "/100%2525") == ("/100%25", {})
    assert matcher.match("GET", "/100%25") == NotFound()


def test_each_match_has_a_dictionary_of_its_own() -> None:
    matcher = table("/a")

    matcher.match("GET", "/a")[1]["x"] = 1  # type: ignore[index]

    assert matcher.match("GET", "/a") == ("/a", {})


# --- Methods --------------------------------------------------------------------------------------


def methods(*rows: tuple[str, str]) -> Matcher[str]:
    return Matcher([Entry(parse_template(text), (verb,), f"{verb} {text}") for verb, text in rows])


def test_head_is_answered_by_get() -> None:
    assert methods(("GET", "/a")).match("HEAD", "/a") == ("GET /a", {})


def test_a_head_route_of_its_own_wins() -> None:
    matcher = methods(("GET", "/a"), ("HEAD", "/a"))

    assert matcher.match("HEAD", "/a") == ("HEAD /a", {})


def test_an_options_route_of_its_own_wins() -> None:
    matcher = methods(("GET", "/a"), ("OPTIONS", "/a"))

    assert matcher.match("OPTIONS", "/a") == ("OPTIONS /a", {})


def test_options_without_a_route_is_the_allowed_set() -> None:
    outcome = methods(("GET", "/a"), ("POST", "/a")).match("OPTIONS", "/a")

    assert outcome == MethodNotAllowed(("GET", "HEAD", "OPTIONS", "POST"))


def test_allowed_is_the_union_of_all_routes_that_have_the_path() -> None:
    matcher = methods(("GET", "/a"), ("PUT", "/{x}"), ("DELETE", "/{p:path}"), ("POST", "/b"))

    assert matcher.match("PATCH", "/a") == MethodNotAllowed(
        ("DELETE", "GET", "HEAD", "OPTIONS", "PUT")
    )


def test_a_less_specific_route_answers_a_method_that_the_more_specific_lacks() -> None:
    matcher = methods(("GET", "/a"), ("POST", "/{x}"))

    assert matcher.match("POST", "/a") == ("POST /{x}", {"x": "a"})


def test_methods_are_case_sensitive() -> None:
    assert methods(("GET", "/a")).match("get", "/a") == MethodNotAllowed(("GET", "HEAD", "OPTIONS"))


def test_routes_of_one_path_keep_their_own_parameter_names() -> None:
    matcher = methods(("GET", "/{x}"), ("POST", "/{y}"))

    assert matcher.match("GET", "/1") == ("GET /{x}", {"x": "1"})
    assert matcher.match("POST", "/1") == ("POST /{y}", {"y": "1"})


# --- Trailing slashes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "template", "path", "outcome"),
    [
        ("strict", "/a", "/a/", NotFound()),
        ("strict", "/a/", "/a", NotFound()),
        ("redirect", "/a", "/a/", Redirect("/a")),
        ("redirect", "/a/", "/a", Redirect("/a/")),
        ("redirect", "/{x}", "/caf%C3%A9/", Redirect("/caf%C3%A9")),
        ("redirect", "/{x}", "/café/", Redirect("/caf%C3%A9")),
        ("redirect", "/{x:int}", "/x/", NotFound()),
        ("ignore", "/a", "/a/", ("/a", {})),
        ("ignore", "/{x}/", "/1", ("/{x}/", {"x": "1"})),
        ("ignore", "/", "/", ("/", {})),
        ("ignore", "/", "//", NotFound()),
    ],
)
def test_the_other_trailing_slash_follows_the_policy(
    policy: TrailingSlash, template: str, path: str, outcome: object
) -> None:
    assert table(template, trailing_slash=policy).match("GET", path) == outcome


def test_only_methods_that_the_route_has_are_redirected() -> None:
    matcher = table("/a", trailing_slash="redirect")

    assert matcher.match("POST", "/a/") == MethodNotAllowed(("GET", "HEAD", "OPTIONS"))


def test_a_route_written_that_way_beats_a_policy() -> None:
    matcher = Matcher(
        [
            Entry(parse_template("/a"), ("GET",), "policy", trailing_slash="ignore"),
            Entry(parse_template("/a/"), ("GET",), "written"),
        ]
    )

    assert matcher.match("GET", "/a/") == ("written", {})


@pytest.mark.parametrize("path", ["//evil.example/edit", "//evil.example/x/edit"])
def test_a_redirect_never_names_another_host(path: str) -> None:
    matcher = table("/{p:path}/edit/", trailing_slash="redirect")

    assert matcher.match("GET", path) == NotFound()


@pytest.mark.parametrize(
    ("path", "location"),
    [("/\\evil.example/", "/%5Cevil.example"), ("/a\r\nSet-Cookie: x/", "/a%0D%0ASet-Cookie:%20x")],
)
def test_a_redirect_is_safe_in_a_header(path: str, location: str) -> None:
    matcher = table("/{x}", trailing_slash="redirect")

    assert matcher.match("GET", path) == Redirect(location)


# --- Mounts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "prefix", "rest"),
    [
        ("/files", "/files", "/"),
        ("/files/", "/files", "/"),
        ("/files/a%2Fb/c", "/files", "/a%2Fb/c"),
        ("/f%69les/a", "/files", "/a"),
        ("/files/deep/x", "/files/deep", "/x"),
    ],
)
def test_a_mount_gets_the_rest_of_the_path_undecoded(path: str, prefix: str, rest: str) -> None:
    matcher: Matcher[str] = Matcher([], [Mount("/files", "files"), Mount("/files/deep", "files")])

    assert matcher.match("PROPFIND", path) == MountMatch("files", prefix, rest)


def test_a_mount_ends_at_a_segment() -> None:
    matcher: Matcher[str] = Matcher([], [Mount("/files", "app")])

    assert matcher.match("GET", "/filesystem") == NotFound()


def test_routes_beat_a_mount_around_them() -> None:
    matcher = Matcher(
        [Entry(parse_template("/files/{x}"), ("GET",), "route")], [Mount("/files", "app")]
    )

    assert matcher.match("GET", "/files/a") == ("route", {"x": "a"})
    assert matcher.match("POST", "/files/a") == MountMatch("app", "/files", "/a")
    assert matcher.match("GET", "/files/a/b") == MountMatch("app", "/files", "/a/b")


def test_a_mount_at_the_root_takes_what_nothing_else_does() -> None:
    matcher = Matcher([Entry(parse_template("/a"), ("GET",), "route")], [Mount("", "app")])

    assert matcher.match("GET", "/a") == ("route", {})
    assert matcher.match("GET", "/") == MountMatch("app", "", "/")
    assert matcher.match("GET", "/b/c") == MountMatch("app", "", "/b/c")


# --- Hosts and headers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "payload"),
    [
        ("api.example.com", "exact"),
        ("API.Example.COM:8443", "exact"),
        ("api.example.com.", "exact"),
        ("v2.api.example.com", "near"),
        ("www.example.com", "far"),
        ("example.com", "any"),
        ("evil-example.com", "any"),
        ("[::1]:8000", "six"),
        ("[::1]", "six"),
        ("", "any"),
        (None, "any"),
    ],
)
def test_the_most_specific_host_wins(host: str | None, payload: str) -> None:
    template = parse_template("/{x}")
    hosts = {
        "any": None, "far": "*.example.com", "near": "*.api.example.com",
        "exact": "api.example.com", "six": "[::1]",
    }  # fmt: skip
    matcher = Matcher([Entry(template, ("GET",), name, to) for name, to in hosts.items()])

    assert matcher.match_request("GET", "/a", host, {}) == (payload, {"x": "a"})


def test_a_host_that_lacks_the_path_leaves_it_to_routes_for_every_host() -> None:
    matcher = Matcher(
        [
            Entry(parse_template("/a"), ("GET",), "host", "a.example"),
            Entry(parse_template("/b"), ("GET",), "any"),
            Entry(parse_template("/a"), ("PUT",), "any"),
        ]
    )

    assert matcher.match_request("GET", "/b", "a.example", {}) == ("any", {})
    assert matcher.match_request("PUT", "/a", "a.example", {}) == ("any", {})
    assert matcher.match_request("POST", "/a", "a.example", {}) == MethodNotAllowed(
        ("GET", "HEAD", "OPTIONS", "PUT")
    )


@pytest.mark.parametrize(
    ("headers", "payload"),
    [
        ({}, "none"),
        ({"x-kind": "a"}, "one"),
        ({"x-kind": "b"}, "none"),
        ({"x-kind": "a", "x-other": "whatever"}, "two"),
    ],
)
def test_the_route_that_asks_for_most_headers_wins(headers: dict[str, str], payload: str) -> None:
    template = parse_template("/a")
    rules = {"none": (), "one": (("x-kind", "a"),), "two": (("x-kind", "a"), ("x-other", None))}
    matcher = Matcher(
        [Entry(template, ("GET",), name, headers=rule) for name, rule in rules.items()]
    )

    assert matcher.match_request("GET", "/a", None, headers) == (payload, {})


def test_a_route_whose_header_is_missing_does_not_exist() -> None:
    matcher = Matcher([Entry(parse_template("/a"), ("GET",), "x", headers=(("x-kind", "a"),))])

    assert matcher.match_request("GET", "/a", None, {}) == NotFound()
    assert matcher.match_request("POST", "/a", None, {}) == NotFound()
    assert matcher.match("GET", "/a") == NotFound()


def test_constrained_says_whether_hosts_or_headers_matter() -> None:
    template = parse_template("/a")

    assert not Matcher([Entry(template, ("GET",), 1)]).constrained
    assert Matcher([Entry(template, ("GET",), 1, "a.example")]).constrained
    assert Matcher([Entry(template, ("GET",), 1, headers=(("x", "1"),))]).constrained
    assert Matcher[int]([], [Mount("/a", "app", "a.example")]).constrained


# --- Hostile paths --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "winner"),
    [
        pytest.param("/" * 100_000, None, id="slashes"),
        pytest.param("/" + "a-" * 50_000, "/{a}-{b}-{c}-{d}", id="separators"),
        pytest.param("/" + "a-" * 50_000 + "/", None, id="separators-and-slash"),
        pytest.param("/" + "1-" * 50_000 + "/c", None, id="digits-and-separators"),
        pytest.param("/s" + "/y" * 50_000, "/s/{p:path}/y/{z}", id="literals"),
        pytest.param("/" + "9" * 100_000, None, id="digits"),
        pytest.param("/" + "%2F" * 30_000 + "/y", None, id="escapes"),
    ],
)
def test_a_hostile_path_is_answered_at_all(path: str, winner: str | None) -> None:
    """Backtracking over every combination would take years at these lengths."""
    matcher = table(
        "/{a}-{b}-{c}-{d}", "/{a}-{b}-{c}-x{d}/z", "/{p:path}/x", "/s/{p:path}/y/{z}",
        "/{a:int}-{b}/c", "/{a:int}-{b:int}-{c:int}",
    )  # fmt: skip

    outcome = matcher.match("GET", path)

    assert (outcome[0] if isinstance(outcome, tuple) else None) == winner


def test_typed_mixed_segments_try_each_place_once() -> None:
    calls: list[str] = []

    def digit(text: str) -> int:
        calls.append(text)
        return int(text) if len(text) == 1 else int("no number")

    register_converter("digit", Converter(digit))
    matcher = table("/{a:digit}-{b:digit}-{c:digit}-{d:digit}-{e:digit}!")

    assert matcher.match("GET", "/" + "1-" * 126 + "1!") == NotFound()
    assert len(calls) < 5 * 127 * 127


def test_a_typed_mixed_segment_has_a_longest_text() -> None:
    matcher = table("/{slug}-{id:int}")

    assert matcher.match("GET", "/" + "a" * 253 + "-1") == (
        "/{slug}-{id:int}",
        {"slug": "a" * 253, "id": 1},
    )
    assert matcher.match("GET", "/" + "a" * 254 + "-1") == NotFound()


def test_lookup_visits_no_more_nodes_when_the_table_grows() -> None:
    small = table(*[f"/r{i}/{{id}}/{{x:int}}" for i in range(10)], "/{a}/{b}/c")
    large = table(*[f"/r{i}/{{id}}/{{x:int}}" for i in range(5_000)], "/{a}/{b}/c")

    def visited(matcher: Matcher[str]) -> int:
        calls = 0

        def count(*_: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count)
        try:
            matcher.match("GET", "/r7/1/c")
        finally:
            sys.setprofile(None)
        return calls

    assert visited(small) == visited(large)
