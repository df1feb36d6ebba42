"""JSON values as YAML, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_openapi.yaml import from_yaml, to_yaml

_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
    max_leaves=20,
)


@given(_JSON)
def test_what_is_written_reads_back_as_the_same(value: object) -> None:
    assert from_yaml(to_yaml(value)) == value


def test_what_is_no_yaml_is_refused() -> None:
    with pytest.raises(ValueError, match="This is no YAML"):
        from_yaml("a: [1")


def test_nothing_but_plain_values_is_read() -> None:
    with pytest.raises(ValueError, match="This is no YAML"):
        from_yaml("!!python/object/apply:os.getcwd []")
