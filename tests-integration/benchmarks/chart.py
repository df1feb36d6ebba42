"""Draw a report as SVG: one panel a column, one bar a contender, Covet in colour.

``python tests-integration/benchmarks/run.py --from bench.json --charts docs/_static`` writes them.
"""

import math
from collections.abc import Iterable
from html import escape
from pathlib import Path

from benchmarks.contenders import title_of
from benchmarks.report import Column, Report
from benchmarks.tables import figure

_WIDTH = 760
_LABELS = 150  # pixels for the contenders' names
_VALUES = 90  # pixels for the figures
_BAR = 18
_GAP = 6
_HEAD = 34
_LOG_FROM = 100.0  # a panel whose bars differ by more than this is drawn on a logarithmic scale

_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #333 }
  .title { font-size: 17px; font-weight: 600 }
  .panel { font-weight: 600 }
  .bar { fill: #9aa5b1 }
  .bar.covet { fill: #0b7a75 }
  .name.covet { font-weight: 600; fill: #0b7a75 }
  .spread { stroke: #333; stroke-opacity: .55 }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd }
    .bar { fill: #6b7683 }
    .bar.covet, .name.covet { fill: #35c2b8 }
    .spread { stroke: #ddd }
  }
"""


def bar_length(value: float, smallest: float, largest: float, *, logarithmic: bool) -> float:
    """Return the share of the full length, in [0, 1], that the bar of *value* takes.

    On the logarithmic scale the axis begins at half of *smallest*, so that every bar is seen.
    """
    if not logarithmic:
        return value / largest if largest > 0 else 0.0
    start = smallest / 2
    return min(1.0, math.log(max(value, start) / start) / math.log(largest / start))


def _panel(report: Report, column: Column, top: int) -> tuple[list[str], int]:
    present = [(name, row[column.key]) for name, row in report.figures.items() if column.key in row]
    medians = [samples.median for _, samples in present]
    smallest = min((value for value in medians if value > 0), default=1.0)
    largest = max((samples.spread[1] for _, samples in present), default=1.0)
    logarithmic = largest / smallest > _LOG_FROM
    full = _WIDTH - _LABELS - _VALUES
    scale_note = ", logarithmic" if logarithmic else ""
    parts = [
        f'<text class="panel" x="0" y="{top + 18}">{escape(column.title)} '
        f"({escape(column.unit)}{scale_note})</text>"
    ]
    y = top + _HEAD - _GAP
    for name, samples in present:
        length, low, high = (
            round(full * bar_length(value, smallest, largest, logarithmic=logarithmic), 1)
            for value in (samples.median, *samples.spread)
        )
        kind = " covet" if name == "covet" else ""
        middle = y + _BAR / 2
        text_x = _LABELS + max(length, high) + 8
        parts += [
            f'<text class="name{kind}" x="{_LABELS - 8}" y="{middle + 4.5}" '
            f'text-anchor="end">{escape(title_of(name))}</text>',
            f'<rect class="bar{kind}" x="{_LABELS}" y="{y}" width="{max(length, 1)}" '
            f'height="{_BAR}" rx="2"/>',
            f'<line class="spread" x1="{_LABELS + low}" x2="{_LABELS + high}" '
            f'y1="{middle}" y2="{middle}"/>',
            f'<text x="{text_x:.1f}" y="{middle + 4.5}">'
            f"{figure(samples.median * column.scale)}</text>",
        ]
        y += _BAR + _GAP
    return parts, y + 10


def draw(report: Report) -> str:
    """Return *report* as one SVG document; shorter bars are better."""
    parts: list[str] = []
    top = _HEAD + 10
    for column in report.columns:
        panel, top = _panel(report, column, top)
        parts += panel
    title = f"{report.title}: shorter is better"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 0 {_WIDTH + 20} {top}" '
            f'width="{_WIDTH + 20}" height="{top}" role="img" aria-labelledby="title">',
            f'<title id="title">{escape(title)}</title>',
            f"<style>{_STYLE}</style>",
            f'<text class="title" x="0" y="24">{escape(title)}</text>',
            *parts,
            "</svg>",
            "",
        ]
    )


def write_charts(reports: Iterable[Report], folder: Path) -> list[Path]:
    """Write ``bench-<suite>.svg`` of each report into *folder*; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for report in reports:
        file = folder / f"bench-{report.name}.svg"
        file.write_text(draw(report), encoding="utf-8")
        files.append(file)
    return files
