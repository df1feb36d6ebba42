"""The declared length of a body, read strictly."""

from collections.abc import Iterable

from covet_security._errors import ContentLengthError

_MAX_DIGITS = 20  # 2**64 has 20; more is no length but an attempt on the parser


def parse_content_length(headers: Iterable[tuple[bytes, bytes]]) -> int | None:
    """Return the Content-Length in *headers* (ASGI's, with lower-case names), or None without one.

    The same value may be repeated. What it declares is a promise: count what arrives as well.

    Raises:
        ContentLengthError: a value is not decimal digits only (``+5``, ``-1``, ``0x10``,
            ``5, 5``), or two differ.

    Source: RFC 9110 §8.6, https://www.rfc-editor.org/rfc/rfc9110#section-8.6
    """
    values = [value for name, value in headers if name == b"content-length"]
    if not values:
        return None
    first = values[0]
    if not first.isdigit() or len(first) > _MAX_DIGITS or any(value != first for value in values):
        raise ContentLengthError(tuple(values))
    return int(first)
