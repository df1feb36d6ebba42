"""What has to be asked about given values: each rule of each model in them, with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic import MISSING, AnyUrl, BaseModel, SecretStr

from covet_validation._containers import is_collection, is_mapping
from covet_validation._details import LONGEST_FIELD
from covet_validation.models import ErrorDetail, InputLocation
from covet_validation.sqlalchemy._errors import RuleError
from covet_validation.sqlalchemy._plan import PlannedRule, RulePlan, plan_of
from covet_validation.sqlalchemy._rules import mapper_of

ABSENT: Final[object] = MISSING  # a value that a patch leaves as it is


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """One rule that given values have to meet.

    Attributes:
        rule: What is asked.
        values: The value of each column; ABSENT for that of the row being changed.
        paths: What the request calls each value.
        location: Where in the request the values come from.
        identity: The primary key of the row being changed, which is no obstacle to itself.
    """

    rule: PlannedRule
    values: tuple[object, ...]
    paths: tuple[str, ...]
    location: InputLocation
    identity: tuple[object, ...] | None

    def details(self) -> list[ErrorDetail]:
        """Return what to tell a client that did not meet it: one detail for each field."""
        if not self.rule.is_unique:
            code, message = "REFERENCE_NOT_FOUND", "What this refers to does not exist."
        elif len(self.paths) > 1:
            code, message = "ALREADY_EXISTS", "This combination of values is taken."
        else:
            code, message = "ALREADY_EXISTS", "This value is taken."
        return [
            ErrorDetail(
                field=path[:LONGEST_FIELD], location=self.location, message=message, code=code
            )
            for path in self.paths
        ]


def demands_of(
    value: object,
    *,
    location: InputLocation = "body",
    steps: tuple[str, ...] = (),
    exclude_id: object = None,
) -> Iterator[Demand]:
    """Yield what *value* and everything in it demands; *steps* lead to it.

    *exclude_id* is the primary key of the row that *value* changes (a tuple if it has several
    columns), or a mapping from mapped classes to such keys; what is nested changes no row.

    Raises:
        RuleError: *exclude_id* fits no table, or could be meant for several.
    """
    if isinstance(value, BaseModel):
        plan = plan_of(type(value))
        yield from demands_of_model(
            plan, value, location=location, steps=steps, exclude_id=exclude_id
        )
    elif is_mapping(value):
        for key, item in value.items():
            yield from demands_of(item, location=location, steps=(*steps, str(key)))
    elif is_collection(value):
        for index, item in enumerate(value):
            yield from demands_of(item, location=location, steps=(*steps, str(index)))


def demands_of_model(
    plan: RulePlan,
    holder: object,
    *,
    location: InputLocation = "body",
    steps: tuple[str, ...] = (),
    exclude_id: object = None,
) -> Iterator[Demand]:
    """Yield what the attributes of *holder* demand, which are those of *plan*'s model it has."""
    identities = _identities(plan, exclude_id)
    for rule in plan.rules:
        yield from _of_rule(rule, holder, location, steps, identities.get(rule.table))
    for nested in plan.nested:
        value = getattr(holder, nested.name, ABSENT)
        inner = (*steps, nested.step) if nested.step else steps
        yield from demands_of(value, location=location, steps=inner)


def _of_rule(
    rule: PlannedRule,
    holder: object,
    location: InputLocation,
    steps: Sequence[str],
    identity: tuple[object, ...] | None,
) -> Iterator[Demand]:
    values = tuple(_plain(getattr(holder, name, ABSENT)) for name in rule.fields)
    if any(value is None for value in values):  # a null equals nothing and refers to nothing
        return
    absent = sum(value is ABSENT for value in values)
    if absent and (absent == len(values) or identity is None or not rule.is_unique):
        return
    paths = tuple(".".join((*steps, name)) for name in rule.names)
    if not rule.is_unique and len(values) == 1 and is_collection(values[0]):
        for index, item in enumerate(values[0]):
            if item is not None:
                yield Demand(rule, (_plain(item),), (f"{paths[0]}.{index}",), location, None)
        return
    yield Demand(rule, values, paths, location, identity if rule.is_unique else None)


def _plain(value: object) -> object:
    """Return *value* as columns hold it: Pydantic's URLs and secrets are texts there."""
    if isinstance(value, AnyUrl):
        return str(value)
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def _identities(plan: RulePlan, exclude_id: object) -> Mapping[Any, tuple[object, ...]]:
    """Return the primary key of the row that is changed, by its table."""
    if exclude_id is None:
        return {}
    tables = plan.unique_tables
    if is_mapping(exclude_id):
        by_table = {
            table: key
            for model, key in exclude_id.items()
            if key is not None
            for table in tables_of_class(model)
        }
        found = {table: by_table[table] for table in tables if table in by_table}
    else:
        if len(tables) > 1:
            names = ", ".join(sorted(str(table) for table in tables))
            raise RuleError(
                plan.name,
                [f"exclude_id could be a row of {names}. Say of which: exclude_id={{User: 1}}."],
            )
        found = dict.fromkeys(tables, exclude_id)
    return {table: identity_of(table, key) for table, key in found.items()}


def identity_of(table: Any, key: object) -> tuple[object, ...]:
    """Return *key* as one value for each column of *table*'s primary key."""
    values = tuple(cast("Sequence[object]", key)) if isinstance(key, tuple | list) else (key,)
    columns = list(table.primary_key)
    if len(values) != len(columns):
        names = ", ".join(column.key for column in columns) or "none"
        raise RuleError(
            str(table), [f"exclude_id has {len(values)} values, but the primary key is: {names}."]
        )
    return values


def tables_of_class(model: object) -> Iterable[object]:
    """Return the tables of a mapped class; a table stands for itself."""
    mapper = mapper_of(model)
    return [model] if mapper is None else mapper.tables
