"""Answers that a route states itself, and those that its exceptions bring."""

from collections.abc import AsyncIterator, Callable, Iterator
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import BaseModel

from covet_openapi import DocumentFaultsError, RouteRecordError, StatedResponse

Make = Callable[..., SimpleNamespace]
Generate = Callable[..., dict[str, Any]]

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ErrorResponse"}}}
OWN = {"application/json": {"schema": {"$ref": "#/components/schemas/OAuth2Failure"}}}


class OAuth2Failure(BaseModel):
    error: str


class Login(BaseModel):
    name: str


class OAuth2Error(Exception):
    """The token endpoint's own error."""

    status_code = 400
    response_model = OAuth2Failure


class UnauthorizedClientError(OAuth2Error):
    """The client is not known."""

    status_code = 401


class BadRequestError(Exception):
    """The request cannot be understood."""

    status_code = 400


class CsvError(Exception):
    status_code = 422
    response_model = str
    response_media_type = "text/csv"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(OAuth2Failure, id="model"),
        pytest.param({"model": OAuth2Failure}, id="mapping"),
        pytest.param(StatedResponse(OAuth2Failure), id="record"),
    ],
)
@pytest.mark.parametrize("status", [400, "400", HTTPStatus.BAD_REQUEST])
def test_a_stated_body_takes_the_place_of_the_problem_document(
    route: Make, value: Make, operation: Generate, said: Any, status: Any
) -> None:
    found = operation(route("/token", ["POST"], value("login", Login), responses={status: said}))

    assert found["responses"]["400"] == {
        "description": "The request body is not well-formed.",
        "content": OWN,
    }
    assert found["responses"]["422"]["content"] == PROBLEM


def test_an_answer_can_be_stated_in_full(route: Make, operation: Generate) -> None:
    stated = StatedResponse(
        bytes,
        description="""
            A picture.

            Not a large one.
            """,
        media_type="image/png",
        headers={"X-Width": "In pixels.", "X-Height": {"schema": {"type": "integer"}}},
        examples=["…"],
    )

    found = operation(route("/x", extra={"responses": {"2XX": stated}}))

    assert found["responses"]["2XX"] == {
        "description": "A picture.\n\nNot a large one.",
        "headers": {
            "X-Width": {"description": "In pixels.", "schema": {"type": "string"}},
            "X-Height": {"schema": {"type": "integer"}},
        },
        "content": {
            "image/png": {
                "schema": {
                    "type": "string",
                    "format": "binary",
                    "contentMediaType": "image/png",
                },
                "examples": {"example1": {"value": "…"}},
            }
        },
    }


def test_what_is_not_stated_stays(route: Make, operation: Generate) -> None:
    found = operation(
        route(
            "/x",
            response_model=Login,
            rate_limit=5,
            responses={
                200: {"headers": {"ETag": "Of this state."}, "examples": [{"name": "ann"}]},
                429: {"description": "Slow down.", "headers": {"X-More": "More."}},
                418: {},
            },
        )
    )["responses"]

    assert found["200"]["content"]["application/json"] == {
        "schema": {"$ref": "#/components/schemas/Login"},
        "examples": {"example1": {"value": {"name": "ann"}}},
    }
    assert set(found["200"]["headers"]) == {"ETag"}
    assert found["429"]["description"] == "Slow down."
    assert set(found["429"]["headers"]) == {
        *("Retry-After", "RateLimit", "RateLimit-Policy", "X-More"),
    }
    assert found["418"] == {"description": "I'm a Teapot", "content": PROBLEM}


def test_a_success_can_be_another_than_the_handlers(route: Make, document: Generate) -> None:
    found = document(
        route("/x", response_model=Login, responses={200: {"media_type": "text/html"}})
    )

    answer = found["paths"]["/x"]["get"]["responses"]["200"]
    assert answer["content"] == {"text/html": {"schema": {"type": "string"}}}
    assert "Login" not in found["components"]["schemas"]


