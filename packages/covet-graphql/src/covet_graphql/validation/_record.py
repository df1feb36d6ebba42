"""What one walk through a document has seen: everything that the rules ask for, in flat lists.

Source: the parts of a document are those of GraphQL §2.3 to §2.9,
https://spec.graphql.org/September2025/#sec-Document
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from covet_graphql.language import FragmentDefinitionNode, OperationDefinitionNode
from covet_graphql.validation._reach import reach_of

if TYPE_CHECKING:
    from covet_graphql.language import (
        ArgumentNode,
        DefinitionNode,
        DirectiveLocation,
        DirectiveNode,
        DocumentNode,
        FieldNode,
        FragmentSpreadNode,
        InlineFragmentNode,
        NamedTypeNode,
        Node,
        ObjectValueNode,
        ValueNode,
        VariableDefinitionNode,
        VariableNode,
    )
    from covet_graphql.type import GraphQLInputObjectType, GraphQLSchema
    from covet_graphql.validation._reach import Reach
    from covet_graphql.validation._tables import (
        CompositeTable,
        DirectiveTable,
        FieldTable,
        Position,
        SchemaTables,
    )

# Where a table or position is None, the schema does not know the place.
SeenField: TypeAlias = "tuple[FieldNode, CompositeTable | None, FieldTable | None]"
SeenCondition: TypeAlias = "tuple[FragmentDefinitionNode | InlineFragmentNode, NamedTypeNode, CompositeTable | None, CompositeTable | None]"  # noqa: E501
SeenSpread: TypeAlias = "tuple[FragmentSpreadNode, CompositeTable | None]"
SeenDirectives: TypeAlias = "tuple[Node, tuple[DirectiveNode, ...], DirectiveLocation]"
SeenDirective: TypeAlias = "tuple[DirectiveNode, DirectiveTable | None]"
SeenUsage: TypeAlias = "tuple[VariableNode, Position | None, GraphQLInputObjectType | None]"
SeenArguments: TypeAlias = "tuple[FieldNode | DirectiveNode, tuple[ArgumentNode, ...]]"

SeenUnknownArgument: TypeAlias = (
    "tuple[ArgumentNode, FieldNode | DirectiveNode, CompositeTable | None, dict[str, Position]]"
)


class Part:
    """An operation or fragment.

    Attributes:
        node: Its definition.
        name: Its name, empty for an anonymous operation.
        index: Its place among the parts of the document.
        table: The type that it selects from.
        variables: The variables that it defines, with their places.
        usages: Where it uses variables: the place, and the @oneOf type whose field that is.
        spreads: The fragments that it spreads, with the types that it spreads them into.
    """

    __slots__ = ("index", "name", "node", "spreads", "table", "usages", "variables")

    def __init__(
        self,
        node: OperationDefinitionNode | FragmentDefinitionNode,
        index: int,
        table: CompositeTable | None,
    ) -> None:
        self.node = node
        self.name = "" if node.name is None else node.name.value
        self.index = index
        self.table = table
        self.variables: list[tuple[VariableDefinitionNode, Position | None]] = []
        self.usages: list[SeenUsage] = []
        self.spreads: list[SeenSpread] = []


class Record:
    """What a walk has seen, in the order of the document.

    Attributes:
        document: The document.
        schema: The schema that it was read against, if any.
        tables: The tables of that schema.
        hide_suggestions: Whether errors shall not suggest names.
        parts: Its operations and fragments.
        operations: Its operations.
        fragments: Its fragments.
        type_system: Its other definitions.
        fields: The fields that it selects, with the type that has them.
        unknown_fields: Those that their type does not have.
        nested: Those with a selection set.
        conditions: Type conditions: who has it, the condition, its type, and the type around it.
        spreads: The fragments that it spreads, with the type around them.
        named_types: Where its operations and fragments name a type.
        type_system_types: Where its other definitions name a type.
        directives: What has directives, and what kind of place that is.
        applied: The directives themselves.
        incremental: Those of incremental delivery: who has them, the type around, the part.
        arguments: Where it gives arguments.
        unknown_arguments: Those that their field or directive does not have: the argument, who
            has it, the type of which the field is, and the arguments that there are.
        literals: The values that it gives where a type is expected.
        objects: The input objects among all values.
        variables: The variables that its operations define, with their places.
        kept: What rules keep here for each other.
    """

    def __init__(
        self,
        document: DocumentNode,
        schema: GraphQLSchema | None,
        tables: SchemaTables | None,
        hide_suggestions: bool,
    ) -> None:
        self.document = document
        self.schema = schema
        self.tables = tables
        self.hide_suggestions = hide_suggestions
        self.parts: list[Part] = []
        self.operations: list[Part] = []
        self.fragments: list[Part] = []
        self.type_system: list[DefinitionNode] = []
        self.fields: list[SeenField] = []
        self.unknown_fields: list[tuple[FieldNode, CompositeTable]] = []
        self.nested: list[SeenField] = []
        self.conditions: list[SeenCondition] = []
        self.spreads: list[SeenSpread] = []
        self.named_types: list[NamedTypeNode] = []
        self.type_system_types: list[NamedTypeNode] = []
        self.directives: list[SeenDirectives] = []
        self.applied: list[SeenDirective] = []
        self.incremental: list[tuple[DirectiveNode, Node, CompositeTable | None, Part]] = []
        self.arguments: list[SeenArguments] = []
        self.unknown_arguments: list[SeenUnknownArgument] = []
        self.literals: list[tuple[ValueNode, Position]] = []
        self.objects: list[ObjectValueNode] = []
        self.variables: list[tuple[VariableDefinitionNode, Position | None]] = []
        self.kept: dict[object, Any] = {}

    def defined(self, *kinds: type[Node]) -> list[Any]:
        """Return those of its other definitions that are of one of *kinds*."""
        found = {kind for kind in set(map(type, self.type_system)) if issubclass(kind, kinds)}
        return [node for node in self.type_system if type(node) in found]

    @cached_property
    def fragment_named(self) -> dict[str, Part]:
        """The fragments by name; of several with one name the last."""
        return {part.name: part for part in self.fragments}

    @cached_property
    def uses(self) -> dict[str, list[tuple[Position, GraphQLInputObjectType | None, int]]]:
        """The places where each variable is used, with the parts that do so as bits."""
        users: dict[tuple[str, str, bool, int], int] = {}
        places: dict[tuple[str, str, bool, int], tuple[Position, Any]] = {}
        for part in self.parts:
            for variable, place, one_of in part.usages:
                if place is not None:
                    key = (variable._name, place.text, place.has_default, id(one_of))
                    users[key] = users.get(key, 0) | 1 << part.index
                    places[key] = (place, one_of)
        uses: dict[str, list[tuple[Position, GraphQLInputObjectType | None, int]]] = {}
        for key, (place, one_of) in places.items():
            uses.setdefault(key[0], []).append((place, one_of, users[key]))
        return uses

    @cached_property
    def reach(self) -> Reach:
        """What the parts use with all fragments that they spread, directly or not."""
        return reach_of(self.parts, self.fragment_named)
