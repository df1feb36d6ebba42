from __future__ import annotations

import functools
import linecache
import sys
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

import pytest
from pydantic import BaseModel, EmailStr, Field, RootModel
from typing_extensions import TypedDict  # what Pydantic takes before Python 3.12

from covet_validation import (
    Body,
    Cookie,
    File,
    Form,
    Header,
    Path,
    Query,
    RequestInput,
    SignatureError,
    is_marker,
    read_inputs,
)
from covet_validation._callable import place_of


class SignUp(BaseModel):
    username: str
    email: EmailStr
    age: int = 0


class Other(BaseModel):
    x: int


@dataclass
class Point:
    x: int
    y: int = 0


class Size(TypedDict):
    width: int


class Pair(NamedTuple):
    a: int
    b: int


class Upload:
    filename = "x"


def locations(function: Callable[..., Any], **options: Any) -> dict[str, str]:
    return {one.key: one.location for one in read_inputs(function, **options)}


def faults(function: Callable[..., Any], **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(SignatureError) as caught:
        read_inputs(function, **options)
    return [(fault.parameter, fault.reason) for fault in caught.value.faults]


def test_places_parameters_by_path_type_and_method() -> None:
    def handler(item_id: int, data: SignUp, q: str, tags: list[str]) -> None: ...

    found = locations(handler, path_params=["item_id"], methods=["POST"])

    assert found == {"item_id": "path", "data": "body", "q": "query", "tags": "query"}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "post"])
def test_reads_structured_types_from_the_body_of(method: str) -> None:
    def handler(a: SignUp) -> None: ...

    assert locations(handler, methods=[method]) == {"a": "body"}


@pytest.mark.parametrize("method", ["GET", "DELETE", "HEAD"])
def test_reads_structured_types_from_the_whole_query_of(method: str) -> None:
    def handler(a: SignUp) -> None: ...

    (found,) = read_inputs(handler, methods=[method])

    assert (found.location, found.is_model) == ("query", True)


@pytest.mark.parametrize(
    "annotation",
    [
        SignUp,
        Point,
        Size,
        dict[str, int],
        list[SignUp],
        SignUp | None,
        SignUp | Other,
        RootModel[int],
    ],
)
def test_takes_for_structured(annotation: Any) -> None:
    def handler(a) -> None: ...  # type: ignore[no-untyped-def]

    found = locations(handler, methods=["POST"], hints={"a": annotation})

    assert found == {"a": "body"}


@pytest.mark.parametrize(
    "annotation", [int, str, list[int], int | None, tuple[int, int], Pair, Any]
)
def test_takes_for_texts(annotation: Any) -> None:
    def handler(a) -> None: ...  # type: ignore[no-untyped-def]

    assert locations(handler, methods=["POST"], hints={"a": annotation}) == {"a": "query"}


def test_obeys_markers() -> None:
    def handler(
        a: Annotated[int, Query()],
        b: Annotated[int, Header()],
        c: Annotated[int, Cookie()],
        d: Annotated[int, Form()],
        e: Annotated[Upload, File()],
        f: Annotated[SignUp, Query()],
        g: Annotated[int, Path()],
    ) -> None: ...

    found = locations(handler, methods=["POST"], path_params=["g"])

    assert found == {
        "a": "query",
        "b": "header",
        "c": "cookie",
        "d": "form",
        "e": "file",
        "f": "query",
        "g": "path",
    }


def test_names_inputs_as_requests_do() -> None:
    def handler(
        user_agent: Annotated[str, Header()],
        token: Annotated[str, Header(alias="X_Token")],
        per_page: Annotated[int, Query(alias="perPage")],
        sort_by: Annotated[str, Field(alias="sortBy")],
        plain: int,
    ) -> None: ...

    names = [one.name for one in read_inputs(handler)]

    assert names == ["user-agent", "X_Token", "perPage", "sortBy", "plain"]


