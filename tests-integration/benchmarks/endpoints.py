"""The four endpoints: what is asked, and the one answer that every contender must give."""

import json
from dataclasses import dataclass, field

from benchmarks.payloads import GREETING, ITEMS, MAX_LIMIT, NEW_USER, view_item

JSON_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, free of any transport."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""

    @property
    def target(self) -> str:
        """The path with its query, as in a request line."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a request."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing to measure, with the answer that it must give."""

    key: str
    title: str
    request: Request
    status: int
    content: object
    invalid: Request | None = field(default=None, kw_only=True)


def _user_body(**changes: object) -> bytes:
    return json.dumps({**NEW_USER.model_dump(), **changes}).encode()


ENDPOINTS = (
    Endpoint(
        "A", "small JSON", Request("GET", "/plain"), status=200, content={"message": GREETING}
    ),
    Endpoint(
        "B",
        "path and query validated",
        Request("GET", "/items/42", "q=garden&limit=25"),
        status=200,
        content=view_item(42, "garden", 25).model_dump(),
        invalid=Request("GET", "/items/42", f"q=garden&limit={MAX_LIMIT + 1}"),
    ),
    Endpoint(
        "C",
        "12-field body validated",
        Request("POST", "/users", body=_user_body()),
        status=201,
        content=NEW_USER.model_dump(exclude={"password"}),
        invalid=Request("POST", "/users", body=_user_body(age=7)),
    ),
    Endpoint(
        "D",
        "100 models",
        Request("GET", "/list"),
        status=200,
        content=[item.model_dump() for item in ITEMS],
    ),
)


class WrongAnswerError(Exception):
    """A contender answered something else than the others, so that its time would mean nothing."""

    def __init__(self, contender: str, request: Request, problem: str) -> None:
        self.contender = contender
        self.request = request
        self.problem = problem
        super().__init__(
            f"{contender} answered {request.method} {request.target} with {problem}. "
            f"Nothing is timed before all answers are equal: mend contenders/{contender}.py."
        )


def check_answer(contender: str, endpoint: Endpoint, answer: Answer) -> None:
    """Raise WrongAnswerError unless *answer* is the one that *endpoint* asks for."""
    request = endpoint.request
    if NEW_USER.password.encode() in answer.body:
        raise WrongAnswerError(contender, request, "the password in the body")
    if answer.status != endpoint.status:
        raise WrongAnswerError(
            contender, request, f"status {answer.status} in place of {endpoint.status}"
        )
    if answer.content_type.partition(";")[0].strip() != JSON_TYPE:
        raise WrongAnswerError(contender, request, f"content type {answer.content_type!r}")
    if json.loads(answer.body) != endpoint.content:
        raise WrongAnswerError(contender, request, f"another body: {answer.body[:200]!r}")


def check_rejection(contender: str, request: Request, answer: Answer, status: int) -> None:
    """Raise WrongAnswerError unless the invalid *request* was refused with *status*."""
    if answer.status != status:
        raise WrongAnswerError(
            contender,
            request,
            f"status {answer.status} in place of {status} (the input is invalid)",
        )
