"""What may differ between two schemas, by what it means for their clients."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, TypeAlias


class BreakingChangeType(Enum):
    """A change that makes documents invalid that were valid, or their answers unreadable."""

    TYPE_REMOVED = 10
    TYPE_CHANGED_KIND = 11
    TYPE_REMOVED_FROM_UNION = 20
    VALUE_REMOVED_FROM_ENUM = 21
    REQUIRED_INPUT_FIELD_ADDED = 22
    IMPLEMENTED_INTERFACE_REMOVED = 23
    FIELD_REMOVED = 30
    FIELD_CHANGED_KIND = 31
    REQUIRED_ARG_ADDED = 40
    ARG_REMOVED = 41
    ARG_CHANGED_KIND = 42
    DIRECTIVE_REMOVED = 50
    DIRECTIVE_ARG_REMOVED = 51
    REQUIRED_DIRECTIVE_ARG_ADDED = 52
    DIRECTIVE_REPEATABLE_REMOVED = 53
    DIRECTIVE_LOCATION_REMOVED = 54


class DangerousChangeType(Enum):
    """A change after which documents stay valid, but may be answered unlike before."""

    VALUE_ADDED_TO_ENUM = 60
    TYPE_ADDED_TO_UNION = 61
    OPTIONAL_INPUT_FIELD_ADDED = 62
    OPTIONAL_ARG_ADDED = 63
    IMPLEMENTED_INTERFACE_ADDED = 64
    ARG_DEFAULT_VALUE_CHANGE = 65
    INPUT_FIELD_DEFAULT_VALUE_CHANGE = 66


class SafeChangeType(Enum):
    """A change that no client can be hurt by."""

    TYPE_ADDED = 70
    OPTIONAL_INPUT_FIELD_ADDED = 71
    OPTIONAL_ARG_ADDED = 72
    DIRECTIVE_ADDED = 73
    FIELD_ADDED = 74
    DIRECTIVE_REPEATABLE_ADDED = 75
    DIRECTIVE_LOCATION_ADDED = 76
    OPTIONAL_DIRECTIVE_ARG_ADDED = 77
    FIELD_CHANGED_KIND_SAFE = 78
    ARG_CHANGED_KIND_SAFE = 79
    ARG_DEFAULT_VALUE_ADDED = 80
    DESCRIPTION_CHANGED = 81
    INPUT_FIELD_DEFAULT_VALUE_ADDED = 82


class BreakingChange(NamedTuple):
    """A change that breaks clients, and what it is in words."""

    type: BreakingChangeType
    description: str


class DangerousChange(NamedTuple):
    """A change that may surprise clients, and what it is in words."""

    type: DangerousChangeType
    description: str


class SafeChange(NamedTuple):
    """A change that is harmless, and what it is in words."""

    type: SafeChangeType
    description: str


SchemaChange: TypeAlias = BreakingChange | DangerousChange | SafeChange