def test_what_a_route_never_answers_is_left_out(route: Make, operation: Generate) -> None:
    found = operation(route("/x/{y}", responses={404: None, 422: None, 599: None}))

    assert list(found["responses"]) == ["200", "500"]


def test_something_is_said_of_the_answers_in_any_case(route: Make, operation: Generate) -> None:
    found = operation(route("/x", responses={200: None, 500: None}))

    assert set(found["responses"]) == {"default"}


def test_other_statuses_are_described_by_their_range(route: Make, operation: Generate) -> None:
    found = operation(route("/x", responses={"5XX": OAuth2Failure, "default": OAuth2Failure}))

    assert list(found["responses"]) == ["200", "500", "5XX", "default"]
    assert found["responses"]["5XX"]["description"] == "Any other status, 5XX."


@pytest.mark.parametrize(
    ("responses", "problem"),
    [
        ({99: OAuth2Failure}, "status 99"),
        ({"teapot": OAuth2Failure}, "status 'teapot'"),
        ({400: {"schema": OAuth2Failure}}, "unknown fact 'schema'"),
    ],
)
def test_what_cannot_be_stated_is_refused(
    route: Make, document: Generate, responses: Any, problem: str
) -> None:
    with pytest.raises(DocumentFaultsError) as caught:
        document(route("/x", responses=responses))

    (error,) = caught.value.exceptions
    assert isinstance(error, RouteRecordError)
    assert problem in error.problem


# --- Exceptions with a body of their own ----------------------------------------------------------


def test_an_exception_brings_its_own_body(route: Make, operation: Generate) -> None:
    found = operation(route("/token", raises=[UnauthorizedClientError, CsvError]))["responses"]

    assert found["401"] == {
        "description": "The client is not known.",
        "content": OWN,
        "headers": found["401"]["headers"],
    }
    assert found["422"]["content"] == {"text/csv": {"schema": {"type": "string"}}}


@pytest.mark.parametrize("has_body", [True, False])
def test_bodies_of_one_status_stand_side_by_side(
    route: Make, value: Make, operation: Generate, has_body: bool
) -> None:
    inputs = [value("login", Login)] if has_body else []
    raised = [OAuth2Error] if has_body else [OAuth2Error, BadRequestError]

    found = operation(route("/token", ["POST"], *inputs, raises=raised))

    assert found["responses"]["400"]["content"] == {**PROBLEM, **OWN}


# --- Streams --------------------------------------------------------------------------------------

LOGIN = {"$ref": "#/components/schemas/Login"}


@pytest.mark.parametrize(
    ("model", "media_type", "content"),
    [
        pytest.param(
            AsyncIterator[Login],
            "text/event-stream",
            {"text/event-stream": {"schema": {"type": "string"}, "x-item-schema": LOGIN}},
            id="events",
        ),
        pytest.param(
            Login,
            "text/event-stream; charset=utf-8",
            {
                "text/event-stream; charset=utf-8": {
                    "schema": {"type": "string"},
                    "x-item-schema": LOGIN,
                }
            },
            id="events-of-a-model",
        ),
        pytest.param(
            Iterator[Login],
            None,
            {"application/jsonl": {"schema": {"type": "string"}, "x-item-schema": LOGIN}},
            id="lines",
        ),
        pytest.param(
            AsyncIterator[str], None, {"text/plain": {"schema": {"type": "string"}}}, id="text"
        ),
        pytest.param(
            AsyncIterator[bytes],
            "text/csv",
            {"text/csv": {"schema": {"type": "string"}}},
            id="file",
        ),
        pytest.param(
            AsyncIterator,
            "text/event-stream",
            {"text/event-stream": {"schema": {"type": "string"}}},
            id="events-of-anything",
        ),
    ],
)
def test_a_stream_says_what_it_is_a_stream_of(
    route: Make, operation: Generate, model: Any, media_type: str | None, content: dict[str, Any]
) -> None:
    found = operation(route("/x", response_model=model, response_media_type=media_type))

    assert found["responses"]["200"]["content"] == content
