"""Routes of versions: which of them each version answers, and that requests find them."""

from typing import Any

import pytest

from covet_routing import (
    APIVersion,
    MethodNotAllowed,
    Mount,
    MountMatch,
    NoDefaultVersionError,
    NotFound,
    Redirect,
    RESTRouter,
    RouteConflictError,
    RouteMetadata,
    RouterFaultsError,
    TemplateError,
    UnknownVersion,
    VersionedMatcher,
    VersionError,
    VersioningStrategy,
    VersionManager,
)

URL_PATH, HEADER, QUERY_PARAM, SUBDOMAIN = VersioningStrategy
EVERY_STRATEGY = pytest.mark.parametrize("strategy", list(VersioningStrategy))


def route(
    path: str, version: str | None = None, *methods: str, name: str = "", **options: Any
) -> RouteMetadata:
    """Make a record that tells in its name where it comes from."""
    name = name or f"{path} of {version}"
    return RouteMetadata(
        path, methods or ("GET",), lambda: None, name=name, version=version, **options
    )


def manager(strategy: VersioningStrategy = URL_PATH, prefix: str = "") -> VersionManager:
    found = VersionManager(strategy, prefix)
    found.register_version("v1", is_default=True, deprecated=True)
    found.register_version("v2")
    found.register_version("v3")
    return found


def table(
    versions: VersionManager, *records: RouteMetadata, **options: Any
) -> VersionedMatcher[str]:
    return VersionedMatcher(versions.resolve(records), lambda record: record.name, **options)


def ask(
    versions: VersionManager,
    matcher: VersionedMatcher[str],
    path: str,
    version: str | None = None,
    method: str = "GET",
) -> Any:
    """Ask for *path* in *version*, as the strategy has it, and return the name of the route."""
    options: dict[str, Any] = {}
    match versions.strategy:
        case VersioningStrategy.URL_PATH:
            path = versions.prefix + (f"/{version}" if version else "") + path
        case VersioningStrategy.HEADER:
            options["headers"] = {"accept": f"*/*;version={version}" if version else "*/*"}
        case VersioningStrategy.QUERY_PARAM:
            options["query_string"] = f"version={version}".encode() if version else b""
        case VersioningStrategy.SUBDOMAIN:
            options["host"] = f"{version}.example.com" if version else "example.com"
    outcome = matcher.match_request(method, path, **options)
    return outcome[0] if isinstance(outcome, tuple) else outcome


# --- Requests -------------------------------------------------------------------------------------


@EVERY_STRATEGY
@pytest.mark.parametrize(
    ("path", "version", "expected"),
    [
        pytest.param("/posts", "v1", "/posts of v1", id="own"),
        pytest.param("/posts", "v2", "/posts of v2", id="replaced"),
        pytest.param("/posts", "v3", "/posts of v2", id="newest-older"),
        pytest.param("/posts", None, "/posts of v1", id="default"),
        pytest.param("/old", "v3", "/old of v1", id="two-versions-back"),
        pytest.param("/new", "v3", "/new of v3", id="new"),
        pytest.param("/new", "v2", NotFound(), id="not-there-yet"),
        pytest.param("/new", None, NotFound(), id="not-in-the-default"),
        pytest.param("/common", "v1", "/common of None", id="of-no-version"),
        pytest.param("/common", "v2", "/common of v2", id="of-no-version-replaced"),
        pytest.param("/common", None, "/common of None", id="of-no-version-by-default"),
        pytest.param("/health", "v3", "/health of None", id="of-no-version-in-all"),
    ],
)
def test_each_version_answers_what_it_has_and_what_older_ones_had(
    strategy: VersioningStrategy, path: str, version: str | None, expected: Any
) -> None:
    versions = manager(strategy)
    matcher = table(
        versions,
        route("/posts", "v1"),
        route("/posts", "v2"),
        route("/old", "v1"),
        route("/new", "v3"),
        route("/common"),
        route("/common", "v2"),
        route("/health"),
    )

    assert ask(versions, matcher, path, version) == expected


