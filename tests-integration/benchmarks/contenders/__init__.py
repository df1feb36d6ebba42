"""Who takes part: one module a contender, exposing ``app``, written as its documentation shows."""

import importlib
import importlib.util
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Contender:
    """One framework in the comparison.

    ``distribution`` is what must be installed (None: nothing), and its import name ``imports``.
    ``rejects`` is the status with which it refuses invalid input, by endpoint.
    """

    name: str
    title: str
    distribution: str | None = None
    imports: str | None = None
    is_asgi: bool = True
    rejects: Mapping[str, int] = field(default_factory=lambda: {"B": 422, "C": 422})

    @property
    def module(self) -> str:
        """The module that exposes the application."""
        return f"{__name__}.{self.name}"

    @property
    def is_installed(self) -> bool:
        """Whether the framework can be imported here."""
        return self.imports is None or importlib.util.find_spec(self.imports) is not None

    def load(self) -> ASGIApp:
        """Import the contender and return its application."""
        app: ASGIApp = importlib.import_module(self.module).app
        return app


CONTENDERS = (
    Contender("raw", "raw ASGI"),
    Contender("covet", "Covet", "covet", "covet"),
    Contender("fastapi", "FastAPI", "fastapi", "fastapi"),
    Contender("starlette", "Starlette", "starlette", "starlette"),
    Contender(
        "litestar", "Litestar", "litestar", "litestar", rejects={"B": 400, "C": 400}
    ),  # its documented status for invalid input
    Contender(
        "falcon", "Falcon", "falcon", "falcon", rejects={"B": 400, "C": 422}
    ),  # HTTPInvalidParam; the msgspec recipe's handler
    Contender("django_bolt", "django-bolt", "django-bolt", "django_bolt", is_asgi=False),
)

_OTHER_TITLES = {"werkzeug": "Werkzeug", "bare": "pydantic-core alone"}


def chosen(names: Collection[str] | None, *, asgi_only: bool) -> list[Contender]:
    """Return the contenders of *names* (None: all of them), in the order of the table."""
    return [
        contender
        for contender in CONTENDERS
        if (names is None or contender.name in names) and (contender.is_asgi or not asgi_only)
    ]


def title_of(name: str) -> str:
    """Return the name to print for *name*, which may be no contender's."""
    return _OTHER_TITLES.get(name) or next(
        (contender.title for contender in CONTENDERS if contender.name == name), name
    )
