"""Comparing documents: each rule has its pair, and no edit goes unnoticed."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from covet_openapi import RULES, Change, Changes, diff

BLOG = json.loads((Path(__file__).parent / "documents" / "blog.json").read_text("utf-8"))
NONE: Any = object()
"""Stands in a pair for what is not there."""


def edited(document: Any, pointer: str, value: Any) -> Any:
    """Return a copy of *document* with another value at *pointer*, or none."""
    document = copy.deepcopy(document)
    *parents, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    node = document
    for part in parents:
        node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
    if value is NONE:
        node.pop(last, None)
    else:
        node[last] = value
    return document


def rules(changes: Changes) -> list[str]:
    return [change.rule for change in changes]


# --- Schemas --------------------------------------------------------------------------------------

S, I, N = {"type": "string"}, {"type": "integer"}, {"type": "null"}  # noqa: E741
CAT = {"type": "object", "properties": {"kind": {"const": "cat"}}}
DOG = {"type": "object", "properties": {"kind": {"const": "dog"}}, "required": ["kind"]}
PETS = {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind", "mapping": {"c": "#/c"}}}
B, R, OK = "breaking", "risky", "safe"


def has(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def pets(**facts: Any) -> dict[str, Any]:
    return {**PETS, "discriminator": {**PETS["discriminator"], **facts}}  # type: ignore[dict-item]


# rule: severity in requests, severity in responses, before, after
SCHEMA_RULES: dict[str, tuple[str, str, Any, Any]] = {
    "type-narrowed": (B, OK, {"type": ["string", "integer"]}, S),
    "type-widened": (OK, B, I, {"type": "number"}),
    "type-changed": (B, B, S, I),
    "null-allowed": (OK, B, S, {"anyOf": [S, N]}),
    "null-forbidden": (B, OK, {"type": ["string", "null"]}, S),
    "enum-value-removed": (B, OK, {"enum": ["a", "b"]}, {"enum": ["a"]}),
    "enum-value-added": (OK, R, {"enum": ["a"]}, {"enum": ["a", "b"]}),
    "enum-introduced": (B, OK, S, {**S, "enum": ["a"]}),
    "enum-dropped": (OK, B, {**S, "enum": ["a"]}, S),
    "const-introduced": (B, OK, S, {**S, "const": "a"}),
    "const-dropped": (OK, B, {**S, "const": "a"}, S),
    "const-changed": (B, B, {"const": "a"}, {"const": "b"}),
    "format-introduced": (B, OK, S, {**S, "format": "date"}),
    "format-dropped": (OK, R, {**S, "format": "date"}, S),
    "format-changed": (B, B, {**S, "format": "date"}, {**S, "format": "date-time"}),
    "pattern-introduced": (B, OK, S, {**S, "pattern": "a"}),
    "pattern-dropped": (OK, B, {**S, "pattern": "a"}, S),
    "pattern-changed": (R, R, {**S, "pattern": "a"}, {**S, "pattern": "b"}),
    "property-added": (OK, OK, has(a=S), has(a=S, b=S)),
    "property-added-required": (B, OK, has(a=S), {**has(a=S, b=S), "required": ["b"]}),
    "property-removed": (R, B, has(a=S, b=S), has(a=S)),
    "property-forbidden": (
        *(B, B),
        {**has(a=S, b=S), "additionalProperties": False},
        {**has(a=S), "additionalProperties": False},
    ),
    "property-required": (B, OK, has(a=S), {**has(a=S), "required": ["a"]}),
    "property-optional": (OK, B, {**has(a=S), "required": ["a"]}, has(a=S)),
    "additional-properties-forbidden": (B, OK, has(), {**has(), "additionalProperties": False}),
    "additional-properties-allowed": (OK, B, {**has(), "additionalProperties": False}, has()),
    "additional-properties-changed": (R, R, has(), {**has(), "additionalProperties": S}),
    "items-introduced": (B, OK, {"type": "array"}, {"type": "array", "items": S}),
    "items-dropped": (OK, B, {"type": "array", "items": S}, {"type": "array"}),
    "alternative-added": (OK, B, {"anyOf": [S, I]}, {"anyOf": [S, I, CAT]}),
    "alternative-removed": (B, OK, {"anyOf": [S, I]}, S),
    "alternatives-exclusive": (R, OK, {"anyOf": [S, I]}, {"oneOf": [S, I]}),
    "alternatives-inclusive": (OK, R, {"oneOf": [S, I]}, {"anyOf": [S, I]}),
    "part-added": (B, OK, {"allOf": [CAT]}, {"allOf": [CAT, {"minProperties": 1}]}),
    "part-removed": (OK, B, {"prefixItems": [S, I]}, {"prefixItems": [S]}),
    "condition-changed": (R, R, {"if": CAT, "then": S}, {"if": CAT, "then": I}),
    "discriminator-changed": (B, B, PETS, pets(propertyName="type")),
    "discriminator-introduced": (R, OK, {"oneOf": [CAT, DOG]}, PETS),
    "discriminator-dropped": (OK, R, PETS, {"oneOf": [CAT, DOG]}),
    "discriminator-value-added": (OK, R, PETS, pets(mapping={"c": "#/c", "d": "#/d"})),
    "discriminator-value-removed": (B, OK, PETS, pets(mapping={})),
    "default-changed": (R, OK, {**S, "default": "a"}, {**S, "default": "b"}),
    "read-only-introduced": (R, OK, has(a=S), has(a={**S, "readOnly": True})),
    "read-only-dropped": (OK, OK, has(a={**S, "readOnly": True}), has(a=S)),
    "write-only-introduced": (OK, B, has(a=S), has(a={**S, "writeOnly": True})),
    "write-only-dropped": (OK, OK, has(a={**S, "writeOnly": True}), has(a=S)),
    "content-changed": (B, B, {**S, "contentEncoding": "base64"}, S),
    "schema-deprecated": (OK, OK, S, {**S, "deprecated": True}),
    "schema-undeprecated": (OK, OK, {**S, "deprecated": True}, S),
    "schema-documentation-changed": (OK, OK, S, {**S, "description": "A text."}),
    "schema-renamed": (
        *(OK, OK),
        {"$ref": "#/components/schemas/One"},
        {"$ref": "#/components/schemas/Two"},
    ),
    "keyword-changed": (R, R, S, {**S, "unheardOf": 1}),
}
for _bound in (
    *("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"),
    "multipleOf",
):
    SCHEMA_RULES[f"{_bound}-tightened"] = (B, OK, {_bound: 2}, {_bound: 4})
    SCHEMA_RULES[f"{_bound}-loosened"] = (OK, R, {_bound: 4}, {_bound: 2})
for _bound in (
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
    "maxContains",
):
    SCHEMA_RULES[f"{_bound}-tightened"] = (B, OK, {_bound: 4}, {_bound: 2})
    SCHEMA_RULES[f"{_bound}-loosened"] = (OK, R, {_bound: 2}, {_bound: 4})
SCHEMA_RULES["uniqueItems-tightened"] = (B, OK, {}, {"uniqueItems": True})
SCHEMA_RULES["uniqueItems-loosened"] = (OK, R, {"uniqueItems": True}, {})

COMPONENTS = {"schemas": {"One": S, "Two": S}}
PLACES = {
    "request": "/paths/~1x/post/requestBody/content/application~1json/schema",
    "response": "/paths/~1x/post/responses/200/content/application~1json/schema",
}


def with_schema(direction: str, schema: Any) -> dict[str, Any]:
    document: Any = {"openapi": "3.1.0", "paths": {}, "components": COMPONENTS}
    return edited(document, PLACES[direction], schema)  # type: ignore[no-any-return]


@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize("rule", SCHEMA_RULES)
def test_a_schema_rule_knows_its_change(rule: str, direction: str) -> None:
    in_requests, in_responses, before, after = SCHEMA_RULES[rule]

    changes = diff(with_schema(direction, before), with_schema(direction, after))

    found = {change.rule: change for change in changes}
    change = found[f"{direction}-{rule}"]
    assert change.severity == (in_requests if direction == "request" else in_responses)
    assert change.pointer.startswith((PLACES[direction], "/components/schemas/Two"))
    assert change.reason.endswith(".")
    assert len(changes) == 1 or rule.startswith(("discriminator", "schema-renamed"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(S, {"minLength": 1, **S}, ["minLength-tightened"], id="a-bound-at-last"),
        pytest.param({"maximum": 1}, {}, ["maximum-loosened"], id="no-bound-where-one-was"),
        pytest.param({"minimum": 1}, {}, ["minimum-loosened"], id="no-lower-bound"),
        pytest.param({}, {"maximum": 1}, ["maximum-tightened"], id="an-upper-bound"),
        pytest.param({}, {"multipleOf": 2}, ["multipleOf-tightened"], id="multiples"),
        pytest.param({"multipleOf": 6}, {"multipleOf": 4}, ["multipleOf-tightened"], id="others"),
        pytest.param(True, False, ["condition-changed"], id="boolean-schemas"),
        pytest.param(
            {"anyOf": [S, N]}, {"anyOf": [{**S, "maxLength": 5}, N]}, ["maxLength-tightened"],
            id="inside-an-alternative",
        ),
        pytest.param(
            {"anyOf": [S, N], "description": "a"}, {**S, "description": "b"},
            ["null-forbidden", "schema-documentation-changed"],
            id="an-alternative-left",
        ),
        pytest.param({"type": ["string"]}, S, ["schema-documentation-changed"], id="type-as-list"),
        pytest.param(
            {**S, "deprecated": False}, S, ["schema-documentation-changed"], id="flag-as-before"
        ),
        pytest.param(S, {"type": ["string", "null"]}, ["null-allowed"], id="null-as-a-type"),
        pytest.param({}, S, ["type-narrowed"], id="a-type-at-last"),
        pytest.param(
            {"type": ["string", "integer"]}, {"type": ["string", "boolean"]},
            ["type-narrowed", "type-widened"],
            id="types-exchanged",
        ),
        pytest.param(
            {"type": "array", "items": S}, {"type": "array", "items": I}, ["type-changed"],
            id="items",
        ),
        pytest.param(
            {"prefixItems": [S]}, {"prefixItems": [I, S]}, ["type-changed", "part-added"],
            id="items-by-place",
        ),
        pytest.param(
            {"additionalProperties": S}, {"additionalProperties": I}, ["type-changed"],
            id="other-properties",
        ),
        pytest.param(
            {"additionalProperties": True}, {"additionalProperties": {}},
            ["schema-documentation-changed"],
            id="other-properties-in-other-words",
        ),
        pytest.param(
            {"additionalProperties": S}, {}, ["additional-properties-changed"],
            id="other-properties-not-described",
        ),
        pytest.param(
            {"required": ["a"]}, {"required": ["b"]}, ["property-required", "property-optional"],
            id="properties-that-are-not-listed",
        ),
        pytest.param(
            pets(mapping={"c": "#/c"}), pets(mapping={"c": "#/d"}), ["discriminator-changed"],
            id="a-name-for-another",
        ),
        pytest.param({"x-a": 1}, {"x-a": 2}, ["extension-changed"], id="extension"),
    ],
)  # fmt: skip
def test_a_schema_is_compared_in_detail(before: Any, after: Any, expected: list[str]) -> None:
    changes = diff(with_schema("request", before), with_schema("request", after))

    assert {name.removeprefix("request-") for name in rules(changes)} == set(expected)


def test_a_component_is_compared_for_each_direction_that_it_is_used_in() -> None:
    def document(**schema: Any) -> Any:
        both = with_schema("request", {"$ref": "#/components/schemas/One"})
        both = edited(both, PLACES["response"], {"$ref": "#/components/schemas/One"})
        return edited(both, "/components/schemas/One", schema)

    changes = diff(document(type="string"), document(type="string", maxLength=5))

    assert changes == Changes(
        breaking=(
            Change(
                "request-maxLength-tightened",
                "breaking",
                "/components/schemas/One/maxLength",
                "new",
                "maxLength is 5, was nothing.",
            ),
        ),
        safe=(
            Change(
                "response-maxLength-tightened",
                "safe",
                "/components/schemas/One/maxLength",
                "new",
                "maxLength is 5, was nothing.",
            ),
        ),
    )


def test_schemas_that_refer_to_themselves_are_compared() -> None:
    def document(name: Any) -> Any:
        tree = has(
            name=name, children={"type": "array", "items": {"$ref": "#/components/schemas/T"}}
        )
        used = with_schema("response", {"$ref": "#/components/schemas/T"})
        return edited(used, "/components/schemas/T", tree)

    changes = diff(document(S), document(I))

    assert rules(changes) == ["response-type-changed"]
    assert changes.breaking[0].pointer == "/components/schemas/T/properties/name/type"


@pytest.mark.parametrize(
    "reference",
    ["#/components/schemas/No", "https://x.example/s.json", "#/components/schemas/Loop"],
)
def test_references_that_lead_nowhere_end(reference: str) -> None:
    def document(description: str) -> Any:
        found = with_schema("response", {"$ref": reference, "description": description})
        return edited(found, "/components/schemas/Loop", {"$ref": "#/components/schemas/Loop"})

    assert rules(diff(document("a"), document("b"))) == ["response-schema-documentation-changed"]


# --- Everything else ------------------------------------------------------------------------------

BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "servers": [
        {"url": "https://a/{v}", "variables": {"v": {"default": "1", "enum": ["1", "2"]}}},
        {"url": "https://b", "description": "B"},
    ],
    "paths": {
        "/x/{y}": {
            "parameters": [{"name": "y", "in": "path", "required": True, "schema": S}],
            "post": {
                "operationId": "x",
                "tags": ["x"],
                "parameters": [
                    {"name": "q", "in": "query", "schema": S},
                    {"name": "r", "in": "query", "required": True, "schema": S},
                    {"name": "X-H", "in": "header", "schema": S},
                ],
                "requestBody": {
                    "content": {"application/json": {"schema": S}, "text/csv": {"schema": S}}
                },
                "responses": {
                    "200": {
                        "description": "OK",
                        "content": {"application/json": {"schema": S}},
                        "headers": {"A": {"schema": S}, "B": {"required": True, "schema": S}},
                        "links": {"next": {"operationId": "x"}},
                    },
                    "301": {"description": "Moved"},
                    "404": {"description": "Not Found"},
                    "default": {"description": "Else"},
                },
                "callbacks": {"done": {"{$url}": {"post": {"responses": {"200": {}}}}}},
                "x-permissions": ["a"],
                "x-rate-limit": [{"requests": 1, "windowSeconds": 1}],
            },
            "get": {"responses": {"204": {"description": "No Content"}}},
        },
        "/z": {"get": {"security": [{"key": []}, {"flow": ["a"]}], "responses": {"200": {}}}},
    },
    "webhooks": {"hook": {"post": {"requestBody": {"content": {"a/b": {"schema": S}}}}}},
    "x-websocket-routes": {"/ws": {"x-client-message": {"schema": S}}},
    "components": {
        "schemas": {"One": S},
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "K"},
            "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            "connect": {"type": "openIdConnect", "openIdConnectUrl": "https://c"},
            "flow": {
                "type": "oauth2",
                "flows": {
                    "password": {
                        "tokenUrl": "/t", "refreshUrl": "/r", "scopes": {"a": "A.", "b": "B."}
                    }
                },
            },
        },
    },
    "tags": [{"name": "x"}],
}  # fmt: skip
POST = "/paths/~1x~1{y}/post"
PARAMETERS = BASE["paths"]["/x/{y}"]["post"]["parameters"]
QUERY = f"{POST}/parameters/0"
ANSWER = f"{POST}/responses/200"
SCHEMES = "/components/securitySchemes"
FLOW = f"{SCHEMES}/flow/flows/password"
VARIABLE = "/servers/0/variables/v"
PARAMETER = {"name": "n", "in": "query", "schema": S}

# rule: severity, where, what comes there, and what was there if that is not what BASE has
OBJECT_RULES: dict[str, tuple[Any, ...]] = {
    "openapi-version-changed": (R, "/openapi", "3.2.0"),
    "openapi-patch-changed": (OK, "/openapi", "3.1.1"),
    "schema-dialect-changed": (R, "/jsonSchemaDialect", "https://d"),
    "info-changed": (OK, "/info/title", "Other"),
    "api-version-changed": (OK, "/info/version", "2"),
    "lifecycle-changed": (OK, "/info/x-lifecycle", {"deprecated": True}),
    "server-removed": (B, "/servers", BASE["servers"][:1]),
    "server-added": (OK, "/servers", [*BASE["servers"], {"url": "https://c"}]),
    "server-order-changed": (R, "/servers", BASE["servers"][::-1]),
    "server-documentation-changed": (OK, "/servers/1/description", "Other"),
    "server-variable-value-removed": (B, f"{VARIABLE}/enum", ["1"]),
    "server-variable-value-added": (OK, f"{VARIABLE}/enum", ["1", "2", "3"]),
    "server-variable-default-changed": (R, f"{VARIABLE}/default", "2"),
    "server-variable-changed": (R, f"{VARIABLE}/enum", NONE),
    "tags-changed": (OK, "/tags", []),
    "documentation-changed": (OK, f"{POST}/summary", "Said."),
    "path-removed": (B, "/paths/~1z", NONE),
    "path-added": (OK, "/paths/~1new", {}),
    "path-parameter-renamed": (
        R,
        "/paths",
        {
            "/x/{id}": {
                **BASE["paths"]["/x/{y}"],
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": S}],
            },
            "/z": BASE["paths"]["/z"],
        },
    ),
    "operation-removed": (B, "/paths/~1z/get", NONE),
    "operation-added": (OK, "/paths/~1z/put", {"responses": {"200": {}}}),
    "operation-reference-changed": (R, "/paths/~1z", {"$ref": "z.json"}, {"$ref": "y.json"}),
    "operation-id-changed": (R, f"{POST}/operationId", "other"),
    "operation-tags-changed": (R, f"{POST}/tags", ["y"]),
    "operation-deprecated": (OK, f"{POST}/deprecated", True),
    "operation-undeprecated": (OK, f"{POST}/deprecated", NONE, True),
    "webhook-removed": (B, "/webhooks/hook", NONE),
    "webhook-added": (OK, "/webhooks/other", {}),
    "callback-removed": (B, f"{POST}/callbacks/done", NONE),
    "callback-added": (OK, f"{POST}/callbacks/other", {}),
    "websocket-route-removed": (B, "/x-websocket-routes/~1ws", NONE),
    "websocket-route-added": (OK, "/x-websocket-routes/~1other", {}),
    "parameter-added": (OK, f"{POST}/parameters", [*PARAMETERS, PARAMETER]),
    "parameter-added-required": (
        B,
        f"{POST}/parameters",
        [*PARAMETERS, {**PARAMETER, "required": True}],
    ),
    "parameter-removed": (R, f"{POST}/parameters", PARAMETERS[1:]),
    "parameter-moved": (B, f"{QUERY}/in", "cookie"),
    "parameter-required": (B, f"{QUERY}/required", True),
    "parameter-optional": (OK, f"{POST}/parameters/1/required", False),
    "parameter-deprecated": (OK, f"{QUERY}/deprecated", True),
    "parameter-undeprecated": (OK, f"{QUERY}/deprecated", False, True),
    "parameter-style-changed": (B, f"{QUERY}/style", "pipeDelimited"),
    "parameter-explode-changed": (B, f"{QUERY}/explode", False),
    "parameter-reserved-allowed": (OK, f"{QUERY}/allowReserved", True),
    "parameter-reserved-forbidden": (B, f"{QUERY}/allowReserved", NONE, True),
    "parameter-empty-allowed": (OK, f"{QUERY}/allowEmptyValue", True),
    "parameter-empty-forbidden": (B, f"{QUERY}/allowEmptyValue", NONE, True),
    "parameter-serialization-changed": (B, f"{QUERY}/content", {"a/b": {}}),
    "request-body-added": (OK, "/paths/~1z/get/requestBody", {"content": {}}),
    "request-body-added-required": (
        *(B, "/paths/~1z/get/requestBody"), {"content": {}, "required": True},
    ),
    "request-body-removed": (R, f"{POST}/requestBody", NONE),
    "request-body-required": (B, f"{POST}/requestBody/required", True),
    "request-body-optional": (OK, f"{POST}/requestBody/required", NONE, True),
    "request-media-type-removed": (B, f"{POST}/requestBody/content/text~1csv", NONE),
    "request-media-type-added": (OK, f"{POST}/requestBody/content/a~1b", {}),
    "request-encoding-changed": (
        *(R, f"{POST}/requestBody/content/text~1csv/encoding"), {"a": {"contentType": "a/b"}},
    ),
    "media-type-schema-introduced": (
        *(R, f"{ANSWER}/content/application~1json/schema"), S, NONE,
    ),
    "media-type-schema-dropped": (R, f"{ANSWER}/content/application~1json/schema", NONE),
    "response-success-removed": (B, ANSWER, NONE),
    "response-success-added": (R, f"{POST}/responses/201", {}),
    "response-error-removed": (OK, f"{POST}/responses/404", NONE),
    "response-error-added": (R, f"{POST}/responses/409", {}),
    "response-other-removed": (R, f"{POST}/responses/301", NONE),
    "response-other-added": (R, f"{POST}/responses/302", {}),
    "response-default-removed": (R, f"{POST}/responses/default", NONE),
    "response-default-added": (R, "/paths/~1z/get/responses/default", {}),
    "response-media-type-removed": (
        *(B, f"{ANSWER}/content"), {"a/b": {}}, {"a/b": {}, "c/d": {}},
    ),
    "response-media-type-added": (R, f"{ANSWER}/content/a~1b", {}),
    "response-content-removed": (B, f"{ANSWER}/content", NONE),
    "response-content-added": (R, f"{POST}/responses/404/content", {"a/b": {}}),
    "response-header-removed": (R, f"{ANSWER}/headers/A", NONE),
    "response-header-removed-required": (B, f"{ANSWER}/headers/B", NONE),
    "response-header-added": (OK, f"{ANSWER}/headers/C", {}),
    "response-header-optional": (B, f"{ANSWER}/headers/B/required", False),
    "response-header-required": (OK, f"{ANSWER}/headers/A/required", True),
    "header-deprecated": (OK, f"{ANSWER}/headers/A/deprecated", True),
    "header-undeprecated": (OK, f"{ANSWER}/headers/A/deprecated", NONE, True),
    "header-style-changed": (R, f"{ANSWER}/headers/A/explode", True),
    "link-removed": (R, f"{ANSWER}/links/next", NONE),
    "link-added": (OK, f"{ANSWER}/links/other", {}),
    "link-changed": (R, f"{ANSWER}/links/next/operationId", "z"),
    "security-introduced": (B, f"{POST}/security", [{"key": []}]),
    "security-dropped": (OK, "/paths/~1z/get/security", []),
    "security-alternative-removed": (B, "/paths/~1z/get/security", [{"key": []}]),
    "security-alternative-added": (
        *(OK, "/paths/~1z/get/security"), [{"key": []}, {"flow": ["a"]}, {"bearer": []}],
    ),
    "security-scheme-added": (OK, f"{SCHEMES}/other", {"type": "mutualTLS"}),
    "security-scheme-removed": (B, f"{SCHEMES}/key", NONE),
    "security-scheme-type-changed": (B, f"{SCHEMES}/key/type", "mutualTLS"),
    "security-scheme-place-changed": (B, f"{SCHEMES}/key/name", "L"),
    "security-scheme-scheme-changed": (B, f"{SCHEMES}/bearer/scheme", "basic"),
    "security-scheme-bearer-format-changed": (R, f"{SCHEMES}/bearer/bearerFormat", "opaque"),
    "security-scheme-discovery-changed": (B, f"{SCHEMES}/connect/openIdConnectUrl", "https://d"),
    "oauth-flow-added": (OK, f"{SCHEMES}/flow/flows/implicit", {}),
    "oauth-flow-removed": (B, FLOW, NONE),
    "oauth-url-changed": (R, f"{FLOW}/tokenUrl", "/u"),
    "oauth-refresh-removed": (R, f"{FLOW}/refreshUrl", NONE),
    "oauth-scope-added": (OK, f"{FLOW}/scopes/c", "C."),
    "oauth-scope-removed": (B, f"{FLOW}/scopes/a", NONE),
    "permission-added": (B, f"{POST}/x-permissions", ["a", "b"]),
    "permission-removed": (OK, f"{POST}/x-permissions", []),
    "rate-limit-introduced": (R, "/paths/~1z/get/x-rate-limit", [{"requests": 1}]),
    "rate-limit-dropped": (OK, f"{POST}/x-rate-limit", NONE),
    "rate-limit-changed": (R, f"{POST}/x-rate-limit/0/requests", 2),
    "component-added": (OK, "/components/schemas/Two", S),
    "component-removed": (R, "/components/schemas/One", NONE),
    "component-changed": (OK, "/components/schemas/One", I),
    "extension-changed": (OK, "/x-own", 1),
    "field-changed": (R, f"{POST}/unheardOf", 1),
    "written-otherwise": (OK, f"{POST}/deprecated", False),
}  # fmt: skip


@pytest.mark.parametrize("rule", OBJECT_RULES)
def test_a_rule_knows_its_change(rule: str) -> None:
    severity, pointer, after, *before = OBJECT_RULES[rule]
    old = edited(BASE, pointer, before[0]) if before else BASE

    changes = diff(old, edited(BASE, pointer, after))

    found = {change.rule: change for change in changes}
    assert found[rule].severity == severity
    assert found[rule].reason.endswith((".", "…"))
    assert "{" not in found[rule].reason.replace("{y}", "").replace("{v}", "")
    assert len(changes) == 1


def test_every_rule_has_its_pair() -> None:
    tested = {f"{way}-{rule}" for rule in SCHEMA_RULES for way in ("request", "response")}

    assert tested | OBJECT_RULES.keys() == RULES.keys()
    assert len(RULES) > 200


@pytest.mark.parametrize(
    ("pointer", "before", "after", "expected"),
    [
        pytest.param("/security", NONE, [{"key": []}], {"security-introduced"}, id="for-all"),
        pytest.param("/security", [], NONE, {"written-otherwise"}, id="for-all-as-before"),
        pytest.param(
            "/paths/~1z/get/security", [{"key": []}], [{"key": [], "bearer": []}],
            {"security-alternative-removed"},
            id="both-of-two",
        ),
        pytest.param(
            "/paths/~1z/get/security", [{"flow": ["a", "b"]}], [{"flow": ["a"]}],
            {"security-alternative-added"},
            id="fewer-scopes",
        ),
        pytest.param(
            "/paths/~1z/get/security", [{}, {"key": []}], [{"key": []}],
            {"security-alternative-removed"},
            id="no-more-anonymous-callers",
        ),
        pytest.param(
            "/servers", BASE["servers"], NONE, {"server-removed", "server-added"}, id="root"
        ),
        pytest.param(f"{FLOW}/scopes/a", "A.", "B.", {"documentation-changed"}, id="scope-text"),
        pytest.param(f"{FLOW}/refreshUrl", "/r", "/s", {"oauth-url-changed"}, id="refresh-url"),
        pytest.param(f"{SCHEMES}/flow/flows/x-a", NONE, 1, {"extension-changed"}, id="in-flows"),
        pytest.param("/paths/x-a", 1, 2, {"extension-changed"}, id="in-paths"),
        pytest.param(f"{POST}/responses/x-a", 1, 2, {"extension-changed"}, id="in-responses"),
        pytest.param(
            f"{POST}/callbacks/done/x-a", 1, 2, {"extension-changed"}, id="in-a-callback"
        ),
        pytest.param(
            f"{POST}/callbacks/done/{{$other}}", NONE, {}, {"callback-added"}, id="expression"
        ),
        pytest.param(
            f"{POST}/callbacks/done/{{$other}}", {}, NONE, {"callback-removed"}, id="no-expression"
        ),
        pytest.param(
            "/webhooks/hook/post/requestBody/content/a~1b/schema", S, I,
            {"response-type-changed"},
            id="what-a-webhook-sends-is-received",
        ),
        pytest.param(
            "/x-websocket-routes/~1ws/x-server-message", {"schema": S}, {"schema": I},
            {"response-type-changed"},
            id="what-a-server-sends",
        ),
        pytest.param(
            f"{ANSWER}/headers", {"A": {"schema": S}}, {"a": {"schema": I}},
            {"response-type-changed"},
            id="headers-mind-no-case",
        ),
        pytest.param(
            f"{ANSWER}/headers/A", {"schema": S}, {"content": {}}, {"header-style-changed"},
            id="header-as-content",
        ),
        pytest.param(f"{ANSWER}/content", NONE, {}, {"written-otherwise"}, id="empty-content"),
        pytest.param(f"{POST}/parameters/0/style", NONE, "form", {"written-otherwise"}, id="style"),
        pytest.param(f"{QUERY}/explode", NONE, True, {"written-otherwise"}, id="explode"),
        pytest.param(f"{POST}/parameters/2/name", "X-H", "x-h", {"written-otherwise"}, id="case"),
        pytest.param(
            f"{QUERY}/schema", S, NONE, {"parameter-serialization-changed"}, id="no-schema"
        ),
        pytest.param(
            f"{QUERY}/content", {"a/b": {"schema": S}}, {"a/b": {"schema": I}},
            {"request-type-changed"},
            id="parameter-as-content",
        ),
        pytest.param(f"{QUERY}/schema", S, I, {"request-type-changed"}, id="parameter"),
        pytest.param(
            "/paths/~1z/servers", NONE, [{"url": "/b"}], {"server-removed", "server-added"},
            id="of-a-path",
        ),
        pytest.param(
            f"{ANSWER}/headers/A/required", NONE, False, {"written-otherwise"}, id="header-flag"
        ),
        pytest.param(
            f"{POST}/requestBody/required", NONE, False, {"written-otherwise"}, id="body-flag"
        ),
        pytest.param(
            f"{QUERY}/required", NONE, False, {"written-otherwise"}, id="parameter-flag"
        ),
    ],
)  # fmt: skip
def test_a_document_is_compared_in_detail(
    pointer: str, before: Any, after: Any, expected: set[str]
) -> None:
    changes = diff(edited(BASE, pointer, before), edited(BASE, pointer, after))

    assert set(rules(changes)) == expected


def test_what_operations_share_is_followed() -> None:
    def document(kind: Any) -> Any:
        found = edited(BASE, "/components/responses/Shared", {"content": {"a/b": {"schema": kind}}})
        return edited(found, f"{POST}/responses/200", {"$ref": "#/components/responses/Shared"})

    changes = diff(document(S), document(I))

    assert rules(changes) == ["response-type-changed"]
    assert changes.breaking[0].pointer == "/components/responses/Shared/content/a~1b/schema/type"


def test_equal_documents_have_no_changes() -> None:
    changes = diff(BASE, copy.deepcopy(BASE))

    assert changes == Changes()
    assert len(changes) == 0


def test_changes_are_listed_worst_first_and_can_be_read() -> None:
    old = edited(edited(BASE, "/info/title", "Old"), f"{POST}/tags", ["old"])

    changes = diff(old, edited(BASE, "/paths/~1z", NONE))

    assert [change.severity for change in changes] == ["breaking", "risky", "safe"]
    assert str(changes.breaking[0]) == "breaking: /paths/~1z: The path /z is gone. [path-removed]"
    assert changes.breaking[0].document == "old"
    assert changes.safe[0].document == "new"


# --- The audit ------------------------------------------------------------------------------------


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the place and value of everything in a document but the document itself."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in members:
        yield (*path, key), member
        if isinstance(member, dict | list):
            yield from places(member, (*path, key))


def other_values(value: Any) -> Iterator[Any]:
    """Yield what may come instead of a value: nothing, another, more, less."""
    yield NONE
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value + 1
        case str():
            yield value + "x"
        case dict():
            yield {**value, "zz": {"type": "string"}}
            yield {}
        case list():
            yield [*value, "zz"]
            yield []
        case _:
            yield "x"


def put(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return *document* with another value at *path*; what is beside that path is shared."""
    found = dict(document) if isinstance(document, dict) else list(document)
    key, *rest = path
    if rest:
        found[key] = put(found[key], tuple(rest), value)
    elif value is NONE:
        del found[key]
    else:
        found[key] = value
    return found


def test_no_edit_of_the_blog_goes_unnoticed() -> None:
    edits = [(path, other) for path, value in places(BLOG) for other in other_values(value)]
    unnoticed: list[object] = []
    for path, other in edits:
        changed = put(BLOG, path, other)
        if changed != BLOG:
            for old, new in ((BLOG, changed), (changed, BLOG)):
                changes = diff(old, new)
                if not len(changes) or any(change.rule not in RULES for change in changes):
                    unnoticed.append((path, other))

    assert len(edits) > 1500
    assert unnoticed == []
