"""The Swagger UI page: HTML without inline script or style, all its parts beside it."""

from html import escape

from ._policy import content_security_policy

CONTENT_SECURITY_POLICY = content_security_policy(runs_scripts=True)
"""What the page may do: load its own parts and call its own host, nothing else."""


def swagger_ui_page(*, title: str, openapi_url: str, assets_url: str, language: str = "en") -> str:
    """Return the page as HTML, to be sent with :data:`CONTENT_SECURITY_POLICY`.

    *openapi_url* is where the document is and *assets_url* the folder in which each of
    ``asset_names`` is answered. Both may be relative to the page, which then works under any
    root path: for a page at ``/docs``, ``openapi.json`` and ``docs/assets``.
    """
    assets = escape(assets_url.rstrip("/"))
    return f"""\
<!DOCTYPE html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="icon" type="image/png" href="{assets}/favicon-32x32.png">
<link rel="stylesheet" href="{assets}/swagger-ui.css">
<link rel="stylesheet" href="{assets}/index.css">
<script defer src="{assets}/swagger-ui-bundle.js"></script>
<script defer src="{assets}/swagger-ui-init.js"></script>
</head>
<body>
<div id="swagger-ui" data-openapi-url="{escape(openapi_url)}"></div>
<noscript>This page needs JavaScript. The document itself is at
<a href="{escape(openapi_url)}">{escape(openapi_url)}</a>.</noscript>
</body>
</html>
"""
