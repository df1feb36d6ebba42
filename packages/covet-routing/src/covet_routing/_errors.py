"""Everything that can be wrong with a route, as one tree of exceptions.

    RoutingError
    ├── TemplateError (ValueError)        a path template or prefix that cannot be read
    ├── HostError (ValueError)            a host that no request can have
    ├── ConverterError (ValueError)       a converter that cannot be registered
    ├── RouteOptionError (TypeError)      an option of a route that is unknown or of the wrong kind
    ├── RouteConflictError (ValueError)   two routes that answer the same requests
    ├── AmbiguousNameError (ValueError)   two paths that url_for cannot tell apart
    ├── AnnotationError (TypeError)       an annotation of a handler that does not resolve
    ├── FrozenRouterError (RuntimeError)  a change to a router that already answers requests
    └── UrlError                          a URL that cannot be built
        ├── UnknownRouteError (LookupError)
        └── UrlParameterError (ValueError)

    RouterFaultsError (ExceptionGroup)    every fault of a router at once

Each class builds its message and keeps the parts as attributes.
"""

import difflib
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self


class SourceLocation(NamedTuple):
    """Where something was written; as text ``file:line``."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class RoutingError(Exception):
    """The root of this package's errors."""


class TemplateError(RoutingError, ValueError):
    """A path template, or a prefix of some, that cannot be read."""

    def __init__(self, template: str, reason: str, remedy: str) -> None:
        super().__init__(f"Path template {template!r} is invalid: {reason}. {remedy}")
        self.template = template
        self.reason = reason
        self.remedy = remedy


class HostError(RoutingError, ValueError):
    """A host constraint that no request can have."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"Host {host!r} is invalid: it is no host name. "
            "Write 'api.example.com' or '*.example.com', without scheme and port."
        )
        self.host = host


class ConverterError(RoutingError, ValueError):
    """A converter that cannot be registered under a name."""

    def __init__(self, name: str, reason: str, remedy: str) -> None:
        super().__init__(f"Converter {name!r} cannot be registered: {reason}. {remedy}")
        self.name = name
        self.reason = reason


class RouteOptionError(RoutingError, TypeError):
    """An option of a route that is unknown or of the wrong kind."""

    def __init__(self, option: str, reason: str, remedy: str) -> None:
        super().__init__(f"Route option {option!r} {reason}. {remedy}")
        self.option = option
        self.reason = reason


class RouteConflictError(RoutingError, ValueError):
    """Two routes that answer the same requests.

    Attributes: ``method``; ``templates``, ``handlers`` and ``locations``, two of each, the route
    that was there first first.
    """

    def __init__(
        self,
        method: str,
        templates: tuple[str, str],
        handlers: tuple[str, str],
        locations: tuple[SourceLocation, SourceLocation],
    ) -> None:
        places = " and ".join(
            f"{handler} ({location})" for handler, location in zip(handlers, locations, strict=True)
        )
        paths = " and ".join(dict.fromkeys(templates))
        super().__init__(
            f"{method} {paths} is answered by two handlers: {places}. "
            "Give one of them another path, method, host or header, or remove it."
        )
        self.method = method
        self.templates = templates
        self.handlers = handlers
        self.locations = locations


class AmbiguousNameError(RoutingError, ValueError):
    """One route name for several paths with the same parameters."""

    def __init__(self, name: str, templates: Sequence[str]) -> None:
        paths = " and ".join(templates)
        super().__init__(
            f"Route name {name!r} is ambiguous: it names {paths}, which take the same parameters. "
            "Give one of them another name=."
        )
        self.name = name
        self.templates: tuple[str, ...] = tuple(templates)


class AnnotationError(RoutingError, TypeError):
    """An annotation of a handler that does not resolve; *parameter* may be ``"return"``."""

    def __init__(
        self, parameter: str, handler: str, annotation: object, cause: str, location: SourceLocation
    ) -> None:
        subject = "Return" if parameter == "return" else f"Parameter {parameter!r}:"
        super().__init__(
            f"{subject} annotation {annotation!r} of {handler} ({location}) does not resolve: "
            f"{cause}. Import the name at module level, outside 'if TYPE_CHECKING:'."
        )
        self.parameter = parameter
        self.handler = handler
        self.annotation = annotation
        self.location = location


class FrozenRouterError(RoutingError, RuntimeError):
    """A change to a router that already answers requests."""

    def __init__(self, change: str) -> None:
        super().__init__(
            f"Cannot {change}: the router is frozen, it already answers requests. "
            "Make every change before the first match or freeze()."
        )
        self.change = change


class UrlError(RoutingError):
    """A URL that cannot be built."""


class UnknownRouteError(UrlError, LookupError):
    """A route name that does not exist; ``suggestion`` is the nearest one that does."""

    def __init__(self, name: str, names: Iterable[str]) -> None:
        self.name = name
        self.suggestion: str | None = nearest(name, names)
        super().__init__(f"No route is named {name!r}.{did_you_mean(self.suggestion)}")


class UrlParameterError(UrlError, ValueError):
    """A parameter of a URL that is missing, unexpected or has a value that does not fit."""

    def __init__(self, name: str, template: str, parameter: str, reason: str, remedy: str) -> None:
        super().__init__(
            f"Cannot build the URL of route {name!r} ({template}): parameter {parameter!r} "
            f"{reason}. {remedy}"
        )
        self.name = name
        self.template = template
        self.parameter = parameter
        self.reason = reason


class Fault(NamedTuple):
    """One reason why a router cannot be frozen, and where it was written."""

    message: str
    file: str
    line: int
    error: RoutingError


class RouterFaultsError(ExceptionGroup[RoutingError]):
    """Every fault of a router at once; ``faults`` lists them with file and line."""

    def __new__(cls, faults: Sequence[Fault]) -> Self:
        """Make the group; its text has one line a fault."""
        lines = "".join(f"\n  {fault.file}:{fault.line}: {fault.message}" for fault in faults)
        message = f"The router has {len(faults)} fault(s):{lines}\n"
        return super().__new__(cls, message, [fault.error for fault in faults])

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(self.message, [fault.error for fault in faults])
        self.faults: tuple[Fault, ...] = tuple(faults)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the one of *names* that *name* was probably meant to be."""
    return next(iter(difflib.get_close_matches(name, sorted(set(names)), n=1)), None)


def did_you_mean(suggestion: str | None) -> str:
    """Return the sentence that offers *suggestion*, with a space before it; empty without one."""
    return f" Did you mean {suggestion!r}?" if suggestion else ""
