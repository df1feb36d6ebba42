"""URLs: what `url_for` builds reads back as what it was built from, and the rest is refused."""

import datetime
import uuid
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from covet_routing import (
    AmbiguousNameError,
    Converter,
    RESTRouter,
    RouteMatch,
    UnknownRouteError,
    UrlError,
    UrlParameterError,
    register_converter,
)

MIDNIGHT = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def handler() -> None: ...


def router_of(template: str) -> RESTRouter:
    router = RESTRouter()
    router.get(template, name="route")(handler)
    return router


@pytest.mark.parametrize(
    ("template", "params", "url"),
    [
        pytest.param("/", {}, "/", id="root"),
        pytest.param("/a/", {}, "/a/", id="trailing-slash"),
        pytest.param("/café", {}, "/caf%C3%A9", id="literal-is-encoded"),
        pytest.param("/100%", {}, "/100%25", id="literal-percent"),
        pytest.param("/{x}", {"x": "a b"}, "/a%20b", id="space"),
        pytest.param("/{x}", {"x": "a/b"}, "/a%2Fb", id="slash"),
        pytest.param("/{x}", {"x": "?#%"}, "/%3F%23%25", id="delimiters"),
        pytest.param("/{x}", {"x": "a:b@c,d"}, "/a:b@c,d", id="what-a-path-may-hold"),
        pytest.param("/{x}", {"x": 7}, "/7", id="any-value-as-text"),
        pytest.param("/{x:int}", {"x": 7}, "/7", id="int"),
        pytest.param("/{x:float}", {"x": 1e21}, "/1" + "0" * 21, id="float-without-exponent"),
        pytest.param("/{x:float}", {"x": 2}, "/2", id="int-as-float"),
        pytest.param("/{x:uuid}", {"x": str(uuid.UUID(int=1))}, f"/{uuid.UUID(int=1)}", id="uuid"),
        pytest.param("/{x:date}", {"x": datetime.date(2026, 1, 2)}, "/2026-01-02", id="date"),
        pytest.param("/f/{p:path}", {"p": "a b/c"}, "/f/a%20b/c", id="path"),
        pytest.param("/{n}.{e}", {"n": "a.tar", "e": "gz"}, "/a.tar.gz", id="mixed"),
        pytest.param("/@{user}", {"user": "ada"}, "/@ada", id="literal-and-parameter"),
    ],
)
def test_a_url_is_the_encoded_path(template: str, params: dict[str, Any], url: str) -> None:
    assert router_of(template).url_for("route", **params) == url


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "int": st.integers(0, 10**30),
    "float": st.floats(0, allow_nan=False, allow_infinity=False).map(abs),
    "date": st.dates(),
    "uuid": st.uuids(),
    "str": st.text(min_size=1),
    "path": st.text(),
}


def built(router: RESTRouter, params: dict[str, Any]) -> str | None:
    """Return the URL, or None for values that would not read back as themselves."""
    try:
        return router.url_for("route", **params)
    except UrlParameterError:
        return None


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_matching_what_url_for_built_gives_the_values_back(data: st.DataObject) -> None:
    converters = data.draw(
        st.lists(st.sampled_from(["int", "float", "date", "uuid", "str"]), max_size=4)
    )
    converters += data.draw(st.sampled_from([[], ["path"]]))
    joints = [data.draw(st.sampled_from(["/", "/", "/x", "-", ".", "--"])) for _ in converters]
    template = "".join(
        f"{joint if index and converter != 'path' else '/'}{{p{index}:{converter}}}"
        for index, (joint, converter) in enumerate(zip(joints, converters, strict=True))
    )
    params = {f"p{index}": data.draw(VALUES[name]) for index, name in enumerate(converters)}
    router = router_of(template or "/")

    url = built(router, params)
    assume(url is not None)
    outcome = router.match_route("GET", str(url))

    assert isinstance(outcome, RouteMatch)
    assert outcome.path_params == params
    assert str(url).isascii()
    assert not str(url).startswith("//")


