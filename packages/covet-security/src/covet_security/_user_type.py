"""The type of user that a loader says it returns."""

import functools
import inspect
import types
import typing
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any


def user_type(loader: Callable[..., Any]) -> type | None:
    """Return the class in *loader*'s return annotation, without Optional and Awaitable.

    None if there is no annotation, it does not resolve, or it is not one plain class.
    """
    annotation = _return_annotation(loader)
    if typing.get_origin(annotation) in (Awaitable, Coroutine):
        annotation = typing.get_args(annotation)[-1]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        members = [one for one in typing.get_args(annotation) if one is not types.NoneType]
        annotation = members[0] if len(members) == 1 else None
    if isinstance(annotation, type) and annotation not in (object, Any, types.NoneType):
        return annotation
    return None


def _return_annotation(loader: Callable[..., Any]) -> Any:
    """Return the resolved annotation of the result alone: those of parameters may not resolve."""
    while isinstance(loader, functools.partial):
        loader = loader.func
    function = loader if inspect.isroutine(loader) else type(loader).__call__
    annotations: dict[str, Any] = getattr(function, "__annotations__", {})
    result = types.SimpleNamespace(
        __annotations__={name: value for name, value in annotations.items() if name == "return"}
    )
    scope: dict[str, Any] = getattr(inspect.unwrap(function), "__globals__", {})
    try:
        return typing.get_type_hints(result, scope).get("return")
    except (NameError, AttributeError, SyntaxError, TypeError):
        return None
