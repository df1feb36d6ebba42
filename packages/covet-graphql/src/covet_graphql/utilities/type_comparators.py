"""How two types relate: equal, sub-type, overlapping."""

from covet_graphql.type._comparators import do_types_overlap, is_equal_type, is_type_sub_type_of

__all__ = ["do_types_overlap", "is_equal_type", "is_type_sub_type_of"]
