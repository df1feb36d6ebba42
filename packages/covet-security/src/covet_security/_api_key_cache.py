"""API keys that a store returned a moment ago."""

from covet_security._api_key_store import APIKey

_MAX_CACHED = 10_000


class APIKeyCache:
    """Remembers keys until each has to be asked for again.

    Attributes:
        ticket: what `keep` needs, taken before the store is asked.
    """

    __slots__ = ("_keys", "ticket")

    def __init__(self) -> None:
        self._keys: dict[str, tuple[APIKey, float]] = {}
        self.ticket = 0

    def get(self, key_id: str, *, now: float) -> APIKey | None:
        """Return the key called *key_id*, if it is remembered."""
        found = self._keys.get(key_id)
        return found[0] if found is not None and now < found[1] else None

    def keep(self, key: APIKey, ticket: int, *, until: float) -> None:
        """Remember *key*, unless something was forgotten since *ticket*: it may be of before."""
        if ticket != self.ticket:
            return
        if len(self._keys) >= _MAX_CACHED:
            self._keys.clear()
        self._keys[key.id] = (key, until)

    def forget(self, key_id: str | None) -> None:
        """Forget a key, or all: it was changed."""
        self.ticket += 1
        if key_id is None:
            self._keys.clear()
        else:
            self._keys.pop(key_id, None)
