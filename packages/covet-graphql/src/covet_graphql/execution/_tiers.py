"""When a plan becomes source.

A plan is walked first, since that costs nothing to begin with. Once it has been run often enough
to be worth the compilation, which takes as long as some tens of runs, it becomes source. So does,
at once, what is reached of it later: the object types of abstract ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from covet_graphql.error import GraphQLError
from covet_graphql.execution.codegen import MAX_FIELDS, TooLargeError, generate
from covet_graphql.type import GraphQLObjectType, get_named_type

if TYPE_CHECKING:
    from covet_graphql.execution.plan import OperationPlan, SelectionPlan

Tier: TypeAlias = Literal["auto", "plan", "source"]
"""How operations are run: walked until they are hot, always walked, or always as source."""

RUNS_UNTIL_HOT: Final = 24


def compile_plan(plan: OperationPlan) -> None:
    """Make source of *plan*, unless it has too many fields."""
    plan.is_hot = True
    compile_reached(plan.root, plan)


def compile_reached(selection: SelectionPlan, plan: OperationPlan) -> None:
    """Make source of a selection of a hot plan, unless it has too many fields."""
    try:
        plan.sources.append(generate(_separate(selection, plan), plan))
    except TooLargeError:
        return


def _separate(root: SelectionPlan, plan: OperationPlan) -> list[SelectionPlan]:
    """Return *root* and what below it needs functions of its own; collect all that is certain.

    Raises:
        TooLargeError: There are too many fields.
    """
    separate = [root]
    pending = [root]
    fields = 0
    while pending:
        selection = pending.pop()
        fields += len(selection.fields)
        if fields > MAX_FIELDS:
            raise TooLargeError
        for field in selection.fields:
            if field.table.info is not None:  # what is said of the schema is said once
                continue
            named = get_named_type(field.table.type)
            if isinstance(named, GraphQLObjectType):
                try:
                    below = field.selection(named, plan)
                except GraphQLError:  # of a @skip or @include, whenever the field has a value
                    continue
                pending.append(below)
                if named.is_type_of is not None:
                    separate.append(below)
            else:
                pending += field.selections.values()
                separate += field.selections.values()
    return separate
