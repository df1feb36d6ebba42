"""Documentation pages that load nothing from another host.

Plain functions of plain values: a web application answers :func:`swagger_ui_page`, to try an API
out, and :func:`reference_page`, to read about it without any script, at URLs of its choice, and
each of :data:`asset_names` below another.
"""

from ._assets import Asset, UnknownAssetError, asset, asset_names
from ._policy import content_security_policy
from ._reference import reference_page
from ._swagger_ui import CONTENT_SECURITY_POLICY, swagger_ui_page

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "Asset",
    "UnknownAssetError",
    "asset",
    "asset_names",
    "content_security_policy",
    "reference_page",
    "swagger_ui_page",
]
