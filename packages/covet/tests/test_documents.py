"""The OpenAPI document and its page: valid, whole, and asking nothing of any other host."""

import enum
import re
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel, Field

from covet import (
    Body,
    Conflict,
    Cookie,
    Covet,
    Depends,
    File,
    FileResponse,
    Form,
    Header,
    JWTAuthenticator,
    NotFound,
    PaginatedResponse,
    PaginationParams,
    Patch,
    Query,
    Request,
    Response,
    Router,
    StatedResponse,
    StreamingResponse,
    SuccessResponse,
    UploadFile,
    VersionManager,
    WebSocket,
)

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]
T = TypeVar("T")


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Node(BaseModel):
    name: str
    children: list["Node"] = []


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]


class Box(BaseModel, Generic[T]):
    content: T


class Item(BaseModel):
    name: str = Field(min_length=1, examples=["pen"])
    color: Color = Color.RED
    pet: Annotated[Cat | Dog, Field(discriminator="kind")] | None = None
    tree: Node | None = None


class Filters(BaseModel):
    since: date | None = None
    colors: list[Color] = []


def auth() -> JWTAuthenticator:
    return JWTAuthenticator("k" * 32, issuer="shop", audience="shop")


def make_everything() -> Covet:
    """Return an application with every kind of input, output and route."""
    app = Covet(
        "Shop",
        "1.2.3",
        description="Everything.",
        contact={"name": "Ann"},
        license_info={"name": "MIT"},
        auth=auth(),
        token_url="/token",
    )

    async def session_of(x_session: Annotated[uuid.UUID, Header()]) -> uuid.UUID:
        return x_session

    @app.get("/items/{item_id:int}", raises=[NotFound, Conflict], tags=["items"])
    async def read_item(
        item_id: int,
        session: Annotated[uuid.UUID, Depends(session_of)],
        request: Request,
        theme: Annotated[Literal["light", "dark"], Cookie()] = "light",
        limit: Annotated[int, Query(ge=1, le=100, description="At most.")] = 10,
    ) -> Item:
        """Return one item."""
        raise NotFound

    @app.get("/items", requires_auth=False)
    async def list_items(page: PaginationParams) -> PaginatedResponse[Item]:
        raise NotFound

    @app.get("/search", requires_auth=False)
    async def search(filters: Annotated[Filters, Query()]) -> SuccessResponse[list[Item]]:
        raise NotFound

    @app.post("/items", status_code=201)
    async def create(item: Item) -> Item:
        return item

    @app.patch("/items/{item_id}", deprecated=True)
    async def change(item_id: int, patch: Patch[Item]) -> Item:
        raise NotFound

    @app.delete("/items/{item_id}", status_code=204)
    async def delete(item_id: int) -> None: ...

    @app.post("/two")
    async def two(item: Item, box: Box[Node], n: Annotated[int, Body()]) -> Box[int]:
        return Box(content=n)

    @app.post("/token", requires_auth=False)
    async def token(username: Annotated[str, Form()], password: Annotated[str, Form()]) -> Any: ...

    @app.post("/upload")
    async def upload(
        files: Annotated[list[UploadFile], File()], title: Annotated[str, Form()] = ""
    ) -> Response: ...

    @app.put("/raw")
    async def raw(data: Annotated[bytes, Body(media_type="image/png")]) -> bytes:
        return data

    @app.get("/stream")
    async def stream() -> StreamingResponse: ...

    @app.get("/file/{path:path}")
    async def file(path: str) -> FileResponse: ...

    @app.websocket("/live")
    async def live(websocket: WebSocket) -> None: ...

    @app.get("/hidden", include_in_schema=False)
    async def hidden() -> None: ...

    return app


@pytest.fixture
async def document(ask: Ask) -> Any:
    reply = await ask(make_everything(), "GET", "/openapi.json")
    assert reply.headers["content-type"] == "application/json"
    return reply.json


# --- The document -----------------------------------------------------------------------------


