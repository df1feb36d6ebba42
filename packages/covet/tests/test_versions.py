"""API versions in an application: which route answers, and what the answer says of its version."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from covet import (
    APIVersion,
    Covet,
    NotFound,
    Router,
    StartupError,
    VersioningStrategy,
    VersionManager,
    current_context,
)

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]
GUIDE = "https://example.org/moving-to-v2"


def make_app(strategy: VersioningStrategy, prefix: str = "") -> Covet:
    versions = VersionManager(strategy, prefix)
    versions.register_version(
        APIVersion(
            "v1",
            is_default=True,
            deprecated=date(2026, 1, 1),
            sunset_date="2027-06-30",
            migration_guide_url=GUIDE,
        )
    )
    versions.register_version("v2")
    app = Covet(versions=versions)
    first, second = Router(version="v1"), Router(version="v2")

    @first.get("/posts")
    async def posts_of_v1() -> str:
        return "v1"

    @second.get("/posts")
    async def posts_of_v2() -> str:
        return "v2"

    @first.get("/authors/{author_id}")
    async def author(author_id: int) -> int:
        if author_id == 0:
            raise NotFound
        return author_id

    @app.get("/health")
    async def health() -> str | None:
        route = current_context().route
        return None if route is None else route.version

    app.include(first)
    app.include(second)
    return app


@pytest.mark.parametrize(
    ("target", "answer"),
    [
        pytest.param("/v1/posts", "v1", id="named"),
        pytest.param("/v2/posts", "v2", id="other"),
        pytest.param("/posts", "v1", id="default"),
        pytest.param("/v2/authors/7", 7, id="falls-back"),
        pytest.param("/v2/health", "v2", id="unversioned-in-each"),
    ],
)
async def test_a_version_in_the_path_decides(ask: Ask, target: str, answer: object) -> None:
    reply = await ask(make_app(VersioningStrategy.URL_PATH), target=target)

    assert (reply.status, reply.json) == (200, answer)


async def test_versions_stand_behind_the_prefix_alone(ask: Ask) -> None:
    app = make_app(VersioningStrategy.URL_PATH, "/api")

    assert (await ask(app, target="/api/v2/posts")).json == "v2"
    assert (await ask(app, target="/api/posts")).json == "v1"
    assert (await ask(app, target="/v2/posts")).status == 404


@pytest.mark.parametrize(
    ("strategy", "request_", "answer"),
    [
        pytest.param(
            VersioningStrategy.HEADER,
            {"headers": {"Accept": "application/vnd.api.v2+json"}},
            "v2",
            id="media-type",
        ),
        pytest.param(
            VersioningStrategy.HEADER,
            {"headers": {"Accept": "application/json; version=2"}},
            "v2",
            id="parameter-of-accept",
        ),
        pytest.param(VersioningStrategy.HEADER, {}, "v1", id="header-default"),
        pytest.param(
            VersioningStrategy.QUERY_PARAM, {"target": "/posts?version=2"}, "v2", id="query"
        ),
        pytest.param(
            VersioningStrategy.SUBDOMAIN,
            {"headers": {"Host": "v2.api.example.com"}},
            "v2",
            id="subdomain",
        ),
    ],
)
async def test_every_other_strategy_decides_too(
    ask: Ask, strategy: VersioningStrategy, request_: dict[str, Any], answer: str
) -> None:
    reply = await ask(make_app(strategy), **{"target": "/posts", **request_})

    assert (reply.status, reply.json) == (200, answer)


@pytest.mark.parametrize(
    ("strategy", "request_", "status"),
    [
        pytest.param(VersioningStrategy.URL_PATH, {"target": "/v9/posts"}, 404, id="path"),
        pytest.param(
            VersioningStrategy.HEADER,
            {"headers": {"Accept": "application/vnd.api.v9+json"}},
            406,
            id="header",
        ),
        pytest.param(
            VersioningStrategy.QUERY_PARAM, {"target": "/posts?version=9"}, 400, id="query"
        ),
        pytest.param(
            VersioningStrategy.SUBDOMAIN,
            {"headers": {"Host": "v9.api.example.com"}},
            404,
            id="subdomain",
        ),
    ],
)
async def test_an_unknown_version_is_refused_with_those_that_exist(
    ask: Ask, strategy: VersioningStrategy, request_: dict[str, Any], status: int
) -> None:
    reply = await ask(make_app(strategy), **{"target": "/posts", **request_})

    assert reply.status == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json["detail"] == "This API has no such version. Use one of v1, v2."


async def test_a_path_that_names_no_version_is_simply_not_found(ask: Ask) -> None:
    reply = await ask(make_app(VersioningStrategy.URL_PATH), target="/v1/nothing")

    assert (reply.status, "detail" in reply.json) == (404, False)


@pytest.mark.parametrize("target", ["/v1/posts", "/v1/authors/0", "/v1/authors/x"])
async def test_every_answer_of_a_deprecated_version_says_so_errors_too(
    ask: Ask, target: str
) -> None:
    reply = await ask(make_app(VersioningStrategy.URL_PATH), target=target)

    assert reply.headers["deprecation"] == "@1767225600"
    assert reply.headers["sunset"] == "Wed, 30 Jun 2027 00:00:00 GMT"
    assert reply.headers["link"] == f'<{GUIDE}>; rel="deprecation"; type="text/html"'


async def test_answers_of_a_current_version_say_nothing(ask: Ask) -> None:
    reply = await ask(make_app(VersioningStrategy.URL_PATH), target="/v2/posts")

    assert {"deprecation", "sunset", "link", "vary"}.isdisjoint(reply.headers)


@pytest.mark.parametrize("target", ["/posts", "/nothing", "/authors/0"])
async def test_what_a_header_decides_varies_with_it(ask: Ask, target: str) -> None:
    reply = await ask(make_app(VersioningStrategy.HEADER), target=target)

    assert reply.headers["vary"] == "Accept"


async def test_documents_have_no_version(ask: Ask) -> None:
    for target in ("/openapi.json", "/docs"):
        reply = await ask(make_app(VersioningStrategy.URL_PATH), target=target)

        assert reply.status == 200
        assert "deprecation" not in reply.headers


async def test_a_method_that_a_version_lacks_is_refused_with_those_it_has(ask: Ask) -> None:
    reply = await ask(make_app(VersioningStrategy.URL_PATH), method="POST", target="/v2/posts")

    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_missing_default_version_is_a_fault_of_the_start() -> None:
    versions = VersionManager()
    versions.register_version("v1")

    with pytest.raises(StartupError, match="default"):
        Covet(versions=versions).start()


def test_a_version_without_versions_is_a_fault_of_the_start() -> None:
    app = Covet()

    @app.get("/", version="v2")
    async def read() -> None: ...

    with pytest.raises(StartupError, match="has no versions") as caught:
        app.start()

    assert caught.value.faults[0].file == __file__


def test_all_faults_are_told_at_once_with_versions_too() -> None:
    versions = VersionManager()
    versions.register_version("v1", is_default=True)
    app = Covet(versions=versions)

    @app.get("/a", version="v3")
    async def unknown_version() -> None: ...

    @app.get("/b", version="v1")
    async def unresolved(x: "Nothing") -> None: ...  # type: ignore[name-defined]  # noqa: F821

    @app.get("/c", version="v1", rate_limit="5")
    async def unkept() -> None: ...

    with pytest.raises(StartupError) as caught:
        app.start()

    assert len(caught.value.faults) == 3


@pytest.mark.parametrize(
    ("target", "url"),
    [
        pytest.param("/v2/links", "/v2/posts/1", id="of-the-request"),
        pytest.param("/links", "/v1/posts/1", id="of-the-default"),
    ],
)
async def test_url_for_stays_within_the_version_of_the_request(
    ask: Ask, target: str, url: str
) -> None:
    versions = VersionManager()
    versions.register_version("v1", is_default=True)
    versions.register_version("v2")
    app = Covet(versions=versions)

    @app.get("/posts/{post_id}")
    async def post(post_id: int) -> int:
        return post_id

    @app.get("/links")
    async def links() -> str:
        return app.url_for("post", post_id=1)

    assert (await ask(app, target=target)).json == url
    assert app.url_for("post", post_id=1) == "/v1/posts/1"


def test_url_for_goes_to_the_newest_version_that_has_the_route() -> None:
    versions = VersionManager(prefix="/api")
    versions.register_version("v1", is_default=True)
    versions.register_version("v2")
    versions.register_version("v3")
    app = Covet(versions=versions)

    @app.get("/reports/{year}", version="v2")
    async def report(year: int) -> int:
        return year

    app.start()

    assert app.url_for("report", year=2026) == "/api/v3/reports/2026"


def test_routes_of_two_versions_do_not_shadow_each_other() -> None:
    assert make_app(VersioningStrategy.HEADER).findings() == []


def test_routes_are_those_of_every_version() -> None:
    routes = make_app(VersioningStrategy.URL_PATH).routes

    assert [(route.path, route.deprecated) for route in routes] == [
        ("/v1/posts", True),
        ("/v1/authors/{author_id}", True),
        ("/v1/health", True),
        ("/v2/posts", False),
        ("/v2/authors/{author_id}", False),
        ("/v2/health", False),
    ]
