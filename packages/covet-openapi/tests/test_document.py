"""The whole document."""

import json
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel

from covet_openapi import (
    DuplicateOperationError,
    OpenAPIError,
    OpenAPIGenerator,
    bearer_jwt,
    oauth2_password,
)

Make = Callable[..., SimpleNamespace]
Generate = Callable[..., dict[str, Any]]


class Item(BaseModel):
    title: str = "é"


def test_a_document_without_routes_is_valid(document: Generate) -> None:
    assert document() == {
        "openapi": "3.1.0",
        "info": {"title": "Test", "version": "1.0"},
        "paths": {},
    }


def test_info_has_what_is_known(document: Generate) -> None:
    found = document(
        description="About.",
        contact={"name": "Ann", "email": "ann@example.org"},
        license_info={"name": "MIT", "identifier": "MIT"},
        servers=["/v1", {"url": "https://example.org", "description": "Live"}],
    )

    assert found["info"] == {
        "title": "Test",
        "version": "1.0",
        "description": "About.",
        "contact": {"name": "Ann", "email": "ann@example.org"},
        "license": {"name": "MIT", "identifier": "MIT"},
    }
    assert found["servers"] == [
        {"url": "/v1"},
        {"url": "https://example.org", "description": "Live"},
    ]


@pytest.mark.parametrize("empty", [None, {}])
def test_empty_contact_and_license_are_left_out(
    document: Generate, empty: dict[str, str] | None
) -> None:
    found = document(contact=empty, license_info=empty)

    assert found["info"].keys() == {"title", "version"}


def test_a_license_needs_a_name() -> None:
    with pytest.raises(OpenAPIError, match="has no name"):
        OpenAPIGenerator("Test", "1.0", license_info={"url": "https://example.org"})


def test_an_operation_has_what_its_route_says(route: Make, operation: Generate) -> None:
    found = operation(
        route(
            "/x",
            name="find_x",
            summary="Find X",
            description="At length.",
            tags=["x"],
            deprecated=True,
        )
    )

    del found["responses"]
    assert found == {
        "tags": ["x"],
        "summary": "Find X",
        "description": "At length.",
        "operationId": "find_x",
        "deprecated": True,
    }


def test_paths_are_in_the_order_of_the_routes(route: Make, document: Generate) -> None:
    found = document(route("/b"), route("/a"), route("/b", ["POST"]))

    assert list(found["paths"]) == ["/b", "/a"]
    assert list(found["paths"]["/b"]) == ["get", "post"]


def test_paths_that_differ_in_parameter_names_only_are_one(
    route: Make, value: Make, document: Generate
) -> None:
    found = document(
        route("/posts/{post_id:int}/{lang}"),
        route("/posts/{id:int}/{lang}", ["PUT"], value("id", int), value("q")),
    )

    (path,) = found["paths"]
    assert path == "/posts/{post_id}/{lang}"
    assert [p["name"] for p in found["paths"][path]["put"]["parameters"]] == [
        *("post_id", "lang", "q")
    ]


def test_two_operations_that_openapi_cannot_tell_apart_are_refused(
    route: Make, document: Generate
) -> None:
    with pytest.raises(DuplicateOperationError) as caught:
        document(route("/posts/{id:int}"), route("/posts/{slug}"))

    assert (caught.value.method, caught.value.first, caught.value.second) == (
        *("GET", "/posts/{id:int}", "/posts/{slug}"),
    )


def test_declared_tags_come_first_with_their_descriptions(route: Make, document: Generate) -> None:
    found = document(route("/x", tags=["new", "users"]), tags={"posts": "Articles.", "users": ""})

    assert found["tags"] == [
        {"name": "posts", "description": "Articles."},
        {"name": "users"},
        {"name": "new"},
    ]


def test_any_scheme_opens_a_protected_operation_and_public_ones_need_none(
    route: Make, document: Generate
) -> None:
    schemes = {"bearer": bearer_jwt(description="A token."), "login": oauth2_password("token")}

    found = document(
        route("/me", requires_auth=True),
        route("/posts", requires_auth=False),
        route("/rest"),
        security_schemes=schemes,
    )

    assert "security" not in found
    assert found["paths"]["/me"]["get"]["security"] == [{"bearer": []}, {"login": []}]
    assert found["paths"]["/rest"]["get"]["security"] == [{"bearer": []}, {"login": []}]
    assert "security" not in found["paths"]["/posts"]["get"]
    assert found["components"]["securitySchemes"] == schemes


def test_a_password_flow_names_its_urls_and_scopes(document: Generate) -> None:
    scheme = oauth2_password(
        "/token", scopes={"posts": "Write."}, refresh_url="/refresh", description="Log in."
    )

    found = document(security_schemes={"login": scheme})

    assert found["components"]["securitySchemes"]["login"] == {
        "type": "oauth2",
        "description": "Log in.",
        "flows": {
            "password": {
                "tokenUrl": "/token",
                "refreshUrl": "/refresh",
                "scopes": {"posts": "Write."},
            }
        },
    }


@pytest.fixture
def generator(route: Make, value: Make) -> OpenAPIGenerator:
    generator = OpenAPIGenerator("Tést", "1.0", description="yes", tags={"on": "2026-01-01"})
    generator.add_route(route("/items", ["POST"], value("item", Item), response_model=Item))
    return generator


def test_json_is_the_document(generator: OpenAPIGenerator) -> None:
    assert json.loads(generator.to_json()) == generator.generate()
    assert "\n" not in generator.to_json()
    assert generator.to_json(indent=2).startswith('{\n  "openapi": "3.1.0",\n')
    assert "Tést" in generator.to_json()


def test_yaml_equals_json(generator: OpenAPIGenerator) -> None:
    text = generator.to_yaml()

    assert yaml.safe_load(text) == generator.generate()
    assert text.startswith("openapi: 3.1.0\ninfo:\n  title: Tést\n")
    assert "&id" not in text


def test_yaml_without_its_extra_names_the_extra(
    generator: OpenAPIGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    monkeypatch.delitem(sys.modules, "covet_openapi.yaml", raising=False)

    with pytest.raises(ImportError, match=r"covet-openapi\[yaml\]"):
        generator.to_yaml()


def test_the_same_routes_give_the_same_bytes(route: Make, value: Make) -> None:
    def make() -> str:
        generator = OpenAPIGenerator("Test", "1.0")
        generator.add_route(
            route(
                "/x",
                {"PUT", "POST", "PATCH"},
                value("item", Item),
                tags={"b", "a"},
                response_model=dict[str, Item],
            )
        )
        return generator.to_json()

    assert make() == make()


def test_each_call_makes_a_new_document(generator: OpenAPIGenerator) -> None:
    generator.generate()["paths"].clear()

    assert generator.generate()["paths"]


def test_a_thousand_routes_are_one_valid_document(route: Make, value: Make) -> None:
    generator = OpenAPIGenerator("Test", "1.0", security_schemes={"bearer": bearer_jwt()})
    for number in range(1000):
        generator.add_route(
            route(f"/r{number}/{{id:int}}", ["PUT"], value("item", Item), response_model=Item)
        )

    found = generator.generate()

    operations = [operation for item in found["paths"].values() for operation in item.values()]
    assert len({operation["operationId"] for operation in operations}) == 1000
    few = {**found, "paths": dict(list(found["paths"].items())[:10])}
    OpenAPIV31SpecValidator(few).validate()
