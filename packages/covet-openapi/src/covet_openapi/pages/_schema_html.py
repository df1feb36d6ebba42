"""Schemas for readers: what type a value has, what it must fulfil, what its fields are."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ._html import Html, element, join
from ._markdown import inline, markdown
from ._reader import Reader, is_object, listed, members, slug, type_of

_MAX_DEPTH = 5  # of objects within objects that have no name of their own
_BOUNDS: Mapping[str, str] = {
    "minimum": "≥ {}",
    "exclusiveMinimum": "> {}",
    "maximum": "≤ {}",
    "exclusiveMaximum": "< {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} properties",
    "maxProperties": "at most {} properties",
    "pattern": "matches {}",
    "contentEncoding": "encoded as {}",
    "contentMediaType": "holds {}",
}


def schema_id(name: str) -> str:
    """Return the fragment identifier of a named schema."""
    return slug("schema", name)


def schema_view(reader: Reader, schema: Any, *, is_answer: bool = False, depth: int = 0) -> Html:
    """Return what *schema* says besides its type: the fields of objects, or the alternatives.

    Fields of an answer are marked where they may be missing, others where they may not.
    """
    found = reader.resolve(schema)
    while type_of(found) == "array" and found.get("items"):
        found = reader.resolve(found["items"])
    alternatives = _alternatives(found)
    if len(alternatives) > 1:
        items = [element("li", type_view(reader, each)) for each in alternatives]
        return join(
            element("p", "One of:", class_="hint"), element("ul", items, class_="alternatives")
        )
    if alternatives:
        found = reader.resolve(alternatives[0])
    rows = [
        element(
            "li",
            _field(reader, name, each, _mark(name in required, is_answer), is_answer, depth),
            class_="field",
        )
        for part in (found, *map(reader.resolve, listed(found.get("allOf"))))
        for required in [listed(part.get("required"))]
        for name, each in members(part.get("properties")).items()
    ]
    extra = found.get("additionalProperties")
    if is_object(extra) and extra:
        rows.append(
            element("li", _field(reader, "…", extra, None, is_answer, depth), class_="field")
        )
    return element("ul", rows, class_="fields") if rows else Html()


def value_view(reader: Reader, schema: Any) -> Html:
    """Return the type of a value and what else it must fulfil, in one line."""
    return join(type_view(reader, schema), [join(" ", each) for each in _facts(reader, schema)])


def type_view(reader: Reader, schema: Any) -> Html:
    """Return the type of a value, with links to named schemas."""
    return element("span", _type(reader, schema, 0), class_="type")


def _type(reader: Reader, schema: Any, depth: int) -> Html:
    found = members(schema)
    reference = found.get("$ref")
    if isinstance(reference, str):
        name = reference.rpartition("/")[2]
        return element("a", name, href=f"#{schema_id(name)}")
    alternatives = _alternatives(found, with_null=True)
    if alternatives and depth < _MAX_DEPTH:
        shown = [_type(reader, each, depth + 1) for each in alternatives]
        return join([join(" or " if index else "", each) for index, each in enumerate(shown)])
    if found.get("format") == "binary":
        return join("bytes")
    types = [str(each) for each in listed(found.get("type"))] or [type_of(found) or "any"]
    if "const" in found:
        return element("code", json.dumps(found["const"], ensure_ascii=False))
    items = found.get("items")
    shown_types: list[Html] = []
    for name in types:
        if name == "array" and items and depth < _MAX_DEPTH:
            shown_types.append(join("array of ", _type(reader, items, depth + 1)))
        else:
            shown_types.append(join(name))
    joined = [join(" or " if index else "", each) for index, each in enumerate(shown_types)]
    form = found.get("format")
    return join(joined, f" ({form})" if form else None)


def _alternatives(schema: Mapping[str, Any], *, with_null: bool = False) -> list[Any]:
    found = listed(schema.get("oneOf")) or listed(schema.get("anyOf"))
    return [each for each in found if with_null or members(each).get("type") != "null"]


def _mark(is_required: bool, is_answer: bool) -> str | None:
    if is_answer:
        return None if is_required else "optional"
    return "required" if is_required else None


def _field(
    reader: Reader, name: str, schema: Any, mark: str | None, is_answer: bool, depth: int
) -> Html:
    own = members(schema)
    found = reader.resolve(schema)
    described = own if "$ref" in own else found
    badges = [
        element("span", text, class_=f"badge {kind}")
        for text, kind, is_shown in (
            (mark or "", mark or "", mark is not None),
            ("deprecated", "deprecated", bool(found.get("deprecated"))),
            ("read-only", "quiet", bool(found.get("readOnly"))),
            ("write-only", "quiet", bool(found.get("writeOnly"))),
        )
        if is_shown
    ]
    inner = Html()
    if "$ref" not in own and depth < _MAX_DEPTH and not _leads_to_name(found):
        inner = schema_view(reader, found, is_answer=is_answer, depth=depth + 1)
    if inner:
        inner = element("details", element("summary", "Fields"), inner)
    description = described.get("description")
    return join(
        element("div", element("code", name, class_="name"), " ", value_view(reader, own or found),
                [join(" ", badge) for badge in badges], class_="field-head"),
        markdown(description) if description else None,
        inner or None,
    )  # fmt: skip


def _leads_to_name(schema: Mapping[str, Any]) -> bool:
    """Return whether the schema only points to named ones, which have a place of their own."""
    items = members(schema.get("items"))
    others = [items, *map(members, _alternatives(schema))]
    return any("$ref" in each or "$ref" in members(each.get("items")) for each in others)


def _facts(reader: Reader, schema: Any) -> Iterator[Html]:
    """Yield what a value must fulfil besides its type."""
    found = members(schema) if "$ref" in members(schema) else reader.resolve(schema)
    parts = [found, *map(members, _alternatives(found)), members(found.get("items"))]
    for part in parts:
        if values := listed(part.get("enum")):
            shown = [element("code", json.dumps(each, ensure_ascii=False)) for each in values]
            yield element("span", [join(" ", each) for each in shown], class_="values")
        for keyword, text in _BOUNDS.items():
            if keyword in part and part.get("format") != "binary":
                yield element("span", text.format(part[keyword]), class_="fact")
        if part.get("uniqueItems"):
            yield element("span", "all different", class_="fact")
    if found.get("default") is not None:
        shown_default = element("code", json.dumps(found["default"], ensure_ascii=False))
        yield element("span", "default ", shown_default, class_="fact")


def named_schema(reader: Reader, name: str, schema: Any) -> Html:
    """Return the section of a named schema."""
    found = reader.resolve(schema)
    fields = schema_view(reader, found)
    description, title = found.get("description"), found.get("title")
    return element(
        "section",
        element("h3", element("a", name, href=f"#{schema_id(name)}"), class_="schema-name"),
        element("p", inline(title), class_="hint") if title and title != name else None,
        markdown(description) if description else None,
        element("p", value_view(reader, found), class_="whole"),
        fields or None,
        id=schema_id(name),
        class_="schema",
    )
