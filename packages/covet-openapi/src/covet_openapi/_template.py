"""A route's path template as OpenAPI writes paths: converters gone, parameters listed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

_EXPRESSION = re.compile(r"\{([^{}:]+)(?::([^{}]*))?\}")

_CONVERTER_TYPES: Mapping[str, type] = MappingProxyType(
    {"date": date, "float": float, "int": int, "uuid": UUID}
)


@dataclass(frozen=True, slots=True)
class PathTemplate:
    """A path without converters, with the type that each of its parameters has by itself."""

    path: str
    """As OpenAPI writes it: ``/items/{item_id}``."""
    types: Mapping[str, type]
    """Parameter name → the type that its converter yields, in the order of the template."""

    @property
    def shape(self) -> str:
        """The path without parameter names; OpenAPI takes paths of one shape to be identical."""
        return _EXPRESSION.sub("{}", self.path)


def read_template(template: str) -> PathTemplate:
    """Read ``/items/{item_id:int}``; a converter that is unknown here yields a string."""
    types = {
        name.strip(): _CONVERTER_TYPES.get((converter or "").strip(), str)
        for name, converter in _EXPRESSION.findall(template)
    }
    path = _EXPRESSION.sub(lambda found: f"{{{found[1].strip()}}}", template)
    return PathTemplate(path, types)
