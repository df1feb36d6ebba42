"""An operation's responses are those that it can give, and no other."""

from collections.abc import Callable
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import BaseModel

from covet_openapi._reading import read_operations
from covet_openapi._responses import error_statuses

Make = Callable[..., SimpleNamespace]
Generate = Callable[..., dict[str, Any]]


class Item(BaseModel):
    title: str


class ConflictError(Exception):
    """Another write came first.

    Internals that a client need not know.
    """

    status_code = HTTPStatus.CONFLICT


class TakenError(Exception):
    """The name is taken."""

    status_code = 409


class GoneError(Exception):
    status_code = 410


class OddError(Exception):
    """499: what nobody expects."""

    status_code = 499


class NotHttpError(Exception):
    """Has no status."""


class MovedError(Exception):
    status_code = 308


@pytest.mark.parametrize(
    ("method", "path", "locations", "facts", "protected", "statuses"),
    [
        pytest.param("GET", "/x", [], {}, False, {500}, id="nothing"),
        pytest.param("GET", "/x", ["query"], {}, False, {422, 500}, id="query"),
        pytest.param("GET", "/x", ["header"], {}, False, {422, 500}, id="header"),
        pytest.param("GET", "/x", ["cookie"], {}, False, {422, 500}, id="cookie"),
        pytest.param("GET", "/x/{y}", [], {}, False, {404, 422, 500}, id="path"),
        pytest.param("POST", "/x", ["body"], {}, False, {400, 413, 415, 422, 500}, id="json"),
        pytest.param("POST", "/x", ["form"], {}, False, {400, 413, 415, 422, 500}, id="form"),
        pytest.param("POST", "/x", ["file"], {}, False, {400, 413, 415, 422, 500}, id="file"),
        pytest.param("POST", "/x", [], {}, False, {500}, id="post-without-body"),
        pytest.param("GET", "/x", [], {}, True, {401, 500}, id="protected"),
        pytest.param(
            "GET", "/x", [], {"permissions": ["a:b"]}, True, {401, 403, 500}, id="permissions"
        ),
        pytest.param("GET", "/x", [], {"rate_limit": 5}, False, {429, 500}, id="limited"),
        pytest.param("GET", "/x", [], {"timeout": 5.0}, False, {500, 504}, id="timeout"),
        pytest.param("GET", "/x", [], {"raises": [ConflictError]}, False, {409, 500}, id="raises"),
        pytest.param(
            "GET", "/x", [], {"raises": [NotHttpError, MovedError]}, False, {500}, id="no-error"
        ),
        pytest.param(
            "GET", "/x", [], {"raises": [GoneError()]}, False, {410, 500}, id="an-instance"
        ),
    ],
)
def test_the_errors_follow_from_the_route(
    route: Make,
    value: Make,
    method: str,
    path: str,
    locations: list[str],
    facts: dict[str, Any],
    protected: bool,
    statuses: set[int],
) -> None:
    values = [value("v", str, location=location) for location in locations]
    (operation,) = read_operations(route(path, [method], *values, **facts))

    found = error_statuses(operation, protected=protected)

    assert set(found) == statuses
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("media_type", "statuses"),
    [
        pytest.param(None, {413, 422, 500}, id="anything"),
        pytest.param("image/png", {413, 415, 422, 500}, id="one-media-type"),
    ],
)
def test_a_body_taken_as_it_comes_cannot_be_malformed(
    route: Make, value: Make, media_type: str | None, statuses: set[int]
) -> None:
    record = value("image", bytes, location="body", media_type=media_type)
    (operation,) = read_operations(route("/x", ["PUT"], record))

    assert set(error_statuses(operation, protected=False)) == statuses


@pytest.mark.parametrize(
    ("facts", "schemes", "is_protected"),
    [
        pytest.param({}, {}, False, id="no-authenticator-is-public"),
        pytest.param({}, {"b": {"type": "mutualTLS"}}, True, id="an-authenticator-protects"),
        pytest.param({"requires_auth": False}, {"b": {"type": "mutualTLS"}}, False, id="public"),
        pytest.param({"requires_auth": True}, {}, True, id="protected-by-something-else"),
        pytest.param({"permissions": {"a:b"}}, {}, True, id="permissions-need-a-caller"),
    ],
)
def test_a_route_is_protected_by_itself_or_by_the_document(
    route: Make,
    operation: Generate,
    facts: dict[str, Any],
    schemes: dict[str, Any],
    is_protected: bool,
) -> None:
    found = operation(route("/x", **facts), security_schemes=schemes)

    assert ("401" in found["responses"]) == is_protected
    assert ("security" in found) == (is_protected and bool(schemes))


