"""URLs: a template and values in, a path out that the template reads back as those values."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from covet_routing._errors import UrlParameterError, did_you_mean, nearest
from covet_routing._segment import Mixed, Parameter
from covet_routing._template import Template

_PIECE_SAFE = "!$&'()*+,;=:@"  # RFC 3986 §3.3: pchar, besides the unreserved characters
_MAX_SHOWN = 80
_DOT_SEGMENTS = frozenset({".", ".."})


def build_path(name: str, template: Template, values: Mapping[str, object]) -> str:
    """Return the percent-encoded path of *template*, the one of route *name*, for *values*.

    Raises:
        UrlParameterError: a parameter is missing, unexpected, or has a value whose path would be
            read back as another value, or by a client as another path.
    """
    return _Builder(name, template, values).path()


class _Builder:
    def __init__(self, name: str, template: Template, values: Mapping[str, object]) -> None:
        self._name = name
        self._template = template
        self._values = values

    def path(self) -> str:
        """Return the path."""
        expected = self._template.names
        for unexpected in self._values.keys() - set(expected):
            remedy = f"It takes {', '.join(expected) or 'none'}."
            suggestion = did_you_mean(nearest(unexpected, expected))
            raise self._error(unexpected, "is unexpected", remedy + suggestion)
        path = ""
        for segment in self._template.segments:
            if isinstance(segment, str):
                path += "/" + quote(segment, safe=_PIECE_SAFE)
            elif isinstance(segment, Mixed):
                path += "/" + self._quoted(segment.parameters[0], self._mixed(segment))
            else:
                path += "/" + self._quoted(segment, self._text(segment))
        if path.startswith("//"):
            reason = "begins with a slash, so that clients would read a host"
            raise self._error(expected[0], reason, "Strip the slash.")
        return path

    def _text(self, parameter: Parameter) -> str:
        """Return the text of one parameter, which converts back."""
        converter, name = parameter.converter, parameter.name
        if name not in self._values:
            raise self._error(name, "is missing", f"Pass {name}=….")
        value = self._values[name]
        try:
            text = converter.format(value)
            converter.read(text)
        except (ValueError, TypeError) as error:
            reason = (
                f"is {_shown(value)}, which {parameter.converter_name!r} does not accept ({error})"
            )
            raise self._error(name, reason, "Pass another value.") from error
        if not text and not converter.spans_segments:
            raise self._error(name, "is empty", "Pass a text of at least one character.")
        return text

    def _mixed(self, segment: Mixed) -> str:
        texts = [self._text(parameter) for parameter in segment.parameters]
        whole = segment.literals[0]
        for text, literal in zip(texts, segment.literals[1:], strict=True):
            whole += text + literal
        found: Sequence[str | None] = segment.split(whole) or [None] * len(texts)
        for parameter, text, other in zip(segment.parameters, texts, found, strict=True):
            if text != other:
                reason = f"is {text!r}, which {whole!r} would give back as {other!r}"
                remedy = (
                    "Keep the literal text beside a parameter out of the values, and them short."
                )
                raise self._error(parameter.name, reason, remedy)
        return whole

    def _quoted(self, parameter: Parameter, text: str) -> str:
        """Return the segments *text*, which begin with *parameter*, percent-encoded."""
        if not _DOT_SEGMENTS.isdisjoint(text.split("/")):
            reason = f"makes {text!r}, a dot segment, which clients resolve to another path"
            raise self._error(parameter.name, reason, "Pass another value.")
        safe = _PIECE_SAFE + "/" if parameter.converter.spans_segments else _PIECE_SAFE
        try:
            return quote(text, safe=safe)
        except UnicodeEncodeError as error:
            reason = f"makes {text!r}, which UTF-8 cannot encode"
            raise self._error(parameter.name, reason, "Pass another value.") from error

    def _error(self, parameter: str, reason: str, remedy: str) -> UrlParameterError:
        return UrlParameterError(self._name, self._template.text, parameter, reason, remedy)


def _shown(value: object) -> str:
    """Return *value* for a message: short, and also when it is too long an int to be written."""
    try:
        text = repr(value)
    except ValueError:
        text = object.__repr__(value)
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"
