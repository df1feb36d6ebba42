"""A round of load counts only when every request was answered well."""

import pytest

from benchmarks.load import LoadError, answered

SUMMARY = """Running 2s test @ http://127.0.0.1:8000/plain
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.93ms  237.84us   7.22ms   88.20%
    Req/Sec    33.20k     1.03k   34.33k    90.00%
  66110 requests in 2.00s, 10.09MB read
{extra}Requests/sec:  33018.83
Transfer/sec:      5.04MB
"""


def test_the_number_of_requests_is_read_from_the_summary() -> None:
    assert answered(SUMMARY.format(extra="")) == 66110


@pytest.mark.parametrize(
    ("extra", "complaint"),
    [
        pytest.param("  Non-2xx or 3xx responses: 12\n", "12 of 66110", id="refused"),
        pytest.param(
            "  Socket errors: connect 0, read 3, write 0, timeout 0\n", "read 3", id="socket-error"
        ),
    ],
)
def test_a_round_with_failures_is_no_measurement(extra: str, complaint: str) -> None:
    with pytest.raises(LoadError, match=complaint):
        answered(SUMMARY.format(extra=extra))


@pytest.mark.parametrize("output", ["", "usage: wrk [options]"])
def test_another_output_is_no_summary(output: str) -> None:
    with pytest.raises(LoadError, match="no summary"):
        answered(output)


def test_a_round_without_answers_is_no_measurement() -> None:
    with pytest.raises(LoadError, match="Not one request"):
        answered("  0 requests in 2.00s, 0B read\n")
