"""What rules may ask while a document is validated, and where they report to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from covet_graphql._undefined import Undefined
from covet_graphql.language import FragmentSpreadNode
from covet_graphql.validation._reach import members
from covet_graphql.validation._tables import tables_of
from covet_graphql.validation._walk import record_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from covet_graphql.error import GraphQLError
    from covet_graphql.language import (
        DocumentNode,
        FragmentDefinitionNode,
        OperationDefinitionNode,
        SelectionSetNode,
        VariableNode,
    )
    from covet_graphql.type import (
        GraphQLArgument,
        GraphQLCompositeType,
        GraphQLDirective,
        GraphQLEnumValue,
        GraphQLField,
        GraphQLInputType,
        GraphQLOutputType,
        GraphQLSchema,
    )
    from covet_graphql.utilities import TypeInfo
    from covet_graphql.validation._record import Part, Record


class VariableUsage(NamedTuple):
    """A place where a variable is used.

    Attributes:
        node: The variable there.
        type: The type expected there, None where nobody knows.
        parent_type: The @oneOf input object type whose field the place is, if it is one.
        default_value: The default value of the place, `Undefined` when it has none.
    """

    node: VariableNode
    type: GraphQLInputType | None
    parent_type: GraphQLInputType | None
    default_value: Any


class ASTValidationContext:
    """What rules may ask about a document.

    Attributes:
        document: The document.
    """

    document: DocumentNode
    _schema: GraphQLSchema | None = None

    def __init__(self, ast: DocumentNode, on_error: Callable[[GraphQLError], None]) -> None:
        self.document = ast
        self.on_error = on_error

    def report_error(self, error: GraphQLError) -> None:
        """Report *error*."""
        self.on_error(error)

    @property
    def hide_suggestions(self) -> bool:
        """Whether errors shall not suggest names."""
        return False

    @cached_property
    def record(self) -> Record:
        """What one walk through the document has seen."""
        return record_of(self.document, self._schema, None, self.hide_suggestions)

    def get_fragment(self, name: str) -> FragmentDefinitionNode | None:
        """Return the fragment called *name*, if there is one."""
        part = self.record.fragment_named.get(name)
        return None if part is None else _fragment(part)

    def get_fragment_spreads(self, node: SelectionSetNode) -> list[FragmentSpreadNode]:
        """Return the spreads anywhere in a selection set, but not those in their fragments."""
        spreads: list[FragmentSpreadNode] = []
        pending: list[Any] = [*reversed(node.selections)]
        while pending:
            selection = pending.pop()
            if isinstance(selection, FragmentSpreadNode):
                spreads.append(selection)
            elif selection.selection_set is not None:
                pending += reversed(selection.selection_set.selections)
        return spreads

    def get_recursively_referenced_fragments(
        self, operation: OperationDefinitionNode
    ) -> list[FragmentDefinitionNode]:
        """Return the fragments that *operation* uses, directly or through others."""
        return self.get_recursively_referenced_fragments_for_operations([operation])

    def get_recursively_referenced_fragments_for_operations(
        self, operations: Collection[OperationDefinitionNode]
    ) -> list[FragmentDefinitionNode]:
        """Return the fragments that any of *operations* uses, directly or through others."""
        reached = 0
        for part in self.record.operations:
            if any(part.node is operation for operation in operations):
                reached |= self.record.reach.parts[part.index]
        return [_fragment(part) for part in self.record.fragments if reached >> part.index & 1]


def _fragment(part: Part) -> Any:
    return part.node


class SDLValidationContext(ASTValidationContext):
    """What rules may ask about type system definitions.

    Attributes:
        schema: The schema that they extend, None when they are a schema of their own.
    """

    def __init__(
        self,
        ast: DocumentNode,
        schema: GraphQLSchema | None,
        on_error: Callable[[GraphQLError], None],
    ) -> None:
        super().__init__(ast, on_error)
        self.schema = self._schema = schema


class ValidationContext(ASTValidationContext):
    """What rules may ask about operations and fragments.

    Attributes:
        schema: The schema that shall execute them.
    """

    schema: GraphQLSchema

    def __init__(
        self,
        schema: GraphQLSchema,
        ast: DocumentNode,
        type_info: TypeInfo,
        on_error: Callable[[GraphQLError], None],
        hide_suggestions: bool = False,
    ) -> None:
        super().__init__(ast, on_error)
        self.schema = self._schema = schema
        self._type_info = type_info
        self._hide_suggestions = hide_suggestions

    @property
    def hide_suggestions(self) -> bool:
        """Whether errors shall not suggest names."""
        return self._hide_suggestions

    @cached_property
    def record(self) -> Record:
        """What one walk through the document has seen."""
        tables = tables_of(self.schema)
        return record_of(self.document, self.schema, tables, self.hide_suggestions)

    def get_variable_usages(
        self, node: OperationDefinitionNode | FragmentDefinitionNode
    ) -> list[VariableUsage]:
        """Return where *node* uses variables, without the fragments that it spreads."""
        return [usage for part in self.record.parts if part.node is node for usage in _usages(part)]

    def get_recursive_variable_usages(
        self, operation: OperationDefinitionNode
    ) -> list[VariableUsage]:
        """Return where *operation* and the fragments that it uses use variables."""
        record = self.record
        return [
            usage
            for part in record.operations
            if part.node is operation
            for index in members(record.reach.parts[part.index])
            for usage in _usages(record.parts[index])
        ]

    def get_type(self) -> GraphQLOutputType | None:
        """Return the type of the field where the walk is."""
        return self._type_info.get_type()

    def get_parent_type(self) -> GraphQLCompositeType | None:
        """Return the type that the selection set where the walk is selects from."""
        return self._type_info.get_parent_type()

    def get_input_type(self) -> GraphQLInputType | None:
        """Return the type expected of the value where the walk is."""
        return self._type_info.get_input_type()

    def get_parent_input_type(self) -> GraphQLInputType | None:
        """Return the type expected of the list or object around that value."""
        return self._type_info.get_parent_input_type()

    def get_field_def(self) -> GraphQLField | None:
        """Return the field where the walk is."""
        return self._type_info.get_field_def()

    def get_directive(self) -> GraphQLDirective | None:
        """Return the directive where the walk is."""
        return self._type_info.get_directive()

    def get_argument(self) -> GraphQLArgument | None:
        """Return the argument where the walk is."""
        return self._type_info.get_argument()

    def get_enum_value(self) -> GraphQLEnumValue | None:
        """Return the enum value where the walk is."""
        return self._type_info.get_enum_value()


def _usages(part: Part) -> list[VariableUsage]:
    usages: list[VariableUsage] = []
    for node, place, one_of in part.usages:
        definition = None if place is None else place.definition
        default = Undefined if definition is None else definition.default_value
        usages.append(VariableUsage(node, None if place is None else place.type, one_of, default))
    return usages
