"""The blog's document: valid, and kept by every answer that the blog gives.

Each client of these tests holds each answer to the document (blog_server.py); here is the proof
that it would notice, and that what the document says of access is true.
"""

from typing import Any

import httpx2
import pytest
from blog_server import Blog
from contract import Contract
from openapi_spec_validator import OpenAPIV31SpecValidator

ITEM = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
CONTRACT = Contract(
    {
        "components": {"schemas": {"Item": ITEM}},
        "paths": {
            "/items/{item_id}": {
                "get": {
                    "responses": {
                        "200": {
                            "content": {
                                "application/json": {
                                    "schema": {"$ref": "#/components/schemas/Item"}
                                },
                                "image/*": {},
                            }
                        }
                    }
                },
                "delete": {"responses": {"204": {}}},
            },
            "/items/first": {"get": {"responses": {"404": {}}}},
        },
    }
)


def answer(request: str, status: int, content: bytes, media_type: str) -> httpx2.Response:
    """Return a response as a client gets it."""
    method, path = request.split()
    return httpx2.Response(
        status,
        content=content,
        headers={"Content-Type": media_type},
        request=httpx2.Request(method, f"http://test{path}"),
    )


@pytest.fixture
def document(blog: Blog) -> dict[str, Any]:
    response = blog.visitor.get("/openapi.json")
    assert response.headers["content-type"] == "application/json"
    return response.json()


class TestContract:
    @pytest.mark.parametrize(
        "kept",
        [
            pytest.param(("GET /items/1", 200, b'{"id": 1}', "application/json"), id="json"),
            pytest.param(("GET /items/1", 200, b"...", "image/png"), id="media-range"),
            pytest.param(("DELETE /items/1", 204, b"", ""), id="no-content"),
            pytest.param(("GET /items/first", 404, b"", ""), id="static-path-first"),
            pytest.param(("GET /elsewhere", 404, b"", ""), id="no-operation"),
            pytest.param(("GET /items/1", 308, b"", ""), id="redirect"),
        ],
    )
    def test_is_kept_by(self, kept: tuple[str, int, bytes, str]) -> None:
        assert CONTRACT.breaches(answer(*kept)) == []

    @pytest.mark.parametrize(
        ("broken", "why"),
        [
            pytest.param(
                ("GET /items/1", 500, b"{}", "application/json"), "not documented: 200", id="status"
            ),
            pytest.param(("GET /items/1", 200, b"x", "text/plain"), "text/plain", id="media-type"),
            pytest.param(
                ("GET /items/1", 200, b'{"id": "1"}', "application/json"), "$.id", id="schema"
            ),
            pytest.param(("DELETE /items/1", 204, b"x", ""), "with a body", id="unexpected-body"),
        ],
    )
    def test_is_broken_by(self, broken: tuple[str, int, bytes, str], why: str) -> None:
        (breach,) = CONTRACT.breaches(answer(*broken))

        assert why in breach


class TestDocument:
    def test_is_valid_openapi(self, document: dict[str, Any]) -> None:
        faults = [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]

        assert document["openapi"] == "3.1.0"
        assert faults == []

    def test_names_every_operation_of_the_blog(self, document: dict[str, Any]) -> None:
        operations = {
            f"{method.upper()} {path}"
            for path, item in document["paths"].items()
            for method in item
        }

        assert operations == {
            "POST /token", "GET /users", "POST /users", "GET /users/me", "PATCH /users/me",
            "PUT /users/me/avatar", "GET /users/{user_id}", "GET /users/{user_id}/avatar",
            "GET /posts", "POST /posts", "GET /posts/{post_id}", "PATCH /posts/{post_id}",
            "DELETE /posts/{post_id}", "GET /posts/{post_id}/comments",
            "POST /posts/{post_id}/comments", "PUT /comments/{comment_id}",
            "DELETE /comments/{comment_id}",
        }  # fmt: skip

    def test_has_an_id_for_each_operation(self, document: dict[str, Any]) -> None:
        ids = [
            operation["operationId"]
            for item in document["paths"].values()
            for operation in item.values()
        ]

        assert len(set(ids)) == len(ids) == 17
        assert all(one.isidentifier() for one in ids)

    def test_says_truly_where_a_token_is_needed(self, blog: Blog, document: dict[str, Any]) -> None:
        for path, item in document["paths"].items():
            for method, operation in item.items():
                target = path.replace("{", "").replace("}", "")

                response = blog.visitor.request(method, target, follow_redirects=False)

                is_protected = bool(operation.get("security"))
                assert (response.status_code == 401) is is_protected, f"{method} {path}"
                assert ("401" in operation["responses"]) is is_protected

    def test_sends_logins_to_the_token_endpoint(self, document: dict[str, Any]) -> None:
        flows = [
            scheme["flows"]["password"]["tokenUrl"]
            for scheme in document["components"]["securitySchemes"].values()
            if scheme["type"] == "oauth2"
        ]

        assert flows == ["/token"]

    def test_describes_errors_by_one_schema(self, document: dict[str, Any]) -> None:
        schemas = {
            media["schema"]["$ref"]
            for item in document["paths"].values()
            for operation in item.values()
            for status, response in operation["responses"].items()
            if status >= "4"
            for media_type, media in response["content"].items()
            if media_type == "application/problem+json"
        }

        assert schemas == {"#/components/schemas/ErrorResponse"}
