"""Route records as a stranger would write them, and documents that are valid."""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from covet_openapi import OpenAPIGenerator

Document = dict[str, Any]


def _value(
    name: str, annotation: Any = str, *, required: bool = True, default: Any = None, **facts: Any
) -> SimpleNamespace:
    return SimpleNamespace(
        name=name, annotation=annotation, required=required, default=default, **facts
    )


def _route(
    path: str, methods: Iterable[str] = ("GET",), *parameters: SimpleNamespace, **facts: Any
) -> SimpleNamespace:
    return SimpleNamespace(path=path, methods=methods, parameters=parameters, **facts)


def _document(*routes: SimpleNamespace, **options: Any) -> Document:
    generator = OpenAPIGenerator("Test", "1.0", **options)
    for route in routes:
        generator.add_route(route)
    document = generator.generate()
    OpenAPIV31SpecValidator(document).validate()
    return document


@pytest.fixture
def value() -> Callable[..., SimpleNamespace]:
    """Make the record of one parameter; facts not given are attributes that it does not have."""
    return _value


@pytest.fixture
def route() -> Callable[..., SimpleNamespace]:
    """Make a route record: path, methods, then its parameters; further facts by keyword."""
    return _route


@pytest.fixture
def document() -> Callable[..., Document]:
    """Generate the document of some routes, which must be valid OpenAPI 3.1."""
    return _document


@pytest.fixture
def operation() -> Callable[..., Document]:
    """Generate the document of one route with one method, and return its operation."""

    def generate(route: SimpleNamespace, **options: Any) -> Document:
        (item,) = _document(route, **options)["paths"].values()
        (found,) = item.values()
        return found

    return generate
