"""A dict whose entries end, each at its own time."""

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_FIRST_SWEEP = 64  # entries; afterwards whenever as many again were added as had been left


class ExpiringDict(Generic[K, V]):
    """Entries that are gone once their time is over, and are swept out as others come in.

    The sweeps cost a constant time for each entry that is set, in the mean.
    """

    __slots__ = ("_entries", "_sweep_at")

    def __init__(self) -> None:
        self._entries: dict[K, tuple[V, float]] = {}
        self._sweep_at = _FIRST_SWEEP

    def get(self, key: K, *, now: float) -> V | None:
        """Return what is held for *key* and has not ended *now*."""
        entry = self._entries.get(key)
        return entry[0] if entry is not None and now < entry[1] else None

    def set(self, key: K, value: V, *, now: float, until: float) -> None:
        """Hold *value* for *key* until *until*."""
        self._entries[key] = (value, until)
        if len(self._entries) >= self._sweep_at:
            self._entries = {key: kept for key, kept in self._entries.items() if now < kept[1]}
            self._sweep_at = max(_FIRST_SWEEP, 2 * len(self._entries))

    def __len__(self) -> int:
        return len(self._entries)
