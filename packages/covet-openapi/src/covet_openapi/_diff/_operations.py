"""Operations side by side: what they take, what they answer, who may call them.

Source: OpenAPI 3.1.0 §4.8.10, https://spec.openapis.org/oas/v3.1.0#operation-object
"""

import re
from collections.abc import Mapping
from typing import Any

from ._schemas import compare_schemas
from ._security import (
    compare_limits,
    compare_permissions,
    compare_security,
    effective_security,
)
from ._servers import compare_servers
from ._walk import Direction, Node, Walk, compare_fields, nowhere, opposite

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_NAME_IN_PATH = re.compile(r"\{([^{}]+)\}")
_STYLES: Mapping[str, str] = {
    "query": "form", "cookie": "form", "path": "simple", "header": "simple",
}  # fmt: skip


class OperationComparison:
    """A comparison of operations that clients call, or, in the other direction, answer."""

    def __init__(
        self, walk: Walk, roots: tuple[Node, Node], direction: Direction = "request"
    ) -> None:
        self.walk = walk
        self.roots = roots
        self.sends: Direction = direction
        self.receives: Direction = opposite(direction)
        self.has_same_security: bool = roots[0].get("security") == roots[1].get("security")

    # --- Path items --------------------------------------------------------------------------

    def path_items(self, old: Node, new: Node) -> None:
        """Compare path items of one path, whatever its parameters are called."""
        if self.has_same_security and old.pointer == new.pointer and self.walk.is_same(old, new):
            return
        renaming = dict(zip(_names(old), _names(new), strict=False))
        for was, now in renaming.items():
            if was != now:
                self.walk.note("path-parameter-renamed", old, new, old=was, new=now)
        before, after = old.resolve(), new.resolve()
        if "$ref" in before.keys or "$ref" in after.keys:
            if before.value != after.value:
                self.walk.note("operation-reference-changed", before, after)
            return
        for method in METHODS:
            one, other = before.member(method), after.member(method)
            name = f"{method.upper()} {new.pointer.rpartition('/')[2].replace('~1', '/')}"
            if one.is_absent and other.is_absent:
                continue
            if one.is_absent:
                self.walk.note("operation-added", one, other, name=name)
            elif other.is_absent:
                self.walk.note("operation-removed", one, other, name=name)
            else:
                self.operations(one, other, before, after, renaming)
        compare_fields(
            self.walk,
            before,
            after,
            {"servers": lambda one, other: compare_servers(self.walk, one, other)},
            known={*METHODS, "parameters"},
        )

    def operations(
        self, old: Node, new: Node, item_old: Node, item_new: Node, renaming: Mapping[str, str]
    ) -> None:
        """Compare two operations, with the parameters of their path items."""
        walk = self.walk
        self.parameters(
            _parameters(old, item_old, renaming), _parameters(new, item_new, {}), old, new
        )
        if self.sends == "request":
            before = effective_security(self.roots[0], old)
            after = effective_security(self.roots[1], new)
            compare_security(walk, before, after, old, new)

        def operation_id(before: Node, after: Node) -> None:
            walk.note("operation-id-changed", before, after, old=before.value, new=after.value)

        def tags(before: Node, after: Node) -> None:
            walk.note("operation-tags-changed", before, after)

        def deprecated(before: Node, after: Node) -> None:
            if (before.value is True) != (after.value is True):
                is_on = after.value is True
                rule = "operation-deprecated" if is_on else "operation-undeprecated"
                walk.note(rule, before, after)

        compare_fields(
            walk,
            old,
            new,
            {
                "operationId": operation_id,
                "tags": tags,
                "deprecated": deprecated,
                "requestBody": self.bodies,
                "responses": self.responses,
                "callbacks": self.callbacks,
                "servers": lambda one, other: compare_servers(walk, one, other),
                "x-permissions": lambda one, other: compare_permissions(walk, one, other),
                "x-rate-limit": lambda one, other: compare_limits(walk, one, other),
                "x-client-message": lambda one, other: self.media_types(one, other, self.sends),
                "x-server-message": lambda one, other: self.media_types(one, other, self.receives),
            },
            known={"parameters", "security"},
        )

    def callbacks(self, old: Node, new: Node) -> None:
        """Compare the requests that the API makes to its caller."""
        turned = OperationComparison(self.walk, self.roots, self.receives)
        for name in dict.fromkeys([*old.keys, *new.keys]):
            before, after = old.member(name), new.member(name)
            if before.is_absent:
                self.walk.note("callback-added", before, after, name=name)
            elif after.is_absent:
                self.walk.note("callback-removed", before, after, name=name)
            else:
                turned.expressions(before.resolve(), after.resolve())

    def expressions(self, old: Node, new: Node) -> None:
        """Compare callback objects."""
        for name in dict.fromkeys([*old.keys, *new.keys]):
            before, after = old.member(name), new.member(name)
            if name.startswith("x-"):
                if before.value != after.value:
                    self.walk.note("extension-changed", before, after, name=name)
            elif before.is_absent:
                self.walk.note("callback-added", before, after, name=name)
            elif after.is_absent:
                self.walk.note("callback-removed", before, after, name=name)
            else:
                self.path_items(before, after)

    # --- Parameters --------------------------------------------------------------------------

    def parameters(
        self,
        old: Mapping[tuple[str, str], Node],
        new: Mapping[tuple[str, str], Node],
        at_old: Node,
        at_new: Node,
    ) -> None:
        """Compare parameters by location and name."""
        walk = self.walk
        gone = [key for key in old if key not in new]
        added = [key for key in new if key not in old]
        for place, name in [*gone]:
            moved = next((key for key in added if key[1] == name), None)
            if moved is not None:
                facts = {"name": name, "old": place, "new": moved[0]}
                walk.note("parameter-moved", old[place, name], new[moved], **facts)
                gone.remove((place, name))
                added.remove(moved)
        for key in gone:
            walk.note("parameter-removed", old[key], nowhere(at_new), name=key[1])
        for key in added:
            is_required = new[key].get("required") is True
            rule = "parameter-added-required" if is_required else "parameter-added"
            walk.note(rule, at_old, new[key], name=key[1])
        for key in old:
            if key in new:
                self.parameter(old[key], new[key])

    def parameter(self, old: Node, new: Node) -> None:
        """Compare two parameters of one place and name."""
        walk, name = self.walk, str(new.get("name"))

        def flag(on: str, off: str) -> Any:
            def compare(before: Node, after: Node) -> None:
                if (before.value is True) != (after.value is True):
                    walk.note(on if after.value is True else off, before, after, name=name)

            return compare

        def style(before: Node, after: Node) -> None:
            usual = _STYLES.get(str(new.get("in")), "simple")
            if before.value_or(usual) != after.value_or(usual):
                walk.note("parameter-style-changed", before, after, name=name)

        def explode(before: Node, after: Node) -> None:
            usual = new.get("style", _STYLES.get(str(new.get("in")))) == "form"
            if before.value_or(usual) != after.value_or(usual):
                walk.note("parameter-explode-changed", before, after, name=name)

        def schema(before: Node, after: Node) -> None:
            if before.is_absent or after.is_absent:
                walk.note("parameter-serialization-changed", before, after, name=name)
            else:
                compare_schemas(walk, before, after, self.sends)

        def content(before: Node, after: Node) -> None:
            if before.is_absent or after.is_absent or before.keys != after.keys:
                walk.note("parameter-serialization-changed", before, after, name=name)
            else:
                for key in before.keys:
                    self.media_types(before.member(key), after.member(key), self.sends)

        compare_fields(
            walk,
            old,
            new,
            {
                "required": flag("parameter-required", "parameter-optional"),
                "deprecated": flag("parameter-deprecated", "parameter-undeprecated"),
                "allowReserved": flag("parameter-reserved-allowed", "parameter-reserved-forbidden"),
                "allowEmptyValue": flag("parameter-empty-allowed", "parameter-empty-forbidden"),
                "style": style,
                "explode": explode,
                "schema": schema,
                "content": content,
            },
            known={"name", "in", "$ref"},
        )

    # --- Bodies ------------------------------------------------------------------------------

    def bodies(self, old: Node, new: Node) -> None:
        """Compare request bodies, either of which may be absent."""
        walk = self.walk
        if old.is_absent:
            is_required = new.resolve().get("required") is True
            rule = "request-body-added-required" if is_required else "request-body-added"
            walk.note(rule, old, new)
            return
        if new.is_absent:
            walk.note("request-body-removed", old, new)
            return

        def required(before: Node, after: Node) -> None:
            if (before.value is True) != (after.value is True):
                is_on = after.value is True
                rule = "request-body-required" if is_on else "request-body-optional"
                walk.note(rule, before, after)

        def content(before: Node, after: Node) -> None:
            for name in dict.fromkeys([*before.keys, *after.keys]):
                one, other = before.member(name), after.member(name)
                if one.is_absent:
                    walk.note("request-media-type-added", one, other, name=name)
                elif other.is_absent:
                    walk.note("request-media-type-removed", one, other, name=name)
                else:
                    self.media_types(one, other, self.sends)

        handlers = {"required": required, "content": content}
        compare_fields(walk, old.resolve(), new.resolve(), handlers, known={"$ref"})

    def media_types(self, old: Node, new: Node, direction: Direction) -> None:
        """Compare two media type objects of one media type."""
        walk = self.walk

        def schema(before: Node, after: Node) -> None:
            if before.is_absent:
                walk.note("media-type-schema-introduced", before, after)
            elif after.is_absent:
                walk.note("media-type-schema-dropped", before, after)
            else:
                compare_schemas(walk, before, after, direction)

        def encoding(before: Node, after: Node) -> None:
            walk.note("request-encoding-changed", before, after)

        handlers = {"schema": schema, "x-item-schema": schema, "encoding": encoding}
        compare_fields(walk, old, new, handlers)

    # --- Responses ---------------------------------------------------------------------------

    def responses(self, old: Node, new: Node) -> None:
        """Compare answers by status."""
        for status in dict.fromkeys([*old.keys, *new.keys]):
            before, after = old.member(status), new.member(status)
            if status.startswith("x-"):
                if before.value != after.value:
                    self.walk.note("extension-changed", before, after, name=status)
            elif before.is_absent or after.is_absent:
                kind = _kind(status)
                rule = f"response-{kind}-{'added' if before.is_absent else 'removed'}"
                self.walk.note(rule, before, after, name=status)
            elif not self.walk.is_same(before, after):
                self.response(before.resolve(), after.resolve())

    def response(self, old: Node, new: Node) -> None:
        """Compare two answers of one status."""
        compare_fields(
            self.walk,
            old,
            new,
            {"content": self.contents, "headers": self.headers, "links": self.links},
            known={"$ref"},
        )

    def contents(self, old: Node, new: Node) -> None:
        """Compare the bodies of an answer by media type."""
        walk = self.walk
        if not old.keys or not new.keys:
            if old.keys == new.keys:
                return
            rule = "response-content-removed" if old.keys else "response-content-added"
            walk.note(rule, old, new)
            return
        for name in dict.fromkeys([*old.keys, *new.keys]):
            before, after = old.member(name), new.member(name)
            if before.is_absent:
                walk.note("response-media-type-added", before, after, name=name)
            elif after.is_absent:
                walk.note("response-media-type-removed", before, after, name=name)
            elif not walk.is_same(before, after):
                self.media_types(before, after, self.receives)

    def headers(self, old: Node, new: Node) -> None:
        """Compare the headers of an answer; their case does not count."""
        walk = self.walk
        was = {name.lower(): old.member(name) for name in old.keys}
        now = {name.lower(): new.member(name) for name in new.keys}
        for key in dict.fromkeys([*was, *now]):
            if key not in was:
                walk.note("response-header-added", old, now[key], name=key)
            elif key not in now:
                is_required = was[key].resolve().get("required") is True
                rule = "response-header-removed"
                rule += "-required" if is_required else ""
                walk.note(rule, was[key], nowhere(new), name=key)
            elif not walk.is_same(was[key], now[key]):
                self.header(was[key].resolve(), now[key].resolve(), key)

    def header(self, old: Node, new: Node, name: str) -> None:
        """Compare two header objects."""
        walk = self.walk

        def required(before: Node, after: Node) -> None:
            if (before.value is True) != (after.value is True):
                is_on = after.value is True
                rule = "response-header-required" if is_on else "response-header-optional"
                walk.note(rule, before, after, name=name)

        def deprecated(before: Node, after: Node) -> None:
            if (before.value is True) != (after.value is True):
                is_on = after.value is True
                rule = "header-deprecated" if is_on else "header-undeprecated"
                walk.note(rule, before, after, name=name)

        def style(before: Node, after: Node) -> None:
            walk.note("header-style-changed", before, after, name=name)

        def schema(before: Node, after: Node) -> None:
            if before.is_absent or after.is_absent:
                style(before, after)
            else:
                compare_schemas(walk, before, after, self.receives)

        handlers = {
            "required": required,
            "deprecated": deprecated,
            "style": style,
            "explode": style,
            "content": style,
            "schema": schema,
        }
        compare_fields(walk, old, new, handlers, known={"$ref"})

    def links(self, old: Node, new: Node) -> None:
        """Compare where an answer leads."""
        for name in dict.fromkeys([*old.keys, *new.keys]):
            before, after = old.member(name), new.member(name)
            if before.is_absent:
                self.walk.note("link-added", before, after, name=name)
            elif after.is_absent:
                self.walk.note("link-removed", before, after, name=name)
            elif before.resolve().value != after.resolve().value:
                self.walk.note("link-changed", before, after, name=name)


def _kind(status: str) -> str:
    if status == "default":
        return "default"
    return {"2": "success", "4": "error", "5": "error"}.get(status[:1], "other")


def _names(item: Node) -> list[str]:
    path = item.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    return _NAME_IN_PATH.findall(path) if path.startswith("/") else []


def _parameters(
    operation: Node, item: Node, renaming: Mapping[str, str]
) -> dict[tuple[str, str], Node]:
    """Return the parameters of an operation by location and name, headers in lower case."""
    found: dict[tuple[str, str], Node] = {}
    for parameter in [*item.member("parameters").items, *operation.member("parameters").items]:
        resolved = parameter.resolve()
        place, name = str(resolved.get("in")), str(resolved.get("name"))
        if place == "path":
            name = renaming.get(name, name)
        found[place, name.lower() if place == "header" else name] = resolved
    return found
