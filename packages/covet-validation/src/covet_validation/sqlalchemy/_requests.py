"""The database rules of a handler's inputs: found when it is registered, checked by request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Annotated, Any, get_args, get_origin

from sqlalchemy.exc import IntegrityError

from covet_validation._errors import Place, SignatureError, SignatureFault
from covet_validation._inputs import RequestInput
from covet_validation._types import members, pydantic_model
from covet_validation.models import InputLocation
from covet_validation.sqlalchemy._ask import Connection, require
from covet_validation.sqlalchemy._demands import (
    Demand,
    demands_of,
    demands_of_model,
    tables_of_class,
)
from covet_validation.sqlalchemy._errors import DatabaseValidationError, RuleError
from covet_validation.sqlalchemy._plan import RulePlan, plan_of, ruled_models
from covet_validation.sqlalchemy._race import explain_lost_race

_CHANGING_METHODS = frozenset({"PUT", "PATCH"})
_SAY_WHICH = (
    "has unique rules and changes a row, which would stand in its own way. Say which row it is: "
    "Annotated[…, Updates('user_id')], by the argument that holds its primary key, or Updates() "
    "if it changes none."
)
_NOWHERE = Place("handler", "?", 0)


@dataclass(frozen=True, slots=True, init=False)
class Updates:
    """Says which row an input changes: ``Annotated[Patch[SignUp], Updates("user_id")]``.

    That row is no obstacle to its own unique values. *names* are arguments of the handler that
    hold its primary key, one for each column, or attributes of such: ``"current_user.id"``. *of*
    is the mapped class whose row it is, where unique rules are about several. ``Updates()`` says
    that no row is changed.
    """

    names: tuple[str, ...]
    of: type[Any] | None

    def __init__(self, *names: str, of: type[Any] | None = None) -> None:
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "of", of)

    def exclude_id(self, arguments: Mapping[str, object]) -> object:
        """Return the primary key of the row, as ``validate_with_db`` takes it.

        Raises:
            RuleError: *arguments* lack one of the names.
        """
        if not self.names:
            return None
        key = tuple(_value_at(name, arguments) for name in self.names)
        return {self.of: key} if self.of is not None else key


@dataclass(frozen=True, slots=True)
class _Source:
    """An input whose values have rules.

    Attributes:
        key: The argument that holds them; empty where *fields* do.
        fields: The arguments that hold single fields of the model of *plan*, with their names.
        plan: The rules of that model.
        location: Where in a request they come from.
        steps: Where in that location.
        updates: Which row they change.
    """

    key: str
    fields: Mapping[str, str]
    plan: RulePlan | None
    location: InputLocation
    steps: tuple[str, ...]
    updates: Updates

    def demands(self, arguments: Mapping[str, object]) -> Iterator[Demand]:
        if self.plan is not None:
            given = {name: arguments[key] for key, name in self.fields.items() if key in arguments}
            holder = SimpleNamespace(**given)
            return demands_of_model(self.plan, holder, location=self.location, steps=self.steps)
        return demands_of(
            arguments.get(self.key),
            location=self.location,
            steps=self.steps,
            exclude_id=self.updates.exclude_id(arguments),
        )


class DatabaseChecks:
    """The database rules of one handler: false where there are none.

    Attributes:
        needs: The arguments that are read besides inputs, as ``current_user``: `check` has to be
            given them as well.
    """

    needs: frozenset[str]

    def __init__(self, inputs: Iterable[RequestInput], *, methods: Collection[str] = ()) -> None:
        """Find the rules of the models in *inputs*, which `RequestValidator.inputs` are.

        With *methods*, a PUT or PATCH whose model has unique rules must say by `Updates` which row
        it changes; else every row would stand in its own way.

        Raises:
            SignatureError: with every rule, and every `Updates`, that cannot be served.
        """
        every = tuple(inputs)
        reader = _Reader(
            every, is_changing=not _CHANGING_METHODS.isdisjoint(map(str.upper, methods))
        )
        self._sources = tuple(reader.sources())
        if reader.faults:
            raise SignatureError(reader.faults)
        self.needs = frozenset(
            name.partition(".")[0] for source in self._sources for name in source.updates.names
        ).difference(one.key for one in every)

    def __bool__(self) -> bool:
        """Say whether there is anything to check."""
        return bool(self._sources)

    async def check(self, arguments: Mapping[str, object], session: Connection) -> None:
        """Check what *arguments* demand, by `RequestInput.key`, in one statement.

        Raises:
            DatabaseConflictError: something is taken already.
            DatabaseValidationError: something that is referred to does not exist.
        """
        await require(self._demands(arguments), session)

    async def explain(
        self, error: IntegrityError, arguments: Mapping[str, object], session: Connection
    ) -> DatabaseValidationError | None:
        """Return what *error*, raised after *arguments* were checked, means to a client.

        It is what the check would have said a moment later; None for other than unique and
        foreign keys. *session* must have begun a transaction after the error: roll back first.
        """
        return await explain_lost_race(error, self._demands(arguments), session)

    def _demands(self, arguments: Mapping[str, object]) -> list[Demand]:
        return [demand for source in self._sources for demand in source.demands(arguments)]


class _Reader:
    """Reads inputs and gathers what is wrong with their rules."""

    def __init__(self, inputs: tuple[RequestInput, ...], *, is_changing: bool) -> None:
        self._inputs = inputs
        self._is_changing = is_changing
        self.faults: list[SignatureFault] = []

    def sources(self) -> Iterator[_Source]:
        """Yield the inputs with rules."""
        bodies = [one for one in self._inputs if one.location == "body"]
        count = len([one for one in bodies if one.model is None])
        count += len({id(one.model) for one in bodies if one.model is not None})
        is_embedded = count > 1 or any(one.embed for one in bodies if one.model is None)
        spread: dict[int, tuple[RequestInput, dict[str, str]]] = {}
        for one in self._inputs:
            if one.model is not None:
                _, fields = spread.setdefault(id(one.model), (one, {}))
                fields[one.key] = one.model_field
            elif self._plans(one, one.annotation):
                updates = self._updates(one)
                is_whole = one.is_model and not (one.location == "body" and is_embedded)
                steps = () if is_whole else (one.name,)
                yield _Source(one.key, {}, None, _location(one), steps, updates)
        for one, fields in spread.values():
            plans = self._plans(one, one.model)
            if plans:
                plan = plan_of(one.model)
                if self._is_changing and plan.unique_tables:
                    self._fault(one, _SAY_WHICH)
                yield _Source("", fields, plan, _location(one), (), Updates())

    def _fault(self, one: RequestInput, reason: str) -> None:
        self.faults.append(SignatureFault(one.key, reason, one.place or _NOWHERE))

    def _plans(self, one: RequestInput, annotation: Any) -> list[RulePlan]:
        """Return the plans of the models with rules in *annotation*, none if one has a fault."""
        try:
            return [plan_of(model) for model in ruled_models(annotation)]
        except RuleError as error:
            self._fault(one, f"has database rules that cannot be checked: {error}")
            return []

    def _updates(self, one: RequestInput) -> Updates:
        """Return which row *one* changes."""
        tables = {
            table
            for member in members(one.annotation)
            if (model := pydantic_model(member)) is not None
            for table in plan_of(model).unique_tables
        }
        stated = get_args(one.annotation)[1:] if get_origin(one.annotation) is Annotated else ()
        found = [item for item in stated if isinstance(item, Updates)]
        if not found:
            if self._is_changing and tables:
                self._fault(one, _SAY_WHICH)
            return Updates()
        (updates,) = found
        if not updates.names:
            return updates
        if updates.of is not None:
            tables &= set(tables_of_class(updates.of))
        if len(tables) != 1:
            words = ", ".join(sorted(str(table) for table in tables)) or "none"
            self._fault(
                one,
                f"is marked {updates!r}, which is to be a row of one table with unique rules "
                f"(there are: {words}). Say of which: Updates('user_id', of=User).",
            )
        for table in tables:
            key = [column.key for column in table.primary_key]
            if len(key) != len(updates.names):
                self._fault(
                    one,
                    f"is marked {updates!r}, but the primary key of {table} is: {', '.join(key)}.",
                )
        return updates


def _location(one: RequestInput) -> InputLocation:
    return "form" if one.location == "file" else one.location


def _value_at(name: str, arguments: Mapping[str, object]) -> object:
    first, *attributes = name.split(".")
    if first not in arguments:
        raise RuleError(f"Updates({name!r})", [f"there is no argument {first!r}."])
    value = arguments[first]
    for attribute in attributes:
        value = getattr(value, attribute)
    return value
