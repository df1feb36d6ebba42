"""The rules of the specification, in the order in which errors at one place are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from covet_graphql.validation.rules.defer_stream_directive_label import DeferStreamDirectiveLabel
from covet_graphql.validation.rules.defer_stream_directive_on_root_field import (
    DeferStreamDirectiveOnRootField,
)
from covet_graphql.validation.rules.defer_stream_directive_on_valid_operations_rule import (
    DeferStreamDirectiveOnValidOperationsRule,
)
from covet_graphql.validation.rules.executable_definitions import ExecutableDefinitionsRule
from covet_graphql.validation.rules.fields_on_correct_type import FieldsOnCorrectTypeRule
from covet_graphql.validation.rules.fragments_on_composite_types import (
    FragmentsOnCompositeTypesRule,
)
from covet_graphql.validation.rules.known_argument_names import (
    KnownArgumentNamesOnDirectivesRule,
    KnownArgumentNamesRule,
)
from covet_graphql.validation.rules.known_directives import KnownDirectivesRule
from covet_graphql.validation.rules.known_fragment_names import KnownFragmentNamesRule
from covet_graphql.validation.rules.known_operation_types import KnownOperationTypesRule
from covet_graphql.validation.rules.known_type_names import KnownTypeNamesRule
from covet_graphql.validation.rules.lone_anonymous_operation import LoneAnonymousOperationRule
from covet_graphql.validation.rules.lone_schema_definition import LoneSchemaDefinitionRule
from covet_graphql.validation.rules.max_introspection_depth_rule import MaxIntrospectionDepthRule
from covet_graphql.validation.rules.no_fragment_cycles import NoFragmentCyclesRule
from covet_graphql.validation.rules.no_undefined_variables import NoUndefinedVariablesRule
from covet_graphql.validation.rules.no_unused_fragments import NoUnusedFragmentsRule
from covet_graphql.validation.rules.no_unused_variables import NoUnusedVariablesRule
from covet_graphql.validation.rules.overlapping_fields_can_be_merged import (
    OverlappingFieldsCanBeMergedRule,
)
from covet_graphql.validation.rules.possible_fragment_spreads import PossibleFragmentSpreadsRule
from covet_graphql.validation.rules.possible_type_extensions import PossibleTypeExtensionsRule
from covet_graphql.validation.rules.provided_required_arguments import (
    ProvidedRequiredArgumentsOnDirectivesRule,
    ProvidedRequiredArgumentsRule,
)
from covet_graphql.validation.rules.scalar_leafs import ScalarLeafsRule
from covet_graphql.validation.rules.single_field_subscriptions import SingleFieldSubscriptionsRule
from covet_graphql.validation.rules.stream_directive_on_list_field import StreamDirectiveOnListField
from covet_graphql.validation.rules.unique_argument_definition_names import (
    UniqueArgumentDefinitionNamesRule,
)
from covet_graphql.validation.rules.unique_argument_names import UniqueArgumentNamesRule
from covet_graphql.validation.rules.unique_directive_names import UniqueDirectiveNamesRule
from covet_graphql.validation.rules.unique_directives_per_location import (
    UniqueDirectivesPerLocationRule,
)
from covet_graphql.validation.rules.unique_enum_value_names import UniqueEnumValueNamesRule
from covet_graphql.validation.rules.unique_field_definition_names import (
    UniqueFieldDefinitionNamesRule,
)
from covet_graphql.validation.rules.unique_fragment_names import UniqueFragmentNamesRule
from covet_graphql.validation.rules.unique_input_field_names import UniqueInputFieldNamesRule
from covet_graphql.validation.rules.unique_operation_names import UniqueOperationNamesRule
from covet_graphql.validation.rules.unique_operation_types import UniqueOperationTypesRule
from covet_graphql.validation.rules.unique_type_names import UniqueTypeNamesRule
from covet_graphql.validation.rules.unique_variable_names import UniqueVariableNamesRule
from covet_graphql.validation.rules.values_of_correct_type import ValuesOfCorrectTypeRule
from covet_graphql.validation.rules.variables_are_input_types import VariablesAreInputTypesRule
from covet_graphql.validation.rules.variables_in_allowed_position import (
    VariablesInAllowedPositionRule,
)

if TYPE_CHECKING:
    from covet_graphql.validation.rules import ASTValidationRule

recommended_rules: Final[tuple[type[ASTValidationRule], ...]] = (MaxIntrospectionDepthRule,)
"""Rules that the specification does not have and every server wants."""

specified_rules: Final[tuple[type[ASTValidationRule], ...]] = (
    ExecutableDefinitionsRule,
    KnownOperationTypesRule,
    UniqueOperationNamesRule,
    LoneAnonymousOperationRule,
    SingleFieldSubscriptionsRule,
    KnownTypeNamesRule,
    FragmentsOnCompositeTypesRule,
    VariablesAreInputTypesRule,
    ScalarLeafsRule,
    FieldsOnCorrectTypeRule,
    UniqueFragmentNamesRule,
    KnownFragmentNamesRule,
    NoUnusedFragmentsRule,
    PossibleFragmentSpreadsRule,
    NoFragmentCyclesRule,
    UniqueVariableNamesRule,
    NoUndefinedVariablesRule,
    NoUnusedVariablesRule,
    KnownDirectivesRule,
    UniqueDirectivesPerLocationRule,
    DeferStreamDirectiveOnRootField,
    DeferStreamDirectiveOnValidOperationsRule,
    DeferStreamDirectiveLabel,
    StreamDirectiveOnListField,
    KnownArgumentNamesRule,
    UniqueArgumentNamesRule,
    ValuesOfCorrectTypeRule,
    ProvidedRequiredArgumentsRule,
    VariablesInAllowedPositionRule,
    OverlappingFieldsCanBeMergedRule,
    UniqueInputFieldNamesRule,
    *recommended_rules,
)
"""The rules for documents that shall be executed, and those recommended."""

specified_sdl_rules: Final[tuple[type[ASTValidationRule], ...]] = (
    LoneSchemaDefinitionRule,
    UniqueOperationTypesRule,
    UniqueTypeNamesRule,
    UniqueEnumValueNamesRule,
    UniqueFieldDefinitionNamesRule,
    UniqueArgumentDefinitionNamesRule,
    UniqueDirectiveNamesRule,
    KnownTypeNamesRule,
    KnownDirectivesRule,
    UniqueDirectivesPerLocationRule,
    PossibleTypeExtensionsRule,
    KnownArgumentNamesOnDirectivesRule,
    UniqueArgumentNamesRule,
    UniqueInputFieldNamesRule,
    ProvidedRequiredArgumentsOnDirectivesRule,
)
"""The rules for documents that shall become schemas."""
