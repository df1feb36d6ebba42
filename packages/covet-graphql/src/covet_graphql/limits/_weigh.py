"""How much an operation asks for, with all fragments put in: in one walk of what is written.

A fragment is weighed once, however often it is spread, so that no document takes long. Figures
stop growing at a billion.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from covet_graphql.error import GraphQLError
from covet_graphql.language import FieldNode, FragmentSpreadNode
from covet_graphql.limits._list_size import list_levels, page_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from covet_graphql.language import FragmentDefinitionNode, OperationDefinitionNode
    from covet_graphql.limits._limits import Limits
    from covet_graphql.validation._tables import CompositeTable, FieldTable, SchemaTables

_MANY: Final = 1_000_000_000
_INTROSPECTION: Final = frozenset({"__schema", "__type"})


class Weight:
    """What a selection set asks for.

    Attributes:
        depth: How deep its fields are within one another.
        introspection_depth: The same below ``__schema`` and ``__type``.
        own_fields: Its fields, without those below them.
        own_aliases: How many of those have an alias.
        aliases: How many have at most in a selection set below.
        fields: All its fields.
        directives: All its directives.
        objects: How many objects can be below one object that it is selected from, without ...
        objects_an_item: ... those for each item of a list whose length the field around says.
    """

    __slots__ = (
        "aliases",
        "depth",
        "directives",
        "fields",
        "introspection_depth",
        "objects",
        "objects_an_item",
        "own_aliases",
        "own_fields",
    )

    def __init__(self) -> None:
        self.depth = 0
        self.introspection_depth = 0
        self.own_fields = 0
        self.own_aliases = 0
        self.aliases = 0
        self.fields = 0
        self.directives = 0
        self.objects = 0
        self.objects_an_item = 0

    def add(self, other: Weight) -> None:
        """Put in a fragment."""
        self.depth = max(self.depth, other.depth)
        self.introspection_depth = max(self.introspection_depth, other.introspection_depth)
        self.aliases = max(self.aliases, other.aliases)
        self.own_fields = min(self.own_fields + other.own_fields, _MANY)
        self.own_aliases = min(self.own_aliases + other.own_aliases, _MANY)
        self.fields = min(self.fields + other.fields, _MANY)
        self.directives = min(self.directives + other.directives, _MANY)
        self.objects = min(self.objects + other.objects, _MANY)
        self.objects_an_item = min(self.objects_an_item + other.objects_an_item, _MANY)


class Scale:
    """Weighs the operations of a document.

    Attributes:
        errors: The arguments that ask for no possible number of items.
    """

    def __init__(
        self,
        tables: SchemaTables,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
        limits: Limits,
    ) -> None:
        self.errors: list[GraphQLError] = []
        self._tables = tables
        self._fragments = fragments
        self._variables = variables
        self._limits = limits
        self._weights: dict[str, Weight] = {}  # of fragments, empty while they are weighed

    def weigh(self, operation: OperationDefinitionNode) -> Weight:
        """Return what *operation* asks for; a fragment in itself asks for nothing more."""
        total = weight = Weight()
        table = self._tables.roots[operation.operation]
        weight.directives = len(operation.directives or ())
        rest: Any = iter(operation.selection_set.selections)
        # what is around: its weight, its type, the rest of it, and the field or fragment inside
        around: list[tuple[Weight, CompositeTable | None, Any, Any, FieldTable | None]] = []
        while True:
            for node in rest:
                weight.directives += len(node.directives or ())
                field: FieldTable | None = None
                below = table
                selection_set = None
                kind = node.__class__
                if kind is FieldNode:
                    field = None if table is None else table.fields[node._name]
                    weight.own_fields += 1
                    weight.fields += 1
                    weight.own_aliases += node.alias is not None
                    weight.depth = weight.depth or 1
                    selection_set = node.selection_set
                    below = None if field is None else field.selects
                elif kind is FragmentSpreadNode:
                    known = self._weights.get(node._name)
                    fragment = self._fragments.get(node._name)
                    if known is not None:
                        weight.add(known)
                    elif fragment is not None:
                        self._weights[node._name] = Weight()
                        selection_set = fragment.selection_set
                        below = self._tables.composites[fragment.type_condition._name]
                else:
                    selection_set = node.selection_set
                    if node.type_condition is not None:
                        below = self._tables.composites[node.type_condition._name]
                if selection_set is not None:
                    around.append((weight, table, rest, node, field))
                    weight, table, rest = Weight(), below, iter(selection_set.selections)
                    break
            else:
                if not around:
                    total.aliases = max(total.aliases, total.own_aliases)
                    return total
                inside = weight
                weight, table, rest, node, field = around.pop()
                if isinstance(node, FieldNode):
                    self._put_below(weight, node, field, inside)
                else:
                    if isinstance(node, FragmentSpreadNode):
                        self._weights[node._name] = inside
                    weight.add(inside)

    def _put_below(
        self, weight: Weight, node: FieldNode, field: FieldTable | None, below: Weight
    ) -> None:
        """Put what is below a field into the selection set that has the field."""
        weight.fields = min(weight.fields + below.fields, _MANY)
        weight.directives = min(weight.directives + below.directives, _MANY)
        weight.aliases = max(weight.aliases, below.aliases, below.own_aliases)
        if node._name in _INTROSPECTION:
            weight.introspection_depth = max(weight.introspection_depth, below.depth + 1)
            return  # its size is that of the schema
        weight.depth = max(weight.depth, below.depth + 1)
        weight.introspection_depth = max(weight.introspection_depth, below.introspection_depth)
        if field is None:
            return
        try:
            size = page_size(node, field, self._variables, self._limits)
        except GraphQLError as error:
            self.errors.append(error)
            return
        assumed = self._limits.assumed_list_size
        levels = list_levels(field)
        if levels == 0:
            # an object around a list, such as a connection: the size is that of the list
            items = assumed if size is None else size
            objects = 1 + below.objects + below.objects_an_item * items
            weight.objects = min(weight.objects + objects, _MANY)
            return
        objects = 1 + below.objects + below.objects_an_item * assumed
        objects *= assumed ** (levels - 1)
        if size is None:
            weight.objects_an_item = min(weight.objects_an_item + objects, _MANY)
        else:
            weight.objects = min(weight.objects + objects * size, _MANY)
