"""Routes by name, for an application whose tables are not those of one router."""

import pytest

from covet_routing import (
    AmbiguousNameError,
    FrozenRouterError,
    RESTRouter,
    RouteNames,
    RouterFaultsError,
    UnknownRouteError,
)


def handler() -> None: ...


@pytest.fixture
def router() -> RESTRouter:
    router = RESTRouter()
    router.get("/items/{item_id}", name="item")(handler)
    router.get("/items", name="items")(handler)
    router.post("/items", name="items")(handler)
    return router


def test_a_name_is_known_or_not(router: RESTRouter) -> None:
    names = RouteNames(router)

    assert "item" in names
    assert "order" not in names


def test_a_url_is_built_as_the_router_builds_it(router: RESTRouter) -> None:
    names = RouteNames(router)

    assert names.url_for("item", item_id="a b") == "/items/a%20b"
    assert names.url_for("item", item_id="a b") == router.url_for("item", item_id="a b")
    assert names.url_for("items") == "/items"  # of several methods at one path


def test_an_unknown_name_gets_a_suggestion(router: RESTRouter) -> None:
    with pytest.raises(UnknownRouteError, match="Did you mean 'items'"):
        RouteNames(router).url_for("itemss")


def test_a_name_of_two_paths_is_ambiguous() -> None:
    router = RESTRouter()
    router.get("/a", name="same")(handler)
    router.get("/b", name="same")(handler)

    with pytest.raises(AmbiguousNameError):
        RouteNames(router).url_for("same")


def test_a_sealed_router_takes_no_more_routes_and_still_matches(router: RESTRouter) -> None:
    router.seal()
    router.seal()

    with pytest.raises(FrozenRouterError):
        router.get("/more")(handler)
    assert router.freeze().match("GET", "/items")


def test_a_router_with_faults_is_not_sealed() -> None:
    class Deferring(RESTRouter):
        def report_conflict(self, error: Exception) -> None: ...

    router = Deferring()
    router.get("/a")(handler)
    router.get("/a")(handler)

    with pytest.raises(RouterFaultsError):
        router.seal()
