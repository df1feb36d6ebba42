"""Answers that a route states itself, beside or in place of those that follow from its facts.

Source: OpenAPI 3.1.0 §4.8.17, https://spec.openapis.org/oas/v3.1.0#response-object
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, cast

from ._errors import RouteRecordError
from ._json import JsonObject

_STATUS = re.compile(r"[1-5][0-9]{2}|[1-5]XX|default")


@dataclass(frozen=True, slots=True, eq=False)
class StatedResponse:
    """What a route says of one of its answers: ``responses={400: StatedResponse(OAuth2Error)}``.

    What is left out stays as it would be without. A mapping with these keys, or the model alone,
    say the same; None says that the route never answers so.

    Attributes:
        model: The type of the body.
        description: When it is given, and what it means.
        media_type: Of the body; ``application/json`` for a model.
        headers: Descriptions of its headers, or OpenAPI's header objects, by name.
        examples: Bodies, as JSON values.
    """

    model: Any = None
    description: str | None = None
    media_type: str | None = None
    headers: Mapping[str, str | Mapping[str, Any]] = field(default_factory=dict[str, str])
    examples: Sequence[Any] = ()

    @property
    def has_body(self) -> bool:
        """Whether the body is stated."""
        return self.model is not None or self.media_type is not None

    @property
    def header_objects(self) -> JsonObject:
        """OpenAPI's header objects by name."""
        return {
            name: {"description": said, "schema": {"type": "string"}}
            if isinstance(said, str)
            else dict(said)
            for name, said in self.headers.items()
        }


_KEYS = frozenset(item.name for item in fields(StatedResponse))


def read_stated(
    route: str, responses: Mapping[Any, Any] | None
) -> dict[str, StatedResponse | None]:
    """Return what *route* (its path template) states, by status.

    Raises:
        RouteRecordError: a status is none, or a mapping has an unknown key.
    """
    found: dict[str, StatedResponse | None] = {}
    for status, said in (responses or {}).items():
        if _STATUS.fullmatch(str(int(status) if isinstance(status, int) else status)) is None:
            raise RouteRecordError(
                route,
                f"it states a response with the status {status!r}.",
                "Use 100 to 599, '4XX' or 'default'.",
            )
        found[str(int(status) if isinstance(status, int) else status)] = _read(route, said)
    return found


def _read(route: str, said: Any) -> StatedResponse | None:
    if said is None or isinstance(said, StatedResponse):
        return said
    if isinstance(said, Mapping):
        facts = cast("Mapping[str, Any]", said)
        if unknown := facts.keys() - _KEYS:
            raise RouteRecordError(
                route,
                f"it states a response with the unknown fact {min(unknown)!r}.",
                f"Use {', '.join(sorted(_KEYS))}.",
            )
        return StatedResponse(**facts)
    return StatedResponse(said)
