"""The rules: each kind of change that the object model of OpenAPI allows, and what it means.

Rules of schemas come twice. What a client sends may be allowed more than before, and what it
receives may be less; the other way round breaks it.

Source: OpenAPI 3.1.0 §4.8, https://spec.openapis.org/oas/v3.1.0#schema
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ._changes import Severity


class Rule(NamedTuple):
    """What a kind of change does to clients; *reason* is filled with ``{name}, {old}, {new}``."""

    severity: Severity
    reason: str


_BREAKING: Mapping[str, str] = {
    "server-removed": "The server {name} is gone.",
    "server-variable-value-removed": "The server variable takes {name} no more.",
    "path-removed": "The path {name} is gone.",
    "operation-removed": "The operation {name} is gone.",
    "webhook-removed": "The webhook {name} is sent no more.",
    "callback-removed": "The callback {name} is made no more.",
    "websocket-route-removed": "The WebSocket route {name} is gone.",
    "parameter-added-required": "Requests without the new parameter {name} are refused.",
    "parameter-required": "Requests without the parameter {name} are refused now.",
    "parameter-moved": "The parameter {name} is read from {new}, no more from {old}.",
    "parameter-style-changed": "The parameter {name} is written in another style.",
    "parameter-explode-changed": "The values of the parameter {name} are separated otherwise.",
    "parameter-reserved-forbidden": "Reserved characters in {name} must be encoded now.",
    "parameter-empty-forbidden": "The parameter {name} must have a value now.",
    "parameter-serialization-changed": "The parameter {name} is written as content, or no more.",
    "request-body-added-required": "Requests without the new body are refused.",
    "request-body-required": "Requests without the body are refused now.",
    "request-media-type-removed": "Bodies as {name} are refused now.",
    "response-success-removed": "The success {name} is answered no more.",
    "response-media-type-removed": "Nothing is answered as {name} any more.",
    "response-content-removed": "The answer has no body any more.",
    "response-header-removed-required": "The header {name}, always there, is gone.",
    "response-header-optional": "The header {name} may be missing now.",
    "security-introduced": "Callers must authenticate now.",
    "security-alternative-removed": "Authenticating by {name} is not enough any more.",
    "security-scheme-type-changed": "Authentication is of another kind: {new}, not {old}.",
    "security-scheme-place-changed": "Credentials are read from {new}, no more from {old}.",
    "security-scheme-scheme-changed": "The Authorization header begins with {new}, not {old}.",
    "security-scheme-discovery-changed": "OpenID Connect is discovered elsewhere.",
    "security-scheme-removed": "The security scheme {name} is gone.",
    "oauth-flow-removed": "Tokens are not given by the flow {name} any more.",
    "oauth-scope-removed": "The scope {name} is gone.",
    "permission-added": "Callers need the permission {name} now.",
}
_RISKY: Mapping[str, str] = {
    "openapi-version-changed": "The document is of OpenAPI {new}; tools for {old} may refuse it.",
    "schema-dialect-changed": "Schemas are of another dialect.",
    "server-order-changed": "Another server comes first, which clients may take by default.",
    "server-variable-default-changed": "A server variable has the default {new}, not {old}.",
    "server-variable-changed": "The variables of a server are not the same.",
    "path-parameter-renamed": "A path parameter is called {new}, not {old}, in generated clients.",
    "operation-id-changed": "Generated clients call the operation {new}, not {old}.",
    "operation-tags-changed": "Generated clients may put the operation elsewhere.",
    "operation-reference-changed": "A path item is not where it was, and cannot be compared.",
    "parameter-removed": "The parameter {name} has no effect any more.",
    "request-body-removed": "The request's body is not read any more.",
    "request-encoding-changed": "A part of the body is encoded otherwise.",
    "response-success-added": "The success {name} may be answered now.",
    "response-error-added": "The error {name} may be answered now.",
    "response-other-added": "The status {name} may be answered now.",
    "response-default-added": "Other statuses may be answered now.",
    "response-default-removed": "Other statuses are not described any more.",
    "response-other-removed": "The status {name} is answered no more.",
    "response-media-type-added": "The answer may be {name} now.",
    "response-content-added": "The answer has a body now.",
    "response-header-removed": "The header {name} is gone.",
    "header-style-changed": "The header {name} is written otherwise.",
    "link-removed": "The link {name} is gone.",
    "link-changed": "The link {name} leads elsewhere.",
    "security-scheme-bearer-format-changed": "Tokens have the format {new}, not {old}.",
    "oauth-url-changed": "Tokens come from another place: {new}, not {old}.",
    "oauth-refresh-removed": "Tokens cannot be refreshed any more.",
    "rate-limit-changed": "Callers may call otherwise often.",
    "rate-limit-introduced": "Callers may call only so often.",
    "component-removed": "The component {name} is gone, and with it a type of generated clients.",
    "media-type-schema-introduced": "A body is described that was not.",
    "media-type-schema-dropped": "A body is not described any more.",
    "field-changed": "{name} is no field of OpenAPI, and differs.",
}
_SAFE: Mapping[str, str] = {
    "openapi-patch-changed": "The document is of OpenAPI {new}.",
    "info-changed": "{name} of the API says something else.",
    "api-version-changed": "The API is of version {new}, was {old}.",
    "lifecycle-changed": "The API says something else of its own future.",
    "server-added": "There is a server {name}.",
    "server-variable-value-added": "The server variable also takes {name}.",
    "server-documentation-changed": "A server is described otherwise.",
    "tags-changed": "The tags of the document are not the same.",
    "documentation-changed": "{name} says something else.",
    "path-added": "There is a path {name}.",
    "operation-added": "There is an operation {name}.",
    "operation-deprecated": "Clients should move away from the operation.",
    "operation-undeprecated": "Clients may stay with the operation.",
    "webhook-added": "There is a webhook {name}.",
    "callback-added": "There is a callback {name}.",
    "websocket-route-added": "There is a WebSocket route {name}.",
    "parameter-added": "There is an optional parameter {name}.",
    "parameter-optional": "The parameter {name} may be left out now.",
    "parameter-reserved-allowed": "Reserved characters in {name} need no encoding now.",
    "parameter-empty-allowed": "The parameter {name} may be empty now.",
    "parameter-deprecated": "Clients should do without the parameter {name}.",
    "parameter-undeprecated": "Clients may keep sending the parameter {name}.",
    "request-body-added": "There may be a body now.",
    "request-body-optional": "The body may be left out now.",
    "request-media-type-added": "Bodies may also be {name}.",
    "response-error-removed": "The error {name} is answered no more.",
    "response-header-added": "There is a header {name}.",
    "response-header-required": "The header {name} is always there now.",
    "header-deprecated": "Clients should do without the header {name}.",
    "header-undeprecated": "Clients may keep reading the header {name}.",
    "link-added": "There is a link {name}.",
    "security-dropped": "Callers need not authenticate any more.",
    "security-alternative-added": "Authenticating by {name} is enough, too.",
    "security-scheme-added": "There is a security scheme {name}.",
    "oauth-flow-added": "Tokens are also given by the flow {name}.",
    "oauth-scope-added": "There is a scope {name}.",
    "permission-removed": "Callers need the permission {name} no more.",
    "rate-limit-dropped": "Callers may call as often as they like.",
    "component-added": "There is a component {name}.",
    "component-changed": "The component {name}, which no operation uses, is not the same.",
    "written-otherwise": "{name} says the same in other words.",
    "extension-changed": "The extension {name} is not the same.",
}

_NARROWER: Mapping[str, str] = {
    "type-narrowed": "The type {name} is not allowed any more.",
    "enum-value-removed": "The value {name} is not allowed any more.",
    "enum-introduced": "Only certain values are allowed now.",
    "const-introduced": "Only the value {new} is allowed now.",
    "format-introduced": "Texts have the format {new} now.",
    "pattern-introduced": "Texts must match a pattern now.",
    "property-required": "The property {name} is always there now.",
    "additional-properties-forbidden": "Properties that are not listed are not allowed any more.",
    "items-introduced": "Items of an array must conform to a schema now.",
    "alternative-removed": "An alternative is not allowed any more.",
    "part-added": "Values must conform to one schema more.",
    "null-forbidden": "The value cannot be null any more.",
}
_WIDER: Mapping[str, str] = {
    "type-widened": "The type {name} is allowed now.",
    "enum-dropped": "Any value is allowed now.",
    "const-dropped": "Other values than {old} are allowed now.",
    "pattern-dropped": "Texts need not match a pattern any more.",
    "property-optional": "The property {name} may be missing now.",
    "additional-properties-allowed": "Properties that are not listed are allowed now.",
    "items-dropped": "Items of an array may be anything now.",
    "alternative-added": "There is another alternative.",
    "part-removed": "Values must conform to one schema less.",
    "null-allowed": "The value may be null now.",
}
_BOUNDS = (
    "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains",
    "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains",
    "multipleOf", "uniqueItems",
)  # fmt: skip
_OF_SCHEMAS: Mapping[str, tuple[Severity, Severity, str]] = {
    "type-changed": ("breaking", "breaking", "The type is {new}, was {old}."),
    "enum-value-added": ("safe", "risky", "The value {name} is allowed now."),
    "const-changed": ("breaking", "breaking", "The only value is {new}, was {old}."),
    "format-dropped": ("safe", "risky", "Texts need not have the format {old} any more."),
    "format-changed": ("breaking", "breaking", "Texts have the format {new}, had {old}."),
    "pattern-changed": ("risky", "risky", "Texts match another pattern."),
    "property-added": ("safe", "safe", "There is a property {name}."),
    "property-added-required": ("breaking", "safe", "There is a property {name}, always."),
    "property-removed": ("risky", "breaking", "The property {name} is gone."),
    "property-forbidden": ("breaking", "breaking", "The property {name} is not allowed any more."),
    "additional-properties-changed": ("risky", "risky", "Properties not listed are described."),
    "condition-changed": ("risky", "risky", "The condition {name} is not the same."),
    "discriminator-changed": ("breaking", "breaking", "Alternatives are told apart otherwise."),
    "discriminator-introduced": ("risky", "safe", "Alternatives are told apart by a property now."),
    "discriminator-dropped": ("safe", "risky", "No property tells alternatives apart any more."),
    "discriminator-value-added": ("safe", "risky", "{name} names an alternative now."),
    "discriminator-value-removed": ("breaking", "safe", "{name} names no alternative any more."),
    "default-changed": ("risky", "safe", "An absent value counts as another."),
    "read-only-introduced": ("risky", "safe", "The property is not to be sent any more."),
    "read-only-dropped": ("safe", "safe", "The property may be sent now."),
    "write-only-introduced": ("safe", "breaking", "The property is not answered any more."),
    "write-only-dropped": ("safe", "safe", "The property may be answered now."),
    "content-changed": ("breaking", "breaking", "What a text holds, {name}, is not the same."),
    "schema-deprecated": ("safe", "safe", "Clients should do without the value."),
    "schema-undeprecated": ("safe", "safe", "Clients may keep using the value."),
    "schema-documentation-changed": ("safe", "safe", "{name} says something else."),
    "schema-renamed": ("safe", "safe", "The schema is called {new}, was {old}."),
    "keyword-changed": ("risky", "risky", "The keyword {name} is not the same."),
    "alternatives-exclusive": ("risky", "safe", "Just one alternative may fit now."),
    "alternatives-inclusive": ("safe", "risky", "Several alternatives may fit now."),
}


def _rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    tables: tuple[tuple[Severity, Mapping[str, str]], ...] = (
        ("breaking", _BREAKING),
        ("risky", _RISKY),
        ("safe", _SAFE),
    )
    for severity, table in tables:
        found |= {name: Rule(severity, reason) for name, reason in table.items()}
    schemas: dict[str, tuple[Severity, Severity, str]] = {
        **_OF_SCHEMAS,
        **{name: ("breaking", "safe", reason) for name, reason in _NARROWER.items()},
        **{name: ("safe", "breaking", reason) for name, reason in _WIDER.items()},
    }
    for bound in _BOUNDS:
        schemas[f"{bound}-tightened"] = ("breaking", "safe", f"{bound} is {{new}}, was {{old}}.")
        schemas[f"{bound}-loosened"] = ("safe", "risky", f"{bound} is {{new}}, was {{old}}.")
    for name, (request, response, reason) in schemas.items():
        found[f"request-{name}"] = Rule(request, reason)
        found[f"response-{name}"] = Rule(response, reason)
    return found


RULES: Mapping[str, Rule] = MappingProxyType(_rules())
"""The rules by name."""
