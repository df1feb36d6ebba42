"""What a handler reads from a request: one record an input, and the markers that say where from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, TypeAlias, TypedDict, Unpack

from pydantic import Field
from pydantic.fields import FieldInfo

from covet_validation._errors import Place

InputSource: TypeAlias = Literal["path", "query", "header", "cookie", "body", "form", "file"]
"""Where an input is read from. The errors of files have the location ``form``."""


class InputOptions(TypedDict, total=False):
    """What every marker takes: the input's name, its documentation, Pydantic's constraints."""

    alias: str
    title: str
    description: str
    examples: list[Any]
    deprecated: bool | str
    include_in_schema: bool
    default_factory: Callable[[], Any]
    gt: float
    ge: float
    lt: float
    le: float
    multiple_of: float
    allow_inf_nan: bool
    max_digits: int
    decimal_places: int
    min_length: int
    max_length: int
    pattern: str
    strict: bool
    discriminator: str
    json_schema_extra: dict[str, Any]


_NOT_OF_PYDANTIC = frozenset({"alias", "default_factory", "include_in_schema"})


class Marker:
    """Says where an input is read from: ``Annotated[int, Query(ge=1)]``. Base of all markers."""

    location: ClassVar[InputSource]

    def __init__(self, **options: Unpack[InputOptions]) -> None:
        self.alias: str | None = options.get("alias")
        self.include_in_schema: bool = options.get("include_in_schema", True)
        self.default_factory: Callable[[], Any] | None = options.get("default_factory")
        constraints: dict[str, Any] = {
            name: value for name, value in options.items() if name not in _NOT_OF_PYDANTIC
        }
        self.field: FieldInfo | None = Field(**constraints) if constraints else None

    def __repr__(self) -> str:
        """Return the marker as it is written, without its options."""
        return f"{type(self).__name__}()"


class Path(Marker):
    """Read from the path template's parameter of that name."""

    location: ClassVar[InputSource] = "path"


class Query(Marker):
    """Read from the query string; a structured type takes all of it."""

    location: ClassVar[InputSource] = "query"


class Header(Marker):
    """Read from a header; underscores become hyphens. A list takes the comma-separated elements."""

    location: ClassVar[InputSource] = "header"


class Cookie(Marker):
    """Read from a cookie."""

    location: ClassVar[InputSource] = "cookie"


class Form(Marker):
    """Read from a field of a form, URL-encoded or multipart; a structured type takes all of it."""

    location: ClassVar[InputSource] = "form"


class File(Marker):
    """Read from an uploaded file of a multipart form."""

    location: ClassVar[InputSource] = "file"


class Body(Marker):
    """Read from the body: JSON, unless *media_type* or the annotation ``bytes`` says otherwise.

    ``embed=True`` expects an object with the input under its name, as two or more body inputs
    always are. ``bytes`` and ``str`` inputs with a *media_type* that is not JSON take the raw body;
    ``bytes`` without one takes a body of any media type.
    """

    location: ClassVar[InputSource] = "body"

    def __init__(
        self,
        *,
        embed: bool | None = None,
        media_type: str | None = None,
        **options: Unpack[InputOptions],
    ) -> None:
        super().__init__(**options)
        self.embed = embed
        self.media_type = media_type


def is_marker(value: object) -> bool:
    """Say whether *value*, found in the metadata of an ``Annotated``, marks an input."""
    return isinstance(value, Marker)


@dataclass(frozen=True, slots=True)
class RequestInput:
    """One value that a callable reads from a request.

    Attributes:
        key: The keyword argument that it fills.
        name: What it is called in the request.
        location: Where it is read from.
        annotation: Its resolved type, ``Annotated`` with its constraints where it has any.
        required: Whether a request without it is refused.
        default: What an absent one is; without meaning when *required* or with *default_factory*.
        default_factory: Makes what an absent one is.
        is_model: Whether it is a structured type that takes a whole location, rather than the
            value called *name* there.
        embed: Whether a JSON body holds it under its *name*; None leaves it to how many there are.
        media_type: What the body has to be; None for JSON (or, by ``bytes``, for anything).
        model: The ``request_model`` that is validated as a whole and whose field *model_field*
            this input is; None for an input that stands for itself.
        model_field: The name of that field.
        include_in_schema: Whether documents mention it.
        title: Its name for people.
        description: What it is, for people.
        examples: Values that it may have.
        deprecated: Whether clients should stop sending it.
        place: Where the callable is defined, for messages.
    """

    key: str
    name: str
    location: InputSource
    annotation: Any
    required: bool = True
    default: Any = None
    default_factory: Callable[[], Any] | None = None
    is_model: bool = False
    embed: bool | None = None
    media_type: str | None = None
    model: Any = None
    model_field: str = ""
    include_in_schema: bool = True
    title: str | None = None
    description: str | None = None
    examples: tuple[Any, ...] = ()
    deprecated: bool = False
    place: Place | None = field(default=None, compare=False)
