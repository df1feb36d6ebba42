"""Segments that mix literal text with parameters, such as ``{name}.{ext}`` or ``@{user}``.

The first parameter takes as much text as it can, then the second, and so on, with every parameter
converting and none empty: ``{name}.{ext}`` reads ``a.tar.gz`` as ``a.tar`` and ``gz``;
``{a:int}-{b}`` reads ``1-2-3`` as ``1`` and ``2-3``, because ``1-2`` is no int.
"""

from dataclasses import dataclass
from typing import Any

from covet_routing._converters import TEXT, Converter

# With typed parameters, several places for each literal are tried, and each may cost a
# conversion: the square of this number bounds the work. As long as a file name may be.
MAX_TYPED_LENGTH = 255


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a template: its name and what it accepts."""

    name: str
    converter_name: str
    converter: Converter[Any]

    @property
    def is_typed(self) -> bool:
        """Whether the parameter accepts less than any text."""
        return self.converter is not TEXT

    @property
    def shape(self) -> str:
        """The parameter without its name: ``{int}``."""
        return f"{{{self.converter_name}}}"


@dataclass(frozen=True, slots=True)
class Mixed:
    """A segment of literals and parameters in turn, with one literal more than parameters.

    Only the first and the last literal may be empty.
    """

    literals: tuple[str, ...]
    parameters: tuple[Parameter, ...]

    @property
    def shape(self) -> str:
        """The segment without names: ``{str}.{str}``."""
        pairs = zip(self.parameters, self.literals[1:], strict=True)
        return self.literals[0] + "".join(parameter.shape + literal for parameter, literal in pairs)

    def split(self, text: str) -> list[str] | None:
        """Return the texts of the parameters in *text*, or None when it does not match."""
        found = self._find(text)
        return None if found is None else [piece for piece, _ in found]

    def read(self, text: str) -> tuple[object, ...] | None:
        """Return the converted values of the parameters in *text*, or None."""
        found = self._find(text)
        return None if found is None else tuple([value for _, value in found])

    def _find(self, text: str) -> list[tuple[str, object]] | None:
        start, stop = len(self.literals[0]), len(text) - len(self.literals[-1])
        if not (
            start < stop and text.startswith(self.literals[0]) and text.endswith(self.literals[-1])
        ):
            return None
        if not any(parameter.is_typed for parameter in self.parameters):
            return self._find_untyped(text, start, stop)
        if len(text) > MAX_TYPED_LENGTH:
            return None
        return self._find_typed(text, start, stop)

    def _find_untyped(self, text: str, start: int, stop: int) -> list[tuple[str, object]] | None:
        """Place each literal as far right as it goes, last first: one pass over *text*."""
        found: list[tuple[str, object]] = []
        for literal in self.literals[-2:0:-1]:
            position = text.rfind(literal, start + 1, stop - 1)
            if position < 0:
                return None
            piece = text[position + len(literal) : stop]
            found.append((piece, piece))
            stop = position
        piece = text[start:stop]
        found.append((piece, piece))
        found.reverse()
        return found

    def _find_typed(self, text: str, start: int, stop: int) -> list[tuple[str, object]] | None:
        """Try the places of each literal from the right, each (parameter, start) once."""
        dead: set[tuple[int, int]] = set()
        last = len(self.parameters) - 1

        def find(index: int, start: int) -> list[tuple[str, object]] | None:
            if (index, start) in dead:
                return None
            read = self.parameters[index].converter.read
            following = self.literals[index + 1]
            position = stop if index == last else text.rfind(following, start + 1, stop - 1)
            while position > start:
                rest = [] if index == last else find(index + 1, position + len(following))
                if rest is not None:
                    piece = text[start:position]
                    try:
                        return [(piece, read(piece)), *rest]
                    except ValueError:
                        pass
                if index == last:
                    break
                position = text.rfind(following, start + 1, position + len(following) - 1)
            dead.add((index, start))
            return None

        return find(0, start)
