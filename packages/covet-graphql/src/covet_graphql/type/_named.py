"""What all types are, and what all types with a name have.

Source: GraphQL §3.4, https://spec.graphql.org/September2025/#sec-Types
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypedDict

from covet_graphql.type.assert_name import assert_name

if TYPE_CHECKING:
    from collections.abc import Sequence


class GraphQLType:
    """Any type: one with a name, or a list or non-null around another."""

    __slots__ = ()

    def to_schema_string(self) -> str:
        """Return the type as a schema shows it: a reference as its name, a definition in full."""
        return str(self)


class GraphQLNamedTypeKwargs(TypedDict, total=False):
    """The arguments of `GraphQLNamedType`."""

    name: str
    description: str | None
    extensions: dict[str, Any]
    ast_node: Any
    extension_ast_nodes: tuple[Any, ...]


class GraphQLNamedType(GraphQLType):
    """A type with a name.

    Args:
        name: The name.
        description: What the type is for, as Markdown.
        extensions: Whatever belongs to the type and is not of GraphQL.
        ast_node: The definition that the type was read from.
        extension_ast_nodes: The extensions that were read into it.

    Raises:
        GraphQLError: *name* is no name.
        TypeError: *name* is no text, or belongs to a built-in type.
    """

    reserved_types: ClassVar[dict[str, GraphQLNamedType]] = {}

    name: str
    description: str | None
    extensions: dict[str, Any]
    ast_node: Any
    extension_ast_nodes: tuple[Any, ...]

    def __init__(
        self,
        name: str,
        description: str | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: Any = None,
        extension_ast_nodes: Collection[Any] | None = None,
    ) -> None:
        self.name = assert_name(name)
        if name in self.reserved_types:
            raise TypeError(f"Redefinition of reserved type {name!r}")
        self.description = description
        self.extensions = {} if extensions is None else extensions
        self.ast_node = ast_node
        self.extension_ast_nodes = tuple(extension_ast_nodes) if extension_ast_nodes else ()

    def to_kwargs(self) -> GraphQLNamedTypeKwargs:
        """Return the arguments that make an equal type."""
        return GraphQLNamedTypeKwargs(
            name=self.name,
            description=self.description,
            extensions=self.extensions,
            ast_node=self.ast_node,
            extension_ast_nodes=self.extension_ast_nodes,
        )

    def referenced_types(self) -> Sequence[GraphQLType]:
        """Return the types that the definition refers to, in its order."""
        return ()

    def to_schema_string(self) -> str:
        """Return the definition of the type in the schema definition language."""
        # printing stands above the types, like everything that only reads them
        from covet_graphql.utilities.print_schema import print_type

        return print_type(self)

    def __str__(self) -> str:
        return self.name

    __inspect__ = __str__

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name!r}>"

    def __copy__(self) -> Self:
        kwargs: Any = self.to_kwargs()
        return type(self)(**kwargs)

    def __reduce_ex__(self, protocol: Any) -> Any:
        if self.reserved_types.get(self.name) is self:  # there is but one of a built-in type
            return _reserved_type, (self.name,)
        return super().__reduce_ex__(protocol)


def _reserved_type(name: str) -> GraphQLNamedType:
    return GraphQLNamedType.reserved_types[name]
