"""What this package raises, and for whom.

ValueError
├── ValidationException          the client's input is wrong: 422
│   ├── MalformedJSONError       the body is no JSON at all: 400
│   └── UnsupportedMediaTypeError  the body is in a format that the handler does not read: 415
├── SignatureError               a handler's signature cannot be served: at start-up
└── ResponseMismatchError        a handler's result does not fit its response type: 500
    └── UnloadedAttributeError   … because it would have to be loaded from the database first
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

if TYPE_CHECKING:
    from covet_validation.models import ErrorDetail


class ValidationException(ValueError):  # noqa: N818 - the specification's name
    """The input of a client breaks the rules; carries every broken rule of every location."""

    status_code: ClassVar[int] = 422
    title: ClassVar[str] = "Validation Error"

    errors: list[ErrorDetail]

    def __init__(self, errors: Iterable[ErrorDetail]) -> None:
        self.errors = list(errors)
        super().__init__(self.errors)

    def __str__(self) -> str:
        """Name the places and the codes; never a value, so that this may be logged."""
        places = ", ".join(
            f"{error.location} {error.field!r}: {error.code}" for error in self.errors
        )
        return f"The input is invalid ({places or 'no details'})."


class MalformedJSONError(ValidationException):
    """The body is not JSON; *line* and *column* say where reading it stopped, counted from 1."""

    status_code: ClassVar[int] = 400
    title: ClassVar[str] = "Malformed JSON"

    def __init__(self, errors: Iterable[ErrorDetail], *, line: int, column: int) -> None:
        super().__init__(errors)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """Return a sentence that a client may read."""
        return f"The body is not valid JSON (line {self.line}, column {self.column})."


class UnsupportedMediaTypeError(ValidationException):
    """The body's media type is missing or is none of *supported*."""

    status_code: ClassVar[int] = 415
    title: ClassVar[str] = "Unsupported Media Type"

    def __init__(self, errors: Iterable[ErrorDetail], *, supported: Sequence[str]) -> None:
        super().__init__(errors)
        self.supported: tuple[str, ...] = tuple(supported)

    def __str__(self) -> str:
        """Return a sentence that a client may read."""
        return f"The Content-Type of the body must be {' or '.join(self.supported)}."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a handler is defined."""

    handler: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class SignatureFault:
    """One reason why a handler's parameter cannot be served."""

    parameter: str
    reason: str
    place: Place

    @property
    def handler(self) -> str:
        """The handler's qualified name."""
        return self.place.handler

    @property
    def file(self) -> str:
        """The file that defines the handler."""
        return self.place.file

    @property
    def line(self) -> int:
        """The line of *file* that defines the handler."""
        return self.place.line

    @property
    def message(self) -> str:
        """What is wrong with which parameter of which handler."""
        subject = f"parameter {self.parameter!r}" if self.parameter else "its signature"
        return f"{self.handler}: {subject} {self.reason}"

    def __str__(self) -> str:
        """Return *message* with its place as tracebacks write it, so that editors link it."""
        return f'{self.message} (File "{self.file}", line {self.line})'


class SignatureError(ValueError):
    """A handler's signature cannot be served; carries all its faults."""

    def __init__(self, faults: Iterable[SignatureFault]) -> None:
        self.faults: tuple[SignatureFault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ResponseMismatchError(ValueError):
    """A handler's result does not fit its declared response type.

    The mismatch is for the log, never for the client: it is a fault of the server. It names
    places and rules, not values, so that no stored secret reaches the log either.
    """

    def __init__(self, response_model: object, mismatches: Iterable[str]) -> None:
        self.response_model = response_model
        self.mismatches: tuple[str, ...] = tuple(mismatches)
        name = getattr(response_model, "__name__", None) or str(response_model)
        super().__init__(
            f"The result does not fit its response type {name}: {'; '.join(self.mismatches)}. "
            "Return what the handler declares, or declare what it returns."
        )


AttributeKind: TypeAlias = Literal["relation", "column", "property"]


class UnloadedAttributeError(ResponseMismatchError):
    """Serializing would have loaded *attribute* of *owner* from the database, row by row."""

    def __init__(
        self, response_model: object, *, owner: str, attribute: str, kind: AttributeKind
    ) -> None:
        self.owner = owner
        self.attribute = attribute
        self.kind: AttributeKind = kind
        remedies: dict[AttributeKind, str] = {
            "relation": f"load it with the query: .options(selectinload({owner}.{attribute}))",
            "column": f"load it first: await session.refresh(instance, [{attribute!r}])",
            "property": "load what it reads with the query: .options(selectinload(…))",
        }
        super().__init__(response_model, [f"{owner}.{attribute} is not loaded; {remedies[kind]}"])
