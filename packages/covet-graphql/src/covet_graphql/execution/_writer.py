"""Python source under construction: lines, nesting, names, and the values that it refers to."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator

_INDENT = "    "


class Writer:
    """Source under construction.

    Attributes:
        lines: What has been written.
        namespace: The values that the source refers to, by name.
        blocks: How many loops and handlers the next line is in, of which Python allows 20.
    """

    __slots__ = ("_depth", "_names", "_number", "blocks", "lines", "namespace")

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.lines: list[str] = []
        self.namespace = namespace
        self.blocks = 0
        self._depth = 0
        self._number = 0
        self._names: dict[int, str] = {}

    def line(self, text: str) -> None:
        """Write one line, or several."""
        indent = _INDENT * self._depth
        self.lines += [f"{indent}{line}".rstrip() for line in text.split("\n")]

    @contextmanager
    def nested(self, head: str) -> Generator[None]:
        """Write *head* and, one step further in, what is written meanwhile."""
        is_block = head.startswith(("for ", "try"))
        self.line(head)
        self._depth += 1
        self.blocks += is_block
        yield
        self.blocks -= is_block
        self._depth -= 1

    def name(self, base: str) -> str:
        """Return a name like *base* that nothing else has."""
        self._number += 1
        return f"{base}_{self._number}"

    def constant(self, base: str, value: Any) -> str:
        """Return the name by which the source refers to *value*."""
        name = self._names.get(id(value))
        if name is None:
            name = self._names[id(value)] = self.name(base)
            self.namespace[name] = value  # which also keeps its id from being used again
        return name
