"""Converters: exactly which texts each accepts, and that formatting is the inverse."""

import datetime
import sys
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_routing import (
    Converter,
    ConverterError,
    Entry,
    Matcher,
    NotFound,
    TemplateError,
    parse_template,
    register_converter,
)


def read(converter: str, text: str) -> object:
    """Return what ``{x:converter}`` makes of *text*, or None when it does not match."""
    outcome = Matcher([Entry(parse_template(f"/{{x:{converter}}}"), ("GET",), "route")]).match(
        "GET", f"/{text}"
    )
    return outcome[1]["x"] if isinstance(outcome, tuple) else None


@pytest.mark.parametrize(
    ("converter", "text", "value"),
    [
        pytest.param("int", "7", 7, id="int"),
        pytest.param("int", "007", 7, id="int-leading-zeros"),
        pytest.param("int", "9" * 640, int("9" * 640), id="int-longest"),
        pytest.param("float", "7", 7.0, id="float-without-fraction"),
        pytest.param("float", "7.25", 7.25, id="float"),
        pytest.param("date", "2026-11-22", datetime.date(2026, 11, 22), id="date"),
        pytest.param("uuid", str(uuid.UUID(int=10)).upper(), uuid.UUID(int=10), id="uuid"),
        pytest.param("str", "a b", "a b", id="str"),
        pytest.param("path", "a/b//c/", "a/b//c/", id="path"),
    ],
)  # fmt: skip
def test_a_text_becomes_a_value_of_the_type(converter: str, text: str, value: object) -> None:
    found = read(converter, text)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("converter", "text"),
    [
        pytest.param("int", "+1", id="int-plus"),
        pytest.param("int", "-1", id="int-minus"),
        pytest.param("int", "1_000", id="int-underscore"),
        pytest.param("int", "\uff11", id="int-fullwidth-digit"),
        pytest.param("int", "²", id="int-superscript"),
        pytest.param("int", "%201", id="int-space"),
        pytest.param("int", "1.0", id="int-fraction"),
        pytest.param("int", "9" * 641, id="int-too-long"),
        pytest.param("int", "9" * 10_000, id="int-over-the-limit-of-the-interpreter"),
        pytest.param("float", "nan", id="float-nan"),
        pytest.param("float", "inf", id="float-inf"),
        pytest.param("float", "1e5", id="float-exponent"),
        pytest.param("float", ".5", id="float-no-integer-part"),
        pytest.param("float", "1.", id="float-no-fraction-digits"),
        pytest.param("float", "-1.5", id="float-minus"),
        pytest.param("date", "20261122", id="date-basic-format"),
        pytest.param("date", "2026-W47-7", id="date-week"),
        pytest.param("date", "2026-02-30", id="date-not-in-the-calendar"),
        pytest.param("date", "2026-11-\uff12\uff12", id="date-fullwidth-digit"),
        pytest.param("uuid", "0" * 32, id="uuid-without-hyphens"),
        pytest.param("uuid", "{" + str(uuid.UUID(int=1)) + "}", id="uuid-braces"),
        pytest.param("uuid", str(uuid.UUID(int=1)) + "%0A", id="uuid-newline"),
    ],
)
def test_a_text_that_is_not_of_the_type_is_not_found(converter: str, text: str) -> None:
    assert read(converter, text) is None


def test_the_longest_int_is_read_under_the_lowest_limit_of_the_interpreter() -> None:
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(sys.int_info.str_digits_check_threshold)
    try:
        found = read("int", "9" * 640)
    finally:
        sys.set_int_max_str_digits(before)

    assert found == 10**640 - 1


def test_a_typed_parameter_does_not_match_its_own_template_text() -> None:
    assert read("int", "{x:int}") is None


@given(
    st.floats(min_value=0, allow_nan=False, allow_infinity=False).filter(lambda x: str(x)[0] != "-")
)
def test_floats_are_written_so_that_they_read_back_exactly(value: float) -> None:
    converter = parse_template("/{x:float}").parameters[0].converter

    assert converter.read(converter.format(value)) == value


def test_a_registered_converter_reads_and_writes() -> None:
    register_converter(
        "hex", Converter(lambda text: int(text, 16), lambda value: f"{value:x}", "[0-9a-f]+")
    )

    assert read("hex", "ff") == 255
    assert read("hex", "FF") is None
    assert parse_template("/{x:hex}").parameters[0].converter.format(255) == "ff"


def test_a_registered_converter_may_refuse_by_value_error() -> None:
    colors = {"red": 1, "blue": 2}

    def color(text: str) -> int:
        if text not in colors:
            raise ValueError(text)
        return colors[text]

    register_converter("color", Converter(color))

    assert read("color", "blue") == 2
    assert read("color", "green") is None


def test_a_registered_converter_may_span_segments() -> None:
    register_converter(
        "crumbs",
        Converter(lambda text: text.split("/"), "/".join, r"[a-z]+(/[a-z]+)*", spans_segments=True),
    )

    assert read("crumbs", "a/b/c") == ["a", "b", "c"]
    assert read("crumbs", "a/1/c") is None


def test_priority_decides_between_typed_parameters_that_accept_the_same_text() -> None:
    register_converter("late", Converter(int, priority=90))
    register_converter("early", Converter(int, priority=1))
    matcher = Matcher(
        [Entry(parse_template(f"/{{x:{name}}}"), ("GET",), name) for name in ("late", "early")]
    )

    assert matcher.match("GET", "/5") == ("early", {"x": 5})


def test_a_taken_name_is_refused() -> None:
    with pytest.raises(ConverterError, match="taken") as caught:
        register_converter("int", Converter(str))

    assert caught.value.name == "int"


def test_registering_the_same_converter_again_changes_nothing() -> None:
    converter = Converter(str)

    register_converter("twice", converter)
    register_converter("twice", converter)

    assert read("twice", "x") == "x"


@pytest.mark.parametrize("name", ["", "no-hyphen", "1st", "é"])
def test_a_name_that_is_no_ascii_identifier_is_refused(name: str) -> None:
    with pytest.raises(ConverterError, match="identifier"):
        register_converter(name, Converter(str))


def test_a_converter_can_be_registered_after_a_template_asked_for_it_in_vain() -> None:
    with pytest.raises(TemplateError, match="'tardy'"):
        parse_template("/{x:tardy}")

    register_converter("tardy", Converter(str))

    assert read("tardy", "x") == "x"


def test_an_error_other_than_value_error_is_not_swallowed() -> None:
    register_converter("broken", Converter(lambda text: 1 // 0))

    with pytest.raises(ZeroDivisionError):
        read("broken", "x")


def test_not_found_is_a_value() -> None:
    matcher = Matcher([Entry(parse_template("/{x:int}"), ("GET",), "route")])

    assert matcher.match("GET", "/x") == NotFound()
