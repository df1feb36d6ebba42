"""Input object types: values with fields.

Source: GraphQL §3.10, https://spec.graphql.org/September2025/#sec-Input-Objects
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from covet_graphql.type._input_value import GraphQLInputField
from covet_graphql.type._named import GraphQLNamedType, GraphQLNamedTypeKwargs, GraphQLType
from covet_graphql.type._thunk import ThunkMapping, as_named, resolve_part

if TYPE_CHECKING:
    from covet_graphql.language import (
        InputObjectTypeDefinitionNode,
        InputObjectTypeExtensionNode,
    )
    from covet_graphql.type.definition import GraphQLInputType

GraphQLInputFieldMap: TypeAlias = dict[str, GraphQLInputField]
GraphQLInputFieldOutType: TypeAlias = Callable[[dict[str, Any]], Any]


class GraphQLInputObjectTypeKwargs(GraphQLNamedTypeKwargs, total=False):
    """The arguments of `GraphQLInputObjectType`."""

    fields: GraphQLInputFieldMap
    out_type: GraphQLInputFieldOutType | None
    is_one_of: bool


class GraphQLInputObjectType(GraphQLNamedType):
    """An input object type.

    Args:
        name: The name.
        fields: The fields by name, or a function that returns them; of a field that is nothing
            but a type the type will do.
        description: What the type is for, as Markdown.
        out_type: Makes what resolvers get from a dict of the fields; by default the dict. A
            subclass may define it as a static method instead.
        extensions: Whatever belongs to the type and is not of GraphQL.
        is_one_of: Whether exactly one field must be given, and not as null.
    """

    ast_node: InputObjectTypeDefinitionNode | None
    extension_ast_nodes: tuple[InputObjectTypeExtensionNode, ...]
    is_one_of: bool
    # as given; once resolved, what that gave, so that functions and all they hold can go
    _fields: ThunkMapping[GraphQLInputField | GraphQLInputType]

    def __init__(
        self,
        name: str,
        fields: ThunkMapping[GraphQLInputField | GraphQLInputType],
        description: str | None = None,
        out_type: GraphQLInputFieldOutType | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: InputObjectTypeDefinitionNode | None = None,
        extension_ast_nodes: Collection[InputObjectTypeExtensionNode] | None = None,
        is_one_of: bool = False,
    ) -> None:
        super().__init__(name, description, extensions, ast_node, extension_ast_nodes)
        self._fields = fields
        self.is_one_of = is_one_of
        if out_type is not None:
            self.out_type = out_type  # type: ignore[method-assign,assignment]

    @staticmethod
    def out_type(value: dict[str, Any]) -> Any:
        """Return what resolvers get for the coerced fields: by default the dict itself."""
        return value

    @cached_property
    def fields(self) -> GraphQLInputFieldMap:
        """The fields by name.

        Raises:
            TypeError: The function given for them raises, or returns no mapping to fields.
            GraphQLError: A name is no name.
        """
        given = resolve_part(self._fields, self.name, "fields")
        fields = as_named(given, GraphQLInputField, self.name, "fields")
        self._fields = fields
        return fields

    def to_kwargs(self) -> GraphQLInputObjectTypeKwargs:
        """Return the arguments that make an equal type."""
        return GraphQLInputObjectTypeKwargs(
            **super().to_kwargs(),
            fields=self.fields.copy(),
            out_type=vars(self).get("out_type"),
            is_one_of=self.is_one_of,
        )

    def referenced_types(self) -> list[GraphQLType]:
        """Return the types of the fields."""
        return [field.type for field in self.fields.values()]
