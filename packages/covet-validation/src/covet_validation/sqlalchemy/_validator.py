"""`DatabaseConstraintValidator`: single rules, asked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, cast

from covet_validation.sqlalchemy._ask import Connection, require
from covet_validation.sqlalchemy._demands import Demand, identity_of
from covet_validation.sqlalchemy._errors import RuleError
from covet_validation.sqlalchemy._plan import planned_rule
from covet_validation.sqlalchemy._rules import Exists, Rule, Unique, column_named, primary_key


class DatabaseConstraintValidator:
    """Asks *session* whether values are free, and whether what they refer to exists.

    Two requests that ask at the same time may both be told yes: a constraint of the database has
    to stand behind every rule.
    """

    def __init__(self, session: Connection) -> None:
        self.session = session

    async def validate_unique(
        self,
        model_class: type[Any],
        field_name: str | Sequence[str],
        value: object,
        exclude_id: object = None,
        *,
        ignore_case: bool = False,
    ) -> Literal[True]:
        """Return True if no row of *model_class* has *value* as its *field_name*.

        Several field names take as many values, and are unique together. The row whose primary key
        is *exclude_id* (a tuple if it has several columns) does not count. A null is always free.

        Raises:
            DatabaseConflictError: a ValueError; there is such a row, or more than one.
            RuleError: *model_class* has no such column, or no such primary key.
        """
        names = (field_name,) if isinstance(field_name, str) else tuple(field_name)
        values = (value,) if isinstance(field_name, str) else _several(value)
        try:
            columns = [column_named(model_class, name) for name in names]
        except ValueError as error:
            raise RuleError("validate_unique", [str(error)]) from error
        rule = Unique(*columns, ignore_case=ignore_case)
        return await self._require(rule, names, values, exclude_id)

    async def validate_foreign_key(
        self, model_class: type[Any], foreign_id: object, *, field_name: str = ""
    ) -> Literal[True]:
        """Return True if *model_class* has a row whose primary key is *foreign_id*.

        *foreign_id* is a tuple if the key has several columns; a null refers to nothing, and is
        always right. *field_name* is what the error calls the field.

        Raises:
            DatabaseValidationError: a ValueError; there is no such row.
            RuleError: *model_class* is not mapped, or has no such primary key.
        """
        values = _several(foreign_id)
        try:
            rule = Exists(*primary_key(model_class))
        except ValueError as error:
            raise RuleError("validate_foreign_key", [str(error)]) from error
        return await self._require(rule, (field_name,), values, None)

    async def _require(
        self, rule: Rule, names: tuple[str, ...], values: tuple[object, ...], exclude_id: object
    ) -> Literal[True]:
        if len(values) != len(rule.columns):
            raise RuleError(
                type(self).__name__,
                [f"{len(values)} values were given for {len(rule.columns)} columns."],
            )
        planned = planned_rule(rule, names, list(names))
        identity = None if exclude_id is None else identity_of(planned.table, exclude_id)
        if all(value is not None for value in values):
            await require([Demand(planned, values, names, "body", identity)], self.session)
        return True


def _several(value: object) -> tuple[object, ...]:
    return tuple(cast("Sequence[object]", value)) if isinstance(value, list | tuple) else (value,)
