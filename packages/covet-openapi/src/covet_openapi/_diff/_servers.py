"""Servers side by side: where clients find the API.

Source: OpenAPI 3.1.0 §4.8.5, https://spec.openapis.org/oas/v3.1.0#server-object
"""

from ._walk import Node, Walk, compare_fields, names_of, nowhere


def compare_servers(walk: Walk, old: Node, new: Node) -> None:
    """Compare lists of servers by URL; no list is one server at the document's own root."""
    was, now = _by_url(old), _by_url(new)
    for url in was:
        if url not in now:
            walk.note("server-removed", was[url], nowhere(new), name=url)
    for url in now:
        if url not in was:
            walk.note("server-added", nowhere(old), now[url], name=url)
    for url, before in was.items():
        if url in now:
            _compare_server(walk, before, now[url])
    kept = [url for url in was if url in now]
    if kept != [url for url in now if url in was]:
        walk.note("server-order-changed", old, new)


def _by_url(servers: Node) -> dict[str, Node]:
    listed = {str(each.get("url")): each for each in servers.items}
    return listed or {"/": Node(servers.root, {"url": "/"}, servers.pointer)}


def _compare_server(walk: Walk, old: Node, new: Node) -> None:
    def variables(before: Node, after: Node) -> None:
        if before.keys != after.keys:
            walk.note("server-variable-changed", before, after)
        for name in before.keys:
            if name in after.keys:
                _compare_variable(walk, before.member(name), after.member(name))

    def documentation(before: Node, after: Node) -> None:
        walk.note("server-documentation-changed", before, after)

    compare_fields(
        walk, old, new, {"variables": variables, "description": documentation}, known={"url"}
    )


def _compare_variable(walk: Walk, old: Node, new: Node) -> None:
    def default(before: Node, after: Node) -> None:
        facts = {"old": before.value, "new": after.value}
        walk.note("server-variable-default-changed", before, after, **facts)

    def values(before: Node, after: Node) -> None:
        was, now = names_of(before.value), names_of(after.value)
        if before.is_absent or after.is_absent:
            walk.note("server-variable-changed", before, after)
            return
        for value in was:
            if value not in now:
                walk.note("server-variable-value-removed", before, after, name=value)
        for value in now:
            if value not in was:
                walk.note("server-variable-value-added", before, after, name=value)

    def documentation(before: Node, after: Node) -> None:
        walk.note("server-documentation-changed", before, after)

    compare_fields(
        walk, old, new, {"default": default, "enum": values, "description": documentation}
    )
