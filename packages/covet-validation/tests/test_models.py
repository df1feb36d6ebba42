from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from http import HTTPStatus as StandardHTTPStatus
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from covet_validation import (
    CursorPage,
    CursorParams,
    ErrorDetail,
    ErrorResponse,
    HTTPStatus,
    PaginatedResponse,
    PaginationParams,
    SuccessResponse,
)

DETAIL = ErrorDetail(field="email", message="Wrong.", code="INVALID_EMAIL", location="body")


def dumped(model: BaseModel) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(model.model_dump_json())
    return found


class TestErrorResponse:
    def test_derives_the_members_of_rfc_9457(self) -> None:
        error = ErrorResponse(error="Validation Error", status_code=422, details=[DETAIL])

        assert error.type == "urn:covet:validation-error"
        assert (error.title, error.status) == ("Validation Error", 422)
        assert error.detail == "1 field is invalid."

    def test_counts_its_details(self) -> None:
        error = ErrorResponse(error="Validation Error", status_code=422, details=[DETAIL] * 2)

        assert error.detail == "2 fields are invalid."

    def test_keeps_what_is_stated(self) -> None:
        error = ErrorResponse(
            error="Gone", status_code=410, type="about:blank", detail="It left.", instance="/x"
        )

        assert (error.type, error.detail, error.instance) == ("about:blank", "It left.", "/x")

    def test_is_written_without_absent_members_but_with_request_id(self) -> None:
        written = json.loads(ErrorResponse(error="Not Found", status_code=404).to_json())

        assert list(written) == [
            "type",
            "title",
            "status",
            "error",
            "status_code",
            "details",
            "timestamp",
            "request_id",
        ]
        assert written["request_id"] is None
        assert written["details"] == []

    def test_is_written_with_retry_after_as_integer(self) -> None:
        error = ErrorResponse(error="Too Many Requests", status_code=429, retry_after=3)

        assert json.loads(error.to_json())["retry_after"] == 3

    def test_is_stamped_in_utc_with_z(self) -> None:
        written = json.loads(ErrorResponse(error="Not Found", status_code=404).to_json())

        assert written["timestamp"].endswith("Z")

    def test_turns_other_zones_into_utc(self) -> None:
        moment = datetime(2026, 11, 22, 12, 30, tzinfo=timezone(timedelta(hours=2)))

        error = ErrorResponse(error="Not Found", status_code=404, timestamp=moment)

        assert dumped(error)["timestamp"] == "2026-11-22T10:30:00Z"
        assert error.timestamp.tzinfo is UTC

    def test_refuses_naive_times(self) -> None:
        with pytest.raises(ValidationError):
            ErrorResponse(error="x", status_code=404, timestamp=datetime(2026, 11, 22))

    def test_refuses_what_is_no_error(self) -> None:
        with pytest.raises(ValidationError):
            ErrorResponse(error="OK", status_code=200)

    def test_refuses_what_is_no_object(self) -> None:
        with pytest.raises(ValidationError):
            ErrorResponse.model_validate("x")

    def test_reads_its_own_json(self) -> None:
        error = ErrorResponse(error="Validation Error", status_code=422, details=[DETAIL])

        assert ErrorResponse.model_validate_json(error.to_json()) == error

    def test_schema_requires_what_is_always_written(self) -> None:
        schema = ErrorResponse.model_json_schema(mode="serialization")

        assert {"type", "title", "status", "error", "status_code", "details", "timestamp"} <= set(
            schema["required"]
        )


class TestPaginationParams:
    @pytest.mark.parametrize(
        ("page", "per_page", "offset", "limit"), [(1, 20, 0, 20), (3, 10, 20, 10), (1, 1, 0, 1)]
    )
    def test_says_where_a_page_starts(
        self, page: int, per_page: int, offset: int, limit: int
    ) -> None:
        params = PaginationParams(page=page, per_page=per_page)

        assert (params.offset, params.limit) == (offset, limit)

    def test_starts_at_the_first_page(self) -> None:
        assert dumped(PaginationParams()) == {"page": 1, "per_page": 20}

    @pytest.mark.parametrize("values", [{"page": 0}, {"per_page": 0}, {"per_page": 101}])
    def test_refuses(self, values: dict[str, int]) -> None:
        with pytest.raises(ValidationError):
            PaginationParams(**values)

    def test_keeps_offsets_within_64_bits(self) -> None:
        with pytest.raises(ValidationError):
            PaginationParams(page=2**31)

        assert PaginationParams(page=2**31 - 1, per_page=100).offset < 2**63


class TestPaginatedResponse:
    @pytest.mark.parametrize(
        ("total", "page", "computed"),
        [
            (0, 1, (0, False, False)),
            (1, 1, (1, False, False)),
            (10, 1, (1, False, False)),
            (11, 1, (2, True, False)),
            (11, 2, (2, False, True)),
            (11, 9, (2, False, True)),
        ],
    )
    def test_computes_where_it_stands(
        self, total: int, page: int, computed: tuple[int, bool, bool]
    ) -> None:
        found = PaginatedResponse[int](items=[], total=total, page=page, per_page=10)

        assert (found.total_pages, found.has_next, found.has_prev) == computed

    @given(st.integers(0, 10_000), st.integers(1, 100), st.integers(1, 100))
    def test_reads_its_own_json(self, total: int, page: int, per_page: int) -> None:
        found = PaginatedResponse[int](items=[1], total=total, page=page, per_page=per_page)

        assert PaginatedResponse[int].model_validate_json(found.model_dump_json()) == found

    def test_asks_nobody_for_what_it_computes(self) -> None:
        accepted = PaginatedResponse[int].model_json_schema(mode="validation")
        written = PaginatedResponse[int].model_json_schema(mode="serialization")

        assert set(accepted["required"]) == {"items", "total", "page", "per_page"}
        assert {"total_pages", "has_next", "has_prev"} <= set(written["required"])


def test_cursor_pages_know_their_neighbours() -> None:
    page = CursorPage[int](items=[1], next_cursor="n")

    assert dumped(page) == {
        "items": [1],
        "next_cursor": "n",
        "prev_cursor": None,
        "has_next": True,
        "has_prev": False,
    }
    assert CursorPage[int].model_validate_json(page.model_dump_json()) == page


def test_cursors_are_bounded() -> None:
    assert CursorParams(per_page=5).limit == 5
    with pytest.raises(ValidationError):
        CursorParams(cursor="x" * 2000)


def test_success_responses_wrap_data() -> None:
    written = dumped(SuccessResponse[int](data=1, message="Done."))

    assert (written["data"], written["message"]) == (1, "Done.")
    assert written["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    "model",
    [
        ErrorDetail,
        ErrorResponse,
        PaginationParams,
        CursorParams,
        PaginatedResponse[int],
        CursorPage[int],
        SuccessResponse[int],
    ],
)
def test_schemas_have_examples(model: type[BaseModel]) -> None:
    schema = model.model_json_schema(mode="serialization")

    properties = schema["properties"].values()
    assert "examples" in schema or any("examples" in one for one in properties)


def test_details_are_values() -> None:
    same = ErrorDetail(field="email", message="Wrong.", code="INVALID_EMAIL", location="body")

    assert same == DETAIL
    assert hash(same) == hash(DETAIL)


def test_status_codes_are_the_standard_library_s() -> None:
    assert HTTPStatus is StandardHTTPStatus
