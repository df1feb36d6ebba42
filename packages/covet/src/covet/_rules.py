"""Database rules of a route's inputs: checked before the handler, and told to who loses a race."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from covet_validation import Place, SignatureError, SignatureFault

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from covet.injection import Binding
    from covet_routing import RouteMetadata
    from covet_validation.sqlalchemy import DatabaseChecks


@dataclass(frozen=True, slots=True)
class Rules:
    """What the inputs of one route demand of the database.

    `names` maps arguments that are no inputs, such as ``current_user``, to the keys of the values
    that hold them: where there are any, the rules are checked after the dependencies.
    """

    checks: DatabaseChecks
    names: Mapping[str, str]

    async def check(self, values: Mapping[str, Any], session: AsyncSession) -> None:
        """Check what *values* demand, in one statement.

        Raises:
            ValidationException: with every rule that is broken; 409 where something is taken.
        """
        await self.checks.check(self._arguments(values), session)

    async def explain(
        self,
        error: BaseException,
        values: Mapping[str, Any],
        open_session: Callable[[], AsyncSession],
    ) -> Exception | None:
        """Return what the check would have said to the one whom *error* tells of a lost race.

        None for any other error. The transaction that failed is over.
        """
        from sqlalchemy.exc import DBAPIError, IntegrityError

        if not isinstance(error, IntegrityError):
            return None
        try:
            async with open_session() as session:
                return await self.checks.explain(error, self._arguments(values), session)
        except (DBAPIError, OSError):  # the constraint tells it as well, if less exactly
            return None

    def _arguments(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        if not self.names:
            return values
        return {**values, **{name: values[key] for name, key in self.names.items()}}


def rules_of(binding: Binding, route: RouteMetadata) -> Rules | None:
    """Return the rules of the inputs of *binding*, None where there are none.

    Raises:
        SignatureError: with every rule that cannot be served.
    """
    if "covet_validation.sqlalchemy" not in sys.modules:  # then no model can have any
        return None
    from covet_validation.sqlalchemy import DatabaseChecks

    checks = DatabaseChecks(binding.inputs, methods=route.methods)
    if not checks:
        return None
    unknown = sorted(checks.needs - binding.arguments.keys())
    if unknown:
        place = Place(route.name, *route.source_location)
        reason = "is named by Updates(…) and is no parameter of the handler. Add it."
        raise SignatureError([SignatureFault(name, reason, place) for name in unknown])
    return Rules(checks, {name: binding.arguments[name] for name in checks.needs})
