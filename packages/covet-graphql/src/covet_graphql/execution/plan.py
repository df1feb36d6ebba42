"""What an operation asks of a schema, as data that is walked instead of the document.

A plan is a tree: a `SelectionPlan` for the fields that one object type is asked for, a `FieldPlan`
for each response name among them. Selections are collected when execution first reaches them, so
a plan costs what its first run needs, and knows what runs need.

Source: GraphQL §6.3, https://spec.graphql.org/September2025/#sec-Executing-Selection-Sets
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from covet_graphql.execution._collect import collect_fields
from covet_graphql.execution.values import constant_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from covet_graphql.execution._tables import FieldTable, SchemaTables
    from covet_graphql.execution.complete import Completer
    from covet_graphql.language import (
        FieldNode,
        FragmentDefinitionNode,
        OperationDefinitionNode,
        SelectionSetNode,
    )
    from covet_graphql.type import GraphQLObjectType


Nullability: TypeAlias = "tuple[tuple[bool, ...], Nullability | None]"
"""Whether null may be the value of a field, its items and so on; and that of the field above."""

_NO_ARGUMENTS: Final[dict[str, Any]] = {}
_NOTHING_BELOW: Final[dict[GraphQLObjectType, SelectionPlan]] = {}


class OperationPlan:
    """An operation with the selections that its @skip and @include leave.

    Attributes:
        tables: What the schema says.
        operation: The operation.
        fragments: The fragments of its document by name.
        conditions: The variables that @skip and @include read, with their values.
        root: What the root type is asked for.
        runs: How often it has been run.
        is_hot: Whether it is to be source.
        sources: The source that was made of it so far.
        introspection: What its root fields say of the schema, which is always the same.
    """

    __slots__ = (
        "conditions",
        "fragments",
        "introspection",
        "is_hot",
        "operation",
        "root",
        "runs",
        "sources",
        "tables",
    )

    def __init__(
        self,
        tables: SchemaTables,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDefinitionNode],
        conditions: Mapping[str, Any],
        root_type: GraphQLObjectType,
    ) -> None:
        self.tables: SchemaTables = tables
        self.operation: OperationDefinitionNode = operation
        self.fragments: dict[str, FragmentDefinitionNode] = fragments
        self.conditions: Mapping[str, Any] = conditions
        self.runs: int = 0
        self.is_hot: bool = False
        self.sources: list[str] = []
        self.introspection: dict[FieldPlan, Any] = {}
        self.root: SelectionPlan = SelectionPlan(root_type, [operation.selection_set], None, self)


class SelectionPlan:
    """The fields that one object type is asked for, in the order of the response.

    Attributes:
        type: The object type.
        fields: What it is asked for.
        compiled: A function made of it, once it is worth one: (source, execution, path) → dict.

    Raises:
        GraphQLError: A @skip or @include has no proper value.
    """

    # a plan has no references upwards: it must go at once when its last user does, since the
    # garbage of one plan a request would keep Python's collector busy
    __slots__ = ("compiled", "fields", "type")

    def __init__(
        self,
        type_: GraphQLObjectType,
        selection_sets: Sequence[SelectionSetNode],
        above: Nullability | None,
        plan: OperationPlan,
    ) -> None:
        self.type: GraphQLObjectType = type_
        self.compiled: Callable[[Any, Any, Any], dict[str, Any]] | None = None
        self.fields: list[FieldPlan] = []
        table_of = plan.tables.field_table
        for key, nodes in collect_fields(type_, selection_sets, plan).items():
            table = table_of(type_, nodes[0])
            if table is not None:  # validation refuses others
                self.fields.append(FieldPlan(table, key, nodes, above))


class FieldPlan:
    """One response name of a selection.

    Attributes:
        table: What the schema says of the field.
        key: The response name.
        nodes: The nodes that ask for it.
        arguments: The values of its arguments, None when a request has to make them.
        is_read: Whether its value is read from the parent, with nothing else to look at.
        complete: Completes its value: what its table has, or something faster made of the plan.
        above: Where null may be above it.
        selections: What its value is asked for by object type, as far as that was reached.
    """

    __slots__ = (
        "above",
        "arguments",
        "complete",
        "is_read",
        "key",
        "nodes",
        "selections",
        "table",
    )

    def __init__(
        self, table: FieldTable, key: str, nodes: list[FieldNode], above: Nullability | None
    ) -> None:
        self.table: FieldTable = table
        self.key: str = key
        self.nodes: list[FieldNode] = nodes
        self.above: Nullability | None = above
        self.arguments: dict[str, Any] | None = (
            constant_arguments(table.definition, nodes[0])
            if table.definition.args
            else _NO_ARGUMENTS
        )
        self.is_read: bool = table.resolve is None and self.arguments is not None
        self.complete: Completer = table.complete
        self.selections: dict[GraphQLObjectType, SelectionPlan] = (
            {} if table.leaf is None else _NOTHING_BELOW
        )

    def selection(self, type_: GraphQLObjectType, plan: OperationPlan) -> SelectionPlan:
        """Return what the field's value is asked for when it is of *type_*.

        Raises:
            GraphQLError: A @skip or @include has no proper value.
        """
        found = self.selections.get(type_)
        if found is None:
            sets = [node.selection_set for node in self.nodes if node.selection_set is not None]
            found = self.selections[type_] = SelectionPlan(
                type_, sets, (self.table.nullable, self.above), plan
            )
        return found
