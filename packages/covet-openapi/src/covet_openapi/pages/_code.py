"""Code on the reference page: JSON in colours, and the command that makes a request."""

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from ._html import Html, element, join

_TOKEN = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*+")(?=\s*:)|(?P<text>"(?:[^"\\]|\\.)*+")'
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<word>\b(?:true|false|null)\b)"
)
_VARIABLE = re.compile(r"(?:[A-Za-z]+ )?\$[A-Z_]+")


def code_block(code: str | Html, label: str) -> Html:
    """Return a block of code that can be scrolled with the keyboard, too."""
    return element(
        "pre", element("code", code), tabindex="0", role="region", aria_label=label, class_="code"
    )


def json_block(value: Any, label: str) -> Html:
    """Return a JSON value as a block of code, in colours."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    found: list[str] = []
    position = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        found += [text[position : match.start()], element("span", match[0], class_=f"t-{kind}")]
        position = match.end()
    return code_block(join([*found, text[position:]]), label)


def curl(
    method: str,
    url: str,
    *,
    query: Sequence[tuple[str, str]] = (),
    headers: Sequence[tuple[str, str]] = (),
    fields: Sequence[str] = (),
    body: str | None = None,
) -> str:
    """Return the command that makes a request.

    *url* may begin with a shell variable, as in ``$BASE_URL/posts``; *fields* are those of a
    multipart form, as curl has them.
    """
    target = url + (f"?{urlencode(query)}" if query else "")
    variable, _, path = target.partition("/")
    quoted = f'"{variable}"{shlex.quote("/" + path)}' if url[0] == "$" else shlex.quote(target)
    is_usual = method == "GET" and body is None and not fields
    lines = [f"curl {quoted}" if is_usual else f"curl -X {method} {quoted}"]
    lines += [f"-H {_header(name, value)}" for name, value in headers]
    lines += [f"-F {shlex.quote(field)}" for field in fields]
    if body is not None:
        lines.append(f"-d {shlex.quote(body)}")
    return " \\\n  ".join(lines)


def fill_path(path: str, values: Mapping[str, Any]) -> str:
    """Return *path* with percent-encoded values in place of its parameters."""
    return re.sub(
        r"\{([^{}]+)\}",
        lambda found: quote(str(values.get(found[1], found[1])), safe=""),
        path,
    )


def _header(name: str, value: str) -> str:
    """Return a header as one word; a ``$NAME`` that is all of it is left to the shell."""
    text = f"{name}: {value}"
    return f'"{text}"' if _VARIABLE.fullmatch(value) else shlex.quote(text)
