"""The application's own routes: its OpenAPI document, and the page that shows it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from covet.errors import NotFound
from covet_openapi import OpenAPIGenerator, bearer_jwt, oauth2_password
from covet_openapi.pages import CONTENT_SECURITY_POLICY, asset, asset_names, swagger_ui_page
from covet_routing import RouteMetadata
from covet_validation import ErrorResponse

_ASSET_AGE_SECONDS = 3600


@dataclass(slots=True, kw_only=True)
class Documentation:
    """What the document says of the whole application, and where it is served; None is nowhere."""

    title: str
    version: str
    description: str | None
    contact: Mapping[str, str] | None
    license_info: Mapping[str, str] | None
    servers: Sequence[str | Mapping[str, Any]]
    openapi_path: str | None
    docs_path: str | None
    token_url: str | None
    is_protected: bool
    _records: Sequence[RouteMetadata] = ()
    _json_by_root: dict[str, str] = field(default_factory=dict[str, str])

    def read(self, records: Sequence[RouteMetadata]) -> None:
        """Document the completed *records* from now on."""
        self._records = records
        self._json_by_root.clear()

    def generator(self, root_path: str = "") -> OpenAPIGenerator:
        """Return the generator of the document, all routes added.

        Without `servers` of its own, the document says that the API is at *root_path*, which is
        where a proxy or a mount has put the application.
        """
        schemes: dict[str, Mapping[str, Any]] = (
            {"bearer": bearer_jwt()} if self.is_protected else {}
        )
        if self.is_protected and self.token_url is not None:
            schemes["password"] = oauth2_password(root_path + self.token_url)
        generator = OpenAPIGenerator(
            self.title,
            self.version,
            description=self.description,
            contact=self.contact,
            license_info=self.license_info,
            servers=self.servers or ([root_path] if root_path else []),
            security_schemes=schemes,
            error_model=ErrorResponse,
        )
        for record in self._records:
            generator.add_route(record)
        return generator

    def routes(self) -> Iterator[RouteMetadata]:
        """Yield the routes that serve the document and its page."""
        if self.openapi_path is None:
            return
        yield _public("openapi", self.openapi_path, self._document)
        if self.docs_path is not None:
            yield _public("docs", self.docs_path, self._page)
            yield _public("docs_asset", self.docs_path + "/{name}", self._asset)

    async def _document(self, request: Request) -> Response:
        root_path: str = request.scope.get("root_path", "")
        document = self._json_by_root.get(root_path)
        if document is None:
            document = self.generator(root_path).to_json()
            self._json_by_root[root_path] = document
        return Response(document, media_type="application/json")

    async def _page(self) -> Response:
        page_folder, page_name = posixpath.split(self.docs_path or "")
        page = swagger_ui_page(
            title=self.title,
            openapi_url=posixpath.relpath(self.openapi_path or "", page_folder),
            assets_url=page_name,
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY})

    async def _asset(self, request: Request, name: str) -> Response:
        if name not in asset_names:
            raise NotFound
        found = asset(name)
        headers = {"ETag": found.etag, "Cache-Control": f"max-age={_ASSET_AGE_SECONDS}"}
        if _is_held(request.headers.get("if-none-match", ""), found.etag):
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=headers)


def _is_held(if_none_match: str, etag: str) -> bool:
    """Tell whether the client holds the content that *etag* names.

    Source: RFC 9110 §13.1.2, https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
    """
    held = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in held or held == ["*"]


def _public(name: str, path: str, handler: Callable[..., Any]) -> RouteMetadata:
    return RouteMetadata(
        path=path,
        methods=("GET",),
        handler=handler,
        name=name,
        requires_auth=False,
        include_in_schema=False,
    )
