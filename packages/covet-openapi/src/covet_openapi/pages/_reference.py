"""The reference page: a whole document as HTML, with one style sheet and no script."""

from collections.abc import Iterator, Mapping
from typing import Any

from ._html import Html, element, join
from ._markdown import inline, markdown
from ._operation_html import METHODS, Entry, OperationWriter, method_badge
from ._reader import Reader, is_object, listed, members, slug, unique
from ._schema_html import named_schema, schema_id

_UNTAGGED = "Operations"
_FLOWS = {
    "password": "With user name and password",
    "clientCredentials": "With the credentials of a client",
    "authorizationCode": "By a page of the provider",
    "implicit": "By a page of the provider, without a code",
}


def reference_page(
    document: Mapping[str, Any],
    *,
    assets_url: str,
    openapi_url: str | None = None,
    interactive_url: str | None = None,
    base_url: str | None = None,
    language: str = "en",
) -> str:
    """Return the page that tells all of an OpenAPI 3.1 *document*.

    To be sent with ``content_security_policy(runs_scripts=False)``. *assets_url* is the folder in
    which each of ``asset_names`` is answered; *openapi_url* and *interactive_url* are where the
    document is and a page to try it out, if readers are to find them. All may be relative to the
    page. *base_url* is what the paths follow in examples of requests: by default the first server
    if it names a host, else a variable of the shell.

    Descriptions may hold Markdown. Nothing in the document can become markup of its own.
    """
    reader = Reader(document)
    info = members(document.get("info"))
    title = str(info.get("title") or "API")
    groups = _groups(reader)
    sockets, hooks = _sockets(reader), _hooks(reader)
    schemas = members(members(document.get("components")).get("schemas"))
    writer = OperationWriter(reader, base_url or _base_url(document))
    assets = assets_url.rstrip("/")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{title} {info.get('version', '')}".strip()),
        element("link", rel="icon", type="image/png", href=f"{assets}/favicon-32x32.png"),
        element("link", rel="stylesheet", href=f"{assets}/reference.css"),
    )
    has_schemes = bool(_schemes(reader))
    contents = _contents(title, groups, sockets, hooks, [*schemas], has_schemes=has_schemes)
    main = element(
        "main",
        _introduction(document, info, openapi_url, interactive_url),
        _authentication(reader) if has_schemes else None,
        [_group(writer, reader, name, entries) for name, entries in groups.items()],
        _extra_group(writer, "WebSocket routes", sockets),
        _extra_group(writer, "Webhooks", hooks),
        element(
            "section",
            element("h2", "Schemas"),
            [named_schema(reader, name, each) for name, each in sorted(schemas.items())],
            id="schemas",
            class_="group",
        )
        if schemas
        else None,
        id="content",
        tabindex="-1",
    )
    skip = element("a", "Skip to content", href="#content", class_="skip")
    body = element("body", skip, element("div", contents, main, class_="page"))
    return "<!DOCTYPE html>\n" + element("html", head, body, lang=language) + "\n"


# --- What there is --------------------------------------------------------------------------------


def _groups(reader: Reader) -> dict[str, list[Entry]]:
    """Return the operations by their first tag, in the order of the document's tags."""
    tags = [str(members(tag).get("name")) for tag in listed(reader.document.get("tags"))]
    groups: dict[str, list[Entry]] = {tag: [] for tag in tags}
    found = [*_entries(reader, members(reader.document.get("paths")))]
    for entry in found:
        tag = next(iter(listed(entry.operation.get("tags"))), _UNTAGGED)
        groups.setdefault(str(tag), []).append(entry)
    return {tag: entries for tag, entries in groups.items() if entries}


