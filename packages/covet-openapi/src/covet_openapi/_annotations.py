"""Annotations, as far as their structure decides what a document says."""

import types
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Generator, Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

_STREAMS = (AsyncGenerator, AsyncIterable, AsyncIterator, Generator, Iterator)


def bare(annotation: Any) -> Any:
    """Return a type without what ``Annotated`` adds to it."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def is_model(annotation: Any) -> bool:
    """Return whether a type is a Pydantic model, annotated or not."""
    plain = bare(annotation)
    return isinstance(plain, type) and issubclass(plain, BaseModel)


def holds_many(annotation: Any) -> bool:
    """Return whether a type is a collection: ``list[…]``, ``tuple[…]``, ``set[…]``, or None."""
    plain = bare(annotation)
    origin = get_origin(plain)
    if origin in (Union, types.UnionType):
        return any(holds_many(choice) for choice in get_args(plain))
    collection = origin or plain
    return isinstance(collection, type) and issubclass(collection, list | tuple | set | frozenset)


def item_of_stream(annotation: Any) -> Any:
    """Return what a type yields one by one, ``AsyncIterator[…]`` and the like; else None."""
    plain = bare(annotation)
    if get_origin(plain) in _STREAMS:
        return get_args(plain)[0]
    return Any if plain in _STREAMS else None
