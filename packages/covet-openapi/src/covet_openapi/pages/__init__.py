"""Documentation pages that load nothing from another host.

Plain functions of plain values: a web application answers :func:`swagger_ui_page` at one URL
and each of :data:`asset_names` below another.
"""

from ._assets import Asset, UnknownAssetError, asset, asset_names
from ._swagger_ui import CONTENT_SECURITY_POLICY, swagger_ui_page

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "Asset",
    "UnknownAssetError",
    "asset",
    "asset_names",
    "swagger_ui_page",
]
