"""Operation ids that client generators can make functions of: unique, words and underscores.

Source: OpenAPI 3.1.0 §4.8.10, https://spec.openapis.org/oas/v3.1.0#operation-object
"""

import itertools
import re
from collections.abc import Iterable, Iterator

from ._operation import Operation

_NO_WORD = re.compile(r"[^A-Za-z0-9]+")


def operation_ids(operations: Iterable[Operation]) -> list[str]:
    """Return an id for each of *operations*, in their order.

    It is the route's name, with the method if the route has several; a name that is taken gets
    the path, then a number. Two ids differ in more than case and underscores, so that they stay
    apart as ``listPosts`` and ``ListPosts``.
    """
    taken: set[str] = set()
    found: list[str] = []
    for operation in operations:
        free = next(wish for wish in _wishes(operation) if _key(wish) not in taken)
        taken.add(_key(free))
        found.append(free)
    return found


def _wishes(operation: Operation) -> Iterator[str]:
    method = operation.method.lower()
    by_path = _words(f"{method} {operation.path}")
    name = _words(operation.name or "")
    if name and not operation.is_only_method:
        name = f"{name}_{method}"
    longest = f"{name}_{by_path}" if name else by_path
    if name:
        yield name
    yield longest
    yield from (f"{longest}_{number}" for number in itertools.count(2))


def _words(text: str) -> str:
    """Return the words of *text* joined by underscores, as an identifier, or nothing."""
    words = _NO_WORD.sub("_", text).strip("_")
    return f"operation_{words}" if words[:1].isdigit() else words


def _key(operation_id: str) -> str:
    return operation_id.replace("_", "").lower()
