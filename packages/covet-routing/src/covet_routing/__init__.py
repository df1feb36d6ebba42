"""Path templates, dispatch in constant time, and route metadata; standard library only.

`RESTRouter` gathers `RouteMetadata` records and finds the one that answers a request; `Matcher` is
the table beneath it, for any payload.
"""

from covet_routing._converters import Converter, register_converter
from covet_routing._errors import (
    AmbiguousNameError,
    AnnotationError,
    ConverterError,
    Fault,
    FrozenRouterError,
    HostError,
    RouteConflictError,
    RouteOptionError,
    RouterFaultsError,
    RoutingError,
    SourceLocation,
    TemplateError,
    UnknownRouteError,
    UrlError,
    UrlParameterError,
)
from covet_routing._findings import Finding, find_shadowed
from covet_routing._handler import Handler
from covet_routing._matcher import Matcher
from covet_routing._names import RouteNames
from covet_routing._options import RouteOptions, RouterOptions
from covet_routing._outcome import MethodNotAllowed, MountMatch, NotFound, Redirect
from covet_routing._route import (
    RouteMatch,
    RouteMetadata,
    attached_routes,
    rest_route,
    route_entry,
)
from covet_routing._router import RESTRouter
from covet_routing._segment import Mixed, Parameter
from covet_routing._signature import INJECTED_NAMES, RouteParameter
from covet_routing._table import Entry, Mount, TrailingSlash
from covet_routing._template import Template, parse_template
from covet_routing.versioning import (
    APIVersion,
    NoDefaultVersionError,
    UnknownVersion,
    VersionedMatcher,
    VersionedRoutes,
    VersionError,
    VersioningStrategy,
    VersionManager,
)

__all__ = [
    "INJECTED_NAMES",
    "APIVersion",
    "AmbiguousNameError",
    "AnnotationError",
    "Converter",
    "ConverterError",
    "Entry",
    "Fault",
    "Finding",
    "FrozenRouterError",
    "Handler",
    "HostError",
    "Matcher",
    "MethodNotAllowed",
    "Mixed",
    "Mount",
    "MountMatch",
    "NoDefaultVersionError",
    "NotFound",
    "Parameter",
    "RESTRouter",
    "Redirect",
    "RouteConflictError",
    "RouteMatch",
    "RouteMetadata",
    "RouteNames",
    "RouteOptionError",
    "RouteOptions",
    "RouteParameter",
    "RouterFaultsError",
    "RouterOptions",
    "RoutingError",
    "SourceLocation",
    "Template",
    "TemplateError",
    "TrailingSlash",
    "UnknownRouteError",
    "UnknownVersion",
    "UrlError",
    "UrlParameterError",
    "VersionError",
    "VersionManager",
    "VersionedMatcher",
    "VersionedRoutes",
    "VersioningStrategy",
    "attached_routes",
    "find_shadowed",
    "parse_template",
    "register_converter",
    "rest_route",
    "route_entry",
]
