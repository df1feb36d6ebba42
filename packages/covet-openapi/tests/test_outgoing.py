"""Requests that the API makes itself, and connections that are no requests."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel, computed_field

from covet_openapi import OpenAPIGenerator, bearer_jwt

Make = Callable[..., SimpleNamespace]
Generate = Callable[..., dict[str, Any]]


class Event(BaseModel):
    kind: str = "made"

    @computed_field
    def size(self) -> int:
        return 1


class Reply(BaseModel):
    status: str = "seen"


class Order(BaseModel):
    callback_url: str


def test_a_callback_is_a_request_to_where_the_client_said(
    route: Make, value: Make, document: Generate
) -> None:
    expression = "{$request.body#/callback_url}"
    request = route(
        expression,
        ["POST"],
        value("event", Event),
        status_code=204,
        summary="An order moves on",
    )

    found = document(
        route(
            "/orders", ["POST"], value("order", Order), extra={"callbacks": {"moved": [request]}}
        ),
        security_schemes={"bearer": bearer_jwt()},
    )

    assert found["paths"]["/orders"]["post"]["callbacks"] == {
        "moved": {
            expression: {
                "post": {
                    "summary": "An order moves on",
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Event"}}
                        },
                    },
                    "responses": {"204": {"description": "No Content"}},
                }
            }
        }
    }
    assert "size" in found["components"]["schemas"]["Event"]["properties"]


def test_a_webhook_is_a_request_to_who_asked_for_it(route: Make, value: Make) -> None:
    generator = OpenAPIGenerator("Test", "1.0", security_schemes={"bearer": bearer_jwt()})
    generator.add_webhook(
        "made",
        route(
            "/",
            ["POST"],
            value("event", Event),
            response_model=Reply,
            tags=["hooks"],
            raises=[OSError],
        ),
    )

    found = generator.generate()

    OpenAPIV31SpecValidator(found).validate()
    hook = found["webhooks"]["made"]["post"]
    assert list(hook["responses"]) == ["200"]
    assert hook["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Event"
    }
    assert "security" not in hook
    assert found["tags"] == [{"name": "hooks"}]
    assert "required" not in found["components"]["schemas"]["Reply"]


def test_an_answer_of_others_without_a_model_is_not_described(route: Make) -> None:
    generator = OpenAPIGenerator("Test", "1.0")
    generator.add_webhook("made", route("/", ["POST"]))

    hook = generator.generate()["webhooks"]["made"]["post"]

    assert hook["responses"] == {"200": {"description": "OK"}}


def test_a_websocket_route_says_what_either_side_sends(
    route: Make, value: Make, document: Generate
) -> None:
    found = document(
        route(
            "/chat/{room}",
            ["WEBSOCKET"],
            value("since", int, required=False, default=0),
            name="chat",
            summary="Chat",
            tags=["live"],
            request_model=Order,
            response_model=Event,
            permissions=("chat",),
            rate_limit=5,
        ),
        route("/echo", ["websocket"], requires_auth=False),
        security_schemes={"bearer": bearer_jwt()},
    )

    assert found["paths"] == {}
    assert found["x-websocket-routes"] == {
        "/chat/{room}": {
            "tags": ["live"],
            "summary": "Chat",
            "operationId": "chat",
            "parameters": [
                {"name": "room", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "since", "in": "query", "schema": {"type": "integer", "default": 0}},
            ],
            "x-client-message": {"schema": {"$ref": "#/components/schemas/Order"}},
            "x-server-message": {"schema": {"$ref": "#/components/schemas/Event"}},
            "security": [{"bearer": []}],
            "x-permissions": ["chat"],
            "x-rate-limit": [{"requests": 5, "windowSeconds": 60}],
        },
        "/echo": {"operationId": "websocket_echo"},
    }
    assert set(found["components"]["schemas"]) == {"Event", "Order"}
