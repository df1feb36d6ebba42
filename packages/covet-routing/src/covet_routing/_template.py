"""Path templates: ``/users/{user_id:int}/files/{name}.{ext}`` as text, parsed once.

A template is a sequence of segments between slashes. A segment is literal text, one parameter, or
both mixed. Everything outside braces is literal and stands for itself after percent-decoding. A
parameter is ``{name}`` or ``{name:converter}``.

Source: RFC 3986 §3.3, https://www.rfc-editor.org/rfc/rfc3986#section-3.3
"""

import functools
import re
import sys
from dataclasses import dataclass, field

from covet_routing._converters import converter_names, find_converter
from covet_routing._errors import TemplateError, did_you_mean, nearest
from covet_routing._segment import Mixed, Parameter

Segment = str | Parameter | Mixed

_PARAMETER = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed path template.

    Attributes:
        text: The template as written.
        segments: What stands between the slashes; the last is ``""`` after a trailing slash.
    """

    text: str
    segments: tuple[Segment, ...] = field(repr=False)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters from left to right."""
        found: list[Parameter] = []
        for segment in self.segments:
            if isinstance(segment, Parameter):
                found.append(segment)
            elif isinstance(segment, Mixed):
                found.extend(segment.parameters)
        return tuple(found)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters from left to right."""
        return tuple(parameter.name for parameter in self.parameters)

    @property
    def shape(self) -> str:
        """The template without names, ``/users/{int}``: equal where the same paths match."""
        shapes = [part if isinstance(part, str) else part.shape for part in self.segments]
        return "/" + "/".join(shapes)

    @property
    def path_format(self) -> str:
        """The template without converters, as OpenAPI writes it: ``/items/{item_id}``."""
        return _PARAMETER.sub(r"{\1}", self.text)


def parse_template(text: str) -> Template:
    """Parse *text*.

    Raises:
        TemplateError: *text* has no leading slash, an empty or dot segment, braces that do not
            pair, a name that is no identifier or appears twice, an unknown converter, adjacent
            parameters, or a parameter of several segments that shares its segment or template.
    """
    if not text.startswith("/"):
        raise TemplateError(text, "it has no leading slash", f"Write {'/' + text!r}.")
    parts = text[1:].split("/")
    last = len(parts) - 1
    segments: list[Segment] = []
    try:
        for index, part in enumerate(parts):
            if "{" in part or "}" in part:
                segments.append(_parse_segment(part))
            elif (not part and index < last) or part in {".", ".."}:
                reason = f"clients never send the segment {part!r}, they merge or resolve it"
                raise _SegmentError(reason, "Remove it.")
            else:
                segments.append(sys.intern(part))  # "issues" stands in thousands of templates
        template = Template(text, tuple(segments))
        _check_parameters(template.parameters)
    except _SegmentError as error:
        raise TemplateError(text, error.reason, error.remedy) from None
    return template


class _SegmentError(Exception):
    """What is wrong with a template; it does not know which one."""

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason = reason
        self.remedy = remedy


def _check_parameters(parameters: tuple[Parameter, ...]) -> None:
    if len(parameters) < 2:
        return
    names = [parameter.name for parameter in parameters]
    if len(set(names)) < len(names):
        name = next(name for name in names if names.count(name) > 1)
        raise _SegmentError(f"parameter {name!r} appears twice", "Give one another name.")
    if sum(parameter.converter.spans_segments for parameter in parameters) > 1:
        reason = "two parameters span several segments, so where one ends is ambiguous"
        raise _SegmentError(reason, "Keep one of them.")


@functools.lru_cache(maxsize=1024)  # few are distinct: "{owner}" stands in thousands of templates
def _parse_segment(part: str) -> Parameter | Mixed:
    """Return what *part* spells, which has a brace."""
    pieces = _PARAMETER.split(part)  # literal, name, converter, literal, …, literal
    literals = tuple(pieces[::3])
    if any("{" in literal or "}" in literal for literal in literals):
        reason = f"the braces of {part!r} do not pair"
        raise _SegmentError(reason, "Write parameters as {name} or {name:converter}.")
    if not all(literals[1:-1]):
        reason = f"segment {part!r} has two parameters without text between them"
        raise _SegmentError(reason, "Put a literal between them, such as '-'.")
    parameters = tuple(map(_parse_parameter, pieces[1::3], pieces[2::3]))
    if literals == ("", ""):
        return parameters[0]
    if any(parameter.converter.spans_segments for parameter in parameters):
        reason = f"segment {part!r} mixes text with a parameter that spans segments"
        raise _SegmentError(reason, "Give the parameter a segment of its own.")
    return Mixed(literals, parameters)


def _parse_parameter(name: str, converter_name: str | None) -> Parameter:
    if not name.isidentifier():
        reason = f"parameter name {name!r} is no identifier"
        raise _SegmentError(reason, "Name it as a Python parameter.")
    if converter_name is None:
        converter_name = "str"
    try:
        return Parameter(name, converter_name, find_converter(converter_name))
    except LookupError:
        known = converter_names()
        suggestion = did_you_mean(nearest(converter_name, known))
        reason = f"converter {converter_name!r} of parameter {name!r} is unknown"
        remedy = f"Use one of {', '.join(known)}, or register_converter().{suggestion}"
        raise _SegmentError(reason, remedy) from None
