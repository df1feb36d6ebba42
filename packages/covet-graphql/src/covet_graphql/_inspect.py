"""Any Python value as a short text for messages.

Long values are cut in the middle and deep ones closed with ``...``; objects show as
``<Class instance>``, since their own texts may say more than a client should know.
"""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any, Final, cast

from covet_graphql._undefined import Undefined

if TYPE_CHECKING:
    from collections.abc import Collection

_MAX_DEPTH: Final = 2
_MAX_ITEMS: Final = 10
_MAX_TEXT: Final = 240
_HEAD: Final = 118  # what is left of a longer text before and behind "..."
_TAIL: Final = 119

_BRACKETS: Final[dict[type, tuple[str, str]]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    dict: ("{", "}"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
}

# the module of the standard library that has these takes longer to import than all of this package
_FLAGS: Final = ((0x80, "coroutine"), (0x200, "async generator"), (0x20, "generator"))
_BEGUN: Final = (
    (types.CoroutineType, "coroutine"),
    (types.AsyncGeneratorType, "async generator"),
    (types.GeneratorType, "generator"),
)


def inspect(value: object) -> str:
    """Return *value* as a message shows it, in few characters whatever it is."""
    return _text(value, ())


def _text(value: object, above: tuple[int, ...]) -> str:
    if value is None or value is Undefined or isinstance(value, (bool, float, complex)):
        return repr(value)
    if isinstance(value, (str, bytes, bytearray)):
        if len(value) <= _MAX_TEXT:
            return _cut(repr(value))
        half = _MAX_TEXT // 2  # what is cut out anyway need not be escaped first
        return f"{repr(value[:half])[:_HEAD]}...{repr(value[-half:])[-_TAIL:]}"
    if isinstance(value, int):
        try:
            return _cut(repr(value))
        except ValueError:  # more digits than Python is willing to write
            return f"<int of {value.bit_length()} bits>"
    for kind, brackets in _BRACKETS.items():
        if isinstance(value, kind):
            return _container(cast("Collection[Any]", value), brackets, above)
    return _object(value)


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else f"{text[:_HEAD]}...{text[-_TAIL:]}"


def _container(value: Collection[Any], brackets: tuple[str, str], above: tuple[int, ...]) -> str:
    opening, closing = brackets
    count = len(value)
    if count == 0:
        return f"{type(value).__name__}()" if isinstance(value, (set, frozenset)) else repr(value)
    if len(above) >= _MAX_DEPTH or id(value) in above:
        return f"{opening}...{closing}"
    comma = "," if isinstance(value, tuple) and count == 1 else ""
    above = (*above, id(value))
    if isinstance(value, dict):
        pairs = cast("dict[object, object]", value).items()
        texts = [f"{_text(key, above)}: {_text(item, above)}" for key, item in _ends(pairs)]
    else:
        texts = [_text(item, above) for item in _ends(value)]
    if count > _MAX_ITEMS:
        texts.insert(_MAX_ITEMS // 2, "...")
    return f"{opening}{', '.join(texts)}{comma}{closing}"


def _ends(items: Collection[Any]) -> list[Any]:
    """Return all items, or of many the first five and the last four."""
    listed = list(items)
    if len(listed) <= _MAX_ITEMS:
        return listed
    return listed[: _MAX_ITEMS // 2] + listed[-(_MAX_ITEMS // 2 - 1) :]


def _object(value: object) -> str:
    """Return what *value* is: a GraphQL type's or directive's text, or a Python object's class."""
    own = getattr(value, "__inspect__", None)
    if own is not None and not isinstance(value, type):
        return str(own())
    if isinstance(value, type):
        word = "exception class" if issubclass(value, BaseException) else "class"
        return f"<{word} {value.__name__}>"
    word = _function_word(value)
    if word:
        name = str(getattr(value, "__name__", ""))
        return f"<{word} {name}>" if name.isidentifier() else f"<{word}>"
    if isinstance(value, BaseException):
        return f"<exception {type(value).__name__}>"
    return f"<{type(value).__name__} instance>"


def _function_word(value: object) -> str:
    """Return what kind of function *value* is, or what a function has begun; else nothing."""
    if isinstance(value, types.MethodType):
        return "method"
    if isinstance(value, types.FunctionType):
        for flag, word in _FLAGS:
            if value.__code__.co_flags & flag:
                return f"{word} function"
        return "function"
    for class_, word in _BEGUN:
        if isinstance(value, class_):
            return word
    return ""
