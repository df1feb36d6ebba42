from __future__ import annotations

import enum
import json
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Literal, Optional, Union
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, Json, RootModel, field_validator
from typing_extensions import TypedDict  # what Pydantic takes before Python 3.12

from covet_validation import (
    Body,
    Cookie,
    File,
    Form,
    Header,
    MalformedJSONError,
    PaginationParams,
    Path,
    Query,
    RequestInput,
    RequestValidator,
    SignatureError,
    UnsupportedMediaTypeError,
    ValidationException,
    read_inputs,
)

Run = Callable[..., dict[str, Any]]
Refuse = Callable[..., list[tuple[str, str, str]]]
Caught = Callable[..., ValidationException]


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Mixed(enum.Enum):
    ONE = 1
    TWO = "two"


class Address(BaseModel):
    city: str
    zip_code: str = Field(alias="zipCode")


class User(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    age: int = 0
    addresses: list[Address] = []


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: int = 10
    tags: list[str] = []


class Node(BaseModel):
    value: int
    children: list[Node] = []


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"]
    bark: str


@dataclass
class Point:
    x: int
    y: int = 0


class Size(TypedDict):
    width: int


class Trace(BaseModel):
    trace_id: int


class Upload:
    def __init__(self, filename: str) -> None:
        self.filename = filename


def one(annotation: Any, *default: Any, **options: Any) -> RequestValidator:
    """Return the validator of a handler with one parameter ``x``."""
    if default:

        def with_default(x=default[0]) -> None: ...  # type: ignore[no-untyped-def]

        return RequestValidator(with_default, hints={"x": annotation}, **options)

    def handler(x) -> None: ...  # type: ignore[no-untyped-def]

    return RequestValidator(handler, hints={"x": annotation}, **options)


def post(annotation: Any, *default: Any, **options: Any) -> RequestValidator:
    return one(annotation, *default, methods=["POST"], **options)


class TestTexts:
    @pytest.mark.parametrize(
        ("annotation", "query", "value"),
        [
            pytest.param(int, b"x=7", 7, id="int"),
            pytest.param(float, b"x=1.5", 1.5, id="float"),
            pytest.param(bool, b"x=true", True, id="bool-word"),
            pytest.param(bool, b"x=0", False, id="bool-digit"),
            pytest.param(str, b"x=", "", id="blank"),
            pytest.param(Decimal, b"x=1.10", Decimal("1.10"), id="decimal"),
            pytest.param(date, b"x=2026-11-22", date(2026, 11, 22), id="date"),
            pytest.param(
                datetime,
                b"x=2026-11-22T10:30:00Z",
                datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
                id="datetime",
            ),
            pytest.param(UUID, b"x=" + b"0" * 32, UUID(int=0), id="uuid"),
            pytest.param(Colour, b"x=red", Colour.RED, id="enum"),
            pytest.param(Level, b"x=2", Level.HIGH, id="int-enum"),
            pytest.param(Mixed, b"x=1", Mixed.ONE, id="enum-of-numbers-and-texts"),
            pytest.param(Mixed, b"x=two", Mixed.TWO, id="enum-of-texts-and-numbers"),
            pytest.param(Literal["a", "b"], b"x=b", "b", id="literal"),
            pytest.param(Literal[1, 2], b"x=2", 2, id="literal-of-numbers"),
            pytest.param(Literal[True], b"x=true", True, id="literal-of-booleans"),
            pytest.param(Literal["1", 1], b"x=1", "1", id="literal-prefers-texts"),
            pytest.param(Optional[int], b"x=3", 3, id="optional"),  # noqa: UP045
            pytest.param(Union[int, str], b"x=a", "a", id="union"),  # noqa: UP007
            pytest.param(list[int], b"x=1&x=2", [1, 2], id="list"),
            pytest.param(list[int], b"x=1", [1], id="list-of-one"),
            pytest.param(set[str], b"x=a&x=a", {"a"}, id="set"),
            pytest.param(tuple[int, str], b"x=1&x=b", (1, "b"), id="tuple"),
            pytest.param(list[Literal[1, 2]], b"x=1&x=2", [1, 2], id="list-of-literals"),
            pytest.param(list[int] | None, b"x=4", [4], id="optional-list"),
            pytest.param(Any, b"x=a", "a", id="any"),
        ],
    )
    def test_become(self, run: Run, annotation: Any, query: bytes, value: Any) -> None:
        assert run(one(annotation), query=query) == {"x": value}

    @pytest.mark.parametrize(
        ("annotation", "query", "code"),
        [
            (int, b"x=", "INT_PARSING"),
            (int, b"x=1.5", "INT_PARSING"),
            (int, b"x=" + b"9" * 5000, "INT_PARSING_SIZE"),
            (float, b"x=nan", "FINITE_NUMBER"),
            (float, b"x=inf", "FINITE_NUMBER"),
            (bool, b"x=maybe", "BOOL_PARSING"),
            (date, b"x=22.11.2026", "DATE_FROM_DATETIME_PARSING"),
            (UUID, b"x=1", "UUID_PARSING"),
            (Colour, b"x=green", "ENUM"),
            (Literal[1, 2], b"x=3", "LITERAL_ERROR"),
            (Annotated[int, Query(ge=1)], b"x=0", "GREATER_THAN_EQUAL"),
            (Annotated[int, Query(multiple_of=2)], b"x=3", "MULTIPLE_OF"),
            (Annotated[str, Query(pattern="^a+$")], b"x=b", "STRING_PATTERN_MISMATCH"),
            (Annotated[str, Query(max_length=2)], b"x=abc", "STRING_TOO_LONG"),
            (Annotated[list[int], Query(max_length=1)], b"x=1&x=2", "TOO_LONG"),
            (int, b"", "MISSING"),
            (list[int], b"", "MISSING"),
        ],
    )
    def test_are_refused(self, refuse: Refuse, annotation: Any, query: bytes, code: str) -> None:
        assert refuse(one(annotation), query=query) == [("query", "x", code)]

    def test_name_the_item_of_a_list_that_is_wrong(self, refuse: Refuse) -> None:
        found = refuse(one(list[int]), query=b"x=1&x=b&x=3")

        assert found == [("query", "x.1", "INT_PARSING")]

    def test_leave_the_members_of_a_union_out_of_the_path(self, refuse: Refuse) -> None:
        found = refuse(one(int | date), query=b"x=?")

        assert {(location, field) for location, field, _ in found} == {("query", "x")}

    def test_take_not_a_number_where_asked_for(self, run: Run) -> None:
        found = run(one(Annotated[float, Query(allow_inf_nan=True)]), query=b"x=inf")

        assert found == {"x": float("inf")}


class TestDefaults:
    def test_stand_for_absent_values(self, run: Run) -> None:
        assert run(one(int, 5)) == {"x": 5}
        assert run(one(int | None, None)) == {"x": None}

    def test_are_not_shared_between_requests(self, run: Run) -> None:
        validator = one(list[int], [])

        run(validator)["x"].append(1)

        assert run(validator) == {"x": []}

    def test_are_made_by_factories(self, run: Run) -> None:
        validator = one(Annotated[list[int], Query(default_factory=lambda: [1])])

        run(validator)["x"].append(2)

        assert run(validator) == {"x": [1]}

    def test_are_not_validated(self, run: Run) -> None:
        assert run(one(int, "later")) == {"x": "later"}


class TestPath:
    def test_takes_what_the_router_converted(self, run: Run) -> None:
        validator = one(UUID, path_params=["x"])

        assert run(validator, path={"x": UUID(int=1)}) == {"x": UUID(int=1)}

    def test_converts_texts(self, run: Run) -> None:
        assert run(one(int, path_params=["x"]), path={"x": "7"}) == {"x": 7}

    def test_takes_any_mapping(self, json_headers: Any) -> None:
        validator = one(int, path_params=["x"])

        assert validator.validate(MappingProxyType({"x": "7"}), b"", [], None) == {"x": 7}

    def test_reports_its_location(self, refuse: Refuse) -> None:
        found = refuse(one(int, path_params=["x"]), path={"x": "seven"})

        assert found == [("path", "x", "INT_PARSING")]

    def test_applies_constraints(self, refuse: Refuse) -> None:
        validator = one(Annotated[int, Path(ge=1)], path_params=["x"])

        assert refuse(validator, path={"x": 0}) == [("path", "x", "GREATER_THAN_EQUAL")]

    def test_spells_literals(self, run: Run) -> None:
        assert run(one(Literal[1], path_params=["x"]), path={"x": "1"}) == {"x": 1}


class TestQuery:
    def test_is_not_read_when_nothing_needs_it(self, run: Run) -> None:
        validator = one(int, path_params=["x"])

        assert not validator.reads_query
        assert run(validator, path={"x": 1}, query=b"%zz") == {"x": 1}

    def test_ignores_unknown_names(self, run: Run) -> None:
        assert run(one(int), query=b"x=1&utm=2") == {"x": 1}

    def test_uses_aliases(self, run: Run, refuse: Refuse) -> None:
        validator = one(Annotated[int, Query(alias="perPage", le=5)])

        assert run(validator, query=b"perPage=3") == {"x": 3}
        assert refuse(validator, query=b"perPage=9") == [("query", "perPage", "LESS_THAN_EQUAL")]
        assert refuse(validator, query=b"x=3") == [("query", "perPage", "MISSING")]

    def test_reports_broken_encoding_beside_other_errors(self, refuse: Refuse) -> None:
        def handler(a: int, b: str) -> None: ...

        found = refuse(RequestValidator(handler), query=b"a=z&b=%zz")

        assert sorted(found) == [
            ("query", "a", "INT_PARSING"),
            ("query", "b", "INVALID_ENCODING"),
        ]

    def test_reports_broken_encoding_alone(self, refuse: Refuse) -> None:
        assert refuse(one(int), query=b"x=1&b=%zz") == [("query", "b", "INVALID_ENCODING")]

    def test_refuses_too_many_fields(self, refuse: Refuse) -> None:
        assert refuse(one(int), query=b"x=1&" * 2000) == [("query", "", "TOO_MANY_FIELDS")]

    def test_gives_a_name_read_as_list_and_as_scalar_to_both(self, run: Run) -> None:
        def handler(
            many: Annotated[list[int], Query(alias="n")], last: Annotated[int, Query(alias="n")]
        ) -> None: ...

        assert run(RequestValidator(handler), query=b"n=1&n=2") == {"many": [1, 2], "last": 2}


class TestQueryModel:
    def test_takes_the_whole_query(self, run: Run) -> None:
        found = run(one(PaginationParams), query=b"page=3&per_page=50")

        assert found["x"].offset == 100

    def test_is_made_of_defaults(self, run: Run) -> None:
        assert run(one(PaginationParams)) == {"x": PaginationParams()}

    @pytest.mark.parametrize(
        ("query", "field", "code"),
        [
            (b"page=0", "page", "GREATER_THAN_EQUAL"),
            (b"per_page=1000000000", "per_page", "LESS_THAN_EQUAL"),
            (b"page=" + b"9" * 30, "page", "LESS_THAN_EQUAL"),
        ],
    )
    def test_reports_its_fields(self, refuse: Refuse, query: bytes, field: str, code: str) -> None:
        assert refuse(one(PaginationParams), query=query) == [("query", field, code)]

    def test_collects_lists(self, run: Run) -> None:
        found = run(one(Strict), query=b"tags=a&tags=b")

        assert found["x"].tags == ["a", "b"]

    def test_reports_unknown_names_if_it_forbids_them(self, refuse: Refuse) -> None:
        assert refuse(one(Strict), query=b"nope=1") == [("query", "nope", "EXTRA_FORBIDDEN")]

    def test_that_forbids_unknown_names_knows_its_siblings(self, run: Run, refuse: Refuse) -> None:
        def handler(filters: Strict, q: str, page: PaginationParams) -> None: ...

        validator = RequestValidator(handler)

        assert run(validator, query=b"q=a&limit=3&page=2")["filters"] == Strict(limit=3)
        assert refuse(validator, query=b"q=a&nope=3") == [("query", "nope", "EXTRA_FORBIDDEN")]

    def test_that_is_optional_is_absent_without_its_fields(self, run: Run) -> None:
        def handler(q: str, filters: Strict | None = None) -> None: ...

        validator = RequestValidator(handler)

        assert run(validator, query=b"q=a") == {"q": "a", "filters": None}
        assert run(validator, query=b"q=a&limit=3")["filters"] == Strict(limit=3)

    @pytest.mark.parametrize(
        ("annotation", "value"),
        [(Point, Point(1)), (Size, {"width": 4}), (dict[str, int], {"x": 1, "width": 4})],
    )
    def test_may_be(self, run: Run, annotation: Any, value: Any) -> None:
        assert run(one(annotation), query=b"x=1&width=4") == {"x": value}

    def test_uses_the_aliases_of_its_fields(self, run: Run, refuse: Refuse) -> None:
        validator = one(Annotated[Address, Query()])

        found = run(validator, query=b"city=a&zipCode=1")

        assert found["x"].zip_code == "1"
        assert refuse(validator, query=b"city=a") == [("query", "zipCode", "MISSING")]

    def test_spells_the_literals_of_its_fields(self, run: Run) -> None:
        class Filters(BaseModel):
            stars: Literal[1, 2, 3] = 1

        assert run(one(Filters), query=b"stars=3")["x"].stars == 3


class TestHeaders:
    def test_are_found_by_hyphenated_name(self, run: Run) -> None:
        def handler(user_agent: Annotated[str, Header()]) -> None: ...

        found = run(RequestValidator(handler), headers=[(b"user-agent", b"curl")])

        assert found == {"user_agent": "curl"}

    def test_are_found_by_alias_in_any_case(self, run: Run) -> None:
        validator = one(Annotated[str, Header(alias="X-Token")])

        assert run(validator, headers=[(b"x-token", b"t")]) == {"x": "t"}

    def test_are_called_as_documented_in_errors(self, refuse: Refuse) -> None:
        validator = one(Annotated[str, Header(alias="X-Token")])

        assert refuse(validator) == [("header", "X-Token", "MISSING")]

    def test_that_are_repeated_are_one_list(self, run: Run) -> None:
        headers = [(b"x", b"a, b"), (b"x", b"c")]

        assert run(one(Annotated[list[str], Header()]), headers=headers) == {"x": ["a", "b", "c"]}
        assert run(one(Annotated[str, Header()]), headers=headers) == {"x": "a, b, c"}

    def test_are_latin_1(self, run: Run) -> None:
        assert run(one(Annotated[str, Header()]), headers=[(b"x", b"\xe9")]) == {"x": "é"}

    def test_fill_a_model(self, run: Run, refuse: Refuse) -> None:
        class Tracing(BaseModel):
            model_config = ConfigDict(extra="forbid")

            trace_id: int
            span: str = Field("none", alias="X-Span")

        validator = one(Annotated[Tracing, Header()])

        found = run(validator, headers=[(b"trace-id", b"7"), (b"x-span", b"s"), (b"host", b"h")])

        assert found["x"] == Tracing.model_validate({"trace_id": 7, "X-Span": "s"})
        assert refuse(validator, headers=[(b"host", b"h")]) == [("header", "trace-id", "MISSING")]

    def test_may_be_read_twice(self, run: Run) -> None:
        def handler(
            trace_id: Annotated[str, Header()], all_of_it: Annotated[Trace, Header()]
        ) -> None: ...

        found = run(RequestValidator(handler), headers=[(b"trace-id", b"7")])

        assert found == {"trace_id": "7", "all_of_it": Trace(trace_id=7)}


class TestCookies:
    def test_are_read(self, run: Run) -> None:
        found = run(one(Annotated[int, Cookie()]), headers=[(b"cookie", b"a=1; x=2; x=3")])

        assert found == {"x": 2}

    def test_fill_lists_and_models(self, run: Run) -> None:
        headers = [(b"cookie", b"limit=1; tags=a; tags=b; y=9")]

        class Jar(BaseModel):
            limit: int
            tags: list[str]

        assert run(one(Annotated[Jar, Cookie()]), headers=headers)["x"] == Jar(
            limit=1, tags=["a", "b"]
        )

    def test_report_their_location(self, refuse: Refuse) -> None:
        found = refuse(one(Annotated[int, Cookie()]), headers=[(b"cookie", b"x=a; junk")])

        assert found == [("cookie", "x", "INT_PARSING")]


class TestJSONBody:
    def test_becomes_a_model(self, run: Run) -> None:
        assert run(post(User), body=b'{"name":"Ann","age":3}') == {"x": User(name="Ann", age=3)}

    @pytest.mark.parametrize(
        ("annotation", "body", "value"),
        [
            pytest.param(Point, b'{"x":1}', Point(1), id="dataclass"),
            pytest.param(Size, b'{"width":1}', {"width": 1}, id="typed-dict"),
            pytest.param(dict[str, int], b'{"a":1}', {"a": 1}, id="dict"),
            pytest.param(list[Size], b'[{"width":1}]', [{"width": 1}], id="list"),
            pytest.param(RootModel[int], b"3", RootModel[int](3), id="root-model"),
            pytest.param(Annotated[int, Body()], b"3", 3, id="scalar"),
            pytest.param(Annotated[str, Body()], b'"a"', "a", id="text"),
            pytest.param(Annotated[list[int], Body()], b"[1]", [1], id="list-of-scalars"),
            pytest.param(User | None, b"null", None, id="null"),
            pytest.param(
                Annotated[Cat | Dog, Field(discriminator="kind")],
                b'{"kind":"cat","lives":9}',
                Cat(kind="cat", lives=9),
                id="discriminated-union",
            ),
            pytest.param(
                Annotated[Cat | Dog, Body(discriminator="kind")],
                b'{"kind":"dog","bark":"w"}',
                Dog(kind="dog", bark="w"),
                id="discriminated-by-marker",
            ),
        ],
    )
    def test_may_be(self, run: Run, annotation: Any, body: bytes, value: Any) -> None:
        assert run(post(annotation), body=body) == {"x": value}

    def test_may_refer_to_itself(self, run: Run, refuse: Refuse) -> None:
        validator = post(Node)

        assert run(validator, body=b'{"value":1,"children":[{"value":2}]}')["x"].children[
            0
        ] == Node(value=2)
        assert refuse(validator, body=b'{"value":1,"children":[{"value":"b"}]}') == [
            ("body", "children.0.value", "INT_PARSING")
        ]

    def test_may_use_a_recursive_model_twice(self, run: Run) -> None:
        def handler(a: Node, b: Node, c: list[Node]) -> None: ...

        validator = RequestValidator(handler, methods=["POST"])

        found = run(validator, body=b'{"a":{"value":1},"b":{"value":2},"c":[]}')

        assert (found["a"].value, found["b"].value, found["c"]) == (1, 2, [])

    def test_names_every_wrong_field_as_the_client_calls_it(self, refuse: Refuse) -> None:
        body = b'{"name":"A","age":"x","addresses":[{"city":"a","zipCode":"1"},{"city":2}]}'

        assert refuse(post(User), body=body) == [
            ("body", "name", "STRING_TOO_SHORT"),
            ("body", "age", "INT_PARSING"),
            ("body", "addresses.1.city", "STRING_TYPE"),
            ("body", "addresses.1.zipCode", "MISSING"),
        ]

    def test_leaves_unions_and_tags_out_of_the_path(self, refuse: Refuse) -> None:
        validator = post(Annotated[Cat | Dog, Field(discriminator="kind")])

        assert refuse(validator, body=b'{"kind":"cat"}') == [("body", "lives", "MISSING")]

    def test_of_another_shape_is_refused(self, refuse: Refuse) -> None:
        assert refuse(post(User), body=b"[]") == [("body", "", "MODEL_TYPE")]
        assert refuse(post(User), body=b"null") == [("body", "", "MODEL_TYPE")]

    def test_ignores_unknown_fields_unless_forbidden(self, run: Run, refuse: Refuse) -> None:
        assert run(post(User), body=b'{"name":"Ann","admin":true}') == {"x": User(name="Ann")}
        assert refuse(post(Strict), body=b'{"admin":true}') == [
            ("body", "admin", "EXTRA_FORBIDDEN")
        ]

    def test_that_is_absent_is_missing(self, caught: Caught) -> None:
        error = caught(post(User), body=b"")

        assert error.status_code == 422
        assert [(one.field, one.code) for one in error.errors] == [("", "MISSING")]
        assert error.errors[0].message == "A request body is required."

    def test_that_is_absent_may_have_a_default(self, run: Run) -> None:
        validator = post(User | None, None)

        assert not validator.body_required
        assert run(validator, body=b"") == {"x": None}
        assert run(validator) == {"x": None}

    def test_keeps_the_last_of_duplicate_keys(self, run: Run) -> None:
        assert run(post(User), body=b'{"name":"Ann","name":"Bob"}')["x"].name == "Bob"

    def test_is_read_for_get_where_asked_for(self, run: Run) -> None:
        assert run(one(Annotated[User, Body()]), body=b'{"name":"Ann"}')["x"].name == "Ann"

    @pytest.mark.parametrize(
        "number",
        [b"9" * 5000, b"-" + b"9" * 5000],
    )
    def test_refuses_integers_of_absurd_length(self, caught: Caught, number: bytes) -> None:
        error = caught(post(dict[str, int]), body=b'{"a":' + number + b"}")

        assert error.status_code in {400, 422}

    def test_takes_integers_beyond_64_bit(self, run: Run) -> None:
        assert run(post(dict[str, int]), body=b'{"a":%d}' % 10**40) == {"x": {"a": 10**40}}


class TestMalformedJSON:
    @pytest.mark.parametrize(
        ("body", "line", "column"),
        [
            pytest.param(b'{"name": }', 1, 10, id="no-value"),
            pytest.param(b'{\n"name": "Ann",\n}', 3, 1, id="trailing-comma"),
            pytest.param(b'{\n"name":1, "\xff":2}', 2, None, id="not-utf-8"),
            pytest.param(b'{"name":"\\ud800"}', 1, 16, id="lone-surrogate"),
            pytest.param(b"\xef\xbb\xbf{}", 1, 1, id="byte-order-mark"),
            pytest.param(b'{"age":NaN}', 1, 8, id="nan"),
            pytest.param(b'{"age":Infinity}', 1, 8, id="infinity"),
            pytest.param(b'{"age":-Infinity}', 1, 9, id="minus-infinity"),
            pytest.param(b"[" * 100_000, 1, 202, id="very-deep"),
            pytest.param(b'{"a":' * 100_000, 1, 1006, id="very-deep-objects"),
            pytest.param(b'{"name":"Ann"} {}', 1, 16, id="two-documents"),
            pytest.param(b"name=Ann", 1, 2, id="a-form"),
            pytest.param(b" ", 1, 1, id="blank"),
        ],
    )
    @pytest.mark.parametrize("also_reads_query", [False, True])
    def test_is_400_with_its_position(
        self, caught: Caught, body: bytes, line: int, column: int | None, also_reads_query: bool
    ) -> None:
        def alone(x: User) -> None: ...

        def beside(x: User, q: str = "") -> None: ...

        handler = beside if also_reads_query else alone
        error = caught(RequestValidator(handler, methods=["POST"]), body=body)

        assert isinstance(error, MalformedJSONError)
        assert error.status_code == 400
        assert error.line == line
        assert column in {error.column, None}  # versions of Pydantic differ
        assert [(one.location, one.field, one.code) for one in error.errors] == [
            ("body", "", "JSON_INVALID")
        ]
        assert f"line {line} column {error.column}" in error.errors[0].message
        assert f"line {line}" in str(error)

    def test_carries_the_errors_of_other_locations_too(self, caught: Caught) -> None:
        def handler(x: User, q: int) -> None: ...

        error = caught(RequestValidator(handler, methods=["POST"]), body=b"{", query=b"q=z")

        assert isinstance(error, MalformedJSONError)
        assert [one.location for one in error.errors] == ["body", "query"]

    def test_is_not_what_merely_mentions_nan(self, run: Run) -> None:
        for name in ("NaN", "Infinity", "Nina", "Ida"):
            found = run(post(User), body=json.dumps({"name": name}).encode())

            assert found["x"].name == name

    def test_in_a_query_is_an_ordinary_error(self, refuse: Refuse) -> None:
        found = refuse(one(Annotated[Json[User], Query()]), query=b"x={")

        assert found == [("query", "x", "JSON_INVALID")]

    def test_paths_lead_into_json_within_texts(self, refuse: Refuse) -> None:
        found = refuse(one(Annotated[Json[list[int]], Query()]), query=b'x=[1,"b"]')

        assert found == [("query", "x.1", "INT_PARSING")]


class TestMediaType:
    @pytest.mark.parametrize(
        "content_type",
        [
            b"application/json",
            b"application/json; charset=utf-8",
            b"APPLICATION/JSON",
            b"application/merge-patch+json",
        ],
    )
    def test_of_json_is_read(self, run: Run, content_type: bytes) -> None:
        assert run(post(User), body=b'{"name":"Ann"}', content_type=content_type)

    @pytest.mark.parametrize(
        "content_type",
        [
            None,
            b"text/plain",
            b"text/plain; application/json",
            b"application/x-www-form-urlencoded",
            b"multipart/form-data; boundary=x",
            b"application/jsonp",
            b"application/json; charset=utf-16",
            b"json",
            b"",
        ],
    )
    @pytest.mark.parametrize("also_reads_query", [False, True])
    def test_of_anything_else_is_415(
        self, caught: Caught, content_type: bytes | None, also_reads_query: bool
    ) -> None:
        def alone(x: User) -> None: ...

        def beside(x: User, q: str = "") -> None: ...

        handler = beside if also_reads_query else alone
        validator = RequestValidator(handler, methods=["POST"])

        error = caught(validator, body=b'{"name":"Ann"}', content_type=content_type)

        assert isinstance(error, UnsupportedMediaTypeError)
        assert error.status_code == 415
        assert error.supported == ("application/json", "application/*+json")
        assert "application/json" in error.errors[0].message
        assert "application/json" in str(error)

    def test_that_is_contradictory_is_415(self, caught: Caught) -> None:
        headers = [(b"content-type", b"text/plain"), (b"content-type", b"application/x+json")]

        error = caught(post(User), body=b"{}", content_type=None, headers=headers)

        assert error.status_code == 415

    def test_is_not_needed_without_a_body(self, run: Run) -> None:
        assert run(post(User | None, None), body=b"", content_type=None) == {"x": None}

    def test_can_be_stated(self, run: Run, caught: Caught) -> None:
        validator = post(Annotated[User, Body(media_type="application/merge-patch+json")])

        assert run(validator, body=b'{"name":"Ann"}', content_type=b"application/merge-patch+json")
        assert caught(validator, body=b"{}").status_code == 415

    def test_accepts_headers_that_are_lists(self) -> None:
        headers: Any = [[b"content-type", b"application/json"]]

        assert post(User).validate({}, b"", headers, b'{"name":"Ann"}')


class TestSeveralBodies:
    def handler(self, user: User, note: Annotated[str, Body()] = "", q: int = 0) -> None: ...

    def test_are_members_of_one_object(self, run: Run) -> None:
        validator = RequestValidator(self.handler, methods=["POST"])

        found = run(validator, body=b'{"user":{"name":"Ann"},"note":"n"}', query=b"q=2")

        assert found == {"user": User(name="Ann"), "note": "n", "q": 2}

    def test_report_their_names(self, refuse: Refuse) -> None:
        validator = RequestValidator(self.handler, methods=["POST"])

        assert refuse(validator, body=b'{"user":{},"note":1}', query=b"q=z") == [
            ("query", "q", "INT_PARSING"),
            ("body", "user.name", "MISSING"),
            ("body", "note", "STRING_TYPE"),
        ]
        assert refuse(validator, body=b"[]") == [("body", "", "DICT_TYPE")]
        assert refuse(validator, body=b"") == [("body", "", "MISSING")]

    def test_that_are_all_optional_may_be_absent(self, run: Run) -> None:
        def handler(
            a: Annotated[int, Body()] = 1,
            b: Annotated[list[int], Body()] = [],  # noqa: B006
        ) -> None: ...

        validator = RequestValidator(handler, methods=["POST"])

        assert run(validator, body=b"") == {"a": 1, "b": []}

    def test_one_can_ask_to_be_embedded(self, run: Run) -> None:
        validator = post(Annotated[User, Body(embed=True, alias="user")])

        assert run(validator, body=b'{"user":{"name":"Ann"}}') == {"x": User(name="Ann")}


class TestRawBody:
    def test_is_taken_as_bytes_of_any_media_type(self, run: Run) -> None:
        validator = post(Annotated[bytes, Body()])

        assert validator.body_format == "bytes"
        assert run(validator, body=b"\xff\x00", content_type=b"image/png") == {"x": b"\xff\x00"}
        assert run(validator, body=b"a", content_type=None) == {"x": b"a"}
        assert run(validator, body=b"") == {"x": b""}

    def test_is_held_to_a_media_type(self, run: Run, caught: Caught) -> None:
        validator = post(Annotated[str, Body(media_type="text/plain", max_length=3)])

        assert run(validator, body="é".encode(), content_type=b"text/plain") == {"x": "é"}
        assert caught(validator, body=b"a").status_code == 415
        codes = [
            one.code for one in caught(validator, body=b"\xff", content_type=b"text/plain").errors
        ]
        assert codes == ["STRING_UNICODE"]

    def test_may_be_absent(self, run: Run) -> None:
        assert run(post(Annotated[bytes | None, Body(media_type="text/csv")], None)) == {"x": None}


FORM = b"application/x-www-form-urlencoded"
MULTIPART = b"multipart/form-data; boundary=x"


class TestForm:
    def handler(
        self,
        name: Annotated[str, Form(min_length=2)],
        tags: Annotated[list[int], Form()] = [],  # noqa: B006
    ) -> None: ...

    def validator(self) -> RequestValidator:
        return RequestValidator(self.handler, methods=["POST"])

    def test_is_read_url_encoded(self, run: Run) -> None:
        found = run(self.validator(), body=b"name=A+B&tags=1&tags=2", content_type=FORM)

        assert found == {"name": "A B", "tags": [1, 2]}

    def test_is_read_parsed(self, run: Run) -> None:
        body = {"name": ["x", "Ann"], "tags": "3", "other": ["a", "b"]}

        assert run(self.validator(), body=body, content_type=MULTIPART) == {
            "name": "Ann",
            "tags": [3],
        }

    def test_fills_a_model(self, run: Run, refuse: Refuse) -> None:
        validator = post(Annotated[Strict, Form()])

        found = run(validator, body=b"limit=3&tags=a", content_type=FORM)

        assert found["x"] == Strict(limit=3, tags=["a"])
        assert refuse(validator, body=b"nope=1", content_type=FORM) == [
            ("form", "nope", "EXTRA_FORBIDDEN")
        ]

    def test_reports_fields(self, refuse: Refuse) -> None:
        found = refuse(self.validator(), body=b"name=A&tags=%zz&x=1", content_type=FORM)

        assert sorted(found) == [
            ("form", "name", "STRING_TOO_SHORT"),
            ("form", "tags", "INVALID_ENCODING"),
        ]
        assert refuse(self.validator(), body=b"") == [("form", "name", "MISSING")]
        assert refuse(self.validator(), body={}) == [("form", "name", "MISSING")]

    def test_refuses_too_many_fields(self, refuse: Refuse) -> None:
        body = b"a=1&" * 2000

        assert refuse(self.validator(), body=body, content_type=FORM) == [
            ("form", "", "TOO_MANY_FIELDS")
        ]

    @pytest.mark.parametrize("content_type", [None, b"application/json", b"text/plain"])
    def test_of_another_media_type_is_415(self, caught: Caught, content_type: bytes | None) -> None:
        error = caught(self.validator(), body=b"name=Ann", content_type=content_type)

        assert isinstance(error, UnsupportedMediaTypeError)
        assert error.supported == ("application/x-www-form-urlencoded", "multipart/form-data")

    def test_that_is_multipart_has_to_be_parsed_before(self, run: Run) -> None:
        with pytest.raises(TypeError, match="parsed before"):
            run(self.validator(), body=b"--x", content_type=MULTIPART)

    def test_is_not_accepted_for_json(self, run: Run) -> None:
        with pytest.raises(TypeError, match="parsed form"):
            run(post(User), body={"name": "Ann"})


class TestFiles:
    def handler(
        self,
        photo: Annotated[Upload, File()],
        title: Annotated[str, Form()],
        more: Annotated[list[Upload], File()] = [],  # noqa: B006
    ) -> None: ...

    def test_are_taken_as_they_were_parsed(self, run: Run) -> None:
        validator = RequestValidator(self.handler, methods=["POST"])
        photo, other = Upload("a.png"), Upload("b.png")

        found = run(
            validator,
            body={"photo": photo, "title": "T", "more": other},
            content_type=MULTIPART,
        )

        assert validator.body_format == "multipart"
        assert found == {"photo": photo, "title": "T", "more": [other]}

    def test_that_were_not_chosen_are_missing(self, refuse: Refuse) -> None:
        validator = RequestValidator(self.handler, methods=["POST"])

        found = refuse(validator, body={"photo": Upload(""), "title": "T"}, content_type=MULTIPART)

        assert found == [("form", "photo", "MISSING")]

    def test_that_are_texts_are_refused(self, refuse: Refuse) -> None:
        validator = RequestValidator(self.handler, methods=["POST"])

        found = refuse(validator, body={"photo": "x", "title": "T"}, content_type=MULTIPART)

        assert found == [("form", "photo", "IS_INSTANCE_OF")]

    def test_may_be_bytes(self, run: Run) -> None:
        validator = post(Annotated[bytes, File()])

        assert run(validator, body={"x": b"\xff"}, content_type=MULTIPART) == {"x": b"\xff"}

    def test_need_a_multipart_body(self, caught: Caught) -> None:
        error = caught(
            RequestValidator(self.handler, methods=["POST"]),
            body=b"title=T",
            content_type=FORM,
        )

        assert isinstance(error, UnsupportedMediaTypeError)
        assert error.supported == ("multipart/form-data",)


class TestRequestModel:
    def test_fills_parameters_after_it_was_validated_as_a_whole(
        self, run: Run, caught: Caught
    ) -> None:
        class SignUp(BaseModel):
            password: str
            repeated: str

            @field_validator("repeated")
            @classmethod
            def _same(cls, value: str, info: Any) -> str:
                if value != info.data.get("password"):
                    raise ValueError("passwords differ")
                return value

        def handler(password: str, q: int = 0) -> None: ...

        validator = RequestValidator(handler, methods=["POST"], request_model=SignUp)

        found = run(validator, body=b'{"password":"a","repeated":"a"}')
        (detail,) = caught(validator, body=b'{"password":"a","repeated":"b"}').errors

        assert found == {"password": "a", "q": 0}
        assert (detail.field, detail.code) == ("repeated", "VALUE_ERROR")
        assert detail.message == "Passwords differ."

    def test_fills_parameters_alone(self, run: Run) -> None:
        def handler(name: str) -> None: ...

        validator = RequestValidator(handler, methods=["POST"], request_model=User)

        assert run(validator, body=b'{"name":"Ann"}') == {"name": "Ann"}

    def test_fills_parameters_of_a_typed_dict(self, run: Run) -> None:
        def handler(width: int) -> None: ...

        validator = RequestValidator(handler, methods=["POST"], request_model=Size)

        assert run(validator, body=b'{"width":3}') == {"width": 3}

    def test_is_read_from_the_query_of_get(self, run: Run, refuse: Refuse) -> None:
        def handler(limit: int, tags: list[str]) -> None: ...

        validator = RequestValidator(handler, request_model=Strict)

        assert run(validator, query=b"tags=a") == {"limit": 10, "tags": ["a"]}
        assert refuse(validator, query=b"nope=1") == [("query", "nope", "EXTRA_FORBIDDEN")]

    def test_never_fills_what_is_injected(self, run: Run) -> None:
        def handler(name: str, age: Any) -> None: ...

        validator = RequestValidator(
            handler, methods=["POST"], request_model=User, injected=["age"]
        )

        assert run(validator, body=b'{"name":"Ann","age":3,"db":1}') == {"name": "Ann"}

    def test_cannot_stand_beside_the_body_of_a_dependency(self) -> None:
        def handler(name: str) -> None: ...

        def dependency(other: Address) -> None: ...

        more = read_inputs(dependency, methods=["POST"])

        with pytest.raises(SignatureError, match="request_model"):
            RequestValidator(handler, methods=["POST"], request_model=User, more=more)


class TestTogether:
    def handler(
        self,
        item_id: int,
        user: User,
        q: int,
        token: Annotated[int, Header(alias="X-Token")],
        session: Annotated[int, Cookie()],
    ) -> None: ...

    def validator(self) -> RequestValidator:
        return RequestValidator(self.handler, path_params=["item_id"], methods=["PUT"])

    def test_reads_all_locations(self, run: Run) -> None:
        found = run(
            self.validator(),
            path={"item_id": "1"},
            query=b"q=2",
            headers=[(b"x-token", b"3"), (b"cookie", b"session=4")],
            body=b'{"name":"Ann"}',
        )

        assert found == {
            "item_id": 1,
            "user": User(name="Ann"),
            "q": 2,
            "token": 3,
            "session": 4,
        }

    def test_reports_all_locations_at_once(self, refuse: Refuse) -> None:
        found = refuse(
            self.validator(),
            path={"item_id": "a"},
            query=b"q=b",
            headers=[(b"x-token", b"c"), (b"cookie", b"session=d")],
            body=b'{"name":"A"}',
        )

        assert found == [
            ("path", "item_id", "INT_PARSING"),
            ("query", "q", "INT_PARSING"),
            ("header", "X-Token", "INT_PARSING"),
            ("cookie", "session", "INT_PARSING"),
            ("body", "name", "STRING_TOO_SHORT"),
        ]

    def test_knows_what_it_reads(self) -> None:
        validator = self.validator()

        assert (validator.body_format, validator.body_required) == ("json", True)
        assert validator.reads_path
        assert validator.reads_query
        assert validator.reads_headers
        assert validator.reads_cookies
        assert [one.key for one in validator.inputs] == [
            "item_id",
            "user",
            "q",
            "token",
            "session",
        ]

    def test_reads_no_body_if_nothing_needs_it(self, run: Run) -> None:
        validator = one(int)

        assert (validator.body_format, validator.body_required) == (None, False)
        assert run(validator, query=b"x=1", body=b"\xff", content_type=None) == {"x": 1}

    def test_reads_nothing_for_a_handler_without_inputs(self, run: Run) -> None:
        assert run(RequestValidator(lambda: None), query=b"%zz") == {}

    def test_ignores_a_body_field_called_like_an_injected_parameter(self, run: Run) -> None:
        def handler(data: User, db: Any, current_user: Any) -> None: ...

        validator = RequestValidator(handler, methods=["POST"], injected=["db", "current_user"])

        found = run(
            validator,
            body=b'{"name":"Ann","db":1,"current_user":{"id":1}}',
            query=b"db=1&current_user=2",
        )

        assert found == {"data": User(name="Ann")}


class TestMore:
    def test_inputs_are_validated_in_the_same_call(self, run: Run, refuse: Refuse) -> None:
        def handler(q: int) -> None: ...

        more = [RequestInput("dep:q", "q", "query", int), RequestInput("dep:t", "t", "header", str)]
        validator = RequestValidator(handler, more=more)

        assert run(validator, query=b"q=1", headers=[(b"t", b"x")]) == {
            "q": 1,
            "dep:q": 1,
            "dep:t": "x",
        }
        assert refuse(validator, query=b"q=z") == [
            ("query", "q", "INT_PARSING"),
            ("header", "t", "MISSING"),
        ]

    def test_bodies_are_embedded_with_those_of_the_handler(self, run: Run) -> None:
        def handler(user: User) -> None: ...

        def dependency(address: Address) -> None: ...

        more = read_inputs(dependency, methods=["POST"])
        validator = RequestValidator(handler, methods=["POST"], more=more)

        found = run(validator, body=b'{"user":{"name":"Ann"},"address":{"city":"a","zipCode":"b"}}')

        assert set(found) == {"user", "address"}

    def test_ready_inputs_make_a_validator(self, run: Run) -> None:
        def handler(q: int) -> None: ...

        validator = RequestValidator.from_inputs(read_inputs(handler))

        assert run(validator, query=b"q=1") == {"q": 1}

    @pytest.mark.parametrize(
        ("inputs", "words"),
        [
            pytest.param(
                [RequestInput("a", "a", "query", int), RequestInput("a", "b", "query", int)],
                "key of another",
                id="same-key",
            ),
            pytest.param(
                [RequestInput("a", "a", "body", User), RequestInput("b", "b", "form", str)],
                "reads a form",
                id="json-and-form",
            ),
            pytest.param(
                [RequestInput("a", "a", "body", User), RequestInput("b", "b", "body", bytes)],
                "raw body",
                id="json-and-bytes",
            ),
            pytest.param(
                [RequestInput("a", "a", "body", User, media_type="text/csv")],
                "only bytes and str",
                id="model-of-text",
            ),
            pytest.param(
                [RequestInput("a", "a", "query", Upload)], "cannot be read", id="no-schema"
            ),
        ],
    )
    def test_contradictions_are_faults(self, inputs: list[RequestInput], words: str) -> None:
        with pytest.raises(SignatureError, match=words):
            RequestValidator.from_inputs(inputs)


@given(st.dictionaries(st.sampled_from("abc"), st.text(string.printable, max_size=5)))
def test_never_fails_otherwise_whatever_the_query_says(fields: dict[str, str]) -> None:
    def handler(a: int, b: list[bool], c: Colour | None = None) -> None: ...

    validator = RequestValidator(handler)
    query = "&".join(f"{name}={value}" for name, value in fields.items()).encode()

    try:
        found = validator.validate({}, query, [], None)
    except ValidationException:
        return
    assert isinstance(found["a"], int)


@given(st.binary(max_size=40))
def test_never_fails_otherwise_whatever_the_body_says(body: bytes) -> None:
    validator = post(dict[str, int])

    try:
        found = validator.validate({}, b"", [(b"content-type", b"application/json")], body)
    except ValidationException:
        return
    assert all(isinstance(value, int) for value in found["x"].values())


def test_metadata_that_cannot_be_hashed_is_fine(run: Run) -> None:
    assert run(one(Annotated[int, ["doc"], Query()]), query=b"x=1") == {"x": 1}


def test_files_may_be_of_a_type_with_its_own_configuration(run: Run) -> None:
    class Parsed(BaseModel):
        size: int

    found = run(post(Annotated[Parsed, File()]), body={"x": Parsed(size=1)}, content_type=MULTIPART)

    assert found == {"x": Parsed(size=1)}
