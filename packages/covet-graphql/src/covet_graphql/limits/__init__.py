"""Limits: how much a document may ask for, as rules of validation and as figures to charge for."""

from covet_graphql.limits._limits import Limits
from covet_graphql.limits.measure import Measure, measure
from covet_graphql.limits.rules import (
    LimitsRule,
    MaxAliasesRule,
    MaxCostRule,
    MaxDefinitionsRule,
    MaxDepthRule,
    MaxDirectivesRule,
    MaxFieldsRule,
    MaxOperationsRule,
    MaxRootFieldsRule,
    limited,
)

__all__ = [
    "Limits",
    "LimitsRule",
    "MaxAliasesRule",
    "MaxCostRule",
    "MaxDefinitionsRule",
    "MaxDepthRule",
    "MaxDirectivesRule",
    "MaxFieldsRule",
    "MaxOperationsRule",
    "MaxRootFieldsRule",
    "Measure",
    "limited",
    "measure",
]
