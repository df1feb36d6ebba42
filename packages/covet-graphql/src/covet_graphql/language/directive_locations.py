"""Where a directive may stand."""

from __future__ import annotations

from enum import Enum


class DirectiveLocation(Enum):
    """The places of a document or schema that a directive definition may list.

    Source: https://spec.graphql.org/September2025/#DirectiveLocation
    """

    QUERY = "query"
    MUTATION = "mutation"
    SUBSCRIPTION = "subscription"
    FIELD = "field"
    FRAGMENT_DEFINITION = "fragment definition"
    FRAGMENT_SPREAD = "fragment spread"
    INLINE_FRAGMENT = "inline fragment"
    VARIABLE_DEFINITION = "variable definition"

    SCHEMA = "schema"
    SCALAR = "scalar"
    OBJECT = "object"
    FIELD_DEFINITION = "field definition"
    ARGUMENT_DEFINITION = "argument definition"
    INTERFACE = "interface"
    UNION = "union"
    ENUM = "enum"
    ENUM_VALUE = "enum value"
    INPUT_OBJECT = "input object"
    INPUT_FIELD_DEFINITION = "input field definition"
