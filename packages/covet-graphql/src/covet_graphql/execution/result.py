"""The outcome of a request: data, errors, extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypedDict, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.error import GraphQLError, GraphQLFormattedError


class FormattedExecutionResult(TypedDict, total=False):
    """A result as a response carries it.

    Source: https://spec.graphql.org/September2025/#sec-Response-Format
    """

    errors: list[GraphQLFormattedError]
    data: dict[str, Any] | None
    extensions: dict[str, Any]


class ExecutionResult:
    """The result of a request.

    Attributes:
        data: What was asked for, by response name; None after a request error, or when an error
            spread up to the root. Parts of an introspection may be shared with other results:
            treat it as frozen.
        errors: What went wrong, in the order of its happening, or None.
        extensions: Further members for the client, or None.
    """

    __slots__ = ("data", "errors", "extensions")
    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # results are compared by their contents

    def __init__(
        self,
        data: dict[str, Any] | None = None,
        errors: list[GraphQLError] | None = None,
        extensions: dict[str, Any] | None = None,
    ) -> None:
        self.data: dict[str, Any] | None = data
        self.errors: list[GraphQLError] | None = errors
        self.extensions: dict[str, Any] | None = extensions

    @property
    def formatted(self) -> FormattedExecutionResult:
        """The result as a response carries it, errors first.

        ``data`` is left out after a request error, one that belongs to no field.
        """
        formatted: FormattedExecutionResult = {}
        if self.errors:
            formatted["errors"] = [error.formatted for error in self.errors]
        if self.data is not None or any(error.path is not None for error in self.errors or ()):
            formatted["data"] = self.data
        if self.extensions:
            formatted["extensions"] = self.extensions
        return formatted

    def __iter__(self) -> Iterator[Any]:
        """Yield data and errors, so that a result unpacks into the two."""
        yield self.data
        yield self.errors

    def __eq__(self, other: object) -> bool:
        mine = (self.data, self.errors, self.extensions)
        if isinstance(other, ExecutionResult):
            return mine == (other.data, other.errors, other.extensions)
        if isinstance(other, tuple):
            theirs = cast("tuple[object, ...]", other)
            return theirs in (mine, mine[:2])
        if isinstance(other, dict):  # so that tests may compare with what a client sees
            return self.formatted == other
        return NotImplemented

    def __repr__(self) -> str:
        extensions = "" if self.extensions is None else f", extensions={self.extensions!r}"
        return f"ExecutionResult(data={self.data!r}, errors={self.errors!r}{extensions})"
