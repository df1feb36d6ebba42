"""What a reader of the terminal and of the README sees."""

from collections.abc import Callable

import pytest

from benchmarks.report import Column, Goal, Report
from benchmarks.samples import Samples
from benchmarks.tables import figure, markdown_table, text_table

REPORT = Report(
    "rest",
    "REST",
    (Column("A", "plain", "µs", 1e6), Column("D", "list", "µs", 1e6)),
    {
        "covet": {"A": Samples((4e-6, 5e-6, 6e-6)), "D": Samples((45e-6,))},
        "fastapi": {"A": Samples((40e-6, 45e-6, 50e-6))},
    },
    (Goal("A", "fastapi", "covet", "≥", 8), Goal("D", "fastapi", "covet", "≥", 1.8)),
    rounds=3,
    notes=("CPU time.",),
    absent={"falcon": "not installed"},
    environment={"python": "CPython 3.13.0", "fastapi": "0.165.0"},
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.0712, "0.0712"),
        (0.912, "0.912"),
        (4.5, "4.50"),
        (38.64, "38.6"),
        (664.2, "664"),
        (11_712.0, "11,700"),
        (1_749_000.0, "1,750,000"),
    ],
)
def test_figures_have_three_significant_digits(value: float, text: str) -> None:
    assert figure(value) == text


def test_the_terminal_shows_median_spread_and_multiple_of_covet() -> None:
    lines = text_table(REPORT).splitlines()

    row = next(line for line in lines if line.startswith("FastAPI"))
    assert "45.0 [42.5, 47.5] 9.00x" in row


def test_covet_is_no_multiple_of_itself() -> None:
    row = next(line for line in text_table(REPORT).splitlines() if line.startswith("Covet"))

    assert "x" not in row


def test_a_cell_without_a_figure_is_a_dash() -> None:
    row = next(line for line in markdown_table(REPORT).splitlines() if "| FastAPI |" in line)

    assert row == "| FastAPI | 45.0 9.00x | - |"


def test_goals_stand_beside_what_was_measured() -> None:
    lines = markdown_table(REPORT).splitlines()

    assert "| plain | FastAPI ÷ Covet | 9.00 [8.67, 9.50] | ≥ 8 | yes |" in lines
    assert "| list | FastAPI ÷ Covet | - | ≥ 1.8 | not measured |" in lines


def test_the_readme_shows_covet_in_bold() -> None:
    assert "| **Covet** | **5.00** | **45.0** |" in markdown_table(REPORT)


@pytest.mark.parametrize("show", [text_table, markdown_table])
def test_the_legend_names_rounds_notes_absentees_and_versions(
    show: Callable[[Report], str],
) -> None:
    shown = show(REPORT)

    for part in ("3 interleaved rounds", "CPU time.", "Falcon is missing: not installed"):
        assert part in shown
    assert "fastapi 0.165.0" in shown


def test_columns_of_the_terminal_are_aligned() -> None:
    lines = text_table(REPORT).splitlines()
    head = next(line for line in lines if "plain, µs" in line)
    row = next(line for line in lines if line.startswith("Covet"))

    assert row.index("5.00") == head.index("plain, µs")
    assert row.index("45.0") == head.index("list, µs")