@pytest.mark.parametrize(
    ("strategy", "status"), [(URL_PATH, 404), (HEADER, 406), (QUERY_PARAM, 400), (SUBDOMAIN, 404)]
)
def test_an_unknown_version_is_refused(strategy: VersioningStrategy, status: int) -> None:
    versions = manager(strategy)
    matcher = table(versions, route("/posts", "v1"))

    found = ask(versions, matcher, "/posts", "v9")

    assert found == UnknownVersion("v9", status, ("v1", "v2", "v3"))


@pytest.mark.parametrize("strategy", [HEADER, QUERY_PARAM, SUBDOMAIN])
def test_what_has_no_version_does_not_mind_an_unknown_one(strategy: VersioningStrategy) -> None:
    versions = manager(strategy)
    matcher = table(
        versions,
        route("/health", trailing_slash="redirect"),
        route("/posts"),
        route("/posts", "v2"),
        mounts=[Mount("/static", "files")],
        outside=[route("/docs")],
    )

    assert ask(versions, matcher, "/health", "v9") == "/health of None"
    assert ask(versions, matcher, "/docs", "v9") == "/docs of None"
    assert ask(versions, matcher, "/health/", "v9") == Redirect("/health")
    assert ask(versions, matcher, "/health", "v9", "POST").__class__ is MethodNotAllowed
    assert ask(versions, matcher, "/static/a", "v9") == MountMatch("files", "/static", "/a")
    assert ask(versions, matcher, "/posts", "v9").__class__ is UnknownVersion
    assert ask(versions, matcher, "/nothing", "v9").__class__ is UnknownVersion
    assert ask(versions, matcher, "/docs", "v2") == "/docs of None"


def test_paths_stand_below_their_version_and_the_defaults_also_without() -> None:
    versions = manager(URL_PATH, "/api")
    matcher = table(
        versions,
        route("/", "v1"),
        route("/posts/{post_id:int}", "v1"),
        route("/posts", "v2"),
        route("/health"),
        mounts=[Mount("/static", "files")],
        outside=[route("/docs")],
    )
    plain = matcher.table
    assert plain is not None

    assert plain.match("GET", "/api/v1/posts/7") == ("/posts/{post_id:int} of v1", {"post_id": 7})
    assert plain.match("GET", "/api/posts/7") == ("/posts/{post_id:int} of v1", {"post_id": 7})
    assert plain.match("GET", "/api/v2/posts")[0] == "/posts of v2"  # type: ignore[index]
    assert plain.match("GET", "/api/v1") == plain.match("GET", "/api") == ("/ of v1", {})
    for path in ("/health", "/api/health", "/api/v1/health", "/api/v3/health"):
        assert plain.match("GET", path) == ("/health of None", {})
    assert plain.match("GET", "/docs") == ("/docs of None", {})
    assert plain.match("GET", "/static/a") == MountMatch("files", "/static", "/a")
    for path in ("/posts/7", "/v1/posts/7", "/api/posts", "/api/v1/docs"):
        assert plain.match("GET", path) == NotFound()
        assert matcher.match_request("GET", path) == NotFound()
    assert matcher.refusal("/api/v9/posts") == UnknownVersion("v9", 404, ("v1", "v2", "v3"))
    assert matcher.refusal("/v9/posts") is None


def test_without_a_prefix_the_root_is_the_defaults() -> None:
    versions = manager()
    matcher = table(versions, route("/", "v1"), route("/", "v2"))

    assert ask(versions, matcher, "/") == "/ of v1"
    assert ask(versions, matcher, "", "v2") == "/ of v2"


