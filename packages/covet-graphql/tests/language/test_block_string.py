"""Block strings lose what is only for the eye, and come back as they were."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covet_graphql.language.block_string import (
    block_string_value,
    is_printable_as_block_string,
    print_block_string,
    reads_back,
    value_of_block_string,
)

TEXTS = st.text(st.sampled_from('ab "\\\t\n'), max_size=12)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("  a", "  a", id="first-line-keeps-its-indentation"),
        pytest.param(
            "\n    Hello,\n      World!\n\n    Yours,\n  ", "Hello,\n  World!\n\nYours,", id="spec"
        ),
        pytest.param("\n \n\t\n  a  \n\n", "a  ", id="blank-lines-around"),
        pytest.param("a\r\n  b\r  c\n  d", "a\nb\nc\nd", id="every-line-terminator"),
        pytest.param("\n\ta\n  b", "a\n b", id="a-tab-is-one-character"),
        pytest.param("\n\n", "", id="only-blank-lines"),
        pytest.param("\n  a\n \n  b", "a\n\nb", id="blank-lines-count-for-no-indentation"),
        pytest.param("\n  a\u2028  b", "a\u2028  b", id="no-other-line-separators"),
    ],
)
def test_value_follows_the_specification(raw: str, value: str) -> None:
    assert block_string_value(raw) == value


@pytest.mark.parametrize(
    ("value", "printed", "minimized"),
    [
        ("", '""""""', '""""""'),
        ("a", '"""a"""', '"""a"""'),
        ("  a", '"""  a"""', '"""  a"""'),
        ("a\nb", '"""\na\nb\n"""', '"""a\nb"""'),
        ("a\n b", '"""\na\n b\n"""', '"""\na\n b"""'),
        (" a\nb", '"""\n a\nb\n"""', '""" a\nb"""'),
        ('a"', '"""\na"\n"""', '"""a"\n"""'),
        ("a\\", '"""\na\\\n"""', '"""a\\\n"""'),
        ('a"""', '"""\na\\"""\n"""', '"""a\\""""""'),
        ("x" * 71, f'"""\n{"x" * 71}\n"""', f'"""{"x" * 71}"""'),
    ],
)
def test_printed_form(value: str, printed: str, minimized: str) -> None:
    assert print_block_string(value) == printed
    assert print_block_string(value, minimize=True) == minimized


@given(TEXTS.filter(reads_back), st.booleans())
@settings(deadline=None)
def test_printing_is_the_inverse_of_reading(value: str, minimize: bool) -> None:
    printed = print_block_string(value, minimize)

    assert value_of_block_string(printed) == value
    assert value_of_block_string(printed.replace("\n", "\n    ")) == value


@pytest.mark.parametrize(
    ("value", "printable"),
    [
        ("", True),
        ("a\n\tb", True),
        ("a\n", False),
        ("\na", False),
        (" ", False),
        (" a\n b", False),
        ("a\rb", False),
        ("a\x07", False),
        ("a\x85", False),
    ],
)
def test_only_what_reads_back_and_shows_is_printable(value: str, printable: bool) -> None:
    assert is_printable_as_block_string(value) is printable
