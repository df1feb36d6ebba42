"""covet_openapi without a framework: a document of routes that any object describes."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from covet_openapi import OpenAPIGenerator, bearer_jwt
from covet_openapi.pages import asset, asset_names, swagger_ui_page


class Ship(BaseModel):
    """A ship."""

    name: str
    tons: float


@dataclass(frozen=True)
class Value:
    """One input."""

    name: str
    annotation: Any
    required: bool = True
    default: Any = None


@dataclass(frozen=True)
class Operation:
    """What a route record has to have, and whatever else it knows."""

    path: str
    methods: tuple[str, ...]
    parameters: tuple[Value, ...]
    name: str
    response_model: Any
    requires_auth: bool = False


generator = OpenAPIGenerator("Harbour", "1.0", security_schemes={"bearer": bearer_jwt()})
generator.add_route(Operation("/ships/{name}", ("GET",), (Value("name", str),), "read_ship", Ship))
generator.add_route(
    Operation("/ships", ("POST",), (Value("ship", Ship),), "add_ship", Ship, requires_auth=True)
)


def files() -> dict[str, bytes]:
    """Return what to serve, by path: the document, the page, and what the page loads."""
    page = swagger_ui_page(title="Harbour", openapi_url="openapi.json", assets_url="docs")
    return {
        "openapi.json": generator.to_json().encode(),
        "docs.html": page.encode(),
        **{f"docs/{name}": asset(name).content for name in sorted(asset_names)},
    }
