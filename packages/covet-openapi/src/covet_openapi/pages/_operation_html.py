"""Operations for readers: what they take, what they answer, and how to call them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from ._code import code_block, curl, fill_path, json_block
from ._html import Html, element, join
from ._markdown import inline, markdown
from ._reader import Reader, is_array, is_object, listed, members
from ._schema_html import schema_view, type_view, value_view

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_PLACES = {"path": "Path", "query": "Query", "header": "Headers", "cookie": "Cookies"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation, and how the page calls it."""

    id: str
    method: str
    path: str
    operation: Mapping[str, Any]
    parameters: Sequence[Mapping[str, Any]]

    @property
    def title(self) -> str:
        """What the operation is called."""
        return str(self.operation.get("summary") or f"{self.method} {self.path}")

    @property
    def is_deprecated(self) -> bool:
        """Whether clients should move away."""
        return bool(self.operation.get("deprecated"))


@dataclass(frozen=True, slots=True)
class OperationWriter:
    """Writes the operations of one document."""

    reader: Reader
    base_url: str

    def section(self, entry: Entry, *, is_callable: bool = True) -> Html:
        """Return the section of an operation; one that clients do not call has no command."""
        operation = entry.operation
        description = operation.get("description")
        return element(
            "article",
            element(
                "header",
                element("h3", element("a", entry.title, href=f"#{entry.id}")),
                element(
                    "p",
                    method_badge(entry.method),
                    " ",
                    element("code", entry.path, class_="path"),
                    _badges(operation),
                    class_="line",
                ),
            ),
            element(
                "div",
                element(
                    "div",
                    markdown(description) if description else None,
                    self._access(operation),
                    self._parameters(entry),
                    self._body(operation),
                    self._messages(operation),
                    self._responses(operation),
                    self._callbacks(operation),
                    class_="told",
                ),
                element("div", self._examples(entry, is_callable), class_="shown"),
                class_="columns",
            ),
            id=entry.id,
            class_="operation deprecated" if entry.is_deprecated else "operation",
        )  # fmt: skip

    def _access(self, operation: Mapping[str, Any]) -> Html | None:
        """Return who may call, and how often."""
        lines: list[Html] = []
        stated = operation.get("security")
        security = self.reader.document.get("security") if stated is None else stated
        alternatives = [members(each) for each in listed(security)]
        if alternatives:
            names = [" and ".join(each) or "nothing" for each in alternatives]
            links = [
                join(" or " if index else "", element("a", name, href="#authentication"))
                for index, name in enumerate(names)
            ]
            lines.append(element("li", "Needs authentication: ", links, "."))
        if permissions := listed(operation.get("x-permissions")):
            codes = [join(" ", element("code", str(each))) for each in permissions]
            lines.append(element("li", "Needs the permission", codes, "."))
        for limit in map(members, listed(operation.get("x-rate-limit"))):
            if "requests" in limit:
                said = f"{limit['requests']} requests in {_duration(limit.get('windowSeconds'))}"
            else:
                said = str(limit.get("policy"))
            lines.append(element("li", f"Limited to {said}."))
        return element("ul", lines, class_="access") if lines else None

    def _parameters(self, entry: Entry) -> Html | None:
        groups: list[Html] = []
        for place, title in _PLACES.items():
            rows = [
                element("li", self._parameter(each), class_="field")
                for each in entry.parameters
                if each.get("in") == place
            ]
            if rows:
                groups.append(join(element("h4", title), element("ul", rows, class_="fields")))
        return join(groups) if groups else None

    def _parameter(self, parameter: Mapping[str, Any]) -> Html:
        description = parameter.get("description")
        badges = [
            element("span", text, class_=f"badge {text}")
            for text in ("required", "deprecated")
            if parameter.get(text)
        ]
        return join(
            element("div", element("code", str(parameter.get("name")), class_="name"), " ",
                    value_view(self.reader, _schema_of(parameter)),
                    [join(" ", each) for each in badges], class_="field-head"),
            markdown(description) if description else None,
        )  # fmt: skip

    def _body(self, operation: Mapping[str, Any]) -> Html | None:
        body = self.reader.resolve(operation.get("requestBody"))
        if not body:
            return None
        badge = (
            element("span", "required", class_="badge required") if body.get("required") else None
        )
        description = body.get("description")
        return join(
            element("h4", "Body ", badge),
            markdown(description) if description else None,
            self._content(body),
        )

    def _messages(self, operation: Mapping[str, Any]) -> Html | None:
        """Return what either side of a WebSocket connection sends."""
        found: list[Html] = []
        for side in ("client", "server"):
            schema = members(operation.get(f"x-{side}-message")).get("schema")
            if schema is not None:
                found.append(element("h4", f"{side.capitalize()} sends"))
                found.append(element("p", type_view(self.reader, schema), class_="whole"))
                found.append(self._fields(schema, is_answer=side == "server"))
        return join(found) if found else None

    def _content(
        self, holder: Mapping[str, Any], *, is_answer: bool = False, is_short: bool = False
    ) -> Html:
        """Return each media type of a body with its schema; a short one leaves out named ones."""
        found: list[Html] = []
        for media_type, body in members(holder.get("content")).items():
            schema, item = members(body).get("schema"), members(body).get("x-item-schema")
            is_told = is_short and "$ref" in members(schema)
            line = element(
                "p",
                element("code", media_type, class_="media"),
                " ",
                value_view(self.reader, schema) if schema else None,
                join(" of ", type_view(self.reader, item)) if item else None,
                class_="whole",
            )
            fields = None if is_told else self._fields(item or schema, is_answer=is_answer)
            found.append(element("div", line, fields, class_="content"))
        return join(found)

    def _fields(self, schema: Any, *, is_answer: bool) -> Html:
        return schema_view(self.reader, schema, is_answer=is_answer)

    def _responses(self, operation: Mapping[str, Any]) -> Html | None:
        found: list[Html] = []
        for status, each in members(operation.get("responses")).items():
            response = self.reader.resolve(each)
            is_success = status[0] == "2"
            inside = join(
                self._headers(response),
                self._content(response, is_answer=True, is_short=not is_success),
            )
            line = [
                element("span", status, class_=f"status s{status[0]}"),
                " ",
                inline(_first_line(str(response.get("description") or _phrase(status)))),
            ]
            if inside:
                summary = element("summary", line)
                found.append(
                    element("details", summary, inside, class_="response", open=is_success)
                )
            else:
                found.append(element("div", line, class_="response plain"))
        return join(element("h4", "Responses"), found) if found else None

    def _headers(self, response: Mapping[str, Any]) -> Html | None:
        rows: list[Html] = []
        for name, each in members(response.get("headers")).items():
            header = self.reader.resolve(each)
            value = value_view(self.reader, header.get("schema"))
            line = element("div", element("code", name, class_="name"), " ", value)
            rows.append(element("li", line, _described(header), class_="field"))
        if not rows:
            return None
        return join(element("h5", "Headers"), element("ul", rows, class_="fields"))

    def _callbacks(self, operation: Mapping[str, Any]) -> Html | None:
        found: list[Html] = []
        for name, callback in members(operation.get("callbacks")).items():
            for expression, item in self.reader.resolve(callback).items():
                for method in METHODS:
                    request = members(item).get(method)
                    if is_object(request):
                        line = [
                            method_badge(method.upper()),
                            " ",
                            element("code", expression, class_="path"),
                        ]
                        found.append(
                            element(
                                "details",
                                element("summary", element("strong", name), " ", line),
                                _described(request),
                                self._body(request),
                                self._responses(request),
                                class_="response",
                            )
                        )
        return join(element("h4", "Callbacks"), found) if found else None

    # --- Examples ----------------------------------------------------------------------------

    def _examples(self, entry: Entry, is_callable: bool) -> Iterator[Html]:
        media_type, request = self._request_example(entry.operation)
        if is_callable:
            command = self._command(entry, media_type, request)
            yield _figure("Request", code_block(command, f"Request of {entry.title}"))
        elif request is not None:
            yield _figure("Request body", json_block(request, f"Request of {entry.title}"))
        for status, each in members(entry.operation.get("responses")).items():
            response = self.reader.resolve(each)
            for answered, body in members(response.get("content")).items():
                example = self._example_of(members(body), answered)
                if example is not None and status[0] == "2":
                    label = f"Response {status} of {entry.title}"
                    yield _figure(f"Response {status}", json_block(example, label))
                    return

    def _request_example(self, operation: Mapping[str, Any]) -> tuple[str | None, Any]:
        body = self.reader.resolve(operation.get("requestBody"))
        for media_type, each in members(body.get("content")).items():
            return media_type, self._example_of(members(each), media_type, is_request=True)
        return None, None

    def _example_of(
        self, body: Mapping[str, Any], media_type: str, is_request: bool = False
    ) -> Any:
        for example in members(body.get("examples")).values():
            return members(example).get("value")
        if "example" in body:
            return body["example"]
        is_structured = "json" in media_type or (is_request and "form" in media_type)
        return self.reader.example(body["schema"]) if is_structured and "schema" in body else None

    def _command(self, entry: Entry, media_type: str | None, body: Any) -> str:
        values = {
            str(each["name"]): self.reader.example(_schema_of(each))
            for each in entry.parameters
            if each.get("in") == "path"
        }
        required = [each for each in entry.parameters if each.get("required")]
        query = [
            (str(each["name"]), _plain(self.reader.example(_schema_of(each))))
            for each in required
            if each.get("in") == "query"
        ]
        headers = [
            (str(each["name"]), _plain(self.reader.example(_schema_of(each))))
            for each in required
            if each.get("in") == "header"
        ]
        headers += self._credentials(entry.operation)
        data, fields = None, list[str]()
        if media_type == "multipart/form-data":
            schema = self._schema_of_body(entry.operation, media_type)
            fields = [_form_field(self.reader, *each) for each in schema.items()]
        elif media_type == "application/x-www-form-urlencoded":
            data = "&".join(f"{name}={_plain(value)}" for name, value in members(body).items())
        elif media_type is not None:
            headers.append(("Content-Type", media_type))
            data = (
                json.dumps(body, indent=2, ensure_ascii=False) if "json" in media_type else "@file"
            )
        return curl(
            entry.method,
            self.base_url + fill_path(entry.path, values),
            query=query,
            headers=headers,
            fields=fields,
            body=data,
        )

    def _schema_of_body(self, operation: Mapping[str, Any], media_type: str) -> Mapping[str, Any]:
        body = self.reader.resolve(operation.get("requestBody"))
        schema = members(members(body.get("content")).get(media_type)).get("schema")
        return members(self.reader.resolve(schema).get("properties"))

    def _credentials(self, operation: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return the headers that authenticate, by the first way that there is."""
        stated = operation.get("security")
        security = self.reader.document.get("security") if stated is None else stated
        schemes = members(members(self.reader.document.get("components")).get("securitySchemes"))
        found: list[tuple[str, str]] = []
        first = members(next(iter(listed(security)), None))
        for name in first:
            scheme = self.reader.resolve(schemes.get(name))
            match scheme.get("type"), scheme.get("in"):
                case ("http", _) if str(scheme.get("scheme")).lower() == "basic":
                    found.append(("Authorization", "Basic $CREDENTIALS"))
                case ("apiKey", "header"):
                    found.append((str(scheme.get("name")), "$API_KEY"))
                case ("apiKey", "cookie"):
                    found.append(("Cookie", f"{scheme.get('name')}=…"))
                case ("http" | "oauth2" | "openIdConnect", _):
                    found.append(("Authorization", "Bearer $TOKEN"))
                case _:
                    pass
        return found


def method_badge(method: str) -> Html:
    """Return the name of a method as a badge."""
    return element("span", method, class_=f"method m-{method.lower()}")


def _badges(operation: Mapping[str, Any]) -> Html | None:
    if not operation.get("deprecated"):
        return None
    return join(" ", element("span", "deprecated", class_="badge deprecated"))


def _schema_of(parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of a parameter, also of one that is written as content."""
    for body in members(parameter.get("content")).values():
        return members(members(body).get("schema"))
    schema = members(parameter.get("schema"))
    shown = parameter.get("example")
    return {**schema, "examples": [shown]} if shown is not None else schema


def _form_field(reader: Reader, name: str, schema: Any) -> str:
    found = reader.resolve(schema)
    item = reader.resolve(found.get("items"))
    is_file = "binary" in (found.get("format"), item.get("format"))
    return f"{name}=@file" if is_file else f"{name}={_plain(reader.example(schema))}"


def _plain(value: Any) -> str:
    """Return a value as it stands in a query string, header or form."""
    if is_array(value):
        return ",".join(map(_plain, value))
    return value if isinstance(value, str) else json.dumps(value)


def _figure(title: str, content: Html) -> Html:
    return element("figure", element("figcaption", title), content)


def _described(holder: Mapping[str, Any]) -> Html | None:
    description = holder.get("description")
    return markdown(str(description)) if description else None


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def _phrase(status: str) -> str:
    return HTTPStatus(int(status)).phrase if status in map(str, map(int, HTTPStatus)) else status


def _duration(seconds: Any) -> str:
    names = {1: "a second", 60: "a minute", 3600: "an hour", 86400: "a day"}
    return names.get(seconds, f"{seconds} seconds")
