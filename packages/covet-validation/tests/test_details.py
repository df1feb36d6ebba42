"""What clients read of a validation error: never what they sent."""

from __future__ import annotations

import enum
import time as time_module
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import (
    AfterValidator,
    AnyUrl,
    AwareDatetime,
    Base64Bytes,
    BaseModel,
    Discriminator,
    EmailStr,
    Field,
    HttpUrl,
    ImportString,
    IPvAnyAddress,
    Json,
    NaiveDatetime,
    PastDate,
    SecretStr,
    Tag,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from covet_validation import Body, ErrorDetail, RequestValidator, ValidationException
from covet_validation._details import (
    MAX_ERRORS,
    JSONTexts,
    details_of,
    field_path,
    pydantic_errors,
)
from covet_validation._messages import code_and_message

CANARY = "hunter2-canary"


def details(annotation: Any, value: Any) -> list[ErrorDetail]:
    try:
        TypeAdapter(annotation).validate_python({"body": value}["body"])
    except ValidationError as error:
        errors = pydantic_errors(error)
        for one in errors:
            one["loc"] = ("body", *one["loc"])
        return details_of(errors, {"body": value})
    pytest.fail("The value is valid.")


class Colour(enum.Enum):
    RED = "red"


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]
    size: int


class Forbids(BaseModel, extra="forbid"):
    name: str = Field(alias="userName", default="")


def explode(value: str) -> str:
    raise ValueError("No such user.")


class UnprintableError(ValueError):
    def __str__(self) -> str:
        raise RuntimeError("cannot be printed")


def insist(value: str) -> str:
    raise AssertionError("must be x")


def custom(value: str) -> str:
    raise PydanticCustomError("already taken!", "name {name} is taken", {"name": "x"})


@pytest.mark.parametrize(
    ("annotation", "value", "code", "message"),
    [
        (
            Annotated[str, Field(min_length=3)],
            "a",
            "STRING_TOO_SHORT",
            "Input should have at least 3 characters.",
        ),
        (Annotated[int, Field(le=100)], 101, "LESS_THAN_EQUAL", "Input should be at most 100."),
        (EmailStr, CANARY, "INVALID_EMAIL", "Value is not a valid e-mail address."),
        (Colour, CANARY, "ENUM", "Input should be 'red'."),
        (dict[str, int], CANARY, "DICT_TYPE", "Input should be an object."),
        (Annotated[str, AfterValidator(explode)], "a", "VALUE_ERROR", "No such user."),
        (Annotated[str, AfterValidator(insist)], "a", "ASSERTION_ERROR", "Must be x."),
        (Annotated[str, AfterValidator(custom)], "a", "ALREADY_TAKEN", "Name x is taken."),
    ],
)
def test_has_a_stable_code_and_a_sentence(
    annotation: Any, value: Any, code: str, message: str
) -> None:
    (found,) = details(annotation, value)

    assert (found.code, found.message) == (code, message)


@pytest.mark.parametrize(
    "annotation",
    [
        int,
        float,
        bool,
        Decimal,
        date,
        datetime,
        time,
        timedelta,
        UUID,
        EmailStr,
        HttpUrl,
        AnyUrl,
        IPvAnyAddress,
        PastDate,
        Base64Bytes,
        Colour,
        Literal["a", "b"],
        Json[int],
        ImportString[Any],
        Cat,
        list[int],
        Annotated[str, Field(pattern="^a$")],
        Annotated[str, Field(max_length=2)],
        Annotated[SecretStr, Field(max_length=2)],
        int | date,
    ],
)
def test_never_echoes_the_value(annotation: Any) -> None:
    found = details(annotation, CANARY)

    assert found
    assert all("hunter2" not in one.model_dump_json() for one in found)


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        pytest.param(
            Annotated[Cat | Dog, Field(discriminator="kind")], {"kind": CANARY}, id="union-tag"
        ),
        pytest.param(UUID, CANARY[0] * 36, id="uuid-character"),
        pytest.param(AwareDatetime, "2026-11-22T00:00:00", id="no-zone"),
        pytest.param(NaiveDatetime, "2026-11-22T00:00:00Z", id="zone"),
        pytest.param(Annotated[list[int], Field(max_length=1)], [1, 2], id="too-long"),
        pytest.param(Annotated[Decimal, Field(max_digits=2)], "1234", id="digits"),
        pytest.param(dict[int, int], {CANARY: 1}, id="key"),
        pytest.param(EmailStr, f"{CANARY}@@x", id="email-parts"),
    ],
)
def test_never_echoes_parts_of_the_value(annotation: Any, value: Any) -> None:
    assert all(CANARY not in one.message for one in details(annotation, value))


@pytest.mark.parametrize(
    "annotation", [int, UUID, EmailStr, HttpUrl, date, list[int], Cat, Literal[1], Json[int], bytes]
)
def test_is_a_sentence(annotation: Any) -> None:
    for one in details(annotation, object()):
        assert one.message.endswith(".")
        assert one.message[0].isupper()
        assert one.code == one.code.upper()


