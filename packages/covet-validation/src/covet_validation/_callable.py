"""Where a callable is defined, and what the names in its annotations mean there."""

from __future__ import annotations

import inspect
import sys
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

from covet_validation._errors import Place


def _function_of(function: Any) -> Any:
    """Return the function that *function* runs: without partials, wrappers, classes around it."""
    while not inspect.isfunction(function):
        if inspect.isclass(function):
            return vars(function).get("__init__", function)
        for inner in ("func", "__func__", "__wrapped__"):  # a partial, a method, a wrapper
            if hasattr(function, inner):
                function = getattr(function, inner)
                break
        else:
            return function.__class__.__call__
    return inspect.unwrap(function)


def place_of(function: Callable[..., Any]) -> Place:
    """Return where *function* is defined; line 0 where that is unknown."""
    inner = _function_of(function)
    code = getattr(inner, "__code__", None)
    named = function if isinstance(function, type) else inner
    return Place(
        handler=getattr(named, "__qualname__", None) or repr(named),
        file=getattr(code, "co_filename", "?"),
        line=getattr(code, "co_firstlineno", 0),
    )


def namespace_of(function: Callable[..., Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the globals and the enclosing names that *function*'s annotations may use."""
    inner = _function_of(function)
    module = sys.modules.get(getattr(inner, "__module__", None) or "")
    names: dict[str, Any] = getattr(inner, "__globals__", None) or vars(module or types)
    code = getattr(inner, "__code__", None)
    cells = getattr(inner, "__closure__", None) or ()
    enclosing: dict[str, Any] = {
        parameter.__name__: parameter for parameter in getattr(inner, "__type_params__", ())
    }
    for name, cell in zip(code.co_freevars if code else (), cells, strict=True):
        try:
            enclosing[name] = cell.cell_contents
        except ValueError:  # not assigned yet
            continue
    return names, enclosing


def evaluate(
    annotations: Mapping[str, Any], namespace: tuple[dict[str, Any], dict[str, Any]]
) -> dict[str, Any]:
    """Resolve *annotations*; ``None`` stays the type of None, as ``typing`` reads it."""
    holder = types.SimpleNamespace(__annotations__=dict(annotations))
    names, enclosing = namespace
    return typing.get_type_hints(holder, names, enclosing, include_extras=True)
