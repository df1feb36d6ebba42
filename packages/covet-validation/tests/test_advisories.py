"""Known vulnerabilities of peers, each a test named after its id."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated

import pytest
from pydantic import BaseModel

from covet_validation import (
    Form,
    Header,
    RequestValidator,
    UnsupportedMediaTypeError,
    ValidationException,
)

Caught = Callable[..., ValidationException]


class Transfer(BaseModel):
    amount: int


def pay(transfer: Transfer) -> None: ...


@pytest.mark.parametrize("content_type", [None, b"text/plain", b"text/plain;x=application/json"])
def test_cve_2021_32677_json_is_not_read_under_a_type_that_browsers_send_across_origins(
    caught: Caught, content_type: bytes | None
) -> None:
    validator = RequestValidator(pay, methods=["POST"])

    error = caught(validator, body=b'{"amount":1}', content_type=content_type)

    assert isinstance(error, UnsupportedMediaTypeError)


@pytest.mark.parametrize(
    "content_type",
    [
        b"application/x; " + b"!=" * 200_000 + b'"' * 200_000,
        b"application/json" + b";" * 400_000 + b"=",
        b"multipart/form-data; " + b"a=" * 200_000,
    ],
)
def test_cve_2024_24762_content_type_is_read_in_linear_time(
    caught: Caught, content_type: bytes
) -> None:
    validator = RequestValidator(pay, methods=["POST"])
    started = time.process_time()

    error = caught(validator, body=b"{", content_type=content_type)

    assert error.status_code in {400, 415}
    assert time.process_time() - started < 2  # a backtracking pattern took hours


def test_cve_2026_54283_url_encoded_fields_are_limited(caught: Caught) -> None:
    def handler(a: Annotated[int, Form()]) -> None: ...

    error = caught(
        RequestValidator(handler, methods=["POST"]),
        body=b"a=1&" * 100_000,
        content_type=b"application/x-www-form-urlencoded",
    )

    assert [one.code for one in error.errors] == ["TOO_MANY_FIELDS"]


def test_cve_2025_14550_repeated_headers_are_joined_once() -> None:
    def handler(x: Annotated[list[str], Header()]) -> None: ...

    headers = [(b"x", b"a" * 50)] * 100_000
    started = time.process_time()

    found = RequestValidator(handler).validate({}, b"", headers)

    assert len(found["x"]) == 100_000
    assert time.process_time() - started < 5  # joined one by one, it is quadratic