@EVERY_STRATEGY
def test_a_method_falls_back_by_itself(strategy: VersioningStrategy) -> None:
    versions = manager(strategy)
    matcher = table(versions, route("/posts", "v1", "GET", "POST"), route("/posts", "v2", name="2"))

    assert ask(versions, matcher, "/posts", "v2") == "2"
    assert ask(versions, matcher, "/posts", "v2", "POST") == "/posts of v1"
    assert ask(versions, matcher, "/posts", "v2", "PUT") == MethodNotAllowed(
        ("GET", "HEAD", "OPTIONS", "POST")
    )


@pytest.mark.parametrize("strategy", [HEADER, URL_PATH])
def test_routes_of_hosts_and_headers_are_found_in_versions(strategy: VersioningStrategy) -> None:
    versions = manager(strategy)
    matcher = table(
        versions,
        route("/x", "v1", host="api.example.com", name="host"),
        route("/x", "v1", headers={"x-kind": "a"}, name="header"),
        route("/x", "v1", name="plain"),
    )
    path = "/v2/x" if strategy is URL_PATH else "/x"
    headers = {"accept": "*/*;version=2"}

    def found(host: str, **more: str) -> Any:
        outcome = matcher.match_request("GET", path, host, {**headers, **more})
        return outcome[0] if isinstance(outcome, tuple) else outcome

    assert found("api.example.com") == "host"
    assert found("example.com", **{"x-kind": "a"}) == "header"
    assert found("example.com") == "plain"


# --- What a version has ---------------------------------------------------------------------------


def having(version: APIVersion) -> list[tuple[tuple[str, ...], str, str]]:
    return [(record.methods, record.path, record.name) for record in version.routes]


def test_a_version_lists_its_routes_as_they_are_answered() -> None:
    versions = manager(URL_PATH, "/api")
    records = [
        route("/posts", "1", "GET", "POST", name="a"),
        route("/posts", "v2", "POST", name="b"),
        route("/health", name="c"),
    ]

    resolved = versions.resolve(records)

    assert having(versions.versions["v1"]) == [
        (("GET", "POST"), "/api/v1/posts", "a"),
        (("GET",), "/api/v1/health", "c"),
    ]
    assert having(versions.versions["v2"]) == [
        (("POST",), "/api/v2/posts", "b"),
        (("GET",), "/api/v2/posts", "a"),
        (("GET",), "/api/v2/health", "c"),
    ]
    assert {record.version for record in versions.versions["v2"].routes} == {"v2"}
    assert {record.deprecated for record in versions.versions["v1"].routes} == {True}
    assert {record.deprecated for record in versions.versions["v2"].routes} == {False}
    assert resolved.by_version["v2"] == versions.versions["v2"].routes
    assert [record.path for record in resolved.unversioned] == ["/health"]


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        pytest.param(["/p/{id}"], ["/p/{post_id}"], {"/p/{post_id}"}, id="other-name"),
        pytest.param(["/p/{id:int}"], ["/p/{slug}"], {"/p/{slug}"}, id="wider-converter"),
        pytest.param(["/p/{slug}"], ["/p/{id:int}"], {"/p/{id:int}"}, id="narrower-converter"),
        pytest.param(
            ["/p/{id:int}", "/p/{slug}"], ["/p/{n:int}"], {"/p/{n:int}", "/p/{slug}"}, id="one"
        ),
        pytest.param(
            ["/p/{id:int}", "/p/{slug}"], ["/p/{id:uuid}"], {"/p/{id:uuid}"}, id="both"
        ),
        pytest.param(["/p/{id}"], ["/p/latest"], {"/p/{id}", "/p/latest"}, id="literal-beside"),
        pytest.param(["/p/{a}.{b}"], ["/p/{c:int}.{d}"], {"/p/{c:int}.{d}"}, id="mixed"),
        pytest.param(["/p/{a}.{b}"], ["/p/{a}-{b}"], {"/p/{a}.{b}", "/p/{a}-{b}"}, id="literals"),
        pytest.param(["/p/{x}"], ["/p/{x:path}"], {"/p/{x}", "/p/{x:path}"}, id="spanning-beside"),
        pytest.param(["/p"], ["/p/"], {"/p", "/p/"}, id="trailing-slash"),
    ],
)  # fmt: skip
def test_a_route_replaces_the_older_one_of_its_path(
    older: list[str], newer: list[str], expected: set[str]
) -> None:
    versions = manager(HEADER)

    versions.resolve([*(route(path, "v1") for path in older), *(route(p, "v2") for p in newer)])

    assert {record.path for record in versions.versions["v2"].routes} == expected


