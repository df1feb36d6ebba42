from __future__ import annotations

import dataclasses
import enum
import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PydanticUserError,
    RootModel,
    SecretStr,
    computed_field,
    field_serializer,
)
from typing_extensions import TypedDict  # what Pydantic takes before Python 3.12

from covet_validation import (
    PaginatedResponse,
    ResponseMismatchError,
    ResponseSerializer,
    SuccessResponse,
    ValidationException,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class User(BaseModel):
    id: int
    name: str


class UserWithPassword(User):
    password: str = "hunter2"

    @computed_field  # type: ignore[prop-decorator]
    @property
    def also_secret(self) -> str:
        return self.password


class Post(BaseModel):
    title: str
    author: User
    readers: list[User] = []


class Aliased(BaseModel):
    user_name: str = Field(serialization_alias="userName")
    note: str | None = None
    size: int = 3


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: int


class OpenWithPassword(Open):
    password: str = "hunter2"


class Node(BaseModel):
    value: int
    children: list[Node] = []


class Size(TypedDict):
    width: int


@dataclasses.dataclass
class Point:
    x: int


@dataclasses.dataclass
class PointWithPassword(Point):
    password: str = "hunter2"


class Colour(enum.Enum):
    RED = "red"


class Row:
    """What an ORM gives: attributes, more than are declared."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values, password="hunter2")


@pytest.fixture
def serializer() -> ResponseSerializer:
    return ResponseSerializer()


def row(**values: Any) -> Row:
    return Row(**{"id": 1, "name": "Ann"} | values)


ANN = User(id=1, name="Ann")
ANN_JSON = {"id": 1, "name": "Ann"}
SUB = UserWithPassword(id=1, name="Ann")


class TestKinds:
    @pytest.mark.parametrize(
        ("result", "model", "written"),
        [
            pytest.param(ANN, User, ANN_JSON, id="model"),
            pytest.param({"id": 1, "name": "Ann"}, User, ANN_JSON, id="dict"),
            pytest.param(row(), User, ANN_JSON, id="object"),
            pytest.param([row(), ANN], list[User], [ANN_JSON] * 2, id="mixed-list-object-first"),
            pytest.param([ANN, row()], list[User], [ANN_JSON] * 2, id="mixed-list-model-first"),
            pytest.param((ANN,), list[User], [ANN_JSON], id="tuple-for-list"),
            pytest.param(iter([row()]), list[User], [ANN_JSON], id="iterator"),
            pytest.param(iter([row()]), Iterable[User], [ANN_JSON], id="iterable"),
            pytest.param([], list[User], [], id="empty-list"),
            pytest.param({"a": row()}, dict[str, User], {"a": ANN_JSON}, id="dict-of-objects"),
            pytest.param(None, User | None, None, id="none"),
            pytest.param(row(), User | None, ANN_JSON, id="optional-object"),
            pytest.param(Point(1), Point, {"x": 1}, id="dataclass"),
            pytest.param({"x": 1}, Point, {"x": 1}, id="dict-for-dataclass"),
            pytest.param(Point(1), RootModel[Point], {"x": 1}, id="root-model"),
            pytest.param({"width": 1}, Size, {"width": 1}, id="typed-dict"),
            pytest.param(
                row(author=row(), title="T"),
                Post,
                {"title": "T", "author": ANN_JSON, "readers": []},
                id="nested",
            ),
            pytest.param({"a": "b"}, dict[str, str], {"a": "b"}, id="plain-dict"),
            pytest.param([1, 2], list[int], [1, 2], id="plain-list"),
            pytest.param({3}, set[int], [3], id="plain-set"),
            pytest.param("a", str, "a", id="str"),
            pytest.param(NOON, datetime, "2026-11-22T12:00:00Z", id="datetime"),
            pytest.param(3, int | str, 3, id="union-of-scalars"),
            pytest.param(UUID(int=0), UUID, "00000000-0000-0000-0000-000000000000", id="uuid"),
            pytest.param(Colour.RED, Colour, "red", id="enum"),
            pytest.param({"a": [1]}, Any, {"a": [1]}, id="any"),
            pytest.param({"a": ANN}, dict[str, Any], {"a": ANN_JSON}, id="dict-of-any"),
            pytest.param(float("nan"), float, None, id="nan-is-null"),
        ],
    )
    def test_are_written(
        self, serializer: ResponseSerializer, result: Any, model: Any, written: Any
    ) -> None:
        assert json.loads(serializer.serialize(result, model)) == written

    def test_recursive_models_are_written(self, serializer: ResponseSerializer) -> None:
        result = {"value": 1, "children": [{"value": 2}]}

        written = json.loads(serializer.serialize(result, Node))

        assert written["children"][0] == {"value": 2, "children": []}

    def test_pages_of_objects_are_written(self, serializer: ResponseSerializer) -> None:
        page = {"items": [row()], "total": 1, "page": 1, "per_page": 10}

        written = json.loads(serializer.serialize(page, PaginatedResponse[User]))

        assert written["items"] == [ANN_JSON]
        assert (written["total_pages"], written["has_next"], written["has_prev"]) == (
            1,
            False,
            False,
        )

    def test_pages_that_do_not_say_of_what_are_written(
        self, serializer: ResponseSerializer
    ) -> None:
        page: Any = PaginatedResponse(items=[row()], total=1, page=1, per_page=10)

        written = json.loads(serializer.serialize(page, PaginatedResponse[User]))

        assert written["items"] == [ANN_JSON]

    @pytest.mark.parametrize("model", [None, bytes, Annotated[bytes, "doc"]])
    def test_bytes_are_the_body(self, serializer: ResponseSerializer, model: Any) -> None:
        assert serializer.serialize(b"\xff", model) == b"\xff"

    def test_what_is_no_bytes_does_not_fit_bytes(self, serializer: ResponseSerializer) -> None:
        with pytest.raises(ResponseMismatchError, match="no bytes"):
            serializer.serialize("a", bytes)


class TestUndeclared:
    @pytest.mark.parametrize(
        ("result", "written"),
        [
            (None, b"null"),
            ("a", b'"a"'),
            ({"a": NOON}, b'{"a":"2026-11-22T12:00:00Z"}'),
            (date(2026, 1, 2), b'"2026-01-02"'),
            (Decimal("1.10"), b'"1.10"'),
            ([ANN], b'[{"id":1,"name":"Ann"}]'),
            (Point(1), b'{"x":1}'),
            (float("inf"), b"null"),
            (timedelta(seconds=1), b'"PT1S"'),
            (Aliased(user_name="a"), b'{"userName":"a","note":null,"size":3}'),
            (MappingProxyType({"a": 1}), b'{"a":1}'),
            (OrderedDict(a=1), b'{"a":1}'),
            (
                {
                    1,
                },
                b"[1]",
            ),
            ((1, "a"), b'[1,"a"]'),
        ],
    )
    def test_is_written_as_what_it_is(
        self, serializer: ResponseSerializer, result: Any, written: bytes
    ) -> None:
        assert serializer.serialize(result) == written

    def test_object_needs_a_declaration(self, serializer: ResponseSerializer) -> None:
        with pytest.raises(ResponseMismatchError, match="declares no response type") as caught:
            serializer.serialize(row())

        assert "Row" in str(caught.value)
        assert "hunter2" not in str(caught.value)


class TestFiltering:
    @pytest.mark.parametrize(
        ("result", "model"),
        [
            pytest.param(SUB, User, id="subclass"),
            pytest.param([SUB], list[User], id="list"),
            pytest.param((SUB,), tuple[User, ...], id="tuple"),
            pytest.param([SUB], Sequence[User], id="sequence"),
            pytest.param([SUB, row()], list[User], id="mixed-list"),
            pytest.param({"a": SUB}, dict[str, User], id="dict-values"),
            pytest.param({"a": SUB}, Mapping[str, User], id="mapping-values"),
            pytest.param(SUB, User | None, id="optional"),
            pytest.param(SUB, User | int, id="union"),
            pytest.param(SUB, int | User | Post, id="union-of-models"),
            pytest.param([SUB], list[User | None], id="list-of-optionals"),
            pytest.param(SUB, RootModel[User], id="root-model"),
            pytest.param(Post(title="a", author=SUB, readers=[SUB]), Post, id="nested"),
            pytest.param([Post(title="a", author=SUB)], list[Post], id="nested-in-list"),
            pytest.param(SuccessResponse(data=SUB), SuccessResponse[User], id="envelope"),
            pytest.param(
                PaginatedResponse[UserWithPassword](items=[SUB], total=1, page=1, per_page=1),
                PaginatedResponse[User],
                id="page-of-subclass",
            ),
            pytest.param(
                PaginatedResponse[User](items=[SUB], total=1, page=1, per_page=1),
                PaginatedResponse[User],
                id="page",
            ),
            pytest.param(
                PaginatedResponse[Any](items=[SUB], total=1, page=1, per_page=1),
                PaginatedResponse[User],
                id="page-of-anything",
            ),
            pytest.param(SUB.model_dump(), User, id="extra-keys"),
            pytest.param([SUB.model_dump()], list[User], id="extra-keys-in-list"),
            pytest.param({"title": "a", "author": SUB.model_dump()}, Post, id="extra-keys-nested"),
            pytest.param(row(), User, id="object"),
            pytest.param({"width": 1, "password": "hunter2"}, Size, id="typed-dict"),
            pytest.param([{"width": 1, "password": "hunter2"}], list[Size], id="typed-dicts"),
            pytest.param(PointWithPassword(1), Point, id="dataclass"),
            pytest.param([PointWithPassword(1)], list[Point], id="dataclasses"),
            pytest.param(PointWithPassword(1), Point | None, id="optional-dataclass"),
            pytest.param(OpenWithPassword(id=1), Open, id="subclass-of-open-model"),
        ],
    )
    def test_leaves_out_what_is_not_declared(
        self, serializer: ResponseSerializer, result: Any, model: Any
    ) -> None:
        for _ in range(3):  # again by what was learnt from the first time
            body = serializer.serialize(result, model)

            assert b"hunter2" not in body
            assert b"secret" not in body

    def test_holds_when_base_and_subclass_alternate(self, serializer: ResponseSerializer) -> None:
        write = serializer.compile(User)

        bodies = {write(result) for result in (ANN, SUB, ANN, SUB, row(), SUB)}

        assert bodies == {b'{"id":1,"name":"Ann"}'}

    def test_keeps_extras_of_a_model_that_declares_them(
        self, serializer: ResponseSerializer
    ) -> None:
        assert serializer.serialize(Open(id=1, more=2), Open) == b'{"id":1,"more":2}'  # type: ignore[call-arg]

    def test_keeps_secrets_masked(self, serializer: ResponseSerializer) -> None:
        class Holder(BaseModel):
            password: SecretStr

        assert b"hunter2" not in serializer.serialize({"password": "hunter2"}, Holder)


class TestMismatch:
    @pytest.mark.parametrize(
        ("result", "model", "place"),
        [
            pytest.param({"id": "hunter2", "name": "A"}, User, "id: int_parsing", id="dict"),
            pytest.param({"id": 1}, User, "name: missing", id="missing-key"),
            pytest.param(row(id="hunter2"), User, "id: int_parsing", id="object"),
            pytest.param([ANN, 3], list[User], "1: model", id="list"),
            pytest.param(None, User, "model", id="none"),
            pytest.param("hunter2", int, "the result: int_parsing", id="scalar"),
            pytest.param({"a": object()}, dict[str, str], "a: string_type", id="plain-dict"),
            pytest.param(
                User.model_construct(id="hunter2", name="A"),
                User,
                "id: is no int",
                id="unvalidated",
            ),
            pytest.param(
                [User.model_construct(id="hunter2", name="A")],
                list[User],
                "is no int",
                id="unvalidated-in-list",
            ),
            pytest.param(
                Post.model_construct(title="a", author={"p": "hunter2"}),
                Post,
                "author",
                id="nested-dict",
            ),
            pytest.param(User.model_construct(id=1), User, "name: missing", id="missing-field"),
            pytest.param(
                Post.model_construct(title="a"), Post, "author: missing", id="missing-nested"
            ),
            pytest.param(
                Post.model_construct(title="a", author=row(id="hunter2")),
                Post,
                "is no int",
                id="nested-object",
            ),
            pytest.param(Point("hunter2"), Point, "x: is no int", id="dataclass"),  # type: ignore[arg-type]
            pytest.param({"a": row()}, dict[str, Any], "Row", id="object-as-any"),
        ],
    )
    def test_is_the_server_s_error(
        self, serializer: ResponseSerializer, result: Any, model: Any, place: str
    ) -> None:
        with pytest.raises(ResponseMismatchError) as caught:
            serializer.serialize(result, model)

        error = caught.value
        assert place in str(error)
        assert error.response_model == model
        assert error.mismatches
        assert "hunter2" not in str(error)

    def test_is_found_after_instances_that_fit(self, serializer: ResponseSerializer) -> None:
        write = serializer.compile(User)
        write(ANN)
        write(ANN)
        changed = ANN.model_copy(update={"id": {"password": "hunter2"}})

        with pytest.raises(ResponseMismatchError):
            write(changed)

    def test_is_found_whatever_the_order_of_fields(self, serializer: ResponseSerializer) -> None:
        write = serializer.compile(User)
        write(ANN)
        swapped = User.model_construct(id="Ann", name=1)
        swapped.__dict__.clear()
        swapped.__dict__.update(name=1, id="Ann")

        with pytest.raises(ResponseMismatchError):
            write(swapped)

    def test_is_what_a_validator_returns_of_another_type(
        self, serializer: ResponseSerializer
    ) -> None:
        model = dict[str, Annotated[int, AfterValidator(str)]]

        with pytest.raises(ResponseMismatchError):
            serializer.serialize({"a": 1}, model)


class TestOptions:
    def test_aliases_are_used_unless_turned_off(self, serializer: ResponseSerializer) -> None:
        result = Aliased(user_name="a")

        assert b"userName" in serializer.compile(Aliased)(result)
        assert b"user_name" in serializer.compile(Aliased, by_alias=False)(result)

    def test_objects_may_have_names_or_aliases(self, serializer: ResponseSerializer) -> None:
        class Both(BaseModel):
            user_name: str = Field(alias="userName")

        write = serializer.compile(Both)

        assert write({"user_name": "a"}) == write({"userName": "a"}) == b'{"userName":"a"}'

    @pytest.mark.parametrize(
        ("options", "written"),
        [
            ({"exclude_none": True}, {"userName": "a", "size": 3}),
            ({"exclude_unset": True}, {"userName": "a"}),
            ({"exclude_defaults": True}, {"userName": "a"}),
            ({"include": {"size"}}, {"size": 3}),
            ({"exclude": {"size", "note"}}, {"userName": "a"}),
        ],
    )
    def test_leave_members_out(
        self, serializer: ResponseSerializer, options: Any, written: Any
    ) -> None:
        write = serializer.compile(Aliased, **options)

        assert json.loads(write(Aliased(user_name="a"))) == written
        assert json.loads(write({"user_name": "a"})) == written

    def test_apply_to_the_items_of_lists_and_pages(self, serializer: ResponseSerializer) -> None:
        page = PaginatedResponse[User](items=[ANN], total=1, page=1, per_page=1)

        listed = serializer.compile(list[User], include={"id"})([ANN])
        paged = json.loads(serializer.compile(PaginatedResponse[User], include={"id"})(page))
        without = json.loads(serializer.compile(PaginatedResponse[User], exclude={"id"})(page))

        assert listed == b'[{"id":1}]'
        assert (paged["items"], paged["total"], paged["has_next"]) == ([{"id": 1}], 1, False)
        assert (without["items"], without["total"]) == ([{"name": "Ann"}], 1)

    def test_apply_to_undeclared_results(self, serializer: ResponseSerializer) -> None:
        result = Aliased(user_name="a")

        assert serializer.compile(exclude_none=True)(result) == b'{"userName":"a","size":3}'

    def test_functions_are_compiled_once(self, serializer: ResponseSerializer) -> None:
        assert serializer.compile(User) is serializer.compile(User)
        assert serializer.compile(User) is not serializer.compile(User, by_alias=False)

    def test_types_that_cannot_be_hashed_are_compiled(self, serializer: ResponseSerializer) -> None:
        model = Annotated[int, ["metadata"]]

        assert serializer.serialize(1, model) == b"1"

    def test_types_without_a_schema_are_refused(self, serializer: ResponseSerializer) -> None:
        with pytest.raises(PydanticUserError):
            serializer.compile(Row)

    def test_models_of_many_combinations_stay_right(self, serializer: ResponseSerializer) -> None:
        class Sparse(BaseModel):
            a: int | None = None
            b: int | None = None
            c: int | None = None
            d: int | None = None

        write = serializer.compile(Sparse)

        for mask in range(16):
            values = {name: 1 for bit, name in enumerate("abcd") if mask & 1 << bit}
            expected = dict.fromkeys("abcd") | values
            assert json.loads(write(Sparse(**values))) == expected


class TestSparseFields:
    @pytest.mark.parametrize(
        ("result", "model", "fields", "written"),
        [
            (ANN, User, ["id"], {"id": 1}),
            ([ANN], list[User], ["name"], [{"name": "Ann"}]),
            (
                Post(title="a", author=ANN, readers=[ANN]),
                Post,
                ["title", "author.id", "readers.name"],
                {"title": "a", "author": {"id": 1}, "readers": [{"name": "Ann"}]},
            ),
            (Post(title="a", author=ANN), Post, ["author", "author.id"], {"author": ANN_JSON}),
            (Post(title="a", author=ANN), Post, ["author.id", "author"], {"author": ANN_JSON}),
            (Post(title="a", author=ANN), Post, ["author.id", "author.name"], {"author": ANN_JSON}),
            (Aliased(user_name="a"), Aliased, ["userName"], {"userName": "a"}),
            (SUB, UserWithPassword, ["also_secret"], {"also_secret": "hunter2"}),
            (None, User | None, ["id"], None),
        ],
    )
    def test_are_written(
        self, serializer: ResponseSerializer, result: Any, model: Any, fields: Any, written: Any
    ) -> None:
        assert json.loads(serializer.serialize(result, model, fields=fields)) == written

    def test_keep_the_frame_of_a_page(self, serializer: ResponseSerializer) -> None:
        page = {"items": [row()], "total": 1, "page": 1, "per_page": 10}

        body = serializer.serialize(page, PaginatedResponse[User], fields=["id"])

        assert json.loads(body)["items"] == [{"id": 1}]
        assert json.loads(body)["total"] == 1

    @pytest.mark.parametrize("field", ["nope", "author.nope", "title.x", "password", ""])
    def test_that_do_not_exist_are_the_client_s_error(
        self, serializer: ResponseSerializer, field: str
    ) -> None:
        with pytest.raises(ValidationException) as caught:
            serializer.serialize(Post(title="a", author=ANN), Post, fields=["title", field])

        (detail,) = caught.value.errors
        assert (detail.location, detail.field, detail.code) == ("query", "fields", "UNKNOWN_FIELD")
        assert detail.message == "Some fields do not exist. Known are: author, readers, title."


def test_an_iterator_is_read_once(serializer: ResponseSerializer) -> None:
    def rows() -> Iterator[Row]:
        yield row()

    assert json.loads(serializer.serialize(rows(), list[User])) == [ANN_JSON]


def test_a_mismatch_is_found_with_options_too(serializer: ResponseSerializer) -> None:
    write = serializer.compile(Post, exclude_none=True)

    with pytest.raises(ResponseMismatchError, match="author: is no User"):
        write(Post.model_construct(title="a", author=3))


def test_a_property_that_raises_is_a_mismatch(serializer: ResponseSerializer) -> None:
    class Broken:
        id = 1

        @property
        def name(self) -> str:
            raise ZeroDivisionError("hunter2")

    with pytest.raises(ResponseMismatchError, match=r"1\.name: get_attribute_error") as caught:
        serializer.serialize([row(), Broken()], list[User])

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("exclude", [{"author"}, {"author": True, "readers": True}])
def test_what_is_excluded_may_be_named_by_set_or_mapping(
    serializer: ResponseSerializer, exclude: Any
) -> None:
    write = serializer.compile(list[Post], exclude=exclude)

    assert b"author" not in write([Post(title="a", author=ANN)])


def test_models_with_serializers_of_their_own_are_written_by_them(
    serializer: ResponseSerializer,
) -> None:
    class Price(BaseModel):
        amount: int

        @field_serializer("amount")
        def _in_euro(self, value: int) -> str:
            return f"{value} €"

    class Celsius(RootModel[float]):
        pass

    assert serializer.serialize(Price(amount=3), Price) == '{"amount":"3 €"}'.encode()
    assert serializer.serialize(Celsius(3.5), Celsius) == b"3.5"
    assert serializer.serialize({"a": [1]}, dict[str, list[int]]) == b'{"a":[1]}'
    assert serializer.serialize({"a": 1}, dict[str, Annotated[int, PlainSerializer(str)]]) == (
        b'{"a":"1"}'
    )
    assert serializer.serialize({"a": 1}, dict) == b'{"a":1}'
