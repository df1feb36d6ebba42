"""What this package needs to know of a route, and the frozen operations that it makes of one."""

import inspect
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

from ._json import JsonObject
from ._stated import StatedResponse

WEBSOCKET = "WEBSOCKET"  # the method of a route that answers WebSocket connections

MESSAGE = "message"  # the name of the input that such a connection's messages are

Location: TypeAlias = Literal["path", "query", "header", "cookie", "body", "form", "file"]


class ParameterRecord(Protocol):
    """What must be known of a value that a route takes from a request.

    Further attributes are read where they exist:

    - ``location`` (None): ``path``, ``query``, ``header``, ``cookie``, ``body``, ``form`` or
      ``file``. Without it: in the template → path; a Pydantic model → body of POST, PUT, PATCH;
      anything else → query.
    - ``is_model`` (False; True for a Pydantic model without a location): the annotation is a
      Pydantic model and each of its fields is a value of that location.
    - ``embed`` (False): a body has this value under its name, even if it is the only one.
    - ``media_type`` (None: JSON, or any for ``bytes``): what the body must be.
    - ``model`` (None): the route's ``request_model``, if this value is one of its fields.
    - ``include_in_schema`` (True): whether the value is documented; path parameters always are.
    - ``title``, ``description`` (None), ``examples`` (()), ``deprecated`` (False): for readers.
    """

    @property
    def name(self) -> str:
        """The name that a client sends."""
        ...

    @property
    def annotation(self) -> Any:
        """The resolved type with any constraints, ``inspect.Parameter.empty`` without one."""
        ...

    @property
    def required(self) -> bool:
        """Whether a request without it is refused."""
        ...

    @property
    def default(self) -> Any:
        """What an absent value becomes; meaningless when required."""
        ...


class RouteRecord(Protocol):
    """What must be known of a route; any object of this shape can be documented.

    Further attributes are read where they exist, with these defaults:

    - ``name`` (None): becomes the ``operationId``.
    - ``summary``, ``description`` (None), ``tags`` (()), ``deprecated`` (False): for readers.
    - ``include_in_schema`` (True): whether the route is documented.
    - ``request_model`` (None): the body of POST, PUT and PATCH, the query string otherwise.
    - ``response_model`` (None: not described), ``status_code`` (200),
      ``response_media_type`` (``application/json``): the answer of a success.
    - ``requires_auth`` (None: protected if the document has security schemes),
      ``permissions`` (()): who may call it; ``security`` (None: any): the names of the schemes
      that open it.
    - ``rate_limit``, ``timeout`` (None), ``raises`` (()): errors that it can answer besides.
      An exception counts by its ``status_code``; its body is the document's error model unless
      it has a ``response_model`` (and ``response_media_type``) of its own.
    - ``responses`` (None): answers that it states itself, by status; see `StatedResponse`.
    - ``callbacks`` (None): names → route records of the requests that it makes to its client,
      whose paths are OpenAPI's runtime expressions.
    - ``extra`` ({}): a mapping in which ``responses``, ``callbacks`` and ``security`` are also
      looked for.
    - ``source_location`` (file and line), or else ``handler``: where faults are reported.

    The method ``WEBSOCKET`` makes a route of WebSocket connections: ``request_model`` is then what
    the client sends, ``response_model`` what the server sends.
    """

    @property
    def path(self) -> str:
        """The path template: ``/items/{item_id:int}``."""
        ...

    @property
    def methods(self) -> Collection[str]:
        """The methods that it answers; HEAD beside GET goes without saying."""
        ...

    @property
    def parameters(self) -> Iterable[ParameterRecord]:
        """What it takes from a request, injected values left out."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """One input of an operation; compared by identity, so that it can stand for its schema."""

    name: str
    location: Location
    annotation: Any
    required: bool = True
    default: Any = inspect.Parameter.empty
    is_model: bool = False
    embed: bool = False
    media_type: str | None = None
    is_hidden: bool = False
    title: str | None = None
    description: str | None = None
    examples: tuple[Any, ...] = ()
    deprecated: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One method of one route; compared by identity, so that it can stand for its answer."""

    method: str
    template: str
    path: str
    shape: str
    parameters: tuple[Parameter, ...]
    name: str | None
    is_only_method: bool
    summary: str | None
    description: str | None
    tags: tuple[str, ...]
    deprecated: bool
    status_code: int
    response_model: Any
    response_media_type: str | None
    requires_auth: bool | None
    permissions: tuple[str, ...]
    security: tuple[str, ...] | None
    rate_limits: tuple[JsonObject, ...]
    has_timeout: bool
    raises: tuple[Any, ...]
    stated: Mapping[str, StatedResponse | None]
    callbacks: Mapping[str, tuple["Operation", ...]]
    is_outgoing: bool
    """Whether the API makes the request, as in callbacks and webhooks, and others answer it."""
    source: tuple[str, int]
    """File and line."""

    @property
    def place(self) -> str:
        """Where an error message says that it is."""
        return f"{self.method} {self.template}"
