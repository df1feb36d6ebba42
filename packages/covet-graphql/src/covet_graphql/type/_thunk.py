"""Values that are given at once or by a function to call later, so that types can be cyclic."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias, TypeVar, cast

from covet_graphql._inspect import inspect
from covet_graphql.error import GraphQLError
from covet_graphql.type.assert_name import assert_names

T = TypeVar("T")

Thunk: TypeAlias = Callable[[], T] | T
ThunkCollection: TypeAlias = Callable[[], Collection[T]] | Collection[T]
ThunkMapping: TypeAlias = Callable[[], Mapping[str, T]] | Mapping[str, T]


def resolve_thunk(thunk: Thunk[T]) -> T:
    """Return what *thunk* gives: itself, or what it returns when it is a function."""
    given: Any = thunk() if callable(thunk) else thunk
    return cast("T", given)


def resolve_part(thunk: Thunk[T], type_name: str, part: str) -> T:
    """Return what *thunk* gives for the *part* (fields, types, …) of a type.

    Raises:
        GraphQLError: The function raised one.
        TypeError: It raised something else.
    """
    try:
        return resolve_thunk(thunk)
    except Exception as error:
        kind = GraphQLError if isinstance(error, GraphQLError) else TypeError
        raise kind(f"{type_name} {part} cannot be resolved. {error}") from error


def as_named(given: object, class_: type[T], owner: str, part: str) -> dict[str, T]:
    """Return *given*, a mapping from names to *class_* or to what makes one by itself.

    Raises:
        TypeError: It is no mapping, or holds something else.
        GraphQLError: A name is no name.
    """
    if not isinstance(given, Mapping):
        raise TypeError(
            f"{owner} {part} must be a mapping with names as keys, or a function that returns one,"
            f" not {inspect(given)}."
        )
    elements = dict(cast("Mapping[str, T]", given))
    assert_names(elements)
    make = cast("Callable[[T], T]", class_)
    for name, element in elements.items():
        if element.__class__ is not class_ and not isinstance(element, class_):
            elements[name] = make(element)
    return elements


def as_collection(given: Any, type_name: str, part: str) -> tuple[Any, ...]:
    """Return *given* as a tuple; None is empty.

    Raises:
        TypeError: It is no collection.
    """
    if given is None:
        return ()
    if isinstance(given, Collection) and not isinstance(given, (str, bytes, Mapping)):
        return tuple(cast("Collection[object]", given))
    raise TypeError(
        f"{type_name} {part} must be a list of types, or a function that returns one,"
        f" not {inspect(cast('object', given))}."
    )
