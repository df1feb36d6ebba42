"""Finds what serializing an ORM object would load from the database, before it does.

SQLAlchemy loads a missing relation when it is read: one statement an object in a synchronous
session, an exception in an asynchronous one. Both are mistakes of the query, so both are refused.
Nothing is imported for it: a mapped class has a ``__mapper__``, a loaded attribute is in the
object's ``__dict__``, and an object that the database knows has an identity key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from covet_validation._containers import is_collection, is_mapping
from covet_validation._types import bare, is_model, is_root_model, model_fields


class UnloadedAttribute(Exception):  # noqa: N818 - becomes an UnloadedAttributeError
    """Reading *attribute* of an *owner* would load it."""

    def __init__(self, owner: str, attribute: str) -> None:
        self.owner = owner
        self.attribute = attribute
        super().__init__(f"{owner}.{attribute}")


class Shape:
    """The attributes that a response type reads of an object, each with the shape of its value.

    Lists, dictionaries and unions are transparent: their shape is that of what they hold.
    """

    def __init__(self, models: Iterable[Any], known: dict[frozenset[Any], Shape]) -> None:
        self._models = tuple(models)
        self._known = known
        self._fields: dict[str, Shape] | None = None
        self._relations: dict[type, tuple[tuple[str, Shape], ...]] = {}

    @property
    def fields(self) -> Mapping[str, Shape]:
        """The shape of each attribute."""
        if self._fields is None:  # made late, as types refer to themselves
            self._fields = {}
            for model in self._models:
                for field in model_fields(model):
                    for name in (field.name, *field.wire_names):
                        self._fields[name] = shape_of(field.annotation, self._known)
        return self._fields

    def relations_of(self, mapped: type[Any]) -> tuple[tuple[str, Shape], ...]:
        """Return which of the attributes are relations of the class *mapped*."""
        found = self._relations.get(mapped)
        if found is None:
            names = set(mapped.__mapper__.relationships.keys())
            found = tuple((name, shape) for name, shape in self.fields.items() if name in names)
            self._relations[mapped] = found
        return found


def shape_of(annotation: Any, known: dict[frozenset[Any], Shape] | None = None) -> Shape:
    """Return what is read of values that are serialized as *annotation*."""
    known = {} if known is None else known
    models = frozenset(_models_in(annotation))
    if models not in known:
        known[models] = Shape(models, known)
    return known[models]


def _models_in(annotation: Any) -> Iterator[Any]:
    annotation = bare(annotation)
    if is_model(annotation):
        yield annotation
    elif is_root_model(annotation):
        yield from _models_in(annotation.model_fields["root"].annotation)
    else:
        for argument in get_args(annotation):
            yield from _models_in(argument)


def refuse_unloaded(value: Any, shape: Shape) -> None:
    """Walk what *shape* reads of *value*.

    Raises:
        UnloadedAttribute: for the first relation on the way that is not loaded.
    """
    pending: list[tuple[Any, Shape]] = [(value, shape)]
    seen: set[tuple[int, int]] = set()
    while pending:
        one, shape = pending.pop()
        if _is_mapped(one):
            if (id(one), id(shape)) not in seen:
                seen.add((id(one), id(shape)))
                pending += _loaded_relations(one, shape)
        else:
            pending += _held(one, shape)


def _is_mapped(value: object) -> bool:
    return hasattr(type(value), "__mapper__")


def _held(value: Any, shape: Shape) -> Iterable[tuple[Any, Shape]]:
    """Return what a container or a model holds, each with its shape."""
    if is_collection(value):
        return [(item, shape) for item in value]
    if isinstance(value, BaseModel):
        fields = shape.fields
        return [(item, fields[key]) for key, item in value.__dict__.items() if key in fields]
    if is_mapping(value):
        return [(item, shape.fields.get(key, shape)) for key, item in value.items()]
    return ()


def _loaded_relations(instance: Any, shape: Shape) -> list[tuple[Any, Shape]]:
    mapped: Any = instance.__class__
    loaded: Mapping[str, Any] = instance.__dict__
    is_known_to_database = instance._sa_instance_state.key is not None
    found: list[tuple[Any, Shape]] = []
    for name, inner in shape.relations_of(mapped):
        if name in loaded:
            found.append((loaded[name], inner))
        elif is_known_to_database:
            raise UnloadedAttribute(mapped.__name__, name)
    return found
