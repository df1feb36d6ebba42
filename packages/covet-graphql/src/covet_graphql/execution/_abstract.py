"""From what a type resolver answers to the object type that it means.

Source: GraphQL §6.4.3, https://spec.graphql.org/September2025/#ResolveAbstractType()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql._inspect import inspect
from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.type import GraphQLObjectType

if TYPE_CHECKING:
    from covet_graphql.execution.plan import FieldPlan
    from covet_graphql.type import GraphQLAbstractType, GraphQLSchema


def resolve_object_type(
    answer: Any, type_: GraphQLAbstractType, value: Any, field: FieldPlan, schema: GraphQLSchema
) -> GraphQLObjectType:
    """Return the object type that *answer* names for *value* of the abstract *type_*.

    Raises:
        GraphQLError: It names none, or one that *type_* does not have.
    """
    table = field.table
    coordinate = f"{table.parent_name}.{table.name}"
    if answer is None or answer is Undefined:
        raise GraphQLError(
            f"Abstract type '{type_}' must resolve to an Object type at runtime"
            f" for field '{coordinate}'."
            f" Either the '{type_}' type should provide a 'resolve_type' function"
            " or each possible type should provide an 'is_type_of' function."
        )
    if not isinstance(answer, str):
        raise GraphQLError(
            f"Abstract type '{type_}' must resolve to an Object type at runtime"
            f" for field '{coordinate}' with value {inspect(value)},"
            f" received '{inspect(answer)}', which is not a valid Object type name."
        )
    named = schema.get_type(answer)
    if named is None:
        raise GraphQLError(
            f"Abstract type '{type_}' was resolved to a type '{answer}'"
            " that does not exist inside the schema."
        )
    if not isinstance(named, GraphQLObjectType):
        raise GraphQLError(f"Abstract type '{type_}' was resolved to a non-object type '{answer}'.")
    if not schema.is_sub_type(type_, named):
        raise GraphQLError(f"Runtime Object type '{answer}' is not a possible type for '{type_}'.")
    return named
