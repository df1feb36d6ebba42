"""A secret value that shows nowhere unless asked."""

import hmac
from typing import NoReturn, final

from covet_security._errors import ConfigError


@final
class Secret:
    """Bytes that never show in a repr, a string, a format or a pickle.

    Text is held as UTF-8. Secrets compare in constant time.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str | bytes) -> None:
        """Hold *value*.

        Raises:
            ConfigError: it is neither text nor bytes, as when its setting is missing.
        """
        if isinstance(value, str):  # any text: an encoding error would carry the secret
            value = value.encode(errors="surrogatepass")
        try:
            self._value = memoryview(value).tobytes()
        except TypeError:
            raise ConfigError(
                f"A secret is text or bytes, not {type(value).__name__}. "
                "See whether its setting is missing."
            ) from None

    def reveal(self) -> bytes:
        """Return the secret itself."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value, other._value)

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: object) -> "Secret":
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "A Secret is not pickled: its value would leave the process unprotected. "
            "Let each process load it from its own settings."
        )
