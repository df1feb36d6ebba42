"""Findings: what a table allows and its author probably did not mean.

A conflict is a fault; a finding is a warning, because precedence decides what happens.
"""

import datetime
import uuid
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from covet_routing._errors import UrlError
from covet_routing._handler import full_name
from covet_routing._matcher import Matcher
from covet_routing._route import RouteMetadata
from covet_routing._segment import Parameter
from covet_routing._table import alias_segments
from covet_routing._template import Template
from covet_routing._url import build_path

# Values whose texts few converters and literals accept together, so that a route that loses all of
# them to other routes has little left.
_SAMPLES: tuple[object, ...] = (
    "x", "x/y/z", "x-0.y_z", "Ünïcode text", "7", 7, 7.5,
    uuid.UUID(int=7), datetime.date(2007, 7, 7),
)  # fmt: skip


class Finding(NamedTuple):
    """One thing that is allowed and probably not meant, and where it was written."""

    message: str
    file: str
    line: int


def find_shadowed(
    matcher: Matcher[RouteMetadata], records: Sequence[RouteMetadata]
) -> list[Finding]:
    """Return the methods of routes that *matcher* never seems to reach.

    Each route is asked for with sample values that its converters accept. It is shadowed when
    other routes answer all of them; of a route that accepts no sample nothing is said.
    """
    findings: list[Finding] = []
    for record in records:
        for method in record.methods:
            winner: RouteMetadata | None = None
            for path in _sample_paths(record):
                winner = _winner(matcher, record, method, path)
                if winner is record:
                    break
            if winner is not None and winner is not record:
                message = (
                    f"{method} {record.path} of {full_name(record.handler)} is unreachable: its "
                    f"paths are answered by {winner.path} of {full_name(winner.handler)} "
                    f"({winner.source_location}). Make that one narrower."
                )
                findings.append(Finding(message, *record.source_location))
    return findings


def find_idle_policies(records: Sequence[RouteMetadata]) -> list[Finding]:
    """Return the routes whose trailing-slash policy is overruled by a route written that way."""
    written = {
        (method, record.host, record.template.shape): record
        for record in records
        for method in record.methods
    }
    findings: list[Finding] = []
    for record in records:
        segments = alias_segments(record.template)
        if record.trailing_slash in {None, "strict"} or segments is None:
            continue
        shape = Template(record.path, segments).shape
        for method in record.methods:
            other = written.get((method, record.host, shape))
            if other is not None:
                message = (
                    f"{method} {record.path} of {full_name(record.handler)} has the trailing-slash "
                    f"policy {record.trailing_slash!r}, which has no effect: {other.path} of "
                    f"{full_name(other.handler)} ({other.source_location}) answers that path."
                )
                findings.append(Finding(message, *record.source_location))
    return findings


def _sample_paths(record: RouteMetadata) -> Iterator[str]:
    """Yield paths of *record*, each parameter going through the samples that it accepts."""
    template = record.template
    accepted = {parameter.name: _accepted(parameter) for parameter in template.parameters}
    if not all(accepted.values()):
        return
    for turn in range(max(map(len, accepted.values()), default=1)):
        values = {name: samples[turn % len(samples)] for name, samples in accepted.items()}
        try:
            yield build_path(record.name, template, values)
        except UrlError:  # a sample that does not fit the literal text beside it
            continue


def _accepted(parameter: Parameter) -> list[object]:
    """Return the samples that have a text which *parameter* accepts."""
    accepted: list[object] = []
    for sample in _SAMPLES:
        try:
            parameter.converter.read(parameter.converter.format(sample))
        except (ValueError, TypeError, AttributeError):
            continue
        accepted.append(sample)
    return accepted


def _winner(
    matcher: Matcher[RouteMetadata], record: RouteMetadata, method: str, path: str
) -> RouteMetadata | None:
    host = record.host and record.host.replace("*", "sample")
    headers = {name: value or "sample" for name, value in record.headers.items()}
    outcome = matcher.match_request(method, path, host, headers)
    return outcome[0] if isinstance(outcome, tuple) else None
