"""A model's database rules compiled once: columns looked up, nested models found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from pydantic import AliasChoices, AliasPath, BaseModel, RootModel
from pydantic.fields import FieldInfo
from sqlalchemy import Column, ColumnElement, FromClause
from sqlalchemy.orm import InstrumentedAttribute

from covet_validation._containers import is_mapping
from covet_validation._types import bare, pydantic_model
from covet_validation.patch import Patch
from covet_validation.sqlalchemy._errors import RuleError
from covet_validation.sqlalchemy._rules import (
    DatabaseColumn,
    Rule,
    Unique,
    as_column,
    spelled_rules,
    stated_rules,
)

_CACHE_SIZE = 1024


@dataclass(frozen=True, slots=True, eq=False)
class PlannedRule:
    """One rule, ready to be asked.

    Attributes:
        is_unique: Whether a row is a failure; otherwise the lack of one is.
        fields: The model's attributes that hold the values.
        names: What a request calls those fields.
        columns: The columns that the values are compared with, in the order of *fields*.
        table: Where those columns are.
        primary_key: What tells the rows of *table* apart.
        ignore_case: Whether texts are compared in lower case.
        where: Which rows count; None for all.
    """

    is_unique: bool
    fields: tuple[str, ...]
    names: tuple[str, ...]
    columns: tuple[Column[Any], ...]
    table: FromClause
    primary_key: tuple[Column[Any], ...]
    ignore_case: bool
    where: ColumnElement[bool] | None


@dataclass(frozen=True, slots=True)
class NestedField:
    """A field whose values may be or hold models with rules; *step* is empty for a root."""

    name: str
    step: str


@dataclass(frozen=True, slots=True, eq=False)
class RulePlan:
    """What is asked about the instances of one model."""

    name: str
    rules: tuple[PlannedRule, ...]
    nested: tuple[NestedField, ...]

    @property
    def unique_tables(self) -> frozenset[FromClause]:
        """The tables that its own unique rules are about."""
        return frozenset(rule.table for rule in self.rules if rule.is_unique)


def faults_of_names(model: type[BaseModel]) -> list[str]:
    """Return what is wrong with the rules of *model*, as far as no mapped class has to be ready."""
    faults: list[str] = []
    for fields, stated in stated_rules(model).items():
        try:
            _check_names(model, fields)
            if not is_mapping(stated):  # a mapping names columns of mapped classes
                for rule in spelled_rules(stated):
                    _check_count(fields, rule)
        except ValueError as error:
            faults.append(_fault(fields, error))
    return faults


@lru_cache(_CACHE_SIZE)
def plan_of(model: type[BaseModel]) -> RulePlan:
    """Return the plan of *model*, or of the model that it patches.

    Raises:
        RuleError: with every rule that names what does not exist.
    """
    stating = _stating(model)
    rules: list[PlannedRule] = []
    faults: list[str] = []
    for fields, stated in stated_rules(stating).items():
        try:
            _check_names(stating, fields)
            rules += [_planned(model, fields, rule) for rule in spelled_rules(stated)]
        except ValueError as error:
            faults.append(_fault(fields, error))
    if faults:
        raise RuleError(stating.__name__, faults)
    nested = tuple(
        NestedField(name, "" if issubclass(model, RootModel) else name_in_requests(name, info))
        for name, info in model.model_fields.items()
        if any(ruled_models(info.annotation))
    )
    present = model.model_fields.keys()  # a patch lacks what is frozen
    left = tuple(one for one in rules if not present.isdisjoint(one.fields))
    return RulePlan(model.__name__, left, nested)


def ruled_models(annotation: Any, seen: set[object] | None = None) -> Iterator[type[BaseModel]]:
    """Yield the models with rules that values of *annotation* are or hold, each once."""
    seen = set() if seen is None else seen
    for model in models_in(annotation):
        if model not in seen:
            seen.add(model)
            if stated_rules(_stating(model)):
                yield model
            for info in model.model_fields.values():
                yield from ruled_models(info.annotation, seen)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that *annotation* names, at any depth of lists, mappings and unions."""
    annotation = bare(annotation)
    model = pydantic_model(annotation)
    if model is not None:
        yield model
        return
    for argument in get_args(annotation):
        yield from models_in(argument)


def name_in_requests(name: str, info: FieldInfo) -> str:
    """Return the path by which a request names the field *name*, that of its first alias."""
    alias = info.validation_alias or info.alias
    first = alias.choices[0] if isinstance(alias, AliasChoices) else alias
    if isinstance(first, AliasPath):
        return ".".join(map(str, first.path))
    return first or name


def _stating(model: type[BaseModel]) -> type[BaseModel]:
    """Return the model whose rules hold for *model*: of a patch, what it patches."""
    return model.__patched_model__ if issubclass(model, Patch) else model


def _check_names(model: type[BaseModel], fields: tuple[str, ...]) -> None:
    unknown = [name for name in fields if name not in model.model_fields]
    if unknown or not fields:
        known = ", ".join(sorted(model.model_fields))
        raise ValueError(f"is about no field of the model (it has: {known}).")


def _check_count(fields: tuple[str, ...], rule: Rule) -> None:
    if len(fields) != len(rule.columns):
        raise ValueError(
            f"is about {len(fields)} fields, but compares {len(rule.columns)} columns. Write as "
            "many of both, in the same order: ('a', 'b'): Unique(T.a, T.b)."
        )


def _fault(fields: tuple[str, ...], error: ValueError) -> str:
    return f"the rule of {', '.join(map(repr, fields))} {error}"


def _planned(model: type[BaseModel], fields: tuple[str, ...], rule: Rule) -> PlannedRule:
    _check_count(fields, rule)
    infos = model.model_fields
    names = [name_in_requests(one, infos[one]) if one in infos else one for one in fields]
    return planned_rule(rule, fields, names)


def planned_rule(rule: Rule, fields: tuple[str, ...], names: list[str]) -> PlannedRule:
    """Return *rule* with its columns looked up.

    Raises:
        ValueError: it compares what is no column, or columns of several tables.
    """
    columns = tuple(_column(one) for one in rule.columns)
    tables = {column.table for column in columns}
    if len(tables) != 1:
        words = ", ".join(sorted(str(table) for table in tables))
        raise ValueError(f"compares columns of several tables: {words}.")
    (table,) = tables
    return PlannedRule(
        is_unique=isinstance(rule, Unique),
        fields=fields,
        names=tuple(names),
        columns=columns,
        table=table,
        primary_key=tuple(table.primary_key),
        ignore_case=isinstance(rule, Unique) and rule.ignore_case,
        where=rule.where,
    )


def _column(stated: DatabaseColumn) -> Column[Any]:
    if isinstance(stated, InstrumentedAttribute):
        (found, *_) = getattr(stated.property, "columns", [stated])  # a relationship has none
    else:
        found = stated
    return as_column(found)
