"""Schemas side by side: what a value may be, before and now.

Source: JSON Schema 2020-12, https://json-schema.org/draft/2020-12/json-schema-validation
"""

import json
from collections.abc import Iterable
from typing import Any, cast

from ._walk import DOCUMENTATION, Direction, Node, Walk, names_of, nowhere

_LOWER_BOUNDS = frozenset(
    {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"}
)
_UPPER_BOUNDS = frozenset(
    {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"}
)
_CONDITIONS = frozenset(
    {
        "not", "if", "then", "else", "contains", "dependentRequired", "dependentSchemas",
        "patternProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties",
        "contentSchema",
    }
)  # fmt: skip
_CONTENT = frozenset({"contentEncoding", "contentMediaType"})
_TEXTS = DOCUMENTATION | {"title", "$comment", "xml"}
_ALTERNATIVES = ("anyOf", "oneOf")
_NULL = {"type": "null"}
_EVERY_TYPE = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})


def compare_schemas(walk: Walk, old: Node, new: Node, direction: Direction) -> None:
    """Note what differs between two schemas of a value that goes in *direction*."""
    _Comparison(walk, direction).compare(old, new)


def _visit(walk: Walk, old: Node, new: Node, direction: Direction) -> bool:
    """Return whether the two are compared for the first time, so that cycles end."""
    pair = (old.pointer, new.pointer, direction)
    is_new = pair not in walk.visited
    walk.visited.add(pair)
    return is_new


