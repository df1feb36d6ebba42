"""The fields that a selection set asks an object type for.

Source: GraphQL §6.3.2, https://spec.graphql.org/September2025/#sec-Field-Collection
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql.execution.values import get_directive_values
from covet_graphql.language import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    VariableNode,
)
from covet_graphql.type import (
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    is_abstract_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from covet_graphql.execution.plan import OperationPlan
    from covet_graphql.language import NamedTypeNode, SelectionNode, SelectionSetNode


def collect_fields(
    type_: GraphQLObjectType, selection_sets: Sequence[SelectionSetNode], plan: OperationPlan
) -> dict[str, list[FieldNode]]:
    """Return the fields that *selection_sets* together ask *type_* for, by response name.

    Raises:
        GraphQLError: A @skip or @include has no proper value.
    """
    collected: dict[str, list[FieldNode]] = {}
    for selection_set in selection_sets:
        visited: set[str] = set()
        pending: list[SelectionNode] = [*selection_set.selections]
        pending.reverse()
        while pending:
            node = pending.pop()
            if node.directives and not is_included(node, plan.conditions):
                continue
            if type(node) is FieldNode:
                # `node._name` is the text of `node.name`, which need not be made for it
                key = node._name if node.alias is None else node.alias.value
                if key in collected:
                    collected[key].append(node)
                else:
                    collected[key] = [node]
                continue
            fragment: Any = node
            if isinstance(node, FragmentSpreadNode):
                name = node._name
                if name in visited or name not in plan.fragments:  # validation refuses the latter
                    continue
                visited.add(name)
                fragment = plan.fragments[name]
            if _applies(fragment.type_condition, type_, plan.tables.schema):
                pending += fragment.selection_set.selections[::-1]
    return collected


def _applies(
    condition: NamedTypeNode | None, type_: GraphQLObjectType, schema: GraphQLSchema
) -> bool:
    """Return whether a fragment on *condition* applies to *type_*: DoesFragmentTypeApply()."""
    if condition is None or condition._name == type_.name:
        return True
    wanted = schema.type_map.get(condition._name)
    return is_abstract_type(wanted) and schema.is_sub_type(wanted, type_)


def is_included(node: SelectionNode, variables: Mapping[str, Any]) -> bool:
    """Return whether @skip and @include leave *node* with these variables.

    Raises:
        GraphQLError: One of them has no proper value.
    """
    skip = get_directive_values(GraphQLSkipDirective, node, variables)
    if skip and skip["if"] is True:
        return False
    include = get_directive_values(GraphQLIncludeDirective, node, variables)
    return not include or include["if"] is not False


def condition_variables(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> tuple[str, ...]:
    """Return the names of the variables that any @skip or @include reads, sorted."""
    if not operation.variable_definitions:
        return ()
    names: set[str] = set()
    pending: list[Any] = [operation, *fragments.values()]
    while pending:
        node = pending.pop()
        if node.directives:
            names.update(_read_variables(node))
        selection_set = getattr(node, "selection_set", None)
        if selection_set is not None:
            pending += selection_set.selections
    return tuple(sorted(names))


def _read_variables(node: FieldNode | FragmentSpreadNode | InlineFragmentNode) -> Iterable[str]:
    for directive in node.directives or ():
        if directive._name in ("skip", "include"):
            for argument in directive.arguments or ():
                if isinstance(argument.value, VariableNode):
                    yield argument.value._name
