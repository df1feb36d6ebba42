"""Entries end at their time, and are swept out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from covet_security._expiring import ExpiringDict


def test_an_entry_ends_at_its_time() -> None:
    entries: ExpiringDict[str, int] = ExpiringDict()

    entries.set("a", 1, now=0, until=10)

    assert entries.get("a", now=9.9) == 1
    assert entries.get("a", now=10) is None
    assert entries.get("b", now=0) is None


def test_what_has_ended_is_swept_out() -> None:
    entries: ExpiringDict[int, int] = ExpiringDict()

    for number in range(10_000):
        entries.set(number, number, now=number, until=number + 10)

    assert len(entries) <= 64


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 100)), max_size=300))
def test_nothing_ends_early(writes: list[tuple[int, int]]) -> None:
    entries: ExpiringDict[int, int] = ExpiringDict()
    until: dict[int, int] = {}

    for now, (key, life) in enumerate(writes):
        entries.set(key, now, now=now, until=now + life)
        until[key] = now + life

    end = len(writes)
    for key, moment in until.items():
        assert (entries.get(key, now=end) is not None) == (end < moment)
