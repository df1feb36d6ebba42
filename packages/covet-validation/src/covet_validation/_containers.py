"""Containers of anything, told apart at run time and for type checkers at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeGuard


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Say whether *value* is a mapping."""
    return isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    """Say whether *value* is a list or a tuple."""
    return isinstance(value, list | tuple)


def is_collection(value: object) -> TypeGuard[Collection[Any]]:
    """Say whether *value* is a list, a tuple or a set."""
    return isinstance(value, list | tuple | set | frozenset)


def is_iterator(value: object) -> TypeGuard[Iterator[Any]]:
    """Say whether *value* can be read once."""
    return isinstance(value, Iterator)
