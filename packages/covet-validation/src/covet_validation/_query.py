"""Query strings and URL-encoded forms, read strictly and quickly.

Source: WHATWG URL, application/x-www-form-urlencoded parsing,
https://url.spec.whatwg.org/#urlencoded-parsing
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

MAX_FIELDS = 1000

Fields: TypeAlias = dict[str, str | list[str]]

_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class TooManyFieldsError(ValueError):
    """There are more than *MAX_FIELDS* fields."""


class FieldEncodingError(ValueError):
    """Some fields are not percent-encoded UTF-8.

    *names* are theirs (empty where the name itself is broken), *fields* are all the others.
    """

    def __init__(self, names: list[str], fields: Fields) -> None:
        self.names = names
        self.fields = fields
        super().__init__(names)


def parse_fields(raw: bytes, lists: Collection[str] = ()) -> Fields:
    """Return the fields of a query string or URL-encoded body.

    Of a name in *lists* all values are kept, in order; of every other name the last one. Blank
    values are kept, nameless ones are dropped.

    Raises:
        TooManyFieldsError: there are more than MAX_FIELDS fields.
        FieldEncodingError: a percent escape is incomplete, or what it stands for is not UTF-8.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode(errors="surrogateescape")
        is_plain = False
    else:
        is_plain = "%" not in text and "+" not in text
    pairs = text.split("&", MAX_FIELDS)
    if len(pairs) > MAX_FIELDS:
        raise TooManyFieldsError
    if not is_plain:
        return _parse_encoded(pairs, lists)
    fields: Fields = {}
    if lists:
        for pair in pairs:
            name, _, value = pair.partition("=")
            _keep(fields, name, value, lists)
    else:
        for pair in pairs:
            name, _, value = pair.partition("=")
            fields[name] = value
    if "" in fields:
        del fields[""]
    return fields


def _parse_encoded(pairs: list[str], lists: Collection[str]) -> Fields:
    fields: Fields = {}
    broken: list[str] = []
    for pair in pairs:
        encoded_name, _, encoded_value = pair.partition("=")
        name = ""
        try:
            name = _decode(encoded_name)
            value = _decode(encoded_value)
        except ValueError:
            broken.append(name)
        else:
            _keep(fields, name, value, lists)
    fields.pop("", None)
    if broken:
        raise FieldEncodingError(broken, fields)
    return fields


def _keep(fields: Fields, name: str, value: str, lists: Collection[str]) -> None:
    if name not in lists:
        fields[name] = value
        return
    values = fields.setdefault(name, [])
    if isinstance(values, list):
        values.append(value)


def _decode(encoded: str) -> str:
    raw = encoded.encode(errors="surrogateescape").replace(b"+", b" ")
    if b"%" in raw:
        if _BROKEN_ESCAPE.search(raw):
            raise ValueError
        raw = unquote_to_bytes(raw)
    return raw.decode()