@pytest.mark.parametrize(
    ("template", "params", "parameter", "reason"),
    [
        pytest.param("/{x}/{y}", {"x": 1}, "y", "is missing", id="missing"),
        pytest.param("/{x}", {"x": 1, "z": 2}, "z", "is unexpected", id="unexpected"),
        pytest.param("/{x:int}", {"x": "a"}, "x", "not an int", id="wrong-type"),
        pytest.param("/{x:int}", {"x": True}, "x", "not an int", id="bool-is-no-int"),
        pytest.param("/{x:int}", {"x": -1}, "x", "does not accept", id="negative"),
        pytest.param("/{x:int}", {"x": 10**700}, "x", "does not accept", id="too-long"),
        pytest.param("/{x:int}", {"x": 10**5000}, "x", "does not accept", id="beyond-str"),
        pytest.param("/{x:float}", {"x": float("nan")}, "x", "does not accept", id="nan"),
        pytest.param("/{x:float}", {"x": "1.5"}, "x", "not a float", id="text-as-float"),
        pytest.param("/{x:date}", {"x": MIDNIGHT}, "x", "not a date", id="datetime"),
        pytest.param("/{x:uuid}", {"x": "1"}, "x", "does not accept", id="no-uuid"),
        pytest.param("/{x}", {"x": ""}, "x", "is empty", id="empty"),
        pytest.param("/{x}", {"x": None}, "x", "no text form", id="none"),
        pytest.param("/{x}", {"x": b"a"}, "x", "no text form", id="bytes"),
        pytest.param("/{x}", {"x": "\ud800"}, "x", "UTF-8", id="surrogate"),
        pytest.param("/{x}", {"x": ".."}, "x", "dot segment", id="dot-segment"),
        pytest.param("/.{x}", {"x": "."}, "x", "dot segment", id="dot-segment-by-literal"),
        pytest.param("/f/{p:path}", {"p": "a/../b"}, "p", "dot segment", id="dot-segment-in-path"),
        pytest.param("/{p:path}", {"p": "/evil.example"}, "p", "host", id="another-host"),
        pytest.param("/{n}.{e}", {"n": "a", "e": "b.c"}, "n", "give back as 'a.b'", id="ambiguous"),
        pytest.param("/{n}-{i:int}", {"n": "a" * 255, "i": 1}, "n", "give back as None", id="long"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_named(
    template: str, params: dict[str, Any], parameter: str, reason: str
) -> None:
    with pytest.raises(UrlParameterError) as caught:
        router_of(template).url_for("route", **params)

    error = caught.value
    assert (error.name, error.template, error.parameter) == ("route", template, parameter)
    assert reason in error.reason
    assert isinstance(error, ValueError)


def test_a_misspelt_parameter_gets_a_suggestion() -> None:
    with pytest.raises(UrlParameterError, match="Did you mean 'item_id'"):
        router_of("/{item_id}").url_for("route", itemid=1)


def test_an_unknown_name_gets_a_suggestion() -> None:
    with pytest.raises(UnknownRouteError, match="Did you mean 'route'") as caught:
        router_of("/").url_for("rout")

    assert caught.value.suggestion == "route"
    assert isinstance(caught.value, LookupError)
    assert isinstance(caught.value, UrlError)


def test_a_name_that_is_like_no_other_gets_none() -> None:
    with pytest.raises(UnknownRouteError) as caught:
        router_of("/").url_for("xyz")

    assert caught.value.suggestion is None
    assert str(caught.value) == "No route is named 'xyz'."


def test_a_route_is_named_after_its_handler() -> None:
    router = RESTRouter("/p", name_prefix="blog:")
    router.get("/x")(handler)

    assert router.url_for("blog:handler") == "/p/x"


def test_a_parameter_may_be_called_name() -> None:
    assert router_of("/{name}").url_for("route", name="ada") == "/ada"


def test_of_several_routes_of_one_name_the_parameters_decide() -> None:
    router = RESTRouter()
    router.get("/items", name="items")(handler)
    router.post("/items", name="items")(handler)
    router.get("/items/{item_id}", name="items")(handler)

    assert router.url_for("items") == "/items"
    assert router.url_for("items", item_id=7) == "/items/7"


def test_a_name_of_several_paths_is_refused_when_asked_for() -> None:
    router = RESTRouter()
    router.get("/a")(handler)
    router.get("/b")(handler)

    with pytest.raises(AmbiguousNameError) as caught:
        router.url_for("handler")

    assert caught.value.templates == ("/a", "/b")


def test_names_of_included_routers_are_known_before_and_after_freezing() -> None:
    app, inner = RESTRouter(), RESTRouter("/i")
    app.include(inner, "/v", name_prefix="v:")
    inner.get("/{x}", name="thing")(handler)

    before = app.url_for("v:thing", x=1)
    app.freeze()

    assert before == app.url_for("v:thing", x=1) == app.url_for("v:thing", x="1") == "/v/i/1"


def test_a_format_that_does_not_read_back_is_refused() -> None:
    register_converter("lossy", Converter(int, lambda value: f"{value}.0"))

    with pytest.raises(UrlParameterError, match="'lossy' does not accept"):
        router_of("/{x:lossy}").url_for("route", x=1)
