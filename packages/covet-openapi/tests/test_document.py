"""The whole document."""

import json
import sys
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel

from covet_openapi import (
    DocumentFaultsError,
    DuplicateOperationError,
    OpenAPIError,
    OpenAPIGenerator,
    RouteRecordError,
    SchemaError,
    api_key,
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
    with pytest.raises(DocumentFaultsError) as caught:
        document(route("/posts/{id:int}"), route("/posts/{slug}"))

    (error,) = caught.value.exceptions
    assert isinstance(error, DuplicateOperationError)
    assert (error.method, error.first, error.second) == (
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


def test_everything_wrong_is_said_at_once_with_its_place(route: Make, value: Make) -> None:
    generator = OpenAPIGenerator("Test", "1.0")
    generator.add_route(route("/a", ["LINK"], source_location=("a.py", 1)))
    generator.add_route(route("/b", ["GET"], value("x", object()), source_location=("b.py", 2)))
    generator.add_route(route("/b", source_location=("b.py", 3)))
    generator.add_route(route("/c", ["GET"], handler=test_a_license_needs_a_name))
    generator.add_route(route("/c", handler=test_a_license_needs_a_name))
    generator.add_route(route("/d", security=["key"]))

    with pytest.raises(DocumentFaultsError) as caught:
        generator.generate()

    line = test_a_license_needs_a_name.__code__.co_firstlineno
    assert [(type(fault.error), fault.file, fault.line) for fault in caught.value.faults] == [
        (RouteRecordError, "a.py", 1),
        (RouteRecordError, "<unknown>", 0),
        (DuplicateOperationError, "b.py", 3),
        (DuplicateOperationError, __file__, line),
        (SchemaError, "b.py", 2),
    ]
    assert "\n  a.py:1: Route /a cannot be described" in str(caught.value)


def test_a_document_is_made_once_until_something_is_added(
    route: Make, generator: OpenAPIGenerator
) -> None:
    first = generator.to_json()

    assert generator.to_json() is first
    assert generator.to_json(indent=1) is generator.to_json(indent=1)

    generator.add_route(route("/more"))

    assert "/more" in generator.generate()["paths"]


def test_an_example_need_not_be_json(route: Make, value: Make, operation: Generate) -> None:
    found = operation(route("/x", ["GET"], value("day", date, examples=[date(2026, 1, 1)])))

    assert found["parameters"][0]["schema"]["examples"] == ["2026-01-01"]


@pytest.mark.parametrize(
    ("options", "scheme"),
    [
        ({}, {"type": "apiKey", "in": "header", "name": "X-API-Key"}),
        (
            {"name": "session", "location": "cookie", "description": "After logging in."},
            {
                "type": "apiKey",
                "in": "cookie",
                "name": "session",
                "description": "After logging in.",
            },
        ),
    ],
)
def test_a_key_opens_what_asks_for_it_alone(
    route: Make, document: Generate, options: dict[str, Any], scheme: dict[str, Any]
) -> None:
    schemes = {"key": api_key(**options), "bearer": bearer_jwt()}

    found = document(
        route("/by-key", extra={"security": ["key"]}), route("/any"), security_schemes=schemes
    )

    assert found["components"]["securitySchemes"]["key"] == scheme
    assert found["paths"]["/by-key"]["get"]["security"] == [{"key": []}]
    assert found["paths"]["/any"]["get"]["security"] == [{"key": []}, {"bearer": []}]


def test_permissions_and_limits_can_be_read(route: Make, operation: Generate) -> None:
    found = operation(
        route("/x", permissions=("posts:write", "admin"), rate_limit=["10/second", 1000])
    )

    assert found["x-permissions"] == ["posts:write", "admin"]
    assert found["x-rate-limit"] == [
        {"requests": 10, "windowSeconds": 1},
        {"requests": 1000, "windowSeconds": 60},
    ]


def test_any_operation_may_answer_with_what_the_document_raises(
    route: Make, document: Generate
) -> None:
    class NotAcceptableError(Exception):
        """No such version."""

        status_code = 406

    found = document(
        route("/x"), route("/y", raises=[NotAcceptableError]), raises=[NotAcceptableError]
    )

    for path in ("/x", "/y"):
        assert found["paths"][path]["get"]["responses"]["406"]["description"] == "No such version."


@pytest.mark.parametrize(
    ("facts", "lifecycle", "headers"),
    [
        pytest.param({}, None, set(), id="current"),
        pytest.param({"migration_guide_url": "https://x.example"}, None, set(), id="guide-alone"),
        pytest.param({"deprecated": True}, {"deprecated": True}, set(), id="deprecated"),
        pytest.param(
            {
                "deprecated": date(2026, 1, 1),
                "sunset_date": "2027-06-30",
                "migration_guide_url": "https://x.example",
            },
            {
                "deprecated": "2026-01-01",
                "sunset": "2027-06-30",
                "migrationGuide": "https://x.example",
            },
            {"Deprecation", "Sunset", "Link"},
            id="with-dates",
        ),
        pytest.param(
            {"sunset_date": date(2027, 6, 30)}, {"sunset": "2027-06-30"}, {"Sunset"}, id="sunset"
        ),
    ],
)
def test_a_version_that_nears_its_end_says_so_everywhere(
    route: Make,
    document: Generate,
    facts: dict[str, Any],
    lifecycle: dict[str, Any] | None,
    headers: set[str],
) -> None:
    none = {"deprecated": False, "sunset_date": None, "migration_guide_url": None}

    found = document(route("/x"), api_version=SimpleNamespace(**{**none, **facts}))

    operation = found["paths"]["/x"]["get"]
    assert found["info"].get("x-lifecycle") == lifecycle
    assert operation.get("deprecated", False) == ("deprecated" in (lifecycle or {}))
    assert set(operation["responses"]["200"].get("headers", {})) == headers


def test_equal_answers_are_one_object_while_a_document_is_made(route: Make, value: Make) -> None:
    generator = OpenAPIGenerator("Test", "1.0")
    for number in range(100):
        generator.add_route(route(f"/r{number}", ["PUT"], value("item", Item), timeout=1))

    made = generator._made()

    answers = [item["put"]["responses"] for item in made["paths"].values()]
    assert len({id(each["422"]) for each in answers}) == 1
    assert len({id(each["504"]) for each in answers}) == 1


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
