"""Parameters and request bodies say what an operation takes."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, Field

Make = Callable[..., SimpleNamespace]
Generate = Callable[..., dict[str, Any]]

FILE = {
    "type": "string",
    "format": "binary",
    "contentMediaType": "application/octet-stream",
}


class Upload:
    """What a framework hands to a handler for a file; Pydantic knows nothing of it."""


class Sort(Enum):
    NEWEST = "newest"
    OLDEST = "oldest"


class Filters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    page: int = Field(1, ge=1, description="Which page.")
    author: str | None = None
    sort: Sort = Sort.NEWEST
    tag: list[str] = Field(alias="tag[]")
    old: int = Field(0, deprecated=True)


class Item(BaseModel):
    title: str


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(
            {"name": "q"},
            {"name": "q", "in": "query", "required": True, "schema": {"type": "string"}},
            id="required",
        ),
        pytest.param(
            {"name": "page", "annotation": Annotated[int, Field(ge=1, le=9)], "default": 1},
            {
                "name": "page",
                "in": "query",
                "schema": {"type": "integer", "minimum": 1, "maximum": 9, "default": 1},
            },
            id="constraints-and-default",
        ),
        pytest.param(
            {"name": "since", "annotation": date, "default": date(2026, 1, 2)},
            {
                "name": "since",
                "in": "query",
                "schema": {"type": "string", "format": "date", "default": "2026-01-02"},
            },
            id="default-as-json",
        ),
        pytest.param(
            {"name": "q", "annotation": str | None, "default": None},
            {"name": "q", "in": "query", "schema": {"type": "string"}},
            id="null-cannot-be-written-in-a-query",
        ),
        pytest.param(
            {"name": "q", "annotation": int | str | None, "default": None},
            {
                "name": "q",
                "in": "query",
                "schema": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
            },
            id="union",
        ),
        pytest.param(
            {"name": "tag", "annotation": list[str], "default": []},
            {
                "name": "tag",
                "in": "query",
                "schema": {"type": "array", "items": {"type": "string"}, "default": []},
            },
            id="repeated",
        ),
        pytest.param(
            {"name": "X-Tenant", "location": "header", "annotation": int},
            {"name": "X-Tenant", "in": "header", "required": True, "schema": {"type": "integer"}},
            id="header",
        ),
        pytest.param(
            {"name": "seen", "location": "cookie", "default": "no"},
            {"name": "seen", "in": "cookie", "schema": {"type": "string", "default": "no"}},
            id="cookie",
        ),
        pytest.param(
            {
                "name": "q",
                "annotation": Annotated[str, Field(description="Words.", deprecated=True)],
            },
            {
                "name": "q",
                "in": "query",
                "description": "Words.",
                "required": True,
                "deprecated": True,
                "schema": {"type": "string"},
            },
            id="said-in-the-annotation",
        ),
        pytest.param(
            {
                "name": "q",
                "description": "Words.",
                "examples": ["a"],
                "deprecated": True,
                "title": "Q",
            },
            {
                "name": "q",
                "in": "query",
                "description": "Words.",
                "required": True,
                "deprecated": True,
                "schema": {"type": "string", "title": "Q", "examples": ["a"]},
            },
            id="said-in-the-record",
        ),
        pytest.param(
            {"name": "q", "annotation": Annotated[str, Field(alias="other")]},
            {"name": "q", "in": "query", "required": True, "schema": {"type": "string"}},
            id="the-record-knows-the-name",
        ),
        pytest.param(
            {"name": "f", "annotation": int, "default": lambda: 1},
            {"name": "f", "in": "query", "schema": {"type": "integer"}},
            id="default-that-is-no-json",
        ),
    ],
)
def test_a_parameter_says_what_it_takes(
    route: Make,
    value: Make,
    operation: Generate,
    record: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    found = operation(route("/x", ["GET"], value(required="default" not in record, **record)))

    assert found["parameters"] == [expected]


def test_parameters_of_a_path_are_typed_by_converters_that_do_not_show(
    route: Make, document: Generate
) -> None:
    found = document(route("/posts/{post_id:int}/{slug:str}"))

    (path,) = found["paths"]
    assert path == "/posts/{post_id}/{slug}"
    assert [
        (p["name"], p["in"], p["schema"]) for p in found["paths"][path]["get"]["parameters"]
    ] == [
        ("post_id", "path", {"type": "integer"}),
        ("slug", "path", {"type": "string"}),
    ]


def test_a_query_model_is_one_parameter_for_each_field(
    route: Make, value: Make, document: Generate
) -> None:
    found = document(route("/x", ["GET"], value("filters", Filters)))

    parameters = {p["name"]: p for p in found["paths"]["/x"]["get"]["parameters"]}
    assert list(parameters) == ["page", "author", "sort", "tag[]", "old"]
    assert parameters["page"]["description"] == "Which page."
    assert parameters["page"]["schema"] == {"type": "integer", "minimum": 1, "default": 1}
    assert parameters["author"]["schema"] == {"type": "string"}
    assert parameters["sort"]["schema"]["$ref"] == "#/components/schemas/Sort"
    assert parameters["tag[]"]["required"]
    assert parameters["old"]["deprecated"]
    assert "Filters" not in found["components"]["schemas"]


def test_an_optional_header_model_requires_no_header(
    route: Make, value: Make, operation: Generate
) -> None:
    class Headers(BaseModel):
        x_tenant: str = Field(alias="X-Tenant")

    record = value("headers", Headers, location="header", is_model=True, required=False)
    found = operation(route("/x", ["GET"], record))

    assert found["parameters"] == [
        {"name": "X-Tenant", "in": "header", "schema": {"type": "string"}}
    ]


@pytest.mark.parametrize("name", ["Accept", "content-type", "AUTHORIZATION"])
def test_headers_that_openapi_describes_elsewhere_are_no_parameters(
    route: Make, value: Make, operation: Generate, name: str
) -> None:
    found = operation(route("/x", ["GET"], value(name, str, location="header")))

    assert "parameters" not in found


def test_a_model_is_the_whole_body(route: Make, value: Make, operation: Generate) -> None:
    found = operation(route("/x", ["POST"], value("item", Item)))

    assert found["requestBody"] == {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}},
        "required": True,
    }


def test_a_body_that_may_be_left_out_is_not_required(
    route: Make, value: Make, operation: Generate
) -> None:
    record = value("item", Item | None, required=False, location="body")

    found = operation(route("/x", ["POST"], record))

    assert "required" not in found["requestBody"]
    assert found["requestBody"]["content"]["application/json"]["schema"]["anyOf"][1] == {
        "type": "null"
    }


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param([{"name": "item", "embed": True}], id="embedded"),
        pytest.param([{"name": "item"}, {"name": "urgent", "annotation": bool}], id="several"),
    ],
)
def test_values_of_a_body_are_members_of_an_object(
    route: Make, value: Make, operation: Generate, facts: list[dict[str, Any]]
) -> None:
    records = [value(**{"annotation": Item, "location": "body", **each}) for each in facts]

    found = operation(route("/x", ["POST"], *records))

    schema = found["requestBody"]["content"]["application/json"]["schema"]
    assert schema["type"] == "object"
    assert schema["required"] == [each["name"] for each in facts]
    assert schema["properties"]["item"] == {"$ref": "#/components/schemas/Item"}


def test_form_fields_are_an_url_encoded_body(route: Make, value: Make, operation: Generate) -> None:
    found = operation(
        route(
            "/login",
            ["POST"],
            value("username", location="form"),
            value("remember", bool, required=False, default=False, location="form"),
        )
    )

    assert found["requestBody"]["content"] == {
        "application/x-www-form-urlencoded": {
            "schema": {
                "type": "object",
                "properties": {
                    "username": {"type": "string"},
                    "remember": {"type": "boolean", "default": False},
                },
                "required": ["username"],
            }
        }
    }


def test_a_form_model_alone_is_the_body(route: Make, value: Make, operation: Generate) -> None:
    found = operation(route("/x", ["POST"], value("f", Item, location="form", is_model=True)))

    assert found["requestBody"]["content"]["application/x-www-form-urlencoded"] == {
        "schema": {"$ref": "#/components/schemas/Item"}
    }


def test_files_make_the_body_multipart_with_the_fields_of_a_form_model(
    route: Make, value: Make, operation: Generate
) -> None:
    found = operation(
        route(
            "/upload",
            ["POST"],
            value("item", Item, location="form", is_model=True),
            value("cover", Upload, location="file", description="An image."),
            value("pages", Annotated[list[Upload], "note"], location="file"),
            value("extra", list[Upload] | None, required=False, location="file"),
        )
    )

    schema = found["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert schema["properties"] == {
        "title": {"type": "string"},
        "cover": {**FILE, "description": "An image."},
        "pages": {"type": "array", "items": FILE},
        "extra": {"type": "array", "items": FILE},
    }
    assert schema["required"] == ["title", "cover", "pages"]


def test_a_body_without_any_required_part_has_no_list_of_them(
    route: Make, value: Make, operation: Generate
) -> None:
    record = value("cover", Upload, required=False, location="file")

    found = operation(route("/upload", ["POST"], record))

    assert "required" not in found["requestBody"]["content"]["multipart/form-data"]["schema"]


@pytest.mark.parametrize(
    ("annotation", "media_type", "content"),
    [
        pytest.param(
            bytes,
            None,
            {"*/*": {"schema": FILE}},
            id="bytes-of-anything",
        ),
        pytest.param(
            Annotated[bytes, "note"],
            "image/png",
            {"image/png": {"schema": {**FILE, "contentMediaType": "image/png"}}},
            id="bytes-of-one-type",
        ),
        pytest.param(str, "text/csv", {"text/csv": {"schema": {"type": "string"}}}, id="text"),
        pytest.param(
            Item,
            "application/merge-patch+json",
            {"application/merge-patch+json": {"schema": {"$ref": "#/components/schemas/Item"}}},
            id="json-by-suffix",
        ),
        pytest.param(str, None, {"application/json": {"schema": {"type": "string"}}}, id="json"),
    ],
)
def test_a_body_may_have_another_media_type(
    route: Make,
    value: Make,
    operation: Generate,
    annotation: Any,
    media_type: str | None,
    content: dict[str, Any],
) -> None:
    record = value("data", annotation, location="body", media_type=media_type)

    assert operation(route("/x", ["PUT"], record))["requestBody"]["content"] == content


def test_hidden_values_are_not_documented_unless_the_path_needs_them(
    route: Make, value: Make, operation: Generate
) -> None:
    found = operation(
        route(
            "/x/{y}",
            ["PUT"],
            value("y", include_in_schema=False),
            value("x-debug", location="header", include_in_schema=False),
            value("note", location="body", include_in_schema=False),
        )
    )

    assert [parameter["name"] for parameter in found["parameters"]] == ["y"]
    assert "requestBody" not in found
    assert "415" in found["responses"]


def test_an_operation_without_inputs_says_nothing_of_them(route: Make, operation: Generate) -> None:
    found = operation(route("/x", ["POST"]))

    assert found.keys().isdisjoint({"parameters", "requestBody"})