async def test_the_document_of_an_application_with_everything_is_valid(document: Any) -> None:
    assert document["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(document).validate()


async def test_an_empty_application_has_a_valid_document(ask: Ask) -> None:
    OpenAPIV31SpecValidator((await ask(Covet(), "GET", "/openapi.json")).json).validate()


async def test_the_document_says_what_the_application_says_of_itself(document: Any) -> None:
    assert document["info"] == {
        "title": "Shop",
        "version": "1.2.3",
        "description": "Everything.",
        "contact": {"name": "Ann"},
        "license": {"name": "MIT"},
    }


async def test_the_document_has_the_routes_that_are_meant_for_it(document: Any) -> None:
    assert set(document["paths"]) == {
        "/items/{item_id}",
        "/items",
        "/search",
        "/two",
        "/token",
        "/upload",
        "/raw",
        "/stream",
        "/file/{path}",
    }


async def test_inputs_of_dependencies_are_documented_and_injected_ones_are_not(
    document: Any,
) -> None:
    parameters = document["paths"]["/items/{item_id}"]["get"]["parameters"]

    assert {(one["in"], one["name"]) for one in parameters} == {
        ("path", "item_id"),
        ("header", "x-session"),
        ("cookie", "theme"),
        ("query", "limit"),
    }


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("get", "/items/{item_id}", {"200", "401", "404", "409", "422", "500", "504"}),
        ("get", "/items", {"200", "422", "500", "504"}),
        ("post", "/items", {"201", "400", "401", "413", "415", "422", "500", "504"}),
        ("delete", "/items/{item_id}", {"204", "401", "404", "422", "500", "504"}),
    ],
)
async def test_an_operation_lists_the_answers_that_it_can_give(
    document: Any, method: str, path: str, expected: set[str]
) -> None:
    responses = set(document["paths"][path][method]["responses"])

    assert expected - {"404"} <= responses
    assert responses <= expected | {"403", "404", "408", "503"}


async def test_errors_are_documented_as_the_one_body(document: Any) -> None:
    responses = document["paths"]["/items"]["post"]["responses"]

    content = responses["422"]["content"]
    assert set(content) == {"application/problem+json"}
    assert content["application/problem+json"]["schema"]["$ref"].endswith("/ErrorResponse")


async def test_protected_operations_say_how_and_public_ones_do_not(document: Any) -> None:
    schemes = document["components"]["securitySchemes"]

    assert {scheme["type"] for scheme in schemes.values()} == {"http", "oauth2"}
    assert document["paths"]["/items"]["post"]["security"]
    assert not document["paths"]["/items"]["get"].get("security")


async def test_an_application_without_authenticator_names_no_scheme(ask: Ask) -> None:
    app = Covet()

    @app.get("/")
    async def read() -> int:
        return 1

    document = (await ask(app, "GET", "/openapi.json")).json

    assert "securitySchemes" not in document.get("components", {})
    assert "401" not in document["paths"]["/"]["get"]["responses"]


async def test_routers_give_their_tags_and_prefixes(ask: Ask) -> None:
    app, posts = Covet(), Router("/posts", tags=["posts"])

    @posts.get("/{post_id}")
    async def read_post(post_id: int) -> int:
        return post_id

    app.include(posts)
    document = (await ask(app, "GET", "/openapi.json")).json

    assert document["paths"]["/posts/{post_id}"]["get"]["tags"] == ["posts"]


@pytest.mark.parametrize(
    ("options", "root_path", "servers"),
    [
        ({}, "", None),
        ({}, "/api", [{"url": "/api"}]),
        ({"servers": ["https://example.org"]}, "/api", [{"url": "https://example.org"}]),
    ],
)
async def test_the_document_says_where_the_api_is(
    ask: Ask, options: dict[str, Any], root_path: str, servers: Any
) -> None:
    target = root_path + "/openapi.json"

    document = (await ask(Covet(**options), "GET", target, root_path=root_path)).json

    assert document.get("servers") == servers


async def test_the_document_is_the_same_each_time(ask: Ask) -> None:
    app = make_everything()

    replies = [await ask(app, "GET", "/openapi.json") for _ in range(2)]

    assert replies[0].body == replies[1].body


async def test_the_token_url_is_below_the_root_path(ask: Ask) -> None:
    reply = await ask(make_everything(), "GET", "/api/openapi.json", root_path="/api")

    assert '"/api/token"' in reply.text


# --- The page ---------------------------------------------------------------------------------


def links(page: str) -> list[str]:
    return re.findall(r'(?:src|href|data-[\w-]+)="([^"]+)"', page)


async def test_the_page_asks_for_nothing_elsewhere(ask: Ask) -> None:
    reply = await ask(Covet("My <API>"), "GET", "/docs")

    assert reply.status == 200
    assert reply.headers["content-type"].startswith("text/html")
    assert links(reply.text)
    assert not [one for one in links(reply.text) if re.match(r"\w+:|//", one)]
    assert "<API>" not in reply.text


async def test_the_page_has_a_strict_policy_and_nothing_inline(ask: Ask) -> None:
    reply = await ask(Covet(), "GET", "/docs")

    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
    assert "unsafe" not in re.sub(r"style-src[^;]*", "", policy)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", reply.text)
    assert not re.search(r"<style|\son\w+=", reply.text)