@pytest.mark.parametrize(
    ("annotation", "value", "field"),
    [
        pytest.param(list[dict[str, int]], [{"a": 1}, {"a": "b"}], "1.a", id="nested"),
        pytest.param(int | list[int], [1, "b"], "", id="whole-union"),
        pytest.param(dict[str, int | date], {"a": "x"}, "a", id="union-members"),
        pytest.param(list[Cat | Dog], [{"kind": "dog"}], "0.size", id="models-of-a-union"),
        pytest.param(Forbids, {"userName": 3}, "userName", id="alias"),
        pytest.param(Forbids, {"nope": 3}, "nope", id="extra"),
        pytest.param(dict[int, int], {"a": 1}, "a", id="key"),
        pytest.param(Cat, {}, "kind", id="missing"),
        pytest.param(Annotated[list[int], AfterValidator(insist)], [1], "", id="function"),
        pytest.param(Json[list[int]], "[1, null]", "1", id="json-text"),
    ],
)
def test_names_the_field_as_the_client_wrote_it(annotation: Any, value: Any, field: str) -> None:
    assert field in {one.field for one in details(annotation, value)}


def test_leaves_callable_discriminators_out_of_the_path() -> None:
    def kind(value: Any) -> str:
        return "many" if isinstance(value, list) else "one"

    annotation = Annotated[
        Annotated[int, Tag("one")] | Annotated[list[int], Tag("many")], Discriminator(kind)
    ]

    (found,) = details(annotation, [1, "b"])

    assert found.field == "1"


def test_does_not_repeat_a_detail() -> None:
    found = details(list[int] | set[int], ["a"])

    assert len(found) == len(set(found))


def test_cuts_a_field_of_absurd_length() -> None:
    (found,) = details(Forbids, {"x" * 10_000: 1})

    assert len(found.field) == 200


def test_cuts_a_message_of_absurd_length() -> None:
    _, message = code_and_message("value_error", {"error": "x" * 10_000}, "")

    assert len(message) < 600


@pytest.mark.parametrize(
    ("kind", "context", "message"),
    [
        ("value_error", {"error": ValueError()}, ""),
        ("value_error", {"error": UnprintableError()}, "x"),
        ("greater_than", {}, "x"),
    ],
)
def test_a_message_that_cannot_be_made_is_replaced(
    kind: str, context: dict[str, Any], message: str
) -> None:
    assert code_and_message(kind, context, message)[1] == "Input is invalid."


def test_field_paths_skip_negative_indexes() -> None:
    assert field_path(["n", -1], {"n": ["1"]}, "int_parsing", JSONTexts()) == ["n"]


def test_a_text_is_read_once_however_many_errors_lead_into_it() -> None:
    text = b"[1]"
    texts = JSONTexts()

    assert texts.value(text) is texts.value(text)
    assert texts.value("no JSON") == "no JSON"


def test_many_errors_are_listed() -> None:
    found = details(list[int], ["x"] * MAX_ERRORS)

    assert len(found) == MAX_ERRORS


def test_a_flood_of_errors_is_told_as_one() -> None:
    found = details(list[int], ["x"] * (MAX_ERRORS + 1))

    assert [(one.field, one.code) for one in found] == [("", "TOO_MANY_ERRORS")]


def test_a_flood_of_errors_in_a_query_is_told_of_the_query(
    caught: Callable[..., ValidationException],
) -> None:
    def handler(q: list[int]) -> None: ...

    error = caught(RequestValidator(handler), query=b"&".join([b"q=x"] * 600))

    assert [(one.location, one.code) for one in error.errors] == [("query", "TOO_MANY_ERRORS")]


def test_a_flood_of_errors_in_a_body_costs_little(
    caught: Callable[..., ValidationException],
) -> None:
    def handler(numbers: Annotated[list[int], Body()]) -> None: ...

    body = b"[" + b'"",' * 300_000 + b"1]"
    validator = RequestValidator(handler, methods=["POST"])

    started = time_module.process_time()
    error = caught(validator, body=body)

    assert [(one.field, one.code) for one in error.errors] == [("0", "INT_PARSING")]
    assert time_module.process_time() - started < 5  # it took hours when each was looked up


def test_an_exception_names_places_and_codes_only() -> None:
    error = ValidationException(details(list[int], [CANARY]))

    assert str(error) == "The input is invalid (body '0': INT_PARSING)."
    assert str(ValidationException([])) == "The input is invalid (no details)."


def test_an_exception_does_not_drag_the_input_into_the_log(
    caught: Callable[..., ValidationException],
) -> None:
    def handler(q: int) -> None: ...

    error = caught(RequestValidator(handler), query=f"q={CANARY}".encode())

    assert error.__cause__ is None
    assert error.__context__ is None
