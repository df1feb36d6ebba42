"""Who may call: security requirements and schemes, permissions and rate limits.

Source: OpenAPI 3.1.0 §4.8.27 and §4.8.30, https://spec.openapis.org/oas/v3.1.0#security-scheme-object
"""

import json

from ._walk import Node, Walk, compare_fields, is_object, names_of, nowhere


def compare_security(walk: Walk, old: Node, new: Node, at_old: Node, at_new: Node) -> None:
    """Compare the alternatives of two effective requirements, which may stand elsewhere.

    The changes are noted at *at_old* and *at_new*, the operations.
    """
    before, after = _alternatives(old), _alternatives(new)
    if before == after:
        return
    if not before:
        walk.note("security-introduced", at_old, at_new)
        return
    if not after:
        walk.note("security-dropped", at_old, at_new)
        return
    for name in before - after:
        if not any(_asks_less(other, name) for other in after):
            walk.note("security-alternative-removed", at_old, at_new, name=_said(name))
    for name in after - before:
        if not any(_asks_less(other, name) for other in before):
            walk.note("security-alternative-added", at_old, at_new, name=_said(name))


def compare_schemes(walk: Walk, old: Node, new: Node) -> None:
    """Compare the security schemes that operations can name."""
    for name in dict.fromkeys([*old.keys, *new.keys]):
        before, after = old.member(name), new.member(name)
        if before.is_absent:
            walk.note("security-scheme-added", before, after, name=name)
        elif after.is_absent:
            walk.note("security-scheme-removed", before, after, name=name)
        else:
            _compare_scheme(walk, before.resolve(), after.resolve())


def compare_permissions(walk: Walk, before: Node, after: Node) -> None:
    """Compare what callers must be permitted, all of it."""
    was, now = names_of(before.value), names_of(after.value)
    for name in now:
        if name not in was:
            walk.note("permission-added", before, after, name=name)
    for name in was:
        if name not in now:
            walk.note("permission-removed", before, after, name=name)


def compare_limits(walk: Walk, before: Node, after: Node) -> None:
    """Compare how often callers may call."""
    if not before.value or before.is_absent:
        walk.note("rate-limit-introduced", before, after)
    elif not after.value or after.is_absent:
        walk.note("rate-limit-dropped", before, after)
    else:
        walk.note("rate-limit-changed", before, after)


def _compare_scheme(walk: Walk, old: Node, new: Node) -> None:
    if old.get("type") != new.get("type"):
        facts = {"old": old.get("type"), "new": new.get("type")}
        walk.note("security-scheme-type-changed", old, new, **facts)
        return

    def place(before: Node, after: Node) -> None:
        facts = {"old": before.value, "new": after.value}
        walk.note("security-scheme-place-changed", before, after, **facts)

    def scheme(before: Node, after: Node) -> None:
        facts = {"old": before.value, "new": after.value}
        walk.note("security-scheme-scheme-changed", before, after, **facts)

    def bearer_format(before: Node, after: Node) -> None:
        facts = {"old": before.value, "new": after.value}
        walk.note("security-scheme-bearer-format-changed", before, after, **facts)

    compare_fields(
        walk,
        old,
        new,
        {
            "in": place,
            "name": place,
            "scheme": scheme,
            "bearerFormat": bearer_format,
            "flows": lambda before, after: _compare_flows(walk, before, after),
            "openIdConnectUrl": lambda before, after: walk.note(
                "security-scheme-discovery-changed", before, after
            ),
        },
    )


def _compare_flows(walk: Walk, old: Node, new: Node) -> None:
    for name in dict.fromkeys([*old.keys, *new.keys]):
        before, after = old.member(name), new.member(name)
        if name.startswith("x-"):
            if before.value != after.value:
                walk.note("extension-changed", before, after, name=name)
        elif before.is_absent:
            walk.note("oauth-flow-added", before, after, name=name)
        elif after.is_absent:
            walk.note("oauth-flow-removed", before, after, name=name)
        else:
            _compare_flow(walk, before, after)


def _compare_flow(walk: Walk, old: Node, new: Node) -> None:
    def url(before: Node, after: Node) -> None:
        walk.note("oauth-url-changed", before, after, old=before.value, new=after.value)

    def refresh(before: Node, after: Node) -> None:
        if after.is_absent:
            walk.note("oauth-refresh-removed", before, after)
        else:
            url(before, after)

    def scopes(before: Node, after: Node) -> None:
        for name in dict.fromkeys([*before.keys, *after.keys]):
            one, other = before.member(name), after.member(name)
            if one.is_absent:
                walk.note("oauth-scope-added", one, other, name=name)
            elif other.is_absent:
                walk.note("oauth-scope-removed", one, other, name=name)
            elif one.value != other.value:
                walk.note("documentation-changed", one, other, name=name)

    handlers = {"authorizationUrl": url, "tokenUrl": url, "refreshUrl": refresh, "scopes": scopes}
    compare_fields(walk, old, new, handlers)


def _alternatives(requirements: Node) -> frozenset[str]:
    """Return each alternative as text, its schemes and scopes in order; none is no protection."""
    found: set[str] = set()
    for item in requirements.items:
        if is_object(item.value):
            plain = {name: sorted(names_of(scopes)) for name, scopes in item.value.items()}
            found.add(json.dumps(plain, sort_keys=True))
    return frozenset(found)


def _asks_less(one: str, other: str) -> bool:
    """Return whether *one* is met wherever *other* is: it asks for no more schemes and scopes."""
    less: dict[str, list[str]] = json.loads(one)
    more: dict[str, list[str]] = json.loads(other)
    return all(name in more and set(scopes) <= set(more[name]) for name, scopes in less.items())


def _said(alternative: str) -> str:
    schemes: dict[str, list[str]] = json.loads(alternative)
    named = [
        f"{name} ({', '.join(scopes)})" if scopes else name for name, scopes in schemes.items()
    ]
    return " and ".join(named) or "nothing"


def effective_security(document: Node, operation: Node) -> Node:
    """Return the requirement that holds for an operation: its own, or else the document's."""
    own = operation.member("security")
    found = document.member("security") if own.is_absent else own
    return nowhere(document) if found.is_absent else found