def _entries(reader: Reader, items: Mapping[str, Any], kind: str = "") -> Iterator[Entry]:
    found: list[tuple[str, str, Mapping[str, Any], list[Mapping[str, Any]]]] = []
    for path, each in items.items():
        item = reader.resolve(each)
        for method in METHODS:
            operation = item.get(method)
            if is_object(operation):
                parameters = {
                    (resolved.get("in"), resolved.get("name")): resolved
                    for holder in (item, operation)
                    for resolved in map(reader.resolve, listed(holder.get("parameters")))
                }
                found.append((method.upper(), path, operation, [*parameters.values()]))
    names = [
        slug(kind, str(operation.get("operationId") or f"{method} {path}"))
        for method, path, operation, _ in found
    ]
    for name, each in zip(unique(names), found, strict=True):
        yield Entry(f"operation-{name}", *each)


def _sockets(reader: Reader) -> list[Entry]:
    return [
        Entry(slug("socket", path), "WS", path, route, listed(route.get("parameters")))
        for path, route in members(reader.document.get("x-websocket-routes")).items()
        if is_object(route)
    ]


def _hooks(reader: Reader) -> list[Entry]:
    return [*_entries(reader, members(reader.document.get("webhooks")), "webhook")]


def _schemes(reader: Reader) -> Mapping[str, Any]:
    return members(members(reader.document.get("components")).get("securitySchemes"))


def _base_url(document: Mapping[str, Any]) -> str:
    server = str(members(next(iter(listed(document.get("servers"))), None)).get("url") or "")
    if server.startswith(("http://", "https://")):
        return server.rstrip("/")
    return "$BASE_URL" + server.rstrip("/")


# --- The sidebar ----------------------------------------------------------------------------------


def _contents(
    title: str,
    groups: Mapping[str, list[Entry]],
    sockets: list[Entry],
    hooks: list[Entry],
    schemas: list[str],
    *,
    has_schemes: bool,
) -> Html:
    """Return the list of contents, which unfolds without a script."""
    parts: list[Html] = []
    if has_schemes:
        parts.append(element("p", element("a", "Authentication", href="#authentication")))
    for name, entries in groups.items():
        parts.append(_folder(name, [_link(entry) for entry in entries]))
    if sockets:
        parts.append(_folder("WebSocket routes", [_link(entry) for entry in sockets]))
    if hooks:
        parts.append(_folder("Webhooks", [_link(entry) for entry in hooks]))
    if schemas:
        named = [element("a", name, href=f"#{schema_id(name)}") for name in sorted(schemas)]
        parts.append(_folder("Schemas", [element("li", link) for link in named], is_open=False))
    return element(
        "div",
        element("p", element("a", title, href="#content"), class_="brand"),
        element("input", type="checkbox", id="menu", class_="menu"),  # folds the list when narrow
        element("label", "Contents", for_="menu", class_="menu"),
        element("nav", parts, aria_label="Contents"),
        class_="sidebar",
    )


def _folder(name: str, links: list[Html], *, is_open: bool = True) -> Html:
    return element("details", element("summary", name), element("ul", links), open=is_open)


def _link(entry: Entry) -> Html:
    return element(
        "li",
        element("a", method_badge(entry.method), element("span", entry.title), href=f"#{entry.id}"),
        class_="deprecated" if entry.is_deprecated else None,
    )


# --- The main part --------------------------------------------------------------------------------


