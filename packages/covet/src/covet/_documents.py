"""The application's own routes: its OpenAPI documents, one a version, and their pages."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from covet.errors import NotFound
from covet_routing import RouteMetadata, VersionManager
from covet_validation import ErrorResponse

if TYPE_CHECKING:
    from covet_openapi import OpenAPIGenerator

# covet_openapi is imported by the functions that need it: nothing needs it before the first
# document is asked for, and importing it is a sixth of importing Covet.

_ASSET_AGE_SECONDS = 3600


@dataclass(slots=True, kw_only=True)
class Documentation:
    """What the documents say of the whole application, and where they are served; None is nowhere.

    With versions there is a document, and a page, for each of them: the default version's where
    one would look without versions, ``/openapi.json``, the others' below, ``/openapi/v2.json``.
    """

    title: str
    version: str
    description: str | None
    contact: Mapping[str, str] | None
    license_info: Mapping[str, str] | None
    servers: Sequence[str | Mapping[str, Any]]
    tags: Mapping[str, str]
    openapi_path: str | None
    docs_path: str | None
    reference_path: str | None
    token_url: str | None
    has_tokens: bool
    has_api_keys: bool
    requires_auth: bool
    versions: VersionManager | None
    _records: Mapping[str | None, Sequence[RouteMetadata]] = field(default_factory=dict[Any, Any])
    _generators: dict[tuple[str | None, str], OpenAPIGenerator] = field(
        default_factory=dict[Any, Any]
    )
    _references: dict[tuple[str | None, str], str] = field(default_factory=dict[Any, str])

    def read(self, records: Mapping[str | None, Sequence[RouteMetadata]]) -> None:
        """Document the completed *records* of each version from now on; None is without version."""
        self._records = records
        self._generators.clear()
        self._references.clear()

    def generator(self, root_path: str = "", *, version: str | None = None) -> OpenAPIGenerator:
        """Return the generator of the document of *version*, by default the default one.

        Without `servers` of its own, the document says that the API is at *root_path*, which is
        where a proxy or a mount has put the application.

        Raises:
            LookupError: there is no such version.
        """
        from covet_openapi import OpenAPIGenerator, api_key, bearer_jwt, oauth2_password

        schemes: dict[str, Mapping[str, Any]] = {"bearer": bearer_jwt()} if self.has_tokens else {}
        if self.has_tokens and self.token_url is not None:
            schemes["password"] = oauth2_password(root_path + self.token_url)
        if self.has_api_keys:
            schemes["api_key"] = api_key()
        key, api_version = None, None
        if self.versions is not None:
            api_version = self.versions.find(version or self.versions.default_version or "")
            if api_version is None:
                known = ", ".join(self.versions.versions)
                raise LookupError(f"There is no version {version!r}. There are {known}.")
            key = api_version.version
        generator = OpenAPIGenerator(
            self.title,
            self.version if key is None else key,
            description=self.description,
            contact=self.contact,
            license_info=self.license_info,
            servers=self.servers or ([root_path] if root_path else []),
            tags=self.tags,
            security_schemes=schemes,
            error_model=ErrorResponse,
            api_version=api_version,
        )
        for record in self._records.get(key, ()):
            generator.add_route(record)
        return generator

    def _kept_generator(self, root_path: str, version: str | None) -> OpenAPIGenerator:
        """Return the one generator that serves these requests; it keeps what it has made."""
        found = self._generators.get((version, root_path))
        if found is None:
            found = self.generator(root_path, version=version)
            self._generators[version, root_path] = found
        return found

    def routes(self) -> Iterator[RouteMetadata]:
        """Yield the routes that serve the documents and their pages."""
        if self.openapi_path is None:
            return
        for version in self._version_names:
            path = _placed(self.openapi_path, version)
            yield self._route("openapi", path, partial(self._document, version))
            if self.docs_path is not None:
                path = _placed(self.docs_path, version)
                yield self._route("docs", path, partial(self._page, version))
            if self.reference_path is not None:
                path = _placed(self.reference_path, version)
                yield self._route("reference", path, partial(self._reference, version))
        for page in (self.docs_path, self.reference_path):
            if page is not None:
                yield self._route("docs_asset", page + "/{name}", self._asset)

    @property
    def _version_names(self) -> Iterator[str | None]:
        yield None
        if self.versions is not None:
            yield from self.versions.versions

    async def _document(self, version: str | None, request: Request) -> Response:
        root_path: str = request.scope.get("root_path", "")
        document = self._kept_generator(root_path, version).to_json()
        return Response(document, media_type="application/json")

    async def _page(self, version: str | None) -> Response:
        from covet_openapi.pages import CONTENT_SECURITY_POLICY, swagger_ui_page

        docs_path = self.docs_path or ""
        folder = posixpath.dirname(_placed(docs_path, version))
        page = swagger_ui_page(
            title=self.title,
            openapi_url=posixpath.relpath(_placed(self.openapi_path or "", version), folder),
            assets_url=posixpath.relpath(docs_path, folder),
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY})

    async def _reference(self, version: str | None, request: Request) -> Response:
        from covet_openapi.pages import content_security_policy, reference_page

        root_path: str = request.scope.get("root_path", "")
        page = self._references.get((version, root_path))
        if page is None:
            path = self.reference_path or ""
            folder = posixpath.dirname(_placed(path, version))
            docs = None if self.docs_path is None else _placed(self.docs_path, version)
            page = self._references[version, root_path] = reference_page(
                self._kept_generator(root_path, version).generate(),
                assets_url=posixpath.relpath(path, folder),
                openapi_url=posixpath.relpath(_placed(self.openapi_path or "", version), folder),
                interactive_url=None if docs is None else posixpath.relpath(docs, folder),
            )
        policy = content_security_policy(runs_scripts=False)
        return HTMLResponse(page, headers={"Content-Security-Policy": policy})

    async def _asset(self, request: Request, name: str) -> Response:
        from covet_openapi.pages import asset, asset_names

        if name not in asset_names:
            raise NotFound
        found = asset(name)
        headers = {"ETag": found.etag, "Cache-Control": f"max-age={_ASSET_AGE_SECONDS}"}
        if _is_held(request.headers.get("if-none-match", ""), found.etag):
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=headers)

    def _route(self, name: str, path: str, handler: Callable[..., Any]) -> RouteMetadata:
        return RouteMetadata(
            path=path,
            methods=("GET",),
            handler=handler,
            name=name,
            requires_auth=self.requires_auth,
            include_in_schema=False,
        )


def _placed(path: str, version: str | None) -> str:
    """Return where what is at *path* is for *version*: ``/openapi/v2.json``, ``/docs/v2``."""
    if version is None:
        return path
    stem, extension = posixpath.splitext(path)
    return f"{stem}/{version}{extension}"


def _is_held(if_none_match: str, etag: str) -> bool:
    """Tell whether the client holds the content that *etag* names.

    Source: RFC 9110 §13.1.2, https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
    """
    held = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in held or held == ["*"]
