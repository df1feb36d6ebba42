"""HTML as values: what is text is escaped, what is an element is not."""

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

_VOID = frozenset({"input", "link", "meta"})


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Child: TypeAlias = "str | Iterable[Child] | None"
"""What may stand in an element: text, elements, several of either, or nothing."""


def element(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """Return an element; ``class_`` is its class, ``aria_label`` its aria-label.

    An attribute that is None or False is left out, one that is True has no value.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        written = key.rstrip("_").replace("_", "-")
        parts.append(written if value is True else f'{written}="{escape(str(value))}"')
    opened = f"<{' '.join(parts)}>"
    return Html(opened if name in _VOID else f"{opened}{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Return *children* one after the other, text escaped."""
    found: list[str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, Html):
            found.append(child)
        elif isinstance(child, str):
            found.append(escape(child, quote=False))
        else:
            found.append(join(*child))
    return Html("".join(found))
