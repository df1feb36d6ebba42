"""The order of names with numbers in them, compared with graphql-core's."""

from graphql.pyutils import natural_comparison_key
from hypothesis import given
from hypothesis import strategies as st

from covet_graphql._natural_order import natural_key

_NAMES = st.lists(st.text("aAbB_0129", min_size=1, max_size=8))


def test_numbers_in_names_are_ordered_as_numbers() -> None:
    names = ["a10b", "a2c", "a2b", "b1", "2", "a", "10", "A1"]

    assert sorted(names, key=natural_key) == ["2", "10", "A1", "a", "a2b", "a2c", "a10b", "b1"]


@given(_NAMES)
def test_names_are_ordered_alike(names: list[str]) -> None:
    assert sorted(names, key=natural_key) == sorted(names, key=natural_comparison_key)


def test_numbers_may_be_longer_than_python_reads() -> None:
    names = ["a" + "9" * 5000, "a1" + "0" * 5000, "a2"]

    assert sorted(names, key=natural_key) == ["a2", "a" + "9" * 5000, "a1" + "0" * 5000]
