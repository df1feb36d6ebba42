"""OpenAPI 3.1 documents from any list of route records, and pages that show them offline.

:class:`OpenAPIGenerator` reads objects of the shape of :class:`RouteRecord`, whatever made them;
:mod:`covet_openapi.security` has the security schemes, :mod:`covet_openapi.pages` the pages.
"""

from ._diff import RULES, Change, Changes, Severity, diff
from ._document import OpenAPIGenerator
from ._errors import (
    DocumentFault,
    DocumentFaultsError,
    DuplicateOperationError,
    OpenAPIError,
    RouteRecordError,
    SchemaError,
)
from ._lifecycle import VersionRecord
from ._operation import ParameterRecord, RouteRecord
from ._stated import StatedResponse
from .security import api_key, bearer_jwt, oauth2_password

__all__ = [
    "RULES",
    "Change",
    "Changes",
    "DocumentFault",
    "DocumentFaultsError",
    "DuplicateOperationError",
    "OpenAPIError",
    "OpenAPIGenerator",
    "ParameterRecord",
    "RouteRecord",
    "RouteRecordError",
    "SchemaError",
    "Severity",
    "StatedResponse",
    "VersionRecord",
    "api_key",
    "bearer_jwt",
    "diff",
    "oauth2_password",
]
