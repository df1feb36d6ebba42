"""The part of Markdown that descriptions use, as HTML that no text can break out of.

Paragraphs, headings, lists, code, emphasis and links; anything else is text. Links lead to web
addresses, mail addresses and places of the same site only.

Source: CommonMark 0.31, https://spec.commonmark.org/0.31.2/
"""

import re
from collections.abc import Iterator

from ._html import Html, element, join

_FENCE = re.compile(r"\s{0,3}(```+|~~~+)\s*[\w+-]*\s*")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*")
_ITEM = re.compile(r"\s{0,3}(?:([-*+])|\d{1,9}[.)])\s+(.*)")
_INLINE = re.compile(
    r"(?P<code>`+)(?P<said>[^`]+)(?P=code)"
    r"|\[(?P<label>[^\[\]]{1,500})\]\((?P<url>[^()\s<>]{1,2000})\)"
    r"|<(?P<auto>https?://[^\s<>]{1,2000})>"
    r"|\*\*(?P<strong>[^*\s][^*]{0,500})\*\*"
    r"|(?<![\w*])\*(?P<em>[^*\s][^*]{0,500})\*(?![\w*])"
)
_SAFE_URL = re.compile(r"(?:https?://|mailto:|[#/?]|\.{1,2}/|[\w.-]+(?:[/?#]|$)).*")


def markdown(text: str) -> Html:
    """Return *text* as HTML blocks."""
    return join(_blocks(text.expandtabs(4).splitlines()))


def inline(text: str) -> Html:
    """Return *text*, one line of it, as HTML without blocks."""
    found: list[str] = []
    position = 0
    for match in _INLINE.finditer(text):
        found += [text[position : match.start()], _inline_element(match)]
        position = match.end()
    return join([*found, text[position:]])


def _blocks(lines: list[str]) -> Iterator[Html]:
    index = 0
    while index < len(lines):
        line = lines[index]
        if not line.strip():
            index += 1
        elif fence := _FENCE.fullmatch(line):
            end = index + 1
            while end < len(lines) and not lines[end].strip().startswith(fence[1]):
                end += 1
            code = "\n".join(lines[index + 1 : end])
            yield element("pre", element("code", code), tabindex="0")
            index = end + 1
        elif heading := _HEADING.fullmatch(line):
            yield element("p", element("strong", inline(heading[1])))
            index += 1
        elif item := _ITEM.fullmatch(line):
            end = _end_of(lines, index, of_list=True)
            items = _items(lines[index:end])
            yield element("ul" if item[1] else "ol", [element("li", inline(one)) for one in items])
            index = end
        else:
            end = _end_of(lines, index, of_list=False)
            yield element("p", inline(" ".join(each.strip() for each in lines[index:end])))
            index = end


def _end_of(lines: list[str], start: int, *, of_list: bool) -> int:
    """Return where the block ends that begins at *start*: at a blank line or another block."""
    for index in range(start + 1, len(lines)):
        line = lines[index]
        is_other = _FENCE.fullmatch(line) or _HEADING.fullmatch(line)
        if not line.strip() or is_other or (_ITEM.fullmatch(line) and not of_list):
            return index
    return len(lines)


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if item := _ITEM.fullmatch(line):
            items.append(item[2])
        else:
            items[-1] += " " + line.strip()
    return items


def _inline_element(match: re.Match[str]) -> Html:
    if match["said"]:
        return element("code", match["said"].strip())
    if match["strong"]:
        return element("strong", inline(match["strong"]))
    if match["em"]:
        return element("em", inline(match["em"]))
    if match["auto"]:
        return element("a", match["auto"], href=match["auto"])
    if _SAFE_URL.fullmatch(match["url"]) is None:
        return join(match["label"])
    return element("a", match["label"], href=match["url"])
