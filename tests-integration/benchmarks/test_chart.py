"""The drawing is well-formed, to scale, and says the same as the table."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.chart import bar_length, draw, write_charts
from benchmarks.report import Column, Report
from benchmarks.samples import Samples

SVG = "{http://www.w3.org/2000/svg}"


def report(**values: float) -> Report:
    figures = {name: {"A": Samples((value,))} for name, value in values.items()}
    return Report("rest", "REST <in process>", (Column("A", "plain & small", "µs"),), figures)


def bars(drawing: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(drawing).findall(f"{SVG}rect")  # noqa: S314 (our own drawing)


def test_a_linear_bar_is_in_proportion() -> None:
    assert bar_length(5.0, 1.0, 20.0, logarithmic=False) == 0.25


@pytest.mark.parametrize(("value", "share"), [(1.0, 0.25), (2.0, 0.5), (8.0, 1.0)])
def test_a_logarithmic_bar_grows_by_the_same_step_for_each_doubling(
    value: float, share: float
) -> None:
    assert bar_length(value, 1.0, 8.0, logarithmic=True) == pytest.approx(share)


def test_a_bar_is_drawn_for_each_contender() -> None:
    widths = [float(bar.attrib["width"]) for bar in bars(draw(report(covet=5, fastapi=20)))]

    assert widths[0] * 4 == pytest.approx(widths[1])


def test_only_covet_is_in_colour() -> None:
    classes = [bar.attrib["class"] for bar in bars(draw(report(raw=1, covet=5, fastapi=20)))]

    assert classes == ["bar", "bar covet", "bar"]


def test_text_is_escaped() -> None:
    text = "".join(ElementTree.fromstring(draw(report(covet=5))).itertext())  # noqa: S314

    assert "REST <in process>" in text
    assert "plain & small" in text


def test_a_panel_that_needs_a_logarithmic_scale_says_so() -> None:
    assert "logarithmic" in draw(report(covet=1, fastapi=5000))
    assert "logarithmic" not in draw(report(covet=1, fastapi=50))


def test_an_absent_contender_leaves_no_gap() -> None:
    with_it, without = draw(report(covet=5, falcon=6)), draw(report(covet=5))

    assert len(bars(with_it)) == len(bars(without)) + 1


def test_charts_are_named_after_their_suites(tmp_path: Path) -> None:
    (file,) = write_charts([report(covet=5)], tmp_path / "new")

    assert file == tmp_path / "new" / "bench-rest.svg"
    assert bars(file.read_text(encoding="utf-8"))