def test_a_route_replaces_none_for_another_host_or_header() -> None:
    versions = manager(HEADER)

    versions.resolve(
        [
            route("/p", "v1"),
            route("/p", "v2", host="a.example"),
            route("/p", "v2", headers={"x-y": "z"}),
        ]
    )

    assert len(versions.versions["v2"].routes) == 3


def test_routes_of_a_router_are_resolved_with_its_defaults() -> None:
    router = RESTRouter(version="v1", prefix="/posts")
    router.get("/{post_id}")(lambda post_id: None)
    versions = manager()

    versions.resolve(router, router.mounts)

    assert [record.path for record in versions.versions["v3"].routes] == ["/v3/posts/{post_id}"]


def test_a_payload_is_made_once_for_each_route_of_each_version() -> None:
    versions = manager()
    made: list[str] = []

    VersionedMatcher(
        versions.resolve([route("/posts", "v1")]), lambda record: made.append(record.path)
    )

    assert made == ["/v1/posts", "/v2/posts", "/v3/posts"]


# --- Faults ---------------------------------------------------------------------------------------


def faults(versions: VersionManager, *records: RouteMetadata, **options: Any) -> list[Exception]:
    found = versions.faults(records, **options)
    if found:
        with pytest.raises(RouterFaultsError) as caught:
            versions.resolve(records, **options)
        assert [str(fault.error) for fault in caught.value.faults] == [str(f.error) for f in found]
    return [fault.error for fault in found]


def test_one_path_in_two_versions_is_no_fault() -> None:
    assert faults(manager(), route("/posts", "v1"), route("/posts", "v2"), route("/posts")) == []


def test_everything_wrong_is_said_at_once() -> None:
    versions = VersionManager()
    versions.register_version("v1")

    found = faults(
        versions,
        route("/a", "v1"),
        route("/a", "v1"),
        route("/b", "v7"),
        mounts=[Mount("/x/{y}", "app")],
    )

    assert [type(each) for each in found] == [
        NoDefaultVersionError,
        TemplateError,
        RouteConflictError,
        VersionError,
    ]


def test_no_version_at_all_is_a_fault() -> None:
    (found,) = faults(VersionManager())

    assert isinstance(found, NoDefaultVersionError)
    assert found.versions == ()


def test_a_route_of_an_unknown_version_is_a_fault_with_its_place() -> None:
    record = route("/posts", "v11")

    (found,) = manager().faults([record])

    assert isinstance(found.error, VersionError)
    assert found.error.version == "v11"
    assert "use one of v1, v2, v3" in found.message
    assert "Did you mean 'v1'?" in found.message
    assert (found.file, found.line) == record.source_location


@pytest.mark.parametrize("version", ["v1", None])
def test_a_path_that_names_a_version_itself_is_a_fault(version: str | None) -> None:
    (found,) = faults(manager(URL_PATH, "/api"), route("/api/v1/posts", version))

    assert isinstance(found, VersionError)
    assert found.remedy == "Write '/posts' with version='v1'."
    assert faults(manager(HEADER), route("/v1/posts", version)) == []


def test_a_route_where_a_prefix_puts_another_one_is_a_fault() -> None:
    (found,) = faults(manager(URL_PATH, "/api"), route("/api/posts"), route("/posts", "v1"))

    assert isinstance(found, RouteConflictError)
    assert set(found.templates) == {"/api/posts"}
