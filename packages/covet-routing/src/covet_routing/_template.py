"""Path templates: ``/users/{user_id:int}/files/{name}.{ext}`` as text, parsed once.

A template is a sequence of segments between slashes. A segment is literal text, one parameter, or
both mixed. Everything outside braces is literal and stands for itself after percent-decoding. A
parameter is ``{name}`` or ``{name:converter}``.

Source: RFC 3986 §3.3, https://www.rfc-editor.org/rfc/rfc3986#section-3.3
"""

import functools
import re
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
    def shape(self) -> tuple[object, ...]:
        """The segments without names: equal for templates that match the same paths."""
        return tuple(
            segment if isinstance(segment, str) else segment.shape for segment in self.segments
        )

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
    for index, part in enumerate(parts):
        if "{" in part or "}" in part:
            segments.append(_parse_segment(text, part))
        elif (not part and index < last) or part in {".", ".."}:
            reason = f"clients never send the segment {part!r}, they merge or resolve it"
            raise TemplateError(text, reason, "Remove it.")
        else:
            segments.append(part)
    template = Template(text, tuple(segments))
    _check_parameters(template)
    return template


def _check_parameters(template: Template) -> None:
    parameters = template.parameters
    if len(parameters) < 2:
        return
    names = [parameter.name for parameter in parameters]
    if len(set(names)) < len(names):
        name = next(name for name in names if names.count(name) > 1)
        reason = f"parameter {name!r} appears twice"
        raise TemplateError(template.text, reason, "Give one another name.")
    if sum(parameter.converter.spans_segments for parameter in parameters) > 1:
        reason = "two parameters span several segments, so where one ends is ambiguous"
        raise TemplateError(template.text, reason, "Keep one of them.")


def _parse_segment(text: str, part: str) -> Parameter | Mixed:
    """Return what *part* of the template *text* spells; it has a brace."""
    pieces = _PARAMETER.split(part)  # literal, name, converter, literal, …, literal
    literals = tuple(pieces[::3])
    if any("{" in literal or "}" in literal for literal in literals):
        raise TemplateError(text, "its braces do not pair", "Write parameters as {name}.")
    if not all(literals[1:-1]):
        reason = f"segment {part!r} has two parameters without text between them"
        raise TemplateError(text, reason, "Put a literal between them, such as '-'.")
    parameters = tuple(
        _parse_parameter(text, name, converter)
        for name, converter in zip(pieces[1::3], pieces[2::3], strict=True)
    )
    if literals == ("", ""):
        return parameters[0]
    if any(parameter.converter.spans_segments for parameter in parameters):
        reason = f"segment {part!r} mixes text with a parameter that spans segments"
        raise TemplateError(text, reason, "Give the parameter a segment of its own.")
    return Mixed(literals, parameters)


@functools.lru_cache(maxsize=1024)  # few are distinct: "{owner}" stands in thousands of templates
def _parameter(name: str, converter_name: str) -> Parameter:
    return Parameter(name, converter_name, find_converter(converter_name))


def _parse_parameter(text: str, name: str, converter_name: str | None) -> Parameter:
    if not name.isidentifier():
        reason = f"parameter name {name!r} is no identifier"
        raise TemplateError(text, reason, "Name it as a Python parameter.")
    try:
        return _parameter(name, "str" if converter_name is None else converter_name)
    except LookupError:
        known = converter_names()
        suggestion = did_you_mean(nearest(str(converter_name), known))
        reason = f"converter {converter_name!r} of parameter {name!r} is unknown"
        remedy = f"Use one of {', '.join(known)}, or register_converter().{suggestion}"
        raise TemplateError(text, reason, remedy) from None
