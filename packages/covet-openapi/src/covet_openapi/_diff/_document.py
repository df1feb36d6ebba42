"""Two whole documents side by side.

Source: OpenAPI 3.1.0 §4.8.1, https://spec.openapis.org/oas/v3.1.0#openapi-object
"""

import re
from collections.abc import Mapping
from typing import Any

from covet_openapi._json import strings_in

from ._changes import Changes
from ._operations import OperationComparison
from ._security import compare_schemes
from ._servers import compare_servers
from ._walk import Handler, Node, Walk, compare_fields

_IN_BRACES = re.compile(r"\{[^{}]*\}")


def diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    """Return what changes from one OpenAPI 3.1 document to another, by what it does to clients.

    Both are valid documents, as JSON values. What clients send may be allowed more than before,
    what they receive may be less; references are followed, and a component is looked at for each
    of the two directions that it is used in. Whatever differs is noted: what no rule of the
    object model knows as ``field-changed`` or ``extension-changed``.
    """
    before, after = Node(dict(old), old), Node(dict(new), new)
    if old == new:
        return Changes()
    walk = Walk(affected=_affected(before, after))
    comparison = OperationComparison(walk, (before, after))

    def info(one: Node, other: Node) -> None:
        def said(key: str) -> Handler:
            return lambda one, other: walk.note("info-changed", one, other, name=key)

        facts = ("title", "summary", "description", "termsOfService", "contact", "license")

        def version(one: Node, other: Node) -> None:
            walk.note("api-version-changed", one, other, old=one.value, new=other.value)

        def lifecycle(one: Node, other: Node) -> None:
            walk.note("lifecycle-changed", one, other)

        handlers = {key: said(key) for key in facts}
        compare_fields(walk, one, other, {**handlers, "version": version, "x-lifecycle": lifecycle})

    def openapi(one: Node, other: Node) -> None:
        feature = str(one.value).split(".")[:2] != str(other.value).split(".")[:2]
        rule = "openapi-version-changed" if feature else "openapi-patch-changed"
        walk.note(rule, one, other, old=one.value, new=other.value)

    def security(one: Node, other: Node) -> None:
        """Compare what it means to each operation, of which the texts may be the same."""
        for name, compare in operations.items():
            compare(before.member(name), after.member(name))

    operations: Mapping[str, Handler] = {
        "paths": lambda one, other: _compare_paths(comparison, one, other),
        "x-websocket-routes": lambda one, other: _compare_sockets(comparison, one, other),
    }
    compare_fields(
        walk,
        before,
        after,
        {
            **operations,
            "openapi": openapi,
            "jsonSchemaDialect": lambda one, other: walk.note("schema-dialect-changed", one, other),
            "info": info,
            "servers": lambda one, other: compare_servers(walk, one, other),
            "webhooks": lambda one, other: _compare_webhooks(comparison, one, other),
            "tags": lambda one, other: walk.note("tags-changed", one, other),
            "security": security,
        },
        known={"components"},
    )
    _compare_components(walk, before.member("components"), after.member("components"))
    if not walk.changes:
        walk.note("written-otherwise", before, after, name="The document")
    return walk.result


def _affected(old: Node, new: Node) -> frozenset[str]:
    """Return the references to components that differ, or refer to some that do."""
    before, after = old.member("components"), new.member("components")
    if before.value == after.value:
        return frozenset()
    found: set[str] = set()
    uses: dict[str, set[str]] = {}
    for kind in dict.fromkeys([*before.keys, *after.keys]):
        was, now = before.member(kind), after.member(kind)
        for name in dict.fromkeys([*was.keys, *now.keys]):
            reference = f"#{now.member(name).pointer}"
            if was.member(name).value != now.member(name).value:
                found.add(reference)
            value = now.get(name, was.get(name))
            uses[reference] = {text for text in strings_in(value) if text.startswith("#/")}
    while True:
        more = {reference for reference, used in uses.items() if used & found} - found
        if not more:
            return frozenset(found)
        found |= more


def _compare_paths(comparison: OperationComparison, old: Node, new: Node) -> None:
    walk = comparison.walk
    was = {_IN_BRACES.sub("{}", path): old.member(path) for path in old.keys}
    now = {_IN_BRACES.sub("{}", path): new.member(path) for path in new.keys}
    for shape in dict.fromkeys([*was, *now]):
        if shape.startswith("x-"):
            one, other = old.member(shape), new.member(shape)
            if one.value != other.value:
                walk.note("extension-changed", one, other, name=shape)
        elif shape not in was:
            walk.note("path-added", old, now[shape], name=_path(now[shape]))
        elif shape not in now:
            gone = new.member(_path(was[shape]))
            walk.note("path-removed", was[shape], gone, name=_path(was[shape]))
        else:
            comparison.path_items(was[shape], now[shape])


def _compare_webhooks(comparison: OperationComparison, old: Node, new: Node) -> None:
    walk = comparison.walk
    turned = OperationComparison(walk, comparison.roots, comparison.receives)
    for name in dict.fromkeys([*old.keys, *new.keys]):
        before, after = old.member(name), new.member(name)
        if before.is_absent:
            walk.note("webhook-added", before, after, name=name)
        elif after.is_absent:
            walk.note("webhook-removed", before, after, name=name)
        else:
            turned.path_items(before, after)


def _compare_sockets(comparison: OperationComparison, old: Node, new: Node) -> None:
    walk = comparison.walk
    for path in dict.fromkeys([*old.keys, *new.keys]):
        before, after = old.member(path), new.member(path)
        if before.is_absent:
            walk.note("websocket-route-added", before, after, name=path)
        elif after.is_absent:
            walk.note("websocket-route-removed", before, after, name=path)
        else:
            comparison.operations(before, after, before, after, {})


def _compare_components(walk: Walk, old: Node, new: Node) -> None:
    """Compare what is left of components once all uses are compared."""
    compare_schemes(walk, old.member("securitySchemes"), new.member("securitySchemes"))
    seen = {change.pointer for change in walk.changes}
    seen |= {pointer for *pair, _ in walk.visited for pointer in pair}
    for kind in dict.fromkeys([*old.keys, *new.keys]):
        was, now = old.member(kind), new.member(kind)
        for name in dict.fromkeys([*was.keys, *now.keys]):
            before, after = was.member(name), now.member(name)
            if kind == "securitySchemes" or before.value == after.value:
                continue
            if before.is_absent:
                walk.note("component-added", before, after, name=name)
            elif after.is_absent:
                walk.note("component-removed", before, after, name=name)
            elif not any(_is_below(pointer, after.pointer) for pointer in seen):
                walk.note("component-changed", before, after, name=name)


def _is_below(pointer: str, at: str) -> bool:
    return pointer == at or pointer.startswith(at + "/")


def _path(item: Node) -> str:
    return item.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
