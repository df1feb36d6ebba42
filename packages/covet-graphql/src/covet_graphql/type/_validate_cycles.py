"""What must not lead back to itself: required input fields, defaults, directive definitions.

Chains may be longer than Python's stack is deep, so walks keep their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from covet_graphql.language import ListValueNode, ObjectValueNode
from covet_graphql.type._enum import GraphQLEnumType
from covet_graphql.type._faults import applied_directives, definition_nodes
from covet_graphql.type._input_object import GraphQLInputObjectType
from covet_graphql.type._input_value import InputValue
from covet_graphql.type._literals import is_list_input
from covet_graphql.type._predicates import get_named_type
from covet_graphql.type._wrapping import GraphQLNonNull

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from covet_graphql.language import Node
    from covet_graphql.type._faults import Faults
    from covet_graphql.type._input_value import GraphQLInputField
    from covet_graphql.type.schema import GraphQLSchema

Place: TypeAlias = "tuple[str, GraphQLInputField]"  # the coordinate of an input field, and it


# --- Input objects that would need a value within themselves without end


def validate_required_cycles(types: Iterable[GraphQLInputObjectType], faults: Faults) -> None:
    """Report chains of non-null fields that lead back to an input object on the way.

    Source: GraphQL §3.10, rule 3,
    https://spec.graphql.org/September2025/#sec-Input-Objects.Type-Validation
    """
    seen: set[str] = set()
    for type_ in types:
        if type_.name not in seen:
            seen.add(type_.name)
            _follow_required(type_, seen, faults)


def _follow_required(start: GraphQLInputObjectType, seen: set[str], faults: Faults) -> None:
    depths = {start.name: 0}  # of the input objects on the way, how many fields lead to them
    way: list[Place] = []
    walks = [(start.name, _required_objects(start))]
    while walks:
        type_name, following = walks[-1]
        step = next(following, None)
        if step is None:
            walks.pop()
            del depths[type_name]
            way[-1:] = []
            continue
        place, next_type = step
        way.append(place)
        if next_type.name in depths:
            _report_required(next_type, way[depths[next_type.name] :], faults)
        elif next_type.name not in seen:
            seen.add(next_type.name)
            depths[next_type.name] = len(way)
            walks.append((next_type.name, _required_objects(next_type)))
            continue
        way.pop()


def _required_objects(
    type_: GraphQLInputObjectType,
) -> Iterator[tuple[Place, GraphQLInputObjectType]]:
    for name, field in type_.fields.items():
        if isinstance(field.type, GraphQLNonNull):
            inner: Any = field.type.of_type
            if isinstance(inner, GraphQLInputObjectType):
                yield (f"{type_}.{name}", field), inner


def _report_required(type_: GraphQLInputObjectType, way: list[Place], faults: Faults) -> None:
    through = ", ".join(coordinate for coordinate, _ in way)
    faults.report(
        f"Input Object {type_} cannot be provided a finite value"
        f" because it references itself through fields: {through}.",
        *(field.ast_node for _, field in way),
    )


# --- Defaults that take in themselves


def validate_default_cycles(start: GraphQLInputObjectType, seen: set[str], faults: Faults) -> None:
    """Report defaults of fields that coercion would put into themselves.

    Source: GraphQL §3.10, InputObjectDefaultValueHasCycle(),
    https://spec.graphql.org/September2025/#InputObjectDefaultValueHasCycle()
    """
    way: list[Place] = []
    reported: set[tuple[str, ...]] = set()
    walks: list[Iterator[Place]] = [_defaults_used(start, {})]
    while walks:
        place = next(walks[-1], None)
        if place is None:
            walks.pop()
            way[-1:] = []
            continue
        coordinate, field = place
        on_way = [other for other, _ in way]
        if coordinate in on_way:
            cycle = way[on_way.index(coordinate) :]
            key = tuple([other for other, _ in cycle])
            if key not in reported:
                reported.add(key)
                _report_default(cycle, faults)
        elif coordinate not in seen:
            seen.add(coordinate)
            way.append(place)
            default: Any = field.default
            value = default.value if default.literal is None else default.literal
            walks.append(_defaults_used(cast("Any", get_named_type(field.type)), value))


def _defaults_used(type_: GraphQLInputObjectType, value: Any) -> Iterator[Place]:
    """Yield the fields whose defaults coercing *value*, data or a literal, to *type_* uses."""
    pending: list[Any] = [(type_, value)]  # places to yield too
    while pending:
        head, value = pending.pop()
        if isinstance(head, str):
            yield head, value
        elif isinstance(value, ListValueNode):
            pending += [(head, item) for item in reversed(value.values)]
        elif isinstance(value, ObjectValueNode):
            given = {field.name.value: field.value for field in value.fields}
            pending += reversed(_below(head, given))
        elif isinstance(value, Mapping):
            pending += reversed(_below(head, cast("Mapping[str, Any]", value)))
        elif is_list_input(value):
            pending += [(head, item) for item in reversed(list(value))]


def _below(
    type_: GraphQLInputObjectType, given: Mapping[str, Any]
) -> list[Place | tuple[GraphQLInputObjectType, Any]]:
    """Return what there is to look at in an object: given values, and fields with defaults."""
    below: list[Place | tuple[GraphQLInputObjectType, Any]] = []
    for name, field in type_.fields.items():
        inner = get_named_type(field.type)
        if isinstance(inner, GraphQLInputObjectType):
            if name in given:
                below.append((inner, given[name]))
            elif field.default is not None:
                below.append((f"{type_}.{name}", field))
    return below


def _report_default(cycle: list[Place], faults: Faults) -> None:
    first, *others = [coordinate for coordinate, _ in cycle]
    via = f" via the default values of: {', '.join(others)}" if others else ""
    nodes = [None if field.ast_node is None else field.ast_node.default_value for _, field in cycle]
    faults.report(
        "Invalid circular reference."
        f" The default value of Input Object field {first} references itself{via}.",
        *nodes,
    )


# --- Directives that stand in their own definitions


def validate_directive_cycles(schema: GraphQLSchema, faults: Faults) -> None:
    """Report directives whose definitions use them, themselves or in the type of an argument.

    Only what was read from a document uses directives.

    Source: GraphQL §3.13, rules 2 and 3,
    https://spec.graphql.org/September2025/#sec-Type-System.Directives.Type-Validation
    """
    uses = _Uses(schema)
    for directive in schema.directives:
        if directive.ast_node is None:
            continue
        start = f"@{directive.name}"
        reached: dict[str, tuple[str, Node | None]] = {}  # from where, by the use at which node
        pending = [start]
        while pending and start not in reached:
            user = pending.pop(0)
            for used, node in uses[user]:
                if used not in reached:
                    reached[used] = (user, node)
                    pending.append(used)
        if start in reached:
            _report_directive(start, reached, faults)


class _Uses(dict[str, "list[tuple[str, Node | None]]"]):
    """The directives and types that a directive (``@name``) or type uses, and where."""

    def __init__(self, schema: GraphQLSchema) -> None:
        super().__init__()
        self.schema = schema

    def __missing__(self, user: str) -> list[tuple[str, Node | None]]:
        definition: Any
        parts: list[Any]
        if user.startswith("@"):
            definition = self.schema.get_directive(user[1:])
            parts = [] if definition is None else list(definition.args.values())
            nodes: list[Any] = []
        else:
            definition = self.schema.type_map[user]
            nodes = list(definition_nodes(definition))
            if isinstance(definition, GraphQLEnumType):
                parts = list(definition.values.values())
            elif isinstance(definition, GraphQLInputObjectType):
                parts = list(definition.fields.values())
            else:
                parts = []
        nodes += [part.ast_node for part in parts]
        used: list[tuple[str, Node | None]] = [
            (f"@{node.name.value}", node) for node in applied_directives(nodes)
        ]
        for part in parts:
            if isinstance(part, InputValue):
                used.append((get_named_type(part.type).name, part.ast_node))
        self[user] = used
        return used


def _report_directive(
    start: str, reached: dict[str, tuple[str, Node | None]], faults: Faults
) -> None:
    user, node = reached[start]
    users: list[str] = []
    nodes = [node]
    while user != start:
        users.append(user)
        user, node = reached[user]
        nodes.append(node)
    via = f" via: {', '.join(reversed(users))}" if users else ""
    faults.report(
        f"Invalid circular reference. The definition of directive {start} references itself{via}.",
        *reversed(nodes),
    )