def test_every_error_is_one_component_as_a_problem_document(
    route: Make, value: Make, document: Generate
) -> None:
    found = document(route("/x/{y}", ["POST"], value("item", Item), rate_limit=5, timeout=1.0))

    responses = found["paths"]["/x/{y}"]["post"]["responses"]
    assert {
        str(response["content"]) for status, response in responses.items() if int(status) >= 400
    } == {
        str(
            {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ErrorResponse"}}}
        )
    }
    error = found["components"]["schemas"]["ErrorResponse"]
    assert set(error["properties"]) == {
        *("type", "title", "status", "detail", "instance"),  # RFC 9457
        *("error", "status_code", "details", "timestamp", "request_id", "retry_after"),
    }
    assert set(error["properties"]) - set(error["required"]) == {"retry_after"}


def test_the_application_may_bring_its_own_error_model(route: Make, document: Generate) -> None:
    class Failure(BaseModel):
        code: str

    found = document(route("/x"), error_model=Failure)

    assert set(found["components"]["schemas"]) == {"Failure"}


def test_what_a_route_raises_is_said_in_the_first_line_of_each_exception(
    route: Make, operation: Generate
) -> None:
    found = operation(route("/x", raises=[ConflictError, TakenError, GoneError, OddError]))[
        "responses"
    ]

    assert found["409"]["description"] == "Another write came first. The name is taken."
    assert found["410"]["description"] == "Gone"
    assert found["499"]["description"] == "What nobody expects."


def test_limits_say_when_to_come_back(route: Make, operation: Generate) -> None:
    found = operation(route("/x", rate_limit=5))["responses"]

    assert set(found["429"]["headers"]) == {"Retry-After", "RateLimit", "RateLimit-Policy"}


def test_statuses_are_in_order_after_the_success(
    route: Make, value: Make, operation: Generate
) -> None:
    found = operation(route("/x/{y}", ["POST"], value("item", Item), status_code=201))

    assert list(found["responses"]) == ["201", "400", "404", "413", "415", "422", "500"]


@pytest.mark.parametrize(
    ("facts", "content"),
    [
        pytest.param(
            {"response_model": Item},
            {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}},
            id="model",
        ),
        pytest.param(
            {"response_model": list[int]},
            {"application/json": {"schema": {"type": "array", "items": {"type": "integer"}}}},
            id="type",
        ),
        pytest.param(
            {"response_model": Item, "response_media_type": "application/hal+json"},
            {"application/hal+json": {"schema": {"$ref": "#/components/schemas/Item"}}},
            id="json-by-suffix",
        ),
        pytest.param({"response_model": None}, {"application/json": {}}, id="undescribed"),
        pytest.param({"response_model": Item, "status_code": 204}, None, id="no-content"),
        pytest.param({"response_model": Item, "status_code": 304}, None, id="not-modified"),
        pytest.param({"status_code": 303}, None, id="redirect"),
        pytest.param(
            {"response_model": bytes},
            {
                "application/octet-stream": {
                    "schema": {
                        "type": "string",
                        "format": "binary",
                        "contentMediaType": "application/octet-stream",
                    }
                }
            },
            id="bytes",
        ),
        pytest.param(
            {"response_media_type": "image/png", "response_model": bytes},
            {
                "image/png": {
                    "schema": {
                        "type": "string",
                        "format": "binary",
                        "contentMediaType": "image/png",
                    }
                }
            },
            id="image",
        ),
        pytest.param(
            {"response_media_type": "text/csv"},
            {"text/csv": {"schema": {"type": "string"}}},
            id="text",
        ),
    ],
)
def test_a_success_has_the_content_that_the_route_declares(
    route: Make, operation: Generate, facts: dict[str, Any], content: dict[str, Any] | None
) -> None:
    found = operation(route("/x", **facts))

    status = str(facts.get("status_code", 200))
    assert found["responses"][status].get("content") == content


def test_an_answer_to_head_has_no_content(route: Make, operation: Generate) -> None:
    found = operation(route("/x", ["HEAD"], response_model=Item))

    assert "content" not in found["responses"]["200"]


def test_a_status_without_a_body_adds_no_component(route: Make, document: Generate) -> None:
    found = document(route("/x", response_model=Item, status_code=204))

    assert "Item" not in found["components"]["schemas"]