def joined(page_path: str, link: str) -> str:
    from urllib.parse import urljoin

    return urljoin("http://testserver" + page_path, link).removeprefix("http://testserver")


@pytest.mark.parametrize("root_path", ["", "/api"])
@pytest.mark.parametrize(
    "paths",
    [
        {},
        {"docs_path": "/help/api", "openapi_path": "/schema/v1.json"},
        {"docs_path": "/docs", "openapi_path": "/docs.json"},
    ],
    ids=["usual", "moved", "beside"],
)
async def test_everything_that_the_page_names_is_there(
    ask: Ask, root_path: str, paths: dict[str, str]
) -> None:
    app = Covet(**paths)  # type: ignore[arg-type]
    page_path = root_path + paths.get("docs_path", "/docs")
    page = await ask(app, "GET", page_path, root_path=root_path)

    found = [
        await ask(app, "GET", joined(page_path, link), root_path=root_path)
        for link in links(page.text)
        if not link.startswith("#")
    ]

    assert {reply.status for reply in found} == {200}
    assert any(reply.headers["content-type"] == "application/json" for reply in found)
    assert any("javascript" in reply.headers["content-type"] for reply in found)
    assert any("css" in reply.headers["content-type"] for reply in found)


async def test_an_asset_that_the_client_has_is_304(ask: Ask) -> None:
    app = Covet()
    page = await ask(app, "GET", "/docs")
    target = joined("/docs", next(link for link in links(page.text) if link.endswith(".css")))
    first = await ask(app, "GET", target)

    again = await ask(app, "GET", target, headers={"If-None-Match": first.headers["etag"]})
    other = await ask(app, "GET", target, headers={"If-None-Match": '"other"'})

    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "max-age" in first.headers["cache-control"]
    assert other.status == 200


@pytest.mark.parametrize("form", ["W/{}", '"a", {}', "*"])
async def test_a_client_may_name_its_assets_in_every_form_of_the_header(
    ask: Ask, form: str
) -> None:
    app = Covet()
    page = await ask(app, "GET", "/docs")
    target = joined("/docs", next(link for link in links(page.text) if link.endswith(".css")))
    etag = (await ask(app, "GET", target)).headers["etag"]

    reply = await ask(app, "GET", target, headers={"If-None-Match": form.format(etag)})

    assert reply.status == 304


@pytest.mark.parametrize("name", ["nothing.js", "..%2F__init__.py", "%2e%2e"])
async def test_an_unknown_asset_is_404(ask: Ask, name: str) -> None:
    reply = await ask(Covet(), "GET", f"/docs/{name}")

    assert reply.status == 404
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("options", "statuses"),
    [
        ({}, [200, 200]),
        ({"docs_path": None}, [200, 404]),
        ({"openapi_path": None}, [404, 404]),
        ({"openapi_path": None, "docs_path": None}, [404, 404]),
    ],
)
async def test_document_and_page_can_be_turned_off(
    ask: Ask, options: dict[str, Any], statuses: list[int]
) -> None:
    app = Covet(**options)

    replies = [await ask(app, "GET", target) for target in ("/openapi.json", "/docs")]

    assert [reply.status for reply in replies] == statuses


async def test_document_and_page_are_public_beside_protected_routes(ask: Ask) -> None:
    app = Covet(auth=auth())

    replies = [await ask(app, "GET", target) for target in ("/openapi.json", "/docs")]

    assert [reply.status for reply in replies] == [200, 200]


async def test_they_are_no_part_of_the_document(ask: Ask) -> None:
    assert (await ask(Covet(), "GET", "/openapi.json")).json["paths"] == {}


async def test_a_mounted_application_has_a_document_of_its_own(ask: Ask) -> None:
    inner, outer = Covet("Inner"), Covet("Outer")
    outer.mount("/inner", inner)

    replies = [
        await ask(outer, "GET", target) for target in ("/openapi.json", "/inner/openapi.json")
    ]

    assert [reply.json["info"]["title"] for reply in replies] == ["Outer", "Inner"]
    assert replies[1].json["servers"] == [{"url": "/inner"}]


async def test_streams_are_documented(document: Any) -> None:
    assert "200" in document["paths"]["/stream"]["get"]["responses"]


async def test_a_dependency_that_yields_is_documented_by_its_inputs(ask: Ask) -> None:
    app = Covet()

    async def page(number: int = 1) -> AsyncIterator[int]:
        yield number

    @app.get("/")
    async def read(number: Annotated[int, Depends(page)]) -> int:
        return number

    document = (await ask(app, "GET", "/openapi.json")).json

    (parameter,) = document["paths"]["/"]["get"]["parameters"]
    assert (parameter["name"], parameter["schema"]["default"]) == ("number", 1)


