"""Finds what serializing an ORM object would load from the database, before it does.

SQLAlchemy loads a missing attribute when it is read: one statement an object in a synchronous
session, an exception in an asynchronous one or without a session. A missing relation is refused
always, as the query should have loaded it; a missing column (expired by a commit, say) only where
it could not be loaded anyway.

Nothing is imported for it: a mapped class has a ``__mapper__``, a loaded attribute is in the
object's ``__dict__``, and an object that the database knows has an identity key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel

from covet_validation._containers import is_collection, is_mapping
from covet_validation._errors import AttributeKind
from covet_validation._types import bare, is_model, is_root_model, model_fields


class UnloadedAttribute(Exception):  # noqa: N818 - becomes an UnloadedAttributeError
    """Reading *attribute* of an *owner* would load it."""

    def __init__(self, owner: str, attribute: str, kind: AttributeKind) -> None:
        self.owner = owner
        self.attribute = attribute
        self.kind: AttributeKind = kind
        super().__init__(f"{owner}.{attribute}")


@dataclass(frozen=True, slots=True)
class Reads:
    """The mapped attributes that are read of a class: names, relations, deferred columns."""

    names: frozenset[str]
    relations: Mapping[str, Shape]
    deferred: frozenset[str]


class Shape:
    """The attributes that a response type reads of an object, each with the shape of its value.

    Lists, dictionaries and unions are transparent: their shape is that of what they hold.
    """

    def __init__(self, models: Iterable[Any], known: dict[frozenset[Any], Shape]) -> None:
        self._models = tuple(models)
        self._known = known
        self._fields: dict[str, Shape] | None = None
        self._reads: dict[type[Any], Reads] = {}

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

    def reads_of(self, mapped: type[Any]) -> Reads:
        """Return what is read of the class *mapped*."""
        found = self._reads.get(mapped)
        if found is None:
            mapper: Any = mapped.__mapper__
            related, columns = set(mapper.relationships.keys()), set(mapper.column_attrs.keys())
            relations = {name: shape for name, shape in self.fields.items() if name in related}
            names = frozenset(self.fields.keys() & (related | columns))
            deferred = frozenset(one.key for one in mapper.column_attrs if one.deferred)
            found = self._reads[mapped] = Reads(names, relations, deferred)
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
        UnloadedAttribute: for the first attribute on the way that is not loaded.
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
    reads = shape.reads_of(mapped)
    loaded: Mapping[str, Any] = instance.__dict__
    state: Any = instance._sa_instance_state
    if state.key is not None:  # the database knows it, so that there is something to load
        missing = reads.names.difference(loaded)
        relations = missing & reads.relations.keys()
        if relations:
            raise UnloadedAttribute(mapped.__name__, min(relations), "relation")
        if missing and (state.session is None or state.async_session is not None):
            # A column that the INSERT left to null is missing as well, and reads as None.
            missing &= state.expired_attributes | state.callables.keys() | reads.deferred
            if missing:
                raise UnloadedAttribute(mapped.__name__, min(missing), "column")
    return [(loaded[name], inner) for name, inner in reads.relations.items() if name in loaded]
