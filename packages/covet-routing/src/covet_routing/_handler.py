"""Handlers: what is beneath the partials, methods, wrappers and callable objects."""

import functools
import inspect
import types
from collections.abc import Callable
from typing import Any, TypeGuard, cast

from covet_routing._errors import SourceLocation

Handler = Callable[..., object]
"""Any callable: function, coroutine function, bound method, partial, instance."""


def is_partial(handler: object) -> TypeGuard["functools.partial[Any]"]:
    """Return whether *handler* is a partial; partials of partials are one."""
    return isinstance(handler, functools.partial)


def innermost(handler: object) -> Any:
    """Return the function that was written down for *handler*, or what is nearest to one."""
    seen: set[int] = set()
    while id(handler) not in seen:
        seen.add(id(handler))
        handler = _beneath(handler)
    return handler


def _beneath(handler: Any) -> Any:
    """Return what *handler* calls, as far as that can be seen; itself where it is a function."""
    if is_partial(handler):
        return handler.func
    wrapped = getattr(handler, "__wrapped__", None) or getattr(handler, "__func__", None)
    if wrapped is not None or inspect.isroutine(handler) or isinstance(handler, type):
        return wrapped or cast("Any", handler)
    return getattr(cast("Any", type(handler)), "__call__", handler)  # noqa: B004


def _without_partial(handler: object) -> Any:
    return handler.func if is_partial(handler) else handler


def short_name(handler: object) -> str:
    """Return the name of *handler* without module and class; that of its class for an instance."""
    inner = _without_partial(handler)
    return str(getattr(inner, "__name__", None) or type(inner).__name__)


def full_name(handler: object) -> str:
    """Return the name of *handler* with module and class, for messages."""
    inner = _without_partial(handler)
    named: Any = inner if hasattr(inner, "__qualname__") else cast("Any", type(inner))
    return f"{named.__module__}.{named.__qualname__}"


def documentation(handler: object) -> str | None:
    """Return the docstring of *handler*, without its indentation; an instance has its class's."""
    text = getattr(_without_partial(handler), "__doc__", None)
    return inspect.cleandoc(text) if isinstance(text, str) and text else None


def location_of(handler: object) -> SourceLocation:
    """Return where *handler* was written; ``<unknown>:0`` when that was not in Python."""
    code = getattr(innermost(handler), "__code__", None)
    if isinstance(code, types.CodeType):
        return SourceLocation(code.co_filename, code.co_firstlineno)
    return SourceLocation("<unknown>", 0)
