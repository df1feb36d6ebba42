"""Partial updates: a model of which every field may be absent, which is not the same as null."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, TypeVar, cast

from pydantic import (
    MISSING,
    AfterValidator,
    BaseModel,
    BeforeValidator,
    PlainValidator,
    WrapValidator,
    create_model,
)
from pydantic.fields import FieldInfo

__all__ = ["Patch"]

M = TypeVar("M", bound=BaseModel)

_CACHE_SIZE = 1024
_VALIDATORS: Mapping[str, Callable[[Any], object]] = {
    "after": AfterValidator,
    "before": BeforeValidator,
    "plain": PlainValidator,
    "wrap": WrapValidator,
}


class Patch(BaseModel, Generic[M]):
    """The body of a PATCH: ``Patch[NewPost]`` has the fields of ``NewPost``, each optional.

    Constraints and field validators of the model hold for what is present; its model validators
    do not run, as they expect a whole. A null is accepted only where the model accepts it.
    """

    __patched_model__: ClassVar[type[BaseModel]]  # dunder: fields may be called anything

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    else:

        def __class_getitem__(cls, model: Any) -> Any:
            """Return the patch of *model*, always the same class."""
            if isinstance(model, TypeVar):
                return super().__class_getitem__(model)
            if not isinstance(model, type) or not issubclass(model, BaseModel):
                raise TypeError(
                    f"Patch[{model!r}] is impossible: only Pydantic models have patches."
                )
            taken = sorted({"apply", "changes"}.intersection(model.model_fields))
            if taken:
                raise TypeError(
                    f"Patch[{model.__name__}] is impossible: Patch has methods called like its "
                    f"fields {', '.join(taken)}. Rename them and keep the names as aliases."
                )
            return _patch_of(cls, model)

    def changes(self) -> dict[str, Any]:
        """Return the fields that are present, by their names in Python, with their values."""
        return {name: getattr(self, name) for name in self.__class__.model_fields if name in self}

    def __contains__(self, name: object) -> bool:
        """Say whether the field *name* is present, be it null."""
        return name in self.model_fields_set and getattr(self, str(name)) is not MISSING

    def apply(self, target: object) -> tuple[str, ...]:
        """Set the present fields on *target* and return the names of those that differed.

        Raises:
            AttributeError: *target* lacks one of them; nothing is set then.
        """
        changes = self.changes()
        kind = type(target)
        for name in changes:
            if not hasattr(kind, name) and name not in getattr(target, "__dict__", ()):
                if name in getattr(kind, "model_fields", ()):
                    continue
                raise AttributeError(
                    f"{kind.__name__} has no attribute {name!r}, which the patch sets. "
                    f"Leave the field out of {self.__patched_model__.__name__}, or set it by hand.",
                    name=name,
                    obj=target,
                )
        changed = [name for name, value in changes.items() if getattr(target, name) != value]
        for name in changed:
            setattr(target, name, changes[name])
        return tuple(changed)


@lru_cache(_CACHE_SIZE)
def _patch_of(base: type[Patch[Any]], model: type[BaseModel]) -> type[Patch[Any]]:
    """Return the class of the patches of *model*."""
    configured = type(
        base.__name__,
        (base,),
        {"__module__": model.__module__, "model_config": dict(model.model_config)},
    )
    fields: dict[str, Any] = {
        name: _optional(info, _validators_of(model, name))
        for name, info in model.model_fields.items()
        if not info.frozen
    }
    make = cast("Any", create_model)  # its overloads know no fields that are computed
    patch: type[Patch[Any]] = make(
        f"{model.__name__}Patch",
        __base__=configured,
        __module__=model.__module__,
        __doc__=f"Changes to {model.__name__}: what is absent stays as it is.",
        **fields,
    )
    patch.__patched_model__ = model
    return patch


def _optional(info: FieldInfo, validators: Iterable[object]) -> tuple[Any, FieldInfo]:
    """Return the type and the field that accept what *info* does, or nothing at all."""
    metadata = (*info.metadata, *validators)
    kind = Annotated[(info.annotation, *metadata)] if metadata else info.annotation
    field = copy(info)
    field.metadata = []
    field.default_factory = None
    field.default = MISSING
    return kind | MISSING, field


def _validators_of(model: type[BaseModel], name: str) -> Iterator[object]:
    """Yield the field validators of *name*, as metadata of a type."""
    for decorator in model.__pydantic_decorators__.field_validators.values():
        if not {name, "*"}.isdisjoint(decorator.info.fields):
            yield _VALIDATORS[decorator.info.mode](decorator.func)
