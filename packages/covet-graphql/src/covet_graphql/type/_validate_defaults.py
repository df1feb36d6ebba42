"""Defaults of arguments and input fields: each is a value of its type.

Source: GraphQL §3.6, rule 2.4.5, https://spec.graphql.org/September2025/#sec-Objects.Type-Validation
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from covet_graphql._inspect import inspect
from covet_graphql._undefined import Undefined
from covet_graphql.type._coerce_input import coerce_input_value
from covet_graphql.type._input_object import GraphQLInputObjectType
from covet_graphql.type._literals import is_list_input
from covet_graphql.type._predicates import is_input_type
from covet_graphql.type._validate_input import validate_input_literal, validate_input_value
from covet_graphql.type._wrapping import GraphQLList, GraphQLNonNull

if TYPE_CHECKING:
    from covet_graphql.error import GraphQLError
    from covet_graphql.type._faults import Faults
    from covet_graphql.type._input_value import InputValue
    from covet_graphql.type.definition import GraphQLInputType


def validate_default(input_: InputValue, coordinate: str, faults: Faults) -> None:
    """Report where the default of an argument or input field is not of its type."""
    default = input_.default
    if default is None or not is_input_type(input_.type):
        return
    literal = default.literal
    found: list[tuple[GraphQLError, list[str | int]]] = []

    def note(error: GraphQLError, path: list[str | int]) -> None:
        found.append((error, path))

    if literal is not None:
        validate_input_literal(literal, input_.type, note)
    else:
        validate_input_value(default.value, input_.type, note)
        meant = _external(default.value, input_.type) if found else Undefined
        if meant is not Undefined and coerce_input_value(meant, input_.type) is not Undefined:
            faults.report(
                f"{coordinate} has invalid default value: {inspect(default.value)}."
                f" Did you mean: {inspect(meant)}?",
                input_.ast_node,
            )
            return
    for error, path in found:
        place = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
        faults.report(
            f"{coordinate} has invalid default value{f' at {place}' if place else ''}:"
            f" {error.message}",
            *(error.nodes or (literal or input_.ast_node,)),
        )


def _external(value: Any, type_: GraphQLInputType) -> Any:
    """Return *value*, taken for an internal one, as clients give it; `Undefined` if it is none."""
    if isinstance(type_, GraphQLNonNull):
        return _external(value, type_.of_type)
    if value is None:
        return None
    if isinstance(type_, GraphQLList):
        if not is_list_input(value):
            return _external(value, type_.of_type)
        items = [_external(item, type_.of_type) for item in value]
        return Undefined if Undefined in items else items
    if isinstance(type_, GraphQLInputObjectType):
        if not isinstance(value, Mapping):
            return Undefined
        given = cast("Mapping[str, Any]", value)
        if given.keys() - type_.fields.keys():
            return Undefined
        external = {name: _external(given[name], type_.fields[name].type) for name in given}
        return Undefined if Undefined in external.values() else external
    try:
        return type_.coerce_output_value(value)
    except Exception:
        return Undefined
