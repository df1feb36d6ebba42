"""The reference page: all that a document says, in HTML that needs no script."""

import copy
import itertools
import json
import re
import shlex
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from covet_openapi.pages import asset, asset_names, reference_page

BLOG = json.loads((Path(__file__).parent / "documents" / "blog.json").read_text("utf-8"))
S = {"type": "string"}
THING = {"$ref": "#/components/schemas/Thing"}

RICH: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Shop",
        "version": "2.0",
        "summary": "All of it.",
        "description": "Sells **things**.",
        "contact": {"name": "Ann", "url": "https://ann.example", "email": "ann@x.example"},
        "license": {"name": "MIT", "url": "https://mit.example"},
        "x-lifecycle": {
            "deprecated": "2026-01-01",
            "sunset": "2027-06-30",
            "migrationGuide": "https://move.example",
        },
    },
    "servers": [{"url": "https://api.example.com/v2/", "description": "Live"}, {"url": "/v2"}],
    "security": [{"bearer": []}],
    "tags": [{"name": "things", "description": "What is *sold*."}, {"name": "unused"}],
    "paths": {
        "/things/{thing_id}": {
            "parameters": [
                {"name": "thing_id", "in": "path", "required": True,
                 "schema": {"type": "string", "format": "uuid"}}
            ],
            "put": {
                "tags": ["things"],
                "operationId": "replace_thing",
                "summary": "Replace a thing",
                "description": "With:\n- one\n- two",
                "deprecated": True,
                "security": [{"bearer": [], "key": []}, {}],
                "x-permissions": ["things:write"],
                "x-rate-limit": [{"requests": 5, "windowSeconds": 60}, {"policy": "fair"}],
                "parameters": [
                    {"name": "q", "in": "query", "required": True, "example": "a b",
                     "schema": {"type": "string", "maxLength": 9}},
                    {"name": "tags", "in": "query", "required": True, "deprecated": True,
                     "description": "Some.", "schema": {"type": "array", "items": S}},
                    {"name": "X-Kind", "in": "header", "required": True,
                     "schema": {"enum": ["a", "b"]}},
                    {"name": "f", "in": "query", "content": {"application/json": {"schema": S}}},
                    {"name": "c", "in": "cookie", "schema": S},
                ],
                "requestBody": {"$ref": "#/components/requestBodies/Thing"},
                "responses": {
                    "200": {
                        "description": "Replaced.",
                        "headers": {"ETag": {"description": "Of it.", "schema": S}},
                        "content": {"application/json": {"schema": THING}},
                    },
                    "404": {"$ref": "#/components/responses/Missing"},
                    "500": {"description": "Failed."},
                    "default": {},
                },
                "callbacks": {
                    "sold": {"{$request.body#/url}": {"post": {
                        "description": "Sold.",
                        "requestBody": {"content": {"application/json": {"schema": S}}},
                        "responses": {"204": {"description": "Seen."}},
                    }}}
                },
            },
        },
        "/upload": {
            "post": {
                "security": [],
                "requestBody": {"content": {"multipart/form-data": {"schema": {
                    "type": "object",
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "more": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "title": S,
                        "count": {"type": "integer"},
                    },
                }}}},
                "responses": {"201": {"description": "Kept."}},
            },
        },
        "/login": {
            "post": {
                "operationId": "log_in",
                "security": [{"basic": []}],
                "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {
                    "type": "object", "properties": {"name": S}
                }}}},
                "responses": {"200": {"content": {"text/event-stream": {
                    "schema": S, "x-item-schema": {"$ref": "#/components/schemas/Thing"}
                }}}},
            },
            "get": {
                "operationId": "log_in",
                "security": [{"cookie": []}],
                "requestBody": {"content": {"image/png": {}}},
                "responses": {"200": {"content": {"application/json": {
                    "schema": S, "example": {"a": None}
                }}}},
            },
            "put": {
                "security": [{"query": []}],
                "responses": {"200": {"content": {"application/json": {
                    "schema": S, "examples": {"one": {"value": [1, True]}}
                }}}},
            },
        },
    },
    "webhooks": {"made": {"post": {
        "summary": "A thing is made",
        "requestBody": {"content": {"application/json": {"schema": THING}}},
        "responses": {"200": {"description": "Seen."}},
    }}},
    "x-websocket-routes": {"/live": {
        "summary": "Live",
        "x-client-message": {"schema": S},
        "x-server-message": {"schema": {"$ref": "#/components/schemas/Thing"}},
    }},
    "components": {
        "requestBodies": {"Thing": {"required": True, "description": "The thing.", "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
        }}},
        "responses": {"Missing": {"description": "Gone.\nReally.", "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Error"}}
        }}},
        "schemas": {
            "Error": {"type": "object", "properties": {"detail": S}},
            "Thing": {
                "type": "object",
                "title": "A thing",
                "description": "What is sold.",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "minLength": 3, "examples": ["Vase"]},
                    "price": {"type": "number", "exclusiveMinimum": 0, "description": "In euros."},
                    "stock": {"type": "integer", "maximum": 0, "readOnly": True},
                    "secret": {"type": "string", "writeOnly": True, "deprecated": True},
                    "kind": {"const": "thing"},
                    "colour": {"anyOf": [{"enum": ["red", "blue"]}, {"type": "null"}]},
                    "maker": {"anyOf": [{"$ref": "#/components/schemas/Maker"}, {"type": "null"}]},
                    "parts": {"type": "array", "uniqueItems": True, "items": THING},
                    "size": {"type": "object", "properties": {
                        "width": {"type": ["integer", "null"], "default": 7},
                        "tags": {"type": "object", "additionalProperties": S},
                    }},
                    "boxes": {"type": "array", "items": {"type": "object", "properties": {"x": S}}},
                    "any": {},
                    "flag": {"type": "boolean"},
                    "empty": {"type": "array"},
                    "nothing": {"type": "null"},
                },
            },
            "Maker": {
                "allOf": [{"$ref": "#/components/schemas/Named"}, {"properties": {"city": S}}]
            },
            "Named": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 4}}},
            "Either": {"oneOf": [THING, {"$ref": "#/components/schemas/Maker"}]},
            "Loop": {"$ref": "#/components/schemas/Loop"},
        },
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer", "description": "A *token*."},
            "basic": {"type": "http", "scheme": "Basic"},
            "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
            "query": {"type": "apiKey", "in": "query", "name": "key"},
            "login": {"type": "oauth2", "flows": {
                "password": {"tokenUrl": "token", "scopes": {"write": "To write."}},
                "implicit": {"authorizationUrl": "https://auth.example", "scopes": {}},
            }},
        },
    },
}  # fmt: skip