def versioned() -> Covet:
    versions = VersionManager()
    versions.register_version("v1", is_default=True, deprecated=date(2026, 1, 1))
    versions.register_version("v2")
    app = Covet(title="Shop", versions=versions)

    @app.get("/items")
    async def list_items() -> list[str]:
        return []

    @app.get("/prices", version="v2")
    async def list_prices() -> list[int]:
        return []

    return app


@pytest.mark.parametrize(
    ("target", "version", "paths"),
    [
        ("/openapi.json", "v1", {"/v1/items"}),
        ("/openapi/v1.json", "v1", {"/v1/items"}),
        ("/openapi/v2.json", "v2", {"/v2/items", "/v2/prices"}),
    ],
)
async def test_each_version_has_a_document(
    ask: Ask, target: str, version: str, paths: set[str]
) -> None:
    document = (await ask(versioned(), target=target)).json

    OpenAPIV31SpecValidator(document).validate()
    assert (document["info"]["version"], set(document["paths"])) == (version, paths)
    deprecated = [
        operation["deprecated"]
        for item in document["paths"].values()
        for operation in item.values()
        if "deprecated" in operation
    ]
    assert deprecated == ([True] if version == "v1" else [])


@pytest.mark.parametrize(
    ("target", "document", "assets"),
    [("/docs", "openapi.json", "docs"), ("/docs/v2", "../openapi/v2.json", ".")],
)
async def test_each_version_has_a_page(ask: Ask, target: str, document: str, assets: str) -> None:
    page = (await ask(versioned(), target=target)).text

    assert f'data-openapi-url="{document}"' in page
    assert f'src="{assets}/swagger-ui-bundle.js"' in page


async def test_a_document_of_an_unknown_version_is_not_found(ask: Ask) -> None:
    assert (await ask(versioned(), target="/openapi/v3.json")).status == 404
    with pytest.raises(LookupError, match="There are v1, v2"):
        versioned().documentation.generator(version="v3")


async def test_documents_are_off_by_a_setting(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COVET_DOCS", "false")
    app = Covet()

    for target in ("/openapi.json", "/docs", "/docs/swagger-ui.css"):
        assert (await ask(app, target=target)).status == 404


async def test_documents_may_ask_for_authentication(ask: Ask) -> None:
    auth = JWTAuthenticator("0" * 32, issuer="a", audience="a")
    app = Covet(auth=auth, docs_require_auth=True)
    token = auth.create_access_token({"user_id": 1})

    for target in ("/openapi.json", "/docs", "/docs/swagger-ui.css"):
        open_to_all = await ask(app, target=target)
        known = await ask(app, target=target, headers={"Authorization": f"Bearer {token}"})

        assert (open_to_all.status, known.status) == (401, 200)


async def test_a_route_states_an_answer_of_its_own(ask: Ask) -> None:
    class Refusal(BaseModel):
        error: str

    app = Covet()

    @app.post("/token", responses={400: StatedResponse(Refusal, description="RFC 6749 §5.2")})
    async def token(grant_type: Annotated[str, Form()]) -> None: ...

    document = (await ask(app, target="/openapi.json")).json

    stated = document["paths"]["/token"]["post"]["responses"]["400"]
    assert stated["description"] == "RFC 6749 §5.2"
    assert list(stated["content"]) == ["application/json"]


async def test_tags_are_described_in_the_order_of_their_descriptions(ask: Ask) -> None:
    app = Covet(openapi_tags={"b": "Second to none.", "a": "The others."})

    @app.get("/a", tags=["a", "c"])
    async def read() -> None: ...

    tags = (await ask(app, target="/openapi.json")).json["tags"]

    assert tags == [
        {"name": "b", "description": "Second to none."},
        {"name": "a", "description": "The others."},
        {"name": "c"},
    ]


async def test_the_reference_is_a_page_without_scripts(ask: Ask) -> None:
    app = Covet(title="Shop")

    @app.get("/items/{item_id}")
    async def read_item(item_id: int) -> str:
        """Show one item."""
        return ""

    page = await ask(app, target="/reference")
    style = await ask(app, target="/reference/reference.css")

    assert (page.status, style.status) == (200, 200)
    assert "Show one item." in page.text
    assert "<script" not in page.text
    assert 'href="reference/reference.css"' in page.text
    assert "script-src" not in page.headers["content-security-policy"]


async def test_each_version_has_a_reference(ask: Ask) -> None:
    page = await ask(versioned(), target="/reference/v2")

    assert "/v2/prices" in page.text
    assert 'href="./reference.css"' in page.text