def test_knows_what_is_required_and_the_defaults() -> None:
    def handler(
        a: int,
        b: int = 3,
        c: Annotated[list[int], Query(default_factory=list)] = [],  # noqa: B006
        d: Annotated[int, Field(default=5)] = 6,
        e: Annotated[int, Field(default=7)] = ...,  # type: ignore[assignment]
    ) -> None: ...

    by_key = {one.key: one for one in read_inputs(handler)}

    assert by_key["a"].required
    assert (by_key["b"].required, by_key["b"].default) == (False, 3)
    assert by_key["c"].default_factory is list
    assert by_key["d"].default == 6


def test_takes_the_default_of_a_field() -> None:
    def handler(a: Annotated[int, Field(default=5)]) -> None: ...

    (found,) = read_inputs(handler)

    assert (found.required, found.default) == (False, 5)


def test_path_parameters_are_always_required() -> None:
    def handler(a: int = 3) -> None: ...

    (found,) = read_inputs(handler, path_params=["a"])

    assert found.required


def test_keeps_what_documents_say() -> None:
    def handler(
        a: Annotated[
            int,
            Query(title="A", description="An a.", examples=[1], deprecated=True, ge=1),
        ],
        b: Annotated[int, Query(include_in_schema=False)],
    ) -> None: ...

    a, b = read_inputs(handler)

    assert (a.title, a.description, a.examples, a.deprecated) == ("A", "An a.", (1,), True)
    assert (a.include_in_schema, b.include_in_schema) == (True, False)


def test_leaves_out_what_is_injected() -> None:
    def handler(db: Upload, current_user: Upload, q: int) -> None: ...

    assert locations(handler, injected=["db", "current_user"]) == {"q": "query"}


def test_leaves_out_variadic_parameters() -> None:
    def handler(q: int, *args: int, **kwargs: int) -> None: ...

    assert locations(handler) == {"q": "query"}


class Service:
    def __init__(self, q: int) -> None: ...

    def method(self, q: int) -> None: ...

    def __call__(self, q: int) -> None: ...


def plain(q: int, other: str) -> None: ...


@functools.wraps(plain)
def wrapped(*args: Any, **kwargs: Any) -> None: ...


@pytest.mark.parametrize(
    "function",
    [
        pytest.param(Service, id="class"),
        pytest.param(Service(1).method, id="method"),
        pytest.param(Service(1), id="callable-object"),
        pytest.param(functools.partial(plain, other="x"), id="partial"),
    ],
)
def test_reads_every_kind_of_callable(function: Callable[..., Any]) -> None:
    found = read_inputs(function, injected=["other"])

    assert [(one.key, one.annotation) for one in found] == [("q", int)]


def test_reads_through_wrappers() -> None:
    assert locations(wrapped) == {"q": "query", "other": "query"}


def test_knows_where_handlers_are_defined() -> None:
    place = place_of(wrapped)

    assert place.file == __file__
    assert place.handler == "plain"
    assert "def plain" in linecache.getline(place.file, place.line)


def test_resolves_names_of_enclosing_functions() -> None:
    Local = Other  # noqa: N806

    def handler(a: Local, b: list["Local"]) -> type[Local]:  # noqa: UP037
        return Local

    annotations = [one.annotation for one in read_inputs(handler, methods=["POST"])]

    assert annotations == [Other, list[Other]]


def test_reads_parameters_without_annotation_as_they_come() -> None:
    def handler(a, b=3) -> None: ...  # type: ignore[no-untyped-def]

    found = read_inputs(handler, path_params=["a"])

    assert [(one.key, one.location, one.annotation) for one in found] == [
        ("a", "path", Any),
        ("b", "query", Any),
    ]


