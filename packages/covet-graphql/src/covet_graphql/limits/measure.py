"""What an operation asks for, in figures: to charge for it before it is executed."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from covet_graphql.language import FragmentDefinitionNode, OperationDefinitionNode
from covet_graphql.limits._limits import Limits
from covet_graphql.limits._list_size import integer
from covet_graphql.limits._weigh import Scale
from covet_graphql.validation._tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from covet_graphql.error import GraphQLError
    from covet_graphql.language import DocumentNode
    from covet_graphql.limits._weigh import Weight
    from covet_graphql.type import GraphQLSchema
    from covet_graphql.validation._tables import SchemaTables

_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Measure:
    """What an operation asks for, with all fragments put in.

    Attributes:
        depth: How deep fields are within one another, but for introspection.
        introspection_depth: How deep they are below ``__schema`` and ``__type``, these included.
        root_fields: The fields of the operation itself.
        aliases: The fields with an alias in one selection set, where there are most.
        fields: All fields, those of a fragment each time that it is spread.
        directives: All directives, counted likewise.
        cost: The objects that the response can have.
        errors: The arguments that ask for no possible number of items.
    """

    depth: int
    introspection_depth: int
    root_fields: int
    aliases: int
    fields: int
    directives: int
    cost: int
    errors: tuple[GraphQLError, ...]


def measure(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variable_values: Mapping[str, Any] | None = None,
    limits: Limits = _DEFAULT,
) -> Measure:
    """Return what *operation* of *document* asks for.

    The cost is the number of objects: of a list as many as the argument ``first``, ``last`` or
    ``limit`` asks for, after variables and defaults, or as ``max_items`` among the extensions of
    the field says, or as *limits* assumes. Where such an argument belongs to an object, as with
    connections, it counts for the lists of that object. What ``@skip`` and ``@include`` may leave
    out counts.

    Args:
        schema: The schema.
        document: A valid document; of others some fields are not counted.
        operation: The operation in it.
        variable_values: The values of its variables by name, None before they are known; then
            variables without a default say nothing.
        limits: What to assume, and how large pages may be.
    """
    fragments = {
        node._name: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    return measure_operation(tables_of(schema), fragments, operation, variable_values, limits)


def measure_operation(
    tables: SchemaTables,
    fragments: Mapping[str, FragmentDefinitionNode],
    operation: OperationDefinitionNode,
    variable_values: Mapping[str, Any] | None,
    limits: Limits,
) -> Measure:
    """Return what *operation* asks for, given its *fragments* by name."""
    variables: dict[str, Any] = {
        definition.variable._name: integer(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }
    variables |= variable_values or {}
    scale = Scale(tables, fragments, variables, limits)
    weight: Weight = scale.weigh(operation)
    return Measure(
        depth=weight.depth,
        introspection_depth=weight.introspection_depth,
        root_fields=weight.own_fields,
        aliases=weight.aliases,
        fields=weight.fields,
        directives=weight.directives,
        cost=weight.objects + weight.objects_an_item * limits.assumed_list_size,
        errors=tuple(scale.errors),
    )