class _Comparison:
    """A comparison of schemas in one direction."""

    def __init__(self, walk: Walk, direction: Direction) -> None:
        self.walk = walk
        self.direction: Direction = direction

    def note(self, rule: str, old: Node, new: Node, /, **facts: Any) -> None:
        self.walk.note(f"{self.direction}-{rule}", old, new, **facts)

    def compare(self, old: Node, new: Node) -> None:
        """Compare two schemas, following references."""
        if self.walk.is_same(old, new):
            return
        if old.get("$ref") != new.get("$ref") and old.get("$ref") and new.get("$ref"):
            names = [str(each.get("$ref")).rpartition("/")[2] for each in (old, new)]
            if names[0] != names[1]:
                self.note("schema-renamed", old, new, old=names[0], new=names[1])
        old, new = _as_object(old.resolve()), _as_object(new.resolve())
        if not _visit(self.walk, old, new, self.direction):
            return
        before, after = _alternatives(old), _alternatives(new)
        if before is None and after is None:
            self.keywords(old, new)
            return
        self.keywords(_rest(old, before), _rest(new, after))
        self.alternatives(before or [_without_texts(old)], after or [_without_texts(new)], new)
        if "anyOf" in old.keys and "oneOf" in new.keys:
            self.note("alternatives-exclusive", old, new)
        if "oneOf" in old.keys and "anyOf" in new.keys:
            self.note("alternatives-inclusive", old, new)

    # --- Keywords ----------------------------------------------------------------------------

    def keywords(self, old: Node, new: Node) -> None:
        """Compare two schemas keyword by keyword, alternatives apart."""
        self.types(old, new)
        self.properties(old, new)
        for key in dict.fromkeys([*old.keys, *new.keys]):
            before, after = old.member(key), new.member(key)
            if not self.walk.is_same(before, after):
                self.keyword(key, before, after)

    def keyword(self, key: str, before: Node, after: Node) -> None:
        """Compare one keyword that differs."""
        match key:
            case "type" | "properties" | "required" | "additionalProperties" | "$ref":
                pass  # seen to together, or followed
            case "enum":
                self.enum(before, after)
            case "const" | "format" | "pattern":
                self.single(key, before, after)
            case "uniqueItems":
                self.bound(key, before, after, is_tighter=bool(after.value is True))
            case "multipleOf":
                self.bound(key, before, after, is_tighter=_divides(before, after))
            case _ if key in _LOWER_BOUNDS:
                self.bound(key, before, after, is_tighter=_is_more(after, before))
            case _ if key in _UPPER_BOUNDS:
                self.bound(key, before, after, is_tighter=_is_less(after, before))
            case "items":
                self.items(before, after)
            case "prefixItems":
                self.parts(before, after, by_place=True)
            case "allOf":
                self.parts(before, after, by_place=False)
            case "discriminator":
                self.discriminator(before, after)
            case "readOnly" | "writeOnly" | "deprecated":
                self.flag(key, before, after)
            case "default":
                self.note("default-changed", before, after)
            case _ if key in _CONTENT:
                self.note("content-changed", before, after, name=key)
            case _ if key in _CONDITIONS:
                self.note("condition-changed", before, after, name=key)
            case _ if key in _TEXTS:
                self.note("schema-documentation-changed", before, after, name=key)
            case _ if key.startswith("x-"):
                self.walk.note("extension-changed", before, after, name=key)
            case _:
                self.note("keyword-changed", before, after, name=key)

    def types(self, old: Node, new: Node) -> None:
        """Compare which types a value may have."""
        before, after = _types(old), _types(new)
        if before == after:
            if old.member("type").value != new.member("type").value:
                at = old.member("type"), new.member("type")
                self.note("schema-documentation-changed", *at, name="type")
            return
        at = old.member("type"), new.member("type")
        gone, added = before - after, after - before
        if "null" in added and before != _EVERY_TYPE and after != _EVERY_TYPE:
            self.note("null-allowed", *at)
        elif "null" in gone and before != _EVERY_TYPE and after != _EVERY_TYPE:
            self.note("null-forbidden", *at)
        gone, added = gone - {"null"}, added - {"null"}
        if gone and added and not (before & after) - {"null"}:
            self.note("type-changed", *at, old=_listed(before), new=_listed(after))
            return
        if gone:
            self.note("type-narrowed", *at, name=_listed(gone))
        if added:
            self.note("type-widened", *at, name=_listed(added))

    def single(self, key: str, before: Node, after: Node) -> None:
        """Compare a keyword that narrows where it is there."""
        facts = {"old": before.value, "new": after.value}
        if before.is_absent:
            self.note(f"{key}-introduced", before, after, **facts)
        elif after.is_absent:
            self.note(f"{key}-dropped", before, after, **facts)
        else:
            self.note(f"{key}-changed", before, after, **facts)

    def enum(self, before: Node, after: Node) -> None:
        if before.is_absent:
            self.note("enum-introduced", before, after)
            return
        if after.is_absent:
            self.note("enum-dropped", before, after)
            return
        for value in _missing(before.value, after.value):
            self.note("enum-value-removed", before, after, name=value)
        for value in _missing(after.value, before.value):
            self.note("enum-value-added", before, after, name=value)

    def bound(self, key: str, before: Node, after: Node, *, is_tighter: bool) -> None:
        rule = f"{key}-tightened" if is_tighter else f"{key}-loosened"
        self.note(rule, before, after, old=before.value, new=after.value)

    def flag(self, key: str, before: Node, after: Node) -> None:
        if bool(before.value is True) == bool(after.value is True):
            self.note("schema-documentation-changed", before, after, name=key)
            return
        is_on = after.value is True
        match key:
            case "deprecated":
                self.note("schema-deprecated" if is_on else "schema-undeprecated", before, after)
            case _:
                name = "read-only" if key == "readOnly" else "write-only"
                self.note(f"{name}-{'introduced' if is_on else 'dropped'}", before, after)

    # --- Objects and arrays ------------------------------------------------------------------

    def properties(self, old: Node, new: Node) -> None:
        """Compare what an object has, and what it must have."""
        before, after = old.member("properties"), new.member("properties")
        was, now = set(names_of(old.get("required"))), set(names_of(new.get("required")))
        is_closed = new.get("additionalProperties") is False
        for name in dict.fromkeys([*before.keys, *after.keys]):
            one, other = before.member(name), after.member(name)
            if one.is_absent:
                rule = "property-added-required" if name in now else "property-added"
                self.note(rule, one, other, name=name)
            elif other.is_absent:
                rule = "property-forbidden" if is_closed else "property-removed"
                self.note(rule, one, other, name=name)
            else:
                self.compare(one, other)
        listed = old.member("required"), new.member("required")
        for name in sorted(now - was):
            if not before.member(name).is_absent or after.member(name).is_absent:
                self.note("property-required", *listed, name=name)
        for name in sorted(was - now):
            if not after.member(name).is_absent or before.member(name).is_absent:
                self.note("property-optional", *listed, name=name)
        self.additional(old.member("additionalProperties"), new.member("additionalProperties"))

    def additional(self, before: Node, after: Node) -> None:
        if self.walk.is_same(before, after):
            return
        was_open, is_open = _is_open(before), _is_open(after)
        if after.value is False:
            self.note("additional-properties-forbidden", before, after)
        elif before.value is False:
            self.note("additional-properties-allowed", before, after)
        elif was_open and is_open:
            self.note("schema-documentation-changed", before, after, name="additionalProperties")
        elif was_open or is_open:
            self.note("additional-properties-changed", before, after)
        else:
            self.compare(before, after)

    def items(self, before: Node, after: Node) -> None:
        if before.is_absent:
            self.note("items-introduced", before, after)
        elif after.is_absent:
            self.note("items-dropped", before, after)
        else:
            self.compare(before, after)

    # --- Combinations ------------------------------------------------------------------------

    def parts(self, before: Node, after: Node, *, by_place: bool) -> None:
        """Compare schemas all of which a value conforms to, or each in its place."""
        if by_place:
            pairs = [*zip(before.items, after.items, strict=False)]
            count = len(pairs)
            gone, added = before.items[count:], after.items[count:]
        else:
            pairs, gone, added = _paired(before.items, after.items)
        for one, other in pairs:
            self.compare(one, other)
        for one in gone:
            self.note("part-removed", one, nowhere(after))
        for other in added:
            self.note("part-added", before, other)

    def alternatives(self, old: list[Node], new: list[Node], at: Node) -> None:
        """Compare schemas of which a value conforms to one; *at* lists the new ones."""
        pairs, gone, added = _paired(old, new)
        for one, other in pairs:
            self.compare(one, other)
        for one in gone:
            rule = "null-forbidden" if one.value == _NULL else "alternative-removed"
            self.note(rule, one, nowhere(at))
        for other in added:
            rule = "null-allowed" if other.value == _NULL else "alternative-added"
            self.note(rule, other, other)

    def discriminator(self, before: Node, after: Node) -> None:
        if before.is_absent:
            self.note("discriminator-introduced", before, after)
            return
        if after.is_absent:
            self.note("discriminator-dropped", before, after)
            return
        if before.get("propertyName") != after.get("propertyName"):
            self.note("discriminator-changed", before, after)
        was, now = before.member("mapping"), after.member("mapping")
        for value in dict.fromkeys([*was.keys, *now.keys]):
            one, other = was.member(value), now.member(value)
            if one.is_absent:
                self.note("discriminator-value-added", one, other, name=value)
            elif other.is_absent:
                self.note("discriminator-value-removed", one, other, name=value)
            elif one.value != other.value:
                self.note("discriminator-changed", one, other)


