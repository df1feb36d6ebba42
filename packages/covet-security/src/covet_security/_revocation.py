"""Whether an access token that was good has since been revoked, also while nobody can say."""

import logging
from collections.abc import Mapping
from typing import Any, Literal

from covet_security._compact import TokenError
from covet_security._errors import StoreUnavailableError
from covet_security.refresh import SessionStore

OutageMode = Literal["closed", "open"]
"""What to do while the store does not answer: refuse every token, or accept what is signed."""

_logger = logging.getLogger("covet_security")


class RevocationCheck:
    """Asks the store of every token; says once in the log that it stops or starts to answer."""

    def __init__(self, store: SessionStore, *, on_outage: OutageMode) -> None:
        self._store = store
        self._on_outage = on_outage
        self._answers = True

    async def check(self, claims: Mapping[str, Any], *, now: float) -> None:
        """Do nothing if the token with these *claims* was not revoked.

        Raises:
            TokenError: it was.
            StoreUnavailableError: the store does not answer, and the mode is ``closed``.
        """
        try:
            is_denied = await self._store.is_denied(
                claims["sub"],
                jti=claims["jti"],
                sid=claims.get("sid"),
                generation=claims.get("gen", claims["iat"] * 1000),
                now=now,
            )
        except StoreUnavailableError as error:
            if self._answers:
                _logger.error("Revocation is %s: %s", self._on_outage, error)
                self._answers = False
            if self._on_outage == "closed":
                raise
            return
        if not self._answers:
            _logger.warning("Revocation is checked again.")
            self._answers = True
        if is_denied:
            raise TokenError("The token, its session or all of its user's were revoked.")
