"""Signatures: a handler's parameters and return annotation, resolved to objects."""

import inspect
import sys
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from covet_routing._errors import AnnotationError
from covet_routing._handler import Handler, full_name, innermost, is_partial, location_of

INJECTED_NAMES = frozenset({"current_user", "db", "request"})
"""Parameters that a framework fills, so that they are no input of the route."""

_EMPTY: Any = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class RouteParameter:
    """One parameter of a handler that a request fills.

    Attributes:
        name: As in the handler's signature.
        annotation: The resolved annotation with its `Annotated` metadata, never a string; `Any`
            where there is none.
        required: Whether it has no default.
        default: The default; `inspect.Parameter.empty` where it is required.
        kind: `inspect.Parameter.kind`, which tells how to pass it.
    """

    name: str
    annotation: Any
    required: bool
    default: Any = _EMPTY
    kind: Any = inspect.Parameter.POSITIONAL_OR_KEYWORD


def read_parameters(handler: Handler) -> tuple[RouteParameter, ...]:
    """Return the parameters of *handler* that a request fills, in order.

    Left out are the injected names, ``*args`` and ``**kwargs``, and what a partial has bound.

    Raises:
        AnnotationError: an annotation does not resolve.
    """
    namespace = _Namespace(handler)
    return tuple(
        RouteParameter(
            name=parameter.name,
            annotation=namespace.resolve(parameter.name, parameter.annotation),
            required=parameter.default is _EMPTY,
            default=parameter.default,
            kind=parameter.kind,
        )
        for parameter in _inputs(handler)
    )


def read_return(handler: Handler) -> Any:
    """Return the return annotation of *handler*; None without one, NoneType for ``-> None``.

    Raises:
        AnnotationError: it does not resolve.
    """
    annotation = _signature(handler).return_annotation
    return None if annotation is _EMPTY else _Namespace(handler).resolve("return", annotation)


def annotation_errors(handler: Handler) -> list[AnnotationError]:
    """Return every annotation of *handler* that does not resolve."""
    namespace = _Namespace(handler)
    annotations = {parameter.name: parameter.annotation for parameter in _inputs(handler)}
    errors: list[AnnotationError] = []
    for name, annotation in {
        **annotations,
        "return": _signature(handler).return_annotation,
    }.items():
        try:
            namespace.resolve(name, annotation)
        except AnnotationError as error:
            errors.append(error)
    return errors


def _signature(handler: Handler) -> inspect.Signature:
    try:
        return inspect.signature(handler)
    except ValueError:  # some callables that are not written in Python have none
        return inspect.Signature()


def _inputs(handler: Handler) -> list[inspect.Parameter]:
    left_out = set(INJECTED_NAMES)
    if is_partial(handler):
        left_out.update(handler.keywords)
    variadic = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    return [
        parameter
        for parameter in _signature(handler).parameters.values()
        if parameter.name not in left_out and parameter.kind not in variadic
    ]


class _Namespace:
    """The names that the annotations of a handler may use."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        function = innermost(handler)
        module = sys.modules.get(str(getattr(function, "__module__", None)))
        own: dict[str, Any] | None = getattr(function, "__globals__", None)
        self._globals: dict[str, Any] = getattr(module, "__dict__", {}) if own is None else own
        self._locals = _closure(function)

    def resolve(self, name: str, annotation: Any) -> Any:
        """Return *annotation*, which belongs to the parameter *name*, without strings in it."""
        if annotation is _EMPTY:
            return Any
        if isinstance(annotation, type):
            return annotation

        def holder() -> None: ...

        holder.__annotations__ = {name: annotation}
        try:
            hints = typing.get_type_hints(holder, self._globals, self._locals, include_extras=True)
        except Exception as error:  # evaluating an annotation runs whatever it says
            handler = self._handler
            cause = f"{type(error).__name__}: {error}"
            raise AnnotationError(
                name, full_name(handler), annotation, cause, location_of(handler)
            ) from error
        return hints[name]


def _closure(function: object) -> Mapping[str, Any]:
    """Return the variables of enclosing functions that *function* refers to."""
    if not isinstance(function, types.FunctionType) or function.__closure__ is None:
        return {}
    found: dict[str, Any] = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__, strict=True):
        try:
            found[name] = cell.cell_contents
        except ValueError:  # not yet assigned
            continue
    return found
