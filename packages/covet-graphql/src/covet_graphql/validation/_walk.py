"""The one walk for all rules: through a document with the types of a schema, into a record.

It looks every name up once, keeps what it has seen and judges nothing; nor does it recurse, since
documents may be deeper than Python's stack.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from covet_graphql.language import (
    DirectiveLocation,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    NamedTypeNode,
    ObjectValueNode,
    OperationDefinitionNode,
    VariableNode,
)
from covet_graphql.type import GraphQLInputObjectType
from covet_graphql.validation._record import Part, Record
from covet_graphql.validation._tables import UNKNOWN_POSITIONS
from covet_graphql.validation._type_system_walk import named_type_node, walk_type_system

if TYPE_CHECKING:
    from covet_graphql.language import (
        ArgumentNode,
        DirectiveNode,
        DocumentNode,
        Node,
        ValueNode,
        VariableDefinitionNode,
    )
    from covet_graphql.type import GraphQLSchema
    from covet_graphql.validation._record import SeenUsage
    from covet_graphql.validation._tables import CompositeTable, Position, SchemaTables

_CONTAINERS: Final = frozenset({ListValueNode, ObjectValueNode})
_INCREMENTAL: Final = frozenset({"defer", "stream"})
_FIELD: Final = DirectiveLocation.FIELD
_FRAGMENT_SPREAD: Final = DirectiveLocation.FRAGMENT_SPREAD
_INLINE_FRAGMENT: Final = DirectiveLocation.INLINE_FRAGMENT
_FRAGMENT_DEFINITION: Final = DirectiveLocation.FRAGMENT_DEFINITION
_VARIABLE_DEFINITION: Final = DirectiveLocation.VARIABLE_DEFINITION


def record_of(
    document: DocumentNode,
    schema: GraphQLSchema | None,
    tables: SchemaTables | None,
    hide_suggestions: bool,
) -> Record:
    """Return what a walk through *document* sees, with the types that *tables* have, if any."""
    record = Record(document, schema, tables, hide_suggestions)
    walk = _Walk(record)
    for definition in document.definitions:
        if type(definition) is OperationDefinitionNode:
            walk.operation(definition)
        elif type(definition) is FragmentDefinitionNode:
            walk.fragment(definition)
        else:
            record.type_system.append(definition)
            walk_type_system(definition, walk)
    return record


class _Walk:
    """A walk that fills a record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._tables = tables = record.tables
        self._directive_tables = {} if tables is None else tables.directives
        self._input_fields = {} if tables is None else tables.input_fields

    def operation(self, node: OperationDefinitionNode) -> None:
        record = self._record
        tables = self._tables
        table = None if tables is None else tables.roots[node.operation]
        part = Part(node, len(record.parts), table)
        record.parts.append(part)
        record.operations.append(part)
        if node.variable_definitions:
            for definition in node.variable_definitions:
                self._variable(part, definition)
        if node.directives:
            location = DirectiveLocation[node.operation.name]
            self._directives(part, node, node.directives, location)
        self._selections(part)

    def fragment(self, node: FragmentDefinitionNode) -> None:
        record = self._record
        part = Part(node, len(record.parts), self._condition(node, node.type_condition, None))
        record.parts.append(part)
        record.fragments.append(part)
        if node.directives:
            self._directives(part, node, node.directives, _FRAGMENT_DEFINITION)
        self._selections(part)

    def _condition(
        self,
        owner: FragmentDefinitionNode | InlineFragmentNode,
        condition: NamedTypeNode,
        around: CompositeTable | None,
    ) -> CompositeTable | None:
        record = self._record
        tables = self._tables
        table = None if tables is None else tables.composites[condition._name]
        record.named_types.append(condition)
        record.conditions.append((owner, condition, table, around))
        return table

    def _variable(self, part: Part, node: VariableDefinitionNode) -> None:
        record = self._record
        record.named_types.append(named_type_node(node.type))
        position = None if self._tables is None else self._tables.position_of(node.type)
        part.variables.append((node, position))
        record.variables.append((node, position))
        if node.default_value is not None:
            is_input = position is not None and position.is_input
            self._value([], node.default_value, position if is_input else None)
        if node.directives:
            self._directives(None, node, node.directives, _VARIABLE_DEFINITION)

    def see_named_type(self, node: NamedTypeNode) -> None:
        """See the name of a type in a type system definition."""
        self._record.type_system_types.append(node)

    def see_constant(self, value: ValueNode) -> None:
        """See a default value in a type system definition."""
        self._value([], value, None)

    def see_directives(
        self, owner: Node, directives: tuple[DirectiveNode, ...], location: DirectiveLocation
    ) -> None:
        """See the directives of a type system definition or of a part of it."""
        self._directives(None, owner, directives, location)

    def _directives(
        self,
        part: Part | None,
        owner: Node,
        directives: tuple[DirectiveNode, ...],
        location: DirectiveLocation,
        table: CompositeTable | None = None,
    ) -> None:
        record = self._record
        usages: list[SeenUsage] = [] if part is None else part.usages
        record.directives.append((owner, directives, location))
        for directive in directives:
            name = directive._name
            known = self._directive_tables.get(name)
            record.applied.append((directive, known))
            if part is not None and name in _INCREMENTAL:
                record.incremental.append((directive, owner, table, part))
            if directive.arguments:
                positions = UNKNOWN_POSITIONS if known is None else known.arguments
                self._arguments(usages, directive, directive.arguments, positions, None)

    def _arguments(
        self,
        usages: list[SeenUsage],
        owner: FieldNode | DirectiveNode,
        arguments: tuple[ArgumentNode, ...],
        positions: dict[str, Position],
        parent: CompositeTable | None,
    ) -> None:
        record = self._record
        record.arguments.append((owner, arguments))
        for argument in arguments:
            position = positions.get(argument._name)
            if position is None and positions is not UNKNOWN_POSITIONS:
                record.unknown_arguments.append((argument, owner, parent, positions))
            value = argument.value
            kind = type(value)
            if kind is VariableNode:
                usages.append((value, position, None))  # type: ignore[arg-type]
            elif kind in _CONTAINERS:
                self._value(usages, value, position)
            elif position is not None:
                record.literals.append((value, position))

    def _value(self, usages: list[SeenUsage], value: ValueNode, position: Position | None) -> None:
        record = self._record
        pending: list[tuple[Any, Position | None, GraphQLInputObjectType | None]]
        pending = [(value, position, None)]
        while pending:
            node, position, one_of = pending.pop()
            if isinstance(node, VariableNode):
                usages.append((node, position, one_of))
                continue
            if position is not None:
                record.literals.append((node, position))
            if isinstance(node, ListValueNode):
                item = position.item if position is not None and position.is_list else None
                pending += [(below, item, None) for below in reversed(node.values)]
            elif isinstance(node, ObjectValueNode):
                record.objects.append(node)
                positions = UNKNOWN_POSITIONS
                one_of = None
                if position is not None and isinstance(position.named, GraphQLInputObjectType):
                    positions = self._input_fields[position.named]
                    one_of = position.named if position.named.is_one_of else None
                pending += [
                    (field.value, positions.get(field._name), one_of)
                    for field in reversed(node.fields)
                ]

    def _selections(self, part: Part) -> None:
        """See all selection sets of *part*: what most of a document is, so all in one loop."""
        record = self._record
        conditions = self._condition
        fields = record.fields
        nested = record.nested
        usages = part.usages
        around: list[tuple[Any, CompositeTable | None]] = []
        table = part.table
        selections: Any = iter(part.node.selection_set.selections)
        while True:
            for node in selections:
                kind = node.__class__
                if kind is FieldNode:
                    definition = None if table is None else table.fields[node._name]
                    seen = (node, table, definition)
                    fields.append(seen)
                    if definition is None and table is not None:
                        record.unknown_fields.append((node, table))
                    if node.arguments:
                        positions = (
                            UNKNOWN_POSITIONS if definition is None else definition.arguments
                        )
                        self._arguments(usages, node, node.arguments, positions, table)
                    if node.directives:
                        self._directives(part, node, node.directives, _FIELD, table)
                    if node.selection_set is None:
                        continue
                    nested.append(seen)
                    around.append((selections, table))
                    table = None if definition is None else definition.selects
                elif kind is FragmentSpreadNode:
                    spread = (node, table)
                    part.spreads.append(spread)
                    record.spreads.append(spread)
                    if node.directives:
                        self._directives(part, node, node.directives, _FRAGMENT_SPREAD, table)
                    continue
                else:
                    around.append((selections, table))
                    if node.directives:
                        self._directives(part, node, node.directives, _INLINE_FRAGMENT, table)
                    if node.type_condition is not None:
                        table = conditions(node, node.type_condition, table)
                selections = iter(node.selection_set.selections)
                break
            else:
                if not around:
                    return
                selections, table = around.pop()
