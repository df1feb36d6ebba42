"""A wrong answer is found before anything is timed."""

import json
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.endpoints import (
    ENDPOINTS,
    Answer,
    Endpoint,
    WrongAnswerError,
    check_answer,
    check_rejection,
)
from benchmarks.payloads import NEW_USER

CREATE = next(endpoint for endpoint in ENDPOINTS if endpoint.key == "C")


def right_answer(endpoint: Endpoint, **changes: Any) -> Answer:
    body = json.dumps(endpoint.content).encode()
    return replace(Answer(endpoint.status, "application/json", body), **changes)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.key)
def test_the_right_answer_passes(endpoint: Endpoint) -> None:
    check_answer("peer", endpoint, right_answer(endpoint))


def test_a_charset_beside_the_media_type_passes() -> None:
    check_answer(
        "peer", CREATE, right_answer(CREATE, content_type="application/json; charset=utf-8")
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"status": 200}, "status 200 in place of 201", id="status"),
        pytest.param({"content_type": "text/plain"}, "content type 'text/plain'", id="type"),
        pytest.param({"body": b"{}"}, "another body", id="body"),
        pytest.param(
            {"body": NEW_USER.model_dump_json().encode()}, "the password", id="leaked-password"
        ),
    ],
)
def test_a_wrong_answer_is_named(changes: dict[str, object], problem: str) -> None:
    with pytest.raises(WrongAnswerError) as caught:
        check_answer("peer", CREATE, right_answer(CREATE, **changes))

    assert caught.value.contender == "peer"
    assert caught.value.problem.startswith(problem)


def test_accepted_invalid_input_is_named() -> None:
    assert CREATE.invalid is not None

    with pytest.raises(WrongAnswerError, match="status 201 in place of 422"):
        check_rejection("peer", CREATE.invalid, right_answer(CREATE), 422)


def test_the_request_of_c_carries_the_password_that_its_answer_must_not() -> None:
    assert NEW_USER.password.encode() in CREATE.request.body
    assert NEW_USER.password not in json.dumps(CREATE.content)