def _introduction(
    document: Mapping[str, Any],
    info: Mapping[str, Any],
    openapi_url: str | None,
    interactive_url: str | None,
) -> Html:
    lifecycle = members(info.get("x-lifecycle"))
    contact, licence = members(info.get("contact")), members(info.get("license"))
    links = [
        element("a", text, href=url)
        for text, url in (("OpenAPI document", openapi_url), ("Try it out", interactive_url))
        if url
    ]
    facts: list[Html] = []
    for server in map(members, listed(document.get("servers"))):
        said = server.get("description")
        url = element("code", str(server.get("url")))
        facts.append(element("li", "Server: ", url, inline(f" ({said})") if said else None))
    if contact:
        email = contact.get("email")
        shown = inline(f"[{email}](mailto:{email})") if email else None
        ways = [contact.get("name"), _web_link(contact.get("url")), shown]
        facts.append(element("li", "Contact:", [join(" ", each) for each in ways if each]))
    if licence:
        name = str(licence.get("name"))
        facts.append(element("li", "Licence: ", _web_link(licence.get("url"), name) or name))
    summary, description = info.get("summary"), info.get("description")
    return element(
        "header",
        element(
            "h1",
            str(info.get("title") or "API"),
            " ",
            element("span", str(info.get("version") or ""), class_="version"),
        ),
        _notice(lifecycle) if lifecycle else None,
        element("p", inline(str(summary)), class_="lead") if summary else None,
        markdown(str(description)) if description else None,
        element("p", [join(" " if index else "", each) for index, each in enumerate(links)],
                class_="links") if links else None,
        element("ul", facts, class_="about") if facts else None,
        class_="introduction",
    )  # fmt: skip


def _notice(lifecycle: Mapping[str, Any]) -> Html:
    """Return what readers should know of the end of a version."""
    said: list[Html | str] = []
    since = lifecycle.get("deprecated")
    if since:
        said.append(
            f"This version is deprecated{f' since {since}' if isinstance(since, str) else ''}."
        )
    if sunset := lifecycle.get("sunset"):
        said.append(f"It will stop answering on {sunset}.")
    if link := _web_link(lifecycle.get("migrationGuide"), "How to move to another version"):
        said.append(link)
    sentences = [join(" " if index else "", each) for index, each in enumerate(said)]
    return element("p", sentences, class_="notice", role="note")


def _web_link(url: Any, text: Any = None) -> Html | None:
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return None
    return element("a", str(text or url), href=url)


def _authentication(reader: Reader) -> Html:
    return element(
        "section",
        element("h2", "Authentication"),
        [_scheme(name, reader.resolve(each)) for name, each in _schemes(reader).items()],
        id="authentication",
        class_="group",
    )


def _scheme(name: str, scheme: Mapping[str, Any]) -> Html:
    match scheme.get("type"):
        case "http":
            said = f"Authorization: {str(scheme.get('scheme')).capitalize()} …"
        case "apiKey":
            said = f"{scheme.get('in')}: {scheme.get('name')}"
        case kind:
            said = str(kind)
    flows = [
        element(
            "li",
            f"{_FLOWS.get(flow, flow)}: ",
            element(
                "code",
                str(members(facts).get("tokenUrl") or members(facts).get("authorizationUrl")),
            ),
            _scopes(members(members(facts).get("scopes"))),
        )
        for flow, facts in members(scheme.get("flows")).items()
    ]
    description = scheme.get("description")
    return element(
        "div",
        element("h3", name),
        element("p", element("code", said)),
        markdown(str(description)) if description else None,
        element("ul", flows) if flows else None,
        class_="scheme",
    )


def _scopes(scopes: Mapping[str, Any]) -> Html | None:
    if not scopes:
        return None
    rows = [element("li", element("code", name), f" {said}") for name, said in scopes.items()]
    return element("ul", rows)


def _group(writer: OperationWriter, reader: Reader, name: str, entries: list[Entry]) -> Html:
    said = next(
        (
            members(tag).get("description")
            for tag in listed(reader.document.get("tags"))
            if members(tag).get("name") == name
        ),
        None,
    )
    return element(
        "section",
        element("h2", name),
        markdown(str(said)) if said else None,
        [writer.section(entry) for entry in entries],
        id=slug("tag", name),
        class_="group",
    )


def _extra_group(writer: OperationWriter, title: str, entries: list[Entry]) -> Html | None:
    if not entries:
        return None
    return element(
        "section",
        element("h2", title),
        [writer.section(entry, is_callable=False) for entry in entries],
        id=slug(title.lower()),
        class_="group",
    )