def _as_object(schema: Node) -> Node:
    """Return a schema as an object: ``true`` allows everything, ``false`` nothing."""
    if isinstance(schema.value, bool):
        return Node(schema.root, {} if schema.value else {"not": {}}, schema.pointer)
    return schema


def _alternatives(schema: Node) -> list[Node] | None:
    listed = [each for key in _ALTERNATIVES for each in schema.member(key).items]
    return listed or None


def _rest(schema: Node, alternatives: list[Node] | None) -> Node:
    """Return *schema* without its alternatives; of one that is itself the only one, the texts."""
    if alternatives is None:
        kept = {key: schema.get(key) for key in schema.keys if key in _TEXTS or key == "default"}
    else:
        kept = {key: schema.get(key) for key in schema.keys if key not in _ALTERNATIVES}
    return Node(schema.root, kept, schema.pointer)


def _without_texts(schema: Node) -> Node:
    kept = {key: schema.get(key) for key in schema.keys if key not in _TEXTS | {"default"}}
    return Node(schema.root, kept, schema.pointer)


def _types(schema: Node) -> frozenset[str]:
    stated = schema.get("type")
    if stated is None:
        return _EVERY_TYPE
    types = {stated} if isinstance(stated, str) else set(names_of(stated))
    return frozenset(types | {"integer"} if "number" in types else types)


def _listed(types: Iterable[str]) -> str:
    return " or ".join(sorted(types)) or "none"


def _is_open(additional: Node) -> bool:
    return additional.is_absent or additional.value is True or additional.value == {}


def _is_more(one: Node, other: Node) -> bool:
    """Return whether the lower bound *one* is above *other*; none is below all."""
    if one.is_absent or other.is_absent:
        return other.is_absent
    return bool(one.value > other.value)


def _is_less(one: Node, other: Node) -> bool:
    """Return whether the upper bound *one* is below *other*; none is above all."""
    if one.is_absent or other.is_absent:
        return other.is_absent
    return bool(one.value < other.value)


def _divides(before: Node, after: Node) -> bool:
    """Return whether what is a multiple now need not have been one."""
    if before.is_absent or after.is_absent:
        return before.is_absent
    return not float(before.value / after.value).is_integer()


def _missing(values: Any, others: Any) -> list[Any]:
    """Return those of *values* that are not among *others*."""
    there = {json.dumps(value, sort_keys=True) for value in cast("list[Any]", others)}
    listed = cast("list[Any]", values)
    return [value for value in listed if json.dumps(value, sort_keys=True) not in there]


def _paired(
    before: list[Node], after: list[Node]
) -> tuple[list[tuple[Node, Node]], list[Node], list[Node]]:
    """Return which schemas stand for each other, which are gone and which are new.

    Equal ones first, then those of one name, then those of one kind in their order.
    """
    pairs: list[tuple[Node, Node]] = []
    gone, added = [*before], [*after]
    for key in (_by_value, _by_reference, _by_kind):
        for one in [*gone]:
            name = key(one)
            other = next((each for each in added if name is not None and key(each) == name), None)
            if other is not None:
                pairs.append((one, other))
                gone.remove(one)
                added.remove(other)
    return pairs, gone, added


def _by_value(schema: Node) -> str | None:
    return json.dumps(schema.value, sort_keys=True)


def _by_reference(schema: Node) -> str | None:
    reference = schema.get("$ref")
    return reference if isinstance(reference, str) else None


def _by_kind(schema: Node) -> str | None:
    if schema.value == _NULL or schema.value is False:
        return None
    resolved = _as_object(schema.resolve())
    stated = resolved.get("const", resolved.get("type"))
    return None if "$ref" in schema.keys else json.dumps(stated, sort_keys=True)