def test_reports_every_fault_with_its_place() -> None:
    def handler(a: Nowhere, b: Annotated[int, Path()], c: Upload, d: list[Gone]) -> None: ...  # type: ignore[name-defined]  # noqa: F821

    with pytest.raises(SignatureError) as caught:
        read_inputs(handler)

    error = caught.value
    assert sorted(fault.parameter for fault in error.faults) == ["a", "b", "c", "d"]
    assert {fault.file for fault in error.faults} == {__file__}
    assert "def handler" in linecache.getline(__file__, error.faults[0].line)
    assert all(fault.handler.endswith("handler") for fault in error.faults)
    assert "'a'" in error.faults[0].message
    assert "Nowhere" in str(error)


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        pytest.param(Annotated[int, Query(), Header()], "several markers", id="two-markers"),
        pytest.param(Annotated[list[SignUp], Query()], "cannot hold", id="list-of-models-in-query"),
        pytest.param(Annotated[RootModel[int], Header()], "cannot hold", id="root-model-in-header"),
        pytest.param(Upload, "cannot be read from a request", id="unknown-class"),
    ],
)
def test_refuses(annotation: Any, words: str) -> None:
    def handler(a) -> None: ...  # type: ignore[no-untyped-def]

    ((parameter, reason),) = faults(handler, hints={"a": annotation})

    assert parameter == "a"
    assert words in reason


def test_refuses_positional_only_parameters() -> None:
    def handler(a: int, /) -> None: ...

    assert [name for name, _ in faults(handler)] == ["a"]


def test_refuses_a_marker_as_default_and_says_what_to_write() -> None:
    def handler(a: int = Query()) -> None: ...  # type: ignore[assignment]

    ((parameter, reason),) = faults(handler)

    assert parameter == "a"
    assert "Annotated[…, Query(…)] = default" in reason


def test_refuses_what_has_no_signature() -> None:
    ((parameter, reason),) = faults(type("Opaque", (), {"__signature__": "no signature"}))

    assert parameter == ""
    assert "cannot be read" in reason


def test_tells_markers_from_other_metadata() -> None:
    assert is_marker(Query())
    assert not is_marker(Field())
    assert repr(Body(embed=True)) == "Body()"