VOID = {"meta", "link", "input"}


class Page(HTMLParser):
    """The elements of a page, which must be closed in the order of their opening."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [found for _, attrs in self.elements if (found := attrs.get(attribute)) is not None]


def page(document: dict[str, Any] = RICH, **options: Any) -> Page:
    return Page(html(document, **options))


def html(document: dict[str, Any] = RICH, **options: Any) -> str:
    return reference_page(document, **{"assets_url": "reference/assets", **options})


def section(id_: str, document: dict[str, Any] = RICH) -> str:
    """Return the text of one operation or schema."""
    found = re.search(rf'<(article|section) id="{id_}".*?</\1>', html(document), re.DOTALL)
    assert found is not None
    text = unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", found[0])))
    return re.sub(r" ([.,])", r"\1", text)


@pytest.mark.parametrize("document", [BLOG, RICH], ids=["blog", "rich"])
def test_the_page_needs_no_script_and_no_inline_style(document: dict[str, Any]) -> None:
    found = page(document)

    assert {tag for tag, _ in found.elements}.isdisjoint({"script", "style", "iframe", "img"})
    for _, attributes in found.elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("document", [BLOG, RICH], ids=["blog", "rich"])
def test_every_place_is_named_once_and_every_link_finds_one(document: dict[str, Any]) -> None:
    found = page(document)
    ids = found.values("id")
    fragments = [link[1:] for link in found.values("href") if link.startswith("#")]

    assert len(ids) == len(set(ids))
    assert set(fragments) <= set(ids)
    assert set(found.values("for")) <= set(ids)


def test_every_part_is_an_asset_under_any_root_path() -> None:
    links = [attributes["href"] or "" for tag, attributes in page().elements if tag == "link"]

    assert {link.removeprefix("reference/assets/") for link in links} <= asset_names
    assert {
        urljoin("https://x.example/root/reference", link).rpartition("/")[0] for link in links
    } == {"https://x.example/root/reference/assets"}


def test_the_style_sheet_asks_no_other_host() -> None:
    found = asset("reference.css")

    assert found.media_type == "text/css; charset=utf-8"
    assert b"url(" not in found.content
    assert b"@import" not in found.content
    assert b"prefers-color-scheme: dark" in found.content
    assert b"prefers-reduced-motion" in found.content


def test_classes_of_the_page_are_those_of_the_style_sheet() -> None:
    style = asset("reference.css").content.decode()
    used = {name for value in page().values("class") for name in value.split()}

    unknown = {name for name in used if not re.search(rf"\.{re.escape(name)}(?![\w-])", style)}

    assert unknown <= {"m-ws", "optional", "quiet", "content", "sd", "code", "introduction"}


def test_the_page_can_be_read_aloud_and_used_with_the_keyboard() -> None:
    found = page()
    tags = [tag for tag, _ in found.elements]

    assert ("html", {"lang": "en"}) in found.elements
    assert tags.count("main") == tags.count("h1") == tags.count("nav") == 1
    assert found.values("aria-label")[0] == "Contents"
    first_link = next(attributes for tag, attributes in found.elements if tag == "a")
    assert first_link == {"href": "#content", "class": "skip"}
    blocks = [attributes for tag, attributes in found.elements if tag == "pre"]
    assert blocks
    assert all(block["tabindex"] == "0" and block["aria-label"] for block in blocks)
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_beginning_says_what_the_api_is() -> None:
    found = page(openapi_url="openapi.json", interactive_url="docs", language="de")

    assert ("html", {"lang": "de"}) in found.elements
    assert "Shop 2.0" in found.text
    for said in (
        "This version is deprecated since 2026-01-01. It will stop answering on 2027-06-30.",
        "All of it.",
        "Server: https://api.example.com/v2/ (Live)",
        "Contact: Ann https://ann.example ann@x.example",
        "Licence: MIT",
    ):
        assert said in found.text
    assert {
        *("openapi.json", "docs", "https://move.example", "https://mit.example"),
        *("https://ann.example", "mailto:ann@x.example"),
    } <= set(found.values("href"))


def test_a_bare_document_has_a_page() -> None:
    found = page({"openapi": "3.1.0", "info": {"license": {"name": "MIT", "url": "javascript:x"}}})

    assert "API" in found.text
    assert "Licence: MIT" in found.text
    assert not any("javascript" in link for link in found.values("href"))


def test_a_version_that_is_deprecated_without_a_date_says_so() -> None:
    found = page({"info": {"title": "T", "x-lifecycle": {"deprecated": True}}})

    assert "This version is deprecated." in found.text


def test_the_contents_list_every_operation_by_tag() -> None:
    found = re.search(r"<nav.*?</nav>", html(), re.DOTALL)
    assert found is not None
    text = re.sub(r"<[^>]*>", " ", found[0])

    assert re.sub(r"\s+", " ", text).strip() == (
        "Authentication things PUT Replace a thing Operations POST POST /upload GET GET /login "
        "PUT PUT /login POST POST /login WebSocket routes WS Live Webhooks POST A thing is made "
        "Schemas Either Error Loop Maker Named Thing"
    )


def test_an_operation_says_all_that_it_takes_and_answers() -> None:
    text = section("operation-replace_thing")

    for said in (
        "Replace a thing PUT /things/{thing_id} deprecated",
        "Needs authentication: bearer and key or nothing.",
        "Needs the permission things:write.",
        "Limited to 5 requests in a minute.",
        "Limited to fair.",
        "Path thing_id string (uuid) required",
        "Query q string at most 9 characters required",
        "tags array of string required deprecated",
        'X-Kind any "a" "b" required',
        "Cookies c string",
        "Body required The thing. application/json Thing",
        "name string at least 3 characters required",
        "price number > 0 In euros.",
        "stock integer ≤ 0 read-only",
        "secret string deprecated write-only",
        'kind "thing"',
        'colour any or null "red" "blue"',
        "maker Maker or null",
        "parts array of Thing all different",
        "width integer or null default 7",
        "… string",
        "200 Replaced. Headers ETag string Of it.",
        "404 Gone. application/problem+json Error",
        "500 Failed.",
        "Callbacks sold POST {$request.body#/url} Sold.",
    ):
        assert said in text
    assert "detail" not in text


def test_an_answer_says_which_fields_may_be_missing() -> None:
    answer = section("operation-replace_thing").partition("200 Replaced.")[2]

    assert "name string at least 3 characters price number > 0 optional" in answer


def test_a_schema_has_a_place_of_its_own() -> None:
    assert "Thing A thing What is sold." in section("schema-Thing")
    assert "One of: Thing Maker" in section("schema-Either")
    assert "name string at most 4 characters" in section("schema-Maker")
    assert "city string" in section("schema-Maker")
    assert "Loop" in section("schema-Loop")


def test_streams_sockets_and_hooks_say_what_is_sent() -> None:
    assert "text/event-stream string of Thing" in section("operation-log_in-2")
    assert "Client sends string Server sends Thing" in section("socket-live")
    hook = section("operation-webhook-POST-made")
    assert "Request body" in hook
    assert "curl" not in hook


def test_an_example_of_an_answer_is_shown_where_it_is_json() -> None:
    assert "Response 200" not in section("operation-log_in-2")
    assert 'Response 200 { "a" : null }' in section("operation-log_in")


# --- Examples -------------------------------------------------------------------------------------


def command(id_: str, **options: Any) -> str:
    found = re.search(rf'<article id="{id_}".*?<code>(curl.*?)</code>', html(**options), re.DOTALL)
    assert found is not None
    return unescape(found[1]).replace(" \\\n", "")  # which shlex does not take for one line


def test_a_command_makes_the_request() -> None:
    words = shlex.split(command("operation-replace_thing"))

    assert words[:4] == [
        *("curl", "-X", "PUT"),
        "https://api.example.com/v2/things/3f2b8c1e-5d4a-4f6b-9a7c-0e1d2c3b4a59?q=a+b&tags=string",
    ]
    assert words[4:-2] == [
        *("-H", "X-Kind: a"),
        *("-H", "Authorization: Bearer $TOKEN"),
        *("-H", "X-API-Key: $API_KEY"),
        *("-H", "Content-Type: application/json"),
    ]
    body = json.loads(words[-1])
    assert body["name"] == "Vase"
    assert body["colour"] == "red"
    assert body["stock"] == 0
    assert body["size"] == {"width": 7, "tags": {}}
    assert body["boxes"] == [{"x": "string"}]
    assert body["maker"] == {"name": "stri", "city": "string"}
    assert "secret" not in body


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        pytest.param(
            "operation-POST-upload",
            ["-X", "POST", "$B/upload", "-F", "file=@file", "-F", "more=string"],
            id="files",
        ),
        pytest.param(
            "operation-log_in-2",
            [
                "-X",
                "POST",
                "$B/login",
                "-H",
                "Authorization: Basic $CREDENTIALS",
                "-d",
                "name=string",
            ],
            id="form",
        ),
        pytest.param(
            "operation-log_in",
            [
                "-X",
                "GET",
                "$B/login",
                "-H",
                "Cookie: session=…",
                "-H",
                "Content-Type: image/png",
                "-d",
                "@file",
            ],
            id="cookie",
        ),
        pytest.param("operation-PUT-login", ["-X", "PUT", "$B/login"], id="key-in-query"),
    ],
)
def test_a_command_fits_its_operation(id_: str, words: list[str]) -> None:
    found = shlex.split(command(id_, base_url="$B"))[1:]

    if id_ == "operation-POST-upload":
        words = [*words[:-1], "more=@file", "-F", "title=string", "-F", "count=1"]
    assert found == words


@pytest.mark.parametrize(
    ("servers", "base"),
    [
        ([], "$BASE_URL"),
        ([{"url": "/v1/"}], "$BASE_URL/v1"),
        ([{"url": "http://localhost:8000"}], "http://localhost:8000"),
    ],
)
def test_a_command_goes_to_the_first_server(servers: list[Any], base: str) -> None:
    document = {"servers": servers, "paths": {"/x": {"get": {}}}}

    assert shlex.split(command("operation-GET-x", document=document))[1] == f"{base}/x"


def test_a_document_puts_nothing_into_the_shell() -> None:
    hostile = "'; rm -rf ~ #$(id)`id`\"$HOME"
    document = {
        "paths": {
            "/x/{p}": {
                "post": {
                    "parameters": [
                        {"name": "p", "in": "path", "required": True, "example": hostile},
                        {"name": hostile, "in": "query", "required": True, "example": hostile},
                        {"name": hostile, "in": "header", "required": True, "example": hostile},
                    ],
                    "requestBody": {"content": {"application/json": {"example": hostile}}},
                }
            }
        }
    }

    words = shlex.split(command("operation-POST-x-p", document=document))

    assert words[:3] == ["curl", "-X", "POST"]
    assert words[4:] == [
        *("-H", f"{hostile}: {hostile}"),
        *("-H", "Content-Type: application/json"),
        *("-d", json.dumps(hostile)),
    ]


# --- What cannot happen ---------------------------------------------------------------------------


def poisoned(value: Any, poison: str) -> Any:
    """Return a JSON value with *poison* after every text, keys of no meaning included."""
    if isinstance(value, dict):
        return {key: poisoned(member, poison) for key, member in value.items()}
    if isinstance(value, list):
        return [poisoned(item, poison) for item in value]
    return value + poison if isinstance(value, str) and not value.startswith("#/") else value


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(
        ['"><script>alert(1)</script>', "' onload=alert(1) x='", "</code></pre><img src=x>", "&lt;"]
    )
    | st.text(max_size=12)
)
def test_nothing_in_a_document_becomes_markup(poison: str) -> None:
    found = page(poisoned(RICH, poison))

    clean = {tag for tag, _ in page().elements}
    assert {tag for tag, _ in found.elements} <= clean | {"ol", "em", "strong"}
    for _, attributes in found.elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_the_document_stays_as_it_is() -> None:
    before = copy.deepcopy(RICH)

    page()

    assert before == RICH
