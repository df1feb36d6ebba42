"""Directive definitions, and the built-in directives.

Source: GraphQL §3.13, https://spec.graphql.org/September2025/#sec-Type-System.Directives
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final, Self, TypedDict, TypeGuard

from covet_graphql._inspect import inspect
from covet_graphql.language import DirectiveDefinitionNode, DirectiveLocation
from covet_graphql.type._field import GraphQLArgumentMap
from covet_graphql.type._input_value import GraphQLArgument, GraphQLDefaultInput
from covet_graphql.type._thunk import as_named
from covet_graphql.type._wrapping import GraphQLNonNull
from covet_graphql.type.assert_name import assert_name
from covet_graphql.type.scalars import GraphQLBoolean, GraphQLInt, GraphQLString

if TYPE_CHECKING:
    from covet_graphql.type.definition import GraphQLInputType


class GraphQLDirectiveKwargs(TypedDict, total=False):
    """The arguments of `GraphQLDirective`."""

    name: str
    locations: tuple[DirectiveLocation, ...]
    args: GraphQLArgumentMap
    is_repeatable: bool
    deprecation_reason: str | None
    description: str | None
    extensions: dict[str, Any]
    ast_node: DirectiveDefinitionNode | None
    extension_ast_nodes: tuple[Any, ...]


class GraphQLDirective:
    """The definition of a directive.

    Args:
        name: Its name, without ``@``.
        locations: Where it may stand: locations or their names.
        args: Its arguments by name; of an argument that is nothing but a type the type will do.
        is_repeatable: Whether it may stand at one place more than once.
        deprecation_reason: Why it should not be used, None when it may be. The specification has
            no such directives: this is not introspected.
        description: What it is for, as Markdown.
        extensions: Whatever belongs to it and is not of GraphQL.
        ast_node: The definition that it was read from.
        extension_ast_nodes: For code that passes it on; the specification has no such extensions.

    Raises:
        TypeError: *locations* are no locations, or the type of an argument is no type.
        GraphQLError: A name is no name.
    """

    name: str
    locations: tuple[DirectiveLocation, ...]
    args: GraphQLArgumentMap
    is_repeatable: bool
    deprecation_reason: str | None
    description: str | None
    extensions: dict[str, Any]
    ast_node: DirectiveDefinitionNode | None
    extension_ast_nodes: tuple[Any, ...]

    def __init__(
        self,
        name: str,
        locations: Collection[DirectiveLocation | str],
        args: Mapping[str, GraphQLArgument | GraphQLInputType] | None = None,
        is_repeatable: bool = False,
        deprecation_reason: str | None = None,
        description: str | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: DirectiveDefinitionNode | None = None,
        extension_ast_nodes: Collection[Any] | None = None,
    ) -> None:
        self.name = assert_name(name)
        self.locations = _locations(name, locations)
        self.args = as_named(args, GraphQLArgument, f"@{name}", "args") if args else {}
        self.is_repeatable = is_repeatable
        self.deprecation_reason = deprecation_reason
        self.description = description
        self.extensions = {} if extensions is None else extensions
        self.ast_node = ast_node
        self.extension_ast_nodes = tuple(extension_ast_nodes) if extension_ast_nodes else ()

    def to_kwargs(self) -> GraphQLDirectiveKwargs:
        """Return the arguments that make an equal directive."""
        return GraphQLDirectiveKwargs(
            name=self.name,
            locations=self.locations,
            args=self.args,
            is_repeatable=self.is_repeatable,
            deprecation_reason=self.deprecation_reason,
            description=self.description,
            extensions=self.extensions,
            ast_node=self.ast_node,
            extension_ast_nodes=self.extension_ast_nodes,
        )

    def to_schema_string(self) -> str:
        """Return the definition of the directive in the schema definition language."""
        # printing stands above the types, like everything that only reads them
        from covet_graphql.utilities.print_schema import print_directive

        return print_directive(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GraphQLDirective):
            return NotImplemented
        return self is other or self.to_kwargs() == other.to_kwargs()

    def __hash__(self) -> int:
        return hash(self.name)

    def __str__(self) -> str:
        return f"@{self.name}"

    __inspect__ = __str__

    def __repr__(self) -> str:
        return f"<{type(self).__name__}(@{self.name})>"

    def __copy__(self) -> Self:
        return type(self)(**self.to_kwargs())


def _locations(
    name: str, locations: Collection[DirectiveLocation | str]
) -> tuple[DirectiveLocation, ...]:
    try:
        return tuple(
            [
                location if isinstance(location, DirectiveLocation) else DirectiveLocation[location]
                for location in locations
            ]
        )
    except (KeyError, TypeError):
        raise TypeError(
            f"{name} locations must be specified as a collection of DirectiveLocation enum values."
        ) from None


def is_directive(directive: Any) -> TypeGuard[GraphQLDirective]:
    """Whether *directive* is a directive definition."""
    return isinstance(directive, GraphQLDirective)


def assert_directive(directive: Any) -> GraphQLDirective:
    """Return *directive*, which must be a directive definition.

    Raises:
        TypeError: It is none.
    """
    if not is_directive(directive):
        raise TypeError(f"Expected {inspect(directive)} to be a GraphQL directive.")
    return directive


_SELECTIONS: Final = (
    DirectiveLocation.FIELD,
    DirectiveLocation.FRAGMENT_SPREAD,
    DirectiveLocation.INLINE_FRAGMENT,
)

GraphQLIncludeDirective: Final = GraphQLDirective(
    name="include",
    locations=_SELECTIONS,
    args={"if": GraphQLArgument(GraphQLNonNull(GraphQLBoolean), description="Included when true.")},
    description=(
        "Directs the executor to include this field or fragment only when the `if` argument is"
        " true."
    ),
)

GraphQLSkipDirective: Final = GraphQLDirective(
    name="skip",
    locations=_SELECTIONS,
    args={"if": GraphQLArgument(GraphQLNonNull(GraphQLBoolean), description="Skipped when true.")},
    description=(
        "Directs the executor to skip this field or fragment when the `if` argument is true."
    ),
)

DEFAULT_DEPRECATION_REASON: Final = "No longer supported"

GraphQLDeprecatedDirective: Final = GraphQLDirective(
    name="deprecated",
    locations=(
        DirectiveLocation.FIELD_DEFINITION,
        DirectiveLocation.ARGUMENT_DEFINITION,
        DirectiveLocation.INPUT_FIELD_DEFINITION,
        DirectiveLocation.ENUM_VALUE,
    ),
    args={
        "reason": GraphQLArgument(
            GraphQLNonNull(GraphQLString),
            description=(
                "Explains why this element was deprecated, usually also including a suggestion for"
                " how to access supported similar data. Formatted using the Markdown syntax, as"
                " specified by [CommonMark](https://commonmark.org/)."
            ),
            default=GraphQLDefaultInput(DEFAULT_DEPRECATION_REASON),
        )
    },
    description="Marks an element of a GraphQL schema as no longer supported.",
)

GraphQLSpecifiedByDirective: Final = GraphQLDirective(
    name="specifiedBy",
    locations=(DirectiveLocation.SCALAR,),
    args={
        "url": GraphQLArgument(
            GraphQLNonNull(GraphQLString),
            description="The URL that specifies the behavior of this scalar.",
        )
    },
    description="Exposes a URL that specifies the behavior of this scalar.",
)

GraphQLOneOfDirective: Final = GraphQLDirective(
    name="oneOf",
    locations=(DirectiveLocation.INPUT_OBJECT,),
    description=("Indicates exactly one field must be supplied and this field must not be `null`."),
)

# Of the incremental delivery draft; a schema has them only when it names them.

GraphQLDeferDirective: Final = GraphQLDirective(
    name="defer",
    locations=(DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT),
    args={
        "if": GraphQLArgument(
            GraphQLNonNull(GraphQLBoolean),
            description="Deferred when true or undefined.",
            default=GraphQLDefaultInput(True),
        ),
        "label": GraphQLArgument(GraphQLString, description="Unique name"),
    },
    description=(
        "Directs the executor to defer this fragment when the `if` argument is true or undefined."
    ),
)

GraphQLStreamDirective: Final = GraphQLDirective(
    name="stream",
    locations=(DirectiveLocation.FIELD,),
    args={
        "if": GraphQLArgument(
            GraphQLNonNull(GraphQLBoolean),
            description="Stream when true or undefined.",
            default=GraphQLDefaultInput(True),
        ),
        "label": GraphQLArgument(GraphQLString, description="Unique name"),
        "initialCount": GraphQLArgument(
            GraphQLInt,
            description="Number of items to return immediately",
            default=GraphQLDefaultInput(0),
        ),
    },
    description=(
        "Directs the executor to stream plural fields when the `if` argument is true or undefined."
    ),
)

specified_directives: Final = (
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    GraphQLDeprecatedDirective,
    GraphQLSpecifiedByDirective,
    GraphQLOneOfDirective,
)
"""The built-in directives."""

_SPECIFIED_NAMES: Final = frozenset(directive.name for directive in specified_directives)


def is_specified_directive(directive: GraphQLDirective) -> bool:
    """Whether *directive* has the name of a built-in directive."""
    return directive.name in _SPECIFIED_NAMES
