"""Where two packages meet without knowing each other, and what `covet` gathers from all."""

import json
import subprocess
import sys
from types import ModuleType

import pytest

import covet
import covet_openapi
import covet_routing
import covet_security
import covet_validation
from covet import JWTAuthenticator, PaginationParams, RESTRouter, Username, rest_route
from covet._security import Authenticator
from covet_openapi import OpenAPIGenerator, ParameterRecord, RouteRecord
from covet_routing import RouteMetadata
from covet_validation import RequestInput, read_inputs

PACKAGES = (covet_openapi, covet_routing, covet_security, covet_validation)
OWN = {"Fault", "NotFound"}  # names of a package of which covet has its own


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def metadata() -> RouteMetadata:
    async def read_item(item_id: int, colour: str = "red", tags: list[str] | None = None) -> str:
        """Read one item."""
        return f"{item_id} {colour} {tags}"

    router = RESTRouter(prefix="/v1", tags=["items"])
    router.add_route(rest_route("/items/{item_id:int}", methods=["GET"])(read_item))
    (found,) = router
    return found


def members(protocol: type) -> set[str]:
    """Return what *protocol* asks for."""
    return {name for name in vars(protocol) if not name.startswith("_")}


class TestRouteMetadata:
    def test_is_what_documents_are_made_of(self, metadata: RouteMetadata) -> None:
        assert members(RouteRecord) == {"path", "methods", "parameters"}
        assert all(hasattr(metadata, name) for name in members(RouteRecord))
        for parameter in metadata.parameters:
            assert all(hasattr(parameter, name) for name in members(ParameterRecord))

    def test_is_documented_as_it_stands(self, metadata: RouteMetadata) -> None:
        generator = OpenAPIGenerator("Items", "1.0")

        generator.add_route(metadata)

        operation = generator.generate()["paths"]["/v1/items/{item_id}"]["get"]
        assert operation["summary"] == "Read item"
        assert operation["description"] == "Read one item."
        assert operation["tags"] == ["items"]
        parameters = [
            (one["name"], one["in"], one.get("required", False)) for one in operation["parameters"]
        ]
        assert parameters == [
            ("item_id", "path", True),
            ("colour", "query", False),
            ("tags", "query", False),
        ]


class TestRequestInput:
    def test_is_a_parameter_of_documents(self) -> None:
        def read_item(item_id: int, colour: str = "red") -> None: ...

        inputs = read_inputs(read_item, path_params={"item_id"})

        assert all(type(one) is RequestInput for one in inputs)
        for one in inputs:
            assert all(hasattr(one, name) for name in members(ParameterRecord))

    def test_documents_what_a_signature_means(self) -> None:
        async def find(text: Username, page: PaginationParams) -> None: ...

        router = RESTRouter()
        router.add_route(rest_route("/find", methods=["GET"])(find))
        (metadata,) = router
        generator = OpenAPIGenerator("Search", "1.0")

        generator.add_route(metadata.evolve(parameters=read_inputs(find, path_params=())))

        parameters = generator.generate()["paths"]["/find"]["get"]["parameters"]
        found = {one["name"]: one["schema"] for one in parameters}
        assert found["text"]["maxLength"] == 50
        assert found["per_page"]["maximum"] == 100


class TestJWTAuthenticator:
    def test_is_an_authenticator(self) -> None:
        authenticator = JWTAuthenticator("k" * 32, issuer="here", audience="here")

        assert {"authenticate", "loads_user", "realm", "user_type"} <= members(Authenticator)
        assert all(hasattr(authenticator, name) for name in members(Authenticator))

    @pytest.mark.anyio
    async def test_proves_who_a_token_is_for(self) -> None:
        authenticator: Authenticator = JWTAuthenticator("k" * 32, issuer="here", audience="here")
        token = JWTAuthenticator("k" * 32, issuer="here", audience="here").create_access_token(
            {"user_id": 7}
        )

        principal = await authenticator.authenticate(f"Bearer {token}".encode(), None)
        nobody = await authenticator.authenticate(None, None)

        assert principal is not None
        assert principal.subject == "7"
        assert nobody is None


class TestPublicNames:
    @pytest.mark.parametrize("name", covet.__all__)
    def test_can_be_imported(self, name: str) -> None:
        assert getattr(covet, name) is not None

    @pytest.mark.parametrize("package", PACKAGES)
    def test_are_also_those_of_the_packages(self, package: ModuleType) -> None:
        repeated = {name for name in package.__all__ if name not in OWN}

        assert {name for name in repeated if getattr(covet, name) is getattr(package, name)} == (
            repeated
        )

    @pytest.mark.parametrize("name", ["Request", "Response", "WebSocket", *OWN])
    def test_are_also_those_of_starlette_and_of_covet(self, name: str) -> None:
        assert name in covet.__all__

    def test_a_name_that_does_not_exist_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match="'covet' has no attribute 'Nothing'"):
            _ = covet.Nothing


class TestImport:
    def imported_by(self, code: str) -> set[str]:
        """Return the top-level modules that a fresh interpreter has after *code*."""
        program = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
        run = subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True
        )
        return {name.partition(".")[0] for name in json.loads(run.stdout)}

    def test_of_covet_leaves_alone_what_not_every_application_needs(self) -> None:
        heavy = {
            "aiosqlite",
            "argon2",
            "asyncpg",
            "cryptography",
            "httpx2",
            "sqlalchemy",
            "uvicorn",
        }

        assert self.imported_by("import covet").isdisjoint(heavy)

    def test_of_the_database_brings_sqlalchemy(self) -> None:
        assert "sqlalchemy" in self.imported_by("from covet import Database")