class TestRequestModel:
    def test_is_given_to_the_parameter_annotated_with_it(self) -> None:
        def handler(q: int, data: SignUp) -> None: ...

        q, data = read_inputs(handler, methods=["POST"], request_model=SignUp)

        assert (q.location, data.location, data.is_model) == ("query", "body", True)
        assert data.model is None

    @pytest.mark.parametrize(("method", "location"), [("POST", "body"), ("GET", "query")])
    def test_is_read_from(self, method: str, location: str) -> None:
        def handler(data: SignUp) -> None: ...

        assert locations(handler, methods=[method], request_model=SignUp) == {"data": location}

    def test_fills_parameters_of_the_names_of_its_fields(self) -> None:
        def handler(email: str, username: str, q: int) -> None: ...

        email, username, q = read_inputs(handler, methods=["PUT"], request_model=SignUp)

        assert (email.location, email.model, email.model_field) == ("body", SignUp, "email")
        assert (username.annotation, username.embed) == (str, True)
        assert (q.location, q.model) == ("query", None)

    def test_never_fills_an_injected_parameter(self) -> None:
        def handler(username: str, email: str) -> None: ...

        found = locations(handler, methods=["POST"], request_model=SignUp, injected=["username"])

        assert found == {"email": "body"}

    def test_never_fills_a_path_parameter(self) -> None:
        def handler(username: str, email: str) -> None: ...

        found = locations(handler, methods=["POST"], request_model=SignUp, path_params=["username"])

        assert found == {"username": "path", "email": "body"}

    def test_that_nothing_takes_is_a_fault(self) -> None:
        def handler(db: int) -> None: ...

        ((parameter, reason),) = faults(
            handler, methods=["POST"], request_model=SignUp, injected=["db"]
        )

        assert parameter == ""
        assert "no parameter takes it" in reason
        assert "age, email, username" in reason

    @pytest.mark.parametrize(
        ("annotation", "words"),
        [
            pytest.param(int, "is a int, but SignUp.username", id="another-scalar"),
            pytest.param(Other, "is a Other, but SignUp.username", id="a-model"),
        ],
    )
    def test_whose_field_is_of_another_type_is_a_fault(self, annotation: Any, words: str) -> None:
        def handler(username) -> None: ...  # type: ignore[no-untyped-def]

        ((parameter, reason),) = faults(
            handler, methods=["POST"], request_model=SignUp, hints={"username": annotation}
        )

        assert parameter == "username"
        assert words in reason

    @pytest.mark.parametrize(
        "annotation", [str, Any, str | None, Annotated[str, Field(max_length=3)], object, EmailStr]
    )
    def test_whose_field_fits_is_none(self, annotation: Any) -> None:
        def handler(username) -> None: ...  # type: ignore[no-untyped-def]

        found = locations(
            handler, methods=["POST"], request_model=SignUp, hints={"username": annotation}
        )

        assert found == {"username": "body"}

    def test_beside_another_body_is_a_fault(self) -> None:
        def handler(other: Other, email: str) -> None: ...

        found = faults(handler, methods=["POST"], request_model=SignUp)

        assert [name for name, _ in found] == ["other"]

    def test_taken_twice_is_a_fault(self) -> None:
        def handler(a: SignUp, b: SignUp) -> None: ...

        ((_, reason),) = faults(handler, methods=["POST"], request_model=SignUp)

        assert "'a', 'b'" in reason

    def test_taken_by_a_marker_of_another_location_is_a_fault(self) -> None:
        def handler(a: Annotated[SignUp, Header()]) -> None: ...

        found = faults(handler, methods=["POST"], request_model=SignUp)

        assert found[0][0] == "a"

    def test_that_a_query_cannot_hold_is_a_fault(self) -> None:
        def handler(a: list[int]) -> None: ...

        ((_, reason), *_) = faults(handler, methods=["GET"], request_model=list[SignUp])

        assert "query cannot hold" in reason

    def test_nullable_field_for_a_parameter_that_takes_no_null_is_a_fault(self) -> None:
        class Note(BaseModel):
            text: str | None = None

        def handler(text: str) -> None: ...

        assert faults(handler, methods=["POST"], request_model=Note)[0][0] == "text"


def test_inputs_are_values() -> None:
    def handler(a: int) -> None: ...

    assert read_inputs(handler) == (RequestInput("a", "a", "query", int),)


def test_a_type_that_is_not_complete_is_a_fault() -> None:
    class Unfinished(BaseModel):
        later: "Later"  # type: ignore[name-defined]  # noqa: F821, UP037

    def handler(a) -> None: ...  # type: ignore[no-untyped-def]

    ((parameter, reason),) = faults(handler, hints={"a": Unfinished}, methods=["POST"])

    assert parameter == "a"
    assert "not fully defined" in reason


def test_takes_the_factory_of_a_field() -> None:
    def handler(a: Annotated[list[int], Field(default_factory=list)]) -> None: ...

    (found,) = read_inputs(handler)

    assert (found.required, found.default_factory) == (False, list)


def test_an_integer_field_may_fill_a_float() -> None:
    def handler(age: float) -> None: ...

    assert locations(handler, methods=["POST"], request_model=SignUp) == {"age": "body"}


def test_a_field_cannot_fill_what_no_request_can() -> None:
    def handler(username: Upload, email: str) -> None: ...

    found = faults(handler, methods=["POST"], request_model=SignUp)

    assert [name for name, _ in found] == ["username"]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type statements came with 3.12")
def test_reads_type_aliases() -> None:
    alias: Any = typing.TypeAliasType("alias", Annotated[SignUp, Query()])  # type: ignore[attr-defined]
    numbers: Any = typing.TypeAliasType("numbers", list[int])  # type: ignore[attr-defined]

    def handler(a, b) -> None: ...  # type: ignore[no-untyped-def]

    a, b = read_inputs(handler, hints={"a": alias, "b": numbers})

    assert (a.location, a.is_model) == ("query", True)
    assert (b.location, b.is_model) == ("query", False)
