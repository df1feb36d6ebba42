"""Converters: what text a path parameter accepts, and which value it stands for."""

import datetime
import decimal
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from covet_routing._errors import ConverterError

_T = TypeVar("_T")

# CPython never refuses int() of so few digits, whatever its limit is set to:
# https://docs.python.org/3/library/stdtypes.html#integer-string-conversion-length-limitation
_MAX_DIGITS = 640


@dataclass(frozen=True, slots=True, eq=False)
class Converter(Generic[_T]):
    """How the text of one path parameter becomes a value, and a value text.

    Args:
        convert: The value of a text. A ValueError says that the parameter does not match; the
            matcher then tries other routes.
        format: The text of a value, the inverse of *convert*. A ValueError or TypeError says that
            the value has none.
        pattern: A regular expression that the whole text must match before *convert* sees it.
        priority: Of the typed parameters that accept the same text, the one with the lower
            priority wins; equal priorities go by name.
        spans_segments: Whether the parameter takes one or more whole segments, slashes included.
            Of such parameters a template may have one.
    """

    convert: Callable[[str], _T]
    format: Callable[[_T], str] = str
    pattern: str | None = None
    priority: int = 0
    spans_segments: bool = False
    read: Callable[[str], _T] = field(init=False, repr=False)
    """What the matcher calls: *convert* behind *pattern*."""

    def __post_init__(self) -> None:
        read = self.convert if self.pattern is None else _guarded(self.convert, self.pattern)
        object.__setattr__(self, "read", read)


def _guarded(convert: Callable[[str], _T], pattern: str) -> Callable[[str], _T]:
    """Return *convert* for texts that *pattern* matches whole, and a ValueError for others."""
    matches = re.compile(pattern).fullmatch

    def read(text: str) -> _T:
        if matches(text) is None:
            raise ValueError(text)
        return convert(text)

    return read


def _int(text: str) -> int:
    # isdigit() alone accepts digits of other scripts; int() alone accepts "+1", "1_0" and " 1".
    if text.isdigit() and text.isascii() and len(text) <= _MAX_DIGITS:
        return int(text)
    raise ValueError(text)


def _format_int(value: int) -> str:
    if isinstance(value, bool) or not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("it is not an int")
    return str(value)


def _format_float(value: float) -> str:
    if isinstance(value, bool) or not isinstance(value, float | int):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("it is not a float")
    return format(decimal.Decimal(repr(value)), "f")  # positional: the pattern knows no exponent


def _format_uuid(value: uuid.UUID | str) -> str:
    return str(value if isinstance(value, uuid.UUID) else uuid.UUID(value))


def _format_date(value: datetime.date) -> str:
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("it is not a date")
    return value.isoformat()


def _format_text(value: object) -> str:
    if value is None or isinstance(value, bytes | bytearray):
        raise TypeError("it has no text form")
    return str(value)


_UUID = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
_FLOAT = rf"[0-9]{{1,{_MAX_DIGITS}}}(?:\.[0-9]{{1,{_MAX_DIGITS}}})?"
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

TEXT: Converter[Any] = Converter(str, _format_text)
"""The converter of a parameter that names none, or ``str``: any text but the empty one."""

_CONVERTERS: dict[str, Converter[Any]] = {
    "str": TEXT,
    "path": Converter(str, _format_text, spans_segments=True),
    "uuid": Converter(uuid.UUID, _format_uuid, _UUID, priority=10),
    "date": Converter(datetime.date.fromisoformat, _format_date, _DATE, priority=20),
    "int": Converter(_int, _format_int, priority=30),
    "float": Converter(float, _format_float, _FLOAT, priority=40),
}


def register_converter(name: str, converter: Converter[Any]) -> None:
    """Make *converter* known to all templates as ``{parameter:name}``.

    The name holds for the whole process, because a decorated function is not yet tied to a
    router. Register before the first template that uses it.

    Raises:
        ConverterError: *name* is no identifier, or stands for another converter already.
    """
    if not (name.isascii() and name.isidentifier()):
        raise ConverterError(
            name, "the name is no identifier", "Use letters, digits and underscores."
        )
    if _CONVERTERS.setdefault(name, converter) is not converter:
        raise ConverterError(name, "the name is taken", "Choose another name.")


def find_converter(name: str) -> Converter[Any]:
    """Return the converter that is registered as *name*; LookupError when none is."""
    return _CONVERTERS[name]


def converter_names() -> list[str]:
    """Return the registered names, sorted."""
    return sorted(_CONVERTERS)
