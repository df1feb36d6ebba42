"""Telling values that are there from values to wait for."""

# What resolvers return is untyped, and narrowing it gives types with unknown parts.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from asyncio import Future, Task
from collections.abc import Awaitable
from inspect import CO_ITERABLE_COROUTINE
from types import CoroutineType, GeneratorType, NoneType
from typing import Any, Final, TypeGuard

PLAIN_TYPES: Final = frozenset({str, int, float, bool, NoneType, dict, list, tuple, bytes})
"""Types whose instances are neither awaitable nor callable nor exceptions: most of all values."""


AWAITABLE_TYPES: Final[frozenset[type[Any]]] = frozenset({CoroutineType, Future, Task})
"""Types whose instances are awaitable: most of those that are."""


def is_awaitable(value: Any) -> TypeGuard[Awaitable[Any]]:
    """Return whether *value* can be awaited: a coroutine, a future or whatever says so."""
    kind: type = type(value)
    if kind in PLAIN_TYPES:
        return False
    if kind is CoroutineType or hasattr(kind, "__await__"):
        return True
    return kind is GeneratorType and bool(value.gi_code.co_flags & CO_ITERABLE_COROUTINE)
