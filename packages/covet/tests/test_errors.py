"""Whatever goes wrong, the client gets one body, and the log what the client must not know."""

import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import pytest
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from covet import (
    APIException,
    AuthenticationException,
    BadRequest,
    BodyTooLargeError,
    Conflict,
    Covet,
    Depends,
    ErrorDetail,
    Fault,
    Gone,
    HandlerTimeout,
    MalformedJSONError,
    MethodNotAllowedException,
    NotAcceptable,
    NotFound,
    OAuth2Error,
    PermissionDeniedException,
    PreconditionFailed,
    Request,
    RequestTimeout,
    Response,
    ResponseMismatchError,
    RouteNotFoundException,
    Router,
    ServiceUnavailable,
    StartupError,
    StreamingResponse,
    UnprocessableContent,
    UnsupportedMediaTypeError,
    ValidationException,
)
from covet.errors import problem_of

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]

DETAIL = ErrorDetail(field="email", location="body", message="This value is taken.", code="TAKEN")

TABLE = [
    pytest.param(BadRequest(), 400, "Bad Request", "BAD_REQUEST", id="BadRequest"),
    pytest.param(NotFound(), 404, "Not Found", "NOT_FOUND", id="NotFound"),
    pytest.param(
        RouteNotFoundException(), 404, "Not Found", "ROUTE_NOT_FOUND", id="RouteNotFoundException"
    ),
    pytest.param(
        MethodNotAllowedException(["GET"]),
        405,
        "Method Not Allowed",
        "METHOD_NOT_ALLOWED",
        id="MethodNotAllowedException",
    ),
    pytest.param(NotAcceptable(), 406, "Not Acceptable", "NOT_ACCEPTABLE", id="NotAcceptable"),
    pytest.param(RequestTimeout(), 408, "Request Timeout", "REQUEST_TIMEOUT", id="RequestTimeout"),
    pytest.param(Conflict(), 409, "Conflict", "CONFLICT", id="Conflict"),
    pytest.param(Gone(), 410, "Gone", "GONE", id="Gone"),
    pytest.param(
        PreconditionFailed(),
        412,
        "Precondition Failed",
        "PRECONDITION_FAILED",
        id="PreconditionFailed",
    ),
    pytest.param(
        UnprocessableContent(),
        422,
        "Validation Error",
        "VALIDATION_ERROR",
        id="UnprocessableContent",
    ),
    pytest.param(
        ValidationException([DETAIL]),
        422,
        "Validation Error",
        "VALIDATION_ERROR",
        id="ValidationException",
    ),
    pytest.param(
        ServiceUnavailable(),
        503,
        "Service Unavailable",
        "SERVICE_UNAVAILABLE",
        id="ServiceUnavailable",
    ),
    pytest.param(HandlerTimeout(), 504, "Gateway Timeout", "TIMEOUT", id="HandlerTimeout"),
    pytest.param(
        APIException(), 500, "Internal Server Error", "INTERNAL_SERVER_ERROR", id="APIException"
    ),
    pytest.param(
        AuthenticationException("expired"),
        401,
        "Unauthorized",
        "UNAUTHENTICATED",
        id="AuthenticationException",
    ),
    pytest.param(
        PermissionDeniedException("no role"),
        403,
        "Forbidden",
        "FORBIDDEN",
        id="PermissionDeniedException",
    ),
    pytest.param(HTTPException(404), 404, "Not Found", "NOT_FOUND", id="HTTPException"),
    pytest.param(HTTPException(418), 418, "I'm a Teapot", "IM_A_TEAPOT", id="HTTPException-418"),
    pytest.param(
        HTTPException(407),
        407,
        "Proxy Authentication Required",
        "PROXY_AUTHENTICATION_REQUIRED",
        id="HTTPException-407",
    ),
    pytest.param(
        RuntimeError("secret"), 500, "Internal Server Error", "INTERNAL_SERVER_ERROR", id="unknown"
    ),
    pytest.param(
        ResponseMismatchError(int, ["x: missing"]),
        500,
        "Internal Server Error",
        "INTERNAL_SERVER_ERROR",
        id="ResponseMismatchError",
    ),
]


def failing(error: BaseException, **options: Any) -> Covet:
    """Return an application whose one route raises *error*."""
    app = Covet(**options)

    @app.get("/fail")
    async def fail() -> None:
        raise error

    return app


# --- The table --------------------------------------------------------------------------------


@pytest.mark.parametrize(("error", "status_code", "title", "code"), TABLE)
async def test_every_exception_has_its_status_title_type_and_code(
    ask: Ask, error: Exception, status_code: int, title: str, code: str
) -> None:
    reply = await ask(failing(error), "GET", "/fail")

    assert reply.status == status_code
    assert reply.json["status"] == reply.json["status_code"] == status_code
    assert reply.json["title"] == reply.json["error"] == title
    assert reply.json["type"] == "urn:covet:" + title.lower().replace(" ", "-")
    assert problem_of(error).code == code


@pytest.mark.parametrize(("error", "status_code", "title", "code"), TABLE)
async def test_every_body_is_one_problem_document(
    ask: Ask, error: Exception, status_code: int, title: str, code: str
) -> None:
    reply = await ask(failing(error), "GET", "/fail?a=1", headers={"X-Request-ID": "r-1"})

    problem = reply.json
    optional = {"detail", "retry_after"}
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["content-length"] == str(len(reply.body))
    assert set(problem) - optional == {
        "type",
        "title",
        "status",
        "instance",
        "error",
        "status_code",
        "details",
        "timestamp",
        "request_id",
    }
    assert problem["instance"] == "/fail?a=1"
    assert problem["request_id"] == "r-1"
    assert all(set(one) == {"field", "location", "message", "code"} for one in problem["details"])


async def test_the_type_is_a_uri(ask: Ask) -> None:
    reply = await ask(failing(HTTPException(418)), "GET", "/fail")

    assert re.fullmatch(r"[a-z]+:[A-Za-z0-9()+,\-.:=@;$_!*'%/?#]+", reply.json["type"])


async def test_the_timestamp_is_now_in_utc(ask: Ask) -> None:
    before = datetime.now(UTC)

    reply = await ask(failing(NotFound()), "GET", "/fail")

    assert reply.json["timestamp"].endswith("Z")
    assert before <= datetime.fromisoformat(reply.json["timestamp"]) <= datetime.now(UTC)


async def test_the_instance_is_the_target_as_it_was_sent(ask: Ask) -> None:
    app = Covet()

    reply = await ask(app, "GET", "/a%20b/%C3%A9?q=%22")

    assert reply.json["instance"] == "/a%20b/%C3%A9?q=%22"


async def test_the_instance_is_encoded_where_the_server_keeps_no_raw_path(ask: Ask) -> None:
    reply = await ask(Covet(), "GET", "/a%20b", raw_path=None)

    assert reply.json["instance"] == "/a%20b"


# --- What an exception carries ----------------------------------------------------------------


async def test_the_detail_is_told(ask: Ask) -> None:
    reply = await ask(failing(Gone("The post was deleted.")), "GET", "/fail")

    assert reply.json["detail"] == "The post was deleted."


async def test_no_detail_is_no_member(ask: Ask) -> None:
    reply = await ask(failing(Gone()), "GET", "/fail")

    assert "detail" not in reply.json


async def test_details_are_told(ask: Ask) -> None:
    reply = await ask(failing(Conflict(details=[DETAIL])), "GET", "/fail")

    assert reply.json["details"] == [DETAIL.model_dump()]


async def test_headers_are_sent(ask: Ask) -> None:
    reply = await ask(failing(Gone(headers={"X-Since": "2020"})), "GET", "/fail")

    assert reply.headers["x-since"] == "2020"


async def test_a_subclass_of_the_application_speaks_for_itself(ask: Ask) -> None:
    class OutOfStock(APIException):
        status_code = 409
        title = "Out Of Stock"
        code = "OUT_OF_STOCK"

    reply = await ask(failing(OutOfStock("None left.")), "GET", "/fail")

    assert (reply.status, reply.json["title"]) == (409, "Out Of Stock")
    assert reply.json["type"] == "urn:covet:out-of-stock"


@pytest.mark.parametrize("count", [1, 3])
async def test_a_validation_error_counts_its_fields(ask: Ask, count: int) -> None:
    error = ValidationException([DETAIL] * count)

    reply = await ask(failing(error), "GET", "/fail")

    words = "1 field is invalid." if count == 1 else f"{count} fields are invalid."
    assert reply.json["detail"] == words
    assert len(reply.json["details"]) == count


@pytest.mark.parametrize(
    ("error", "status_code", "title"),
    [
        pytest.param(MalformedJSONError([], line=2, column=5), 400, "Malformed JSON", id="json"),
        pytest.param(
            UnsupportedMediaTypeError([], supported=["application/json"]),
            415,
            "Unsupported Media Type",
            id="media-type",
        ),
    ],
)
async def test_kinds_of_validation_errors_keep_their_own_status_and_words(
    ask: Ask, error: Exception, status_code: int, title: str
) -> None:
    reply = await ask(failing(error), "GET", "/fail")

    assert (reply.status, reply.json["title"]) == (status_code, title)
    assert reply.json["detail"] == str(error)


@pytest.mark.parametrize("seconds", [1, 30])
async def test_503_says_when_to_come_back_in_header_and_body(ask: Ask, seconds: int) -> None:
    error = ServiceUnavailable("Down for repairs.", retry_after=seconds)

    reply = await ask(failing(error), "GET", "/fail")

    assert reply.headers["retry-after"] == str(seconds)
    assert reply.json["retry_after"] == seconds


async def test_405_names_what_is_allowed(ask: Ask) -> None:
    reply = await ask(failing(NotFound()), "DELETE", "/fail")

    assert reply.status == 405
    assert set(reply.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert "GET" in reply.json["detail"]


async def test_401_challenges(ask: Ask) -> None:
    error = AuthenticationException("because", realm="blog", problem="expired")

    reply = await ask(failing(error), "GET", "/fail")

    assert reply.headers["www-authenticate"] == (
        'Bearer realm="blog", error="invalid_token", error_description="expired"'
    )
    assert "because" not in reply.text


async def test_403_does_not_say_why(ask: Ask) -> None:
    reply = await ask(failing(PermissionDeniedException("lacks posts:write")), "GET", "/fail")

    assert "posts:write" not in reply.text


async def test_a_body_over_the_limit_is_413(ask: Ask) -> None:
    reply = await ask(failing(BodyTooLargeError(10, 11)), "GET", "/fail")

    assert (reply.status, reply.json["title"]) == (413, "Content Too Large")


async def test_an_http_exception_of_starlette_keeps_detail_and_headers(ask: Ask) -> None:
    error = HTTPException(402, "Pay first.", {"X-Price": "5"})

    reply = await ask(failing(error), "GET", "/fail")

    assert (reply.status, reply.json["detail"]) == (402, "Pay first.")
    assert reply.headers["x-price"] == "5"


@pytest.mark.parametrize("status_code", [499, 599])
async def test_an_http_exception_with_an_unregistered_status_is_answered_with_it(
    ask: Ask, status_code: int
) -> None:
    reply = await ask(failing(HTTPException(status_code, "Odd.")), "GET", "/fail")

    assert reply.status == status_code
    assert reply.json["status"] == status_code


# --- Masking ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(RuntimeError("hunter2"), id="exception"),
        pytest.param(KeyError("hunter2"), id="key-error"),
        pytest.param(ExceptionGroup("hunter2", [ValueError("hunter2")]), id="group"),
        pytest.param(StopIteration("hunter2"), id="stop-iteration"),
    ],
)
async def test_an_unknown_error_is_masked_and_logged_with_its_traceback(
    ask: Ask, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    reply = await ask(failing(error), "GET", "/fail", headers={"X-Request-ID": "r-9"})

    (record,) = [one for one in caplog.records if one.name == "covet.error"]
    assert reply.status == 500
    assert "hunter2" not in reply.text
    assert "hunter2" in caplog.text
    assert record.exc_info is not None
    assert record.__dict__["request_id"] == "r-9"
    assert "GET /fail" in record.getMessage()


async def test_a_clients_fault_is_not_logged_as_the_servers(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    await ask(failing(NotFound()), "GET", "/fail")

    assert [one for one in caplog.records if one.name == "covet.error"] == []


async def test_the_log_names_the_template_not_what_the_client_sent(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    app = Covet()

    @app.get("/users/{user_id}")
    async def read(user_id: str) -> None:
        raise RuntimeError

    await ask(app, "GET", "/users/canary-id?token=canary-token")

    assert "/users/{user_id}" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.parametrize("raised", [AuthenticationException("x"), PermissionDeniedException("x")])
async def test_a_refusal_by_a_dependency_stays_a_refusal(ask: Ask, raised: Exception) -> None:
    app = Covet()

    async def guard() -> None:
        raise raised

    @app.get("/", dependencies=[Depends(guard)])
    async def read() -> None: ...

    reply = await ask(app)

    assert reply.status == raised.status_code


# --- Where no route is ------------------------------------------------------------------------


async def test_an_unknown_path_is_404(ask: Ask) -> None:
    reply = await ask(failing(NotFound()), "GET", "/nowhere")

    assert (reply.status, reply.json["title"]) == (404, "Not Found")


async def test_a_path_that_is_no_utf8_is_404(ask: Ask) -> None:
    reply = await ask(failing(NotFound()), "GET", "/%FF", path="/\ufffd")

    assert reply.status == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("target", ["/nowhere", "/fail"])
async def test_an_error_answered_to_head_has_the_same_headers_and_no_body(
    ask: Ask, method: str, target: str
) -> None:
    app = failing(Gone("Deleted."))

    reply = await ask(app, method, target, headers={"X-Request-ID": "r"})

    assert reply.status in {404, 410}
    assert int(reply.headers["content-length"]) > 0
    assert bool(reply.body) is (method == "GET")


async def test_a_head_to_a_method_not_allowed_has_no_body(ask: Ask) -> None:
    app = Covet()

    @app.post("/only-post")
    async def post() -> None: ...

    reply = await ask(app, "HEAD", "/only-post")

    assert (reply.status, reply.body) == (405, b"")
    assert reply.headers["allow"] == "OPTIONS, POST"


# --- Handlers of the application --------------------------------------------------------------


async def sold_out(request: Request, error: BaseException) -> Response:
    return PlainTextResponse(f"app: {error}", 409)


async def test_a_handler_of_the_application_answers_its_kind(ask: Ask) -> None:
    app = failing(LookupError("none"), exception_handlers={LookupError: sold_out})

    reply = await ask(app, "GET", "/fail", headers={"X-Request-ID": "r-1"})

    assert (reply.status, reply.text) == (409, "app: none")
    assert reply.headers["x-request-id"] == "r-1"


async def test_a_handler_answers_subclasses_and_the_most_specific_wins(ask: Ask) -> None:
    app = failing(KeyError("k"))

    @app.exception_handler(LookupError)
    async def general(request: Request, error: LookupError) -> Response:
        return PlainTextResponse("general")

    @app.exception_handler(KeyError, IndexError)
    async def special(request: Request, error: LookupError) -> Response:
        return PlainTextResponse("special")

    reply = await ask(app, "GET", "/fail")

    assert reply.text == "special"


async def test_a_handler_may_be_registered_while_the_application_runs(ask: Ask) -> None:
    app = failing(LookupError("none"))
    before = await ask(app, "GET", "/fail")

    app.exception_handler(LookupError)(sold_out)
    after = await ask(app, "GET", "/fail")

    assert (before.status, after.status) == (500, 409)


async def test_a_sync_handler_of_errors_is_called(ask: Ask) -> None:
    app = failing(LookupError("none"))

    @app.exception_handler(LookupError)
    def answer(request: Request, error: LookupError) -> Response:
        return PlainTextResponse("sync", 410)

    reply = await ask(app, "GET", "/fail")

    assert (reply.status, reply.text) == (410, "sync")


async def test_a_handlers_exception_is_answered_in_place_of_the_error(ask: Ask) -> None:
    app = failing(LookupError("none"))

    @app.exception_handler(LookupError)
    async def answer(request: Request, error: LookupError) -> Exception:
        return Gone("It was here.")

    reply = await ask(app, "GET", "/fail")

    assert (reply.status, reply.json["detail"]) == (410, "It was here.")


async def test_a_handler_that_raises_an_api_exception_is_answered_with_it(ask: Ask) -> None:
    app = failing(LookupError("none"))

    @app.exception_handler(LookupError)
    async def answer(request: Request, error: LookupError) -> Response:
        raise Conflict("Raised on purpose.")

    reply = await ask(app, "GET", "/fail")

    assert (reply.status, reply.json["detail"]) == (409, "Raised on purpose.")


async def test_a_handler_that_fails_is_a_masked_500(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    app = failing(LookupError("none"))

    @app.exception_handler(LookupError)
    async def answer(request: Request, error: LookupError) -> Response:
        raise ZeroDivisionError("hunter2")

    reply = await ask(app, "GET", "/fail")

    assert (reply.status, reply.json["title"]) == (500, "Internal Server Error")
    assert "hunter2" not in reply.text
    assert "ZeroDivisionError" in caplog.text
    assert "LookupError" in caplog.text


async def test_a_handler_that_returns_no_response_is_a_500_that_says_so_in_the_log(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    app = failing(LookupError("none"))

    @app.exception_handler(LookupError)
    async def answer(request: Request, error: LookupError) -> dict[str, int]:
        return {"a": 1}

    reply = await ask(app, "GET", "/fail")

    assert reply.status == 500
    assert "returned {'a': 1}" in caplog.text


async def test_the_routes_handler_wins_over_the_applications(ask: Ask) -> None:
    app = Covet(exception_handlers={LookupError: sold_out})

    async def here(request: Request, error: BaseException) -> Response:
        return PlainTextResponse("route")

    @app.get("/mine", exception_handlers={LookupError: here})
    async def mine() -> None:
        raise LookupError

    @app.get("/other")
    async def other() -> None:
        raise LookupError("none")

    replies = [await ask(app, "GET", path) for path in ("/mine", "/other")]

    assert [reply.text for reply in replies] == ["route", "app: none"]


async def test_a_router_gives_its_routes_its_handlers(ask: Ask) -> None:
    async def of_router(request: Request, error: BaseException) -> Response:
        return PlainTextResponse("router")

    shop = Router("/shop", exception_handlers={LookupError: of_router})

    @shop.get("/buy")
    async def buy() -> None:
        raise LookupError

    app = Covet()
    app.include(shop)
    reply = await ask(app, "GET", "/shop/buy")

    assert reply.text == "router"


async def test_the_applications_handler_also_answers_an_unknown_path(ask: Ask) -> None:
    app = Covet()

    @app.exception_handler(NotFound)
    async def answer(request: Request, error: NotFound) -> Response:
        return PlainTextResponse(f"nothing at {request.url.path}", 404)

    reply = await ask(app, "GET", "/nowhere")

    assert (reply.status, reply.text) == (404, "nothing at /nowhere")


async def test_a_handler_of_exception_does_not_turn_refusals_into_its_answer(ask: Ask) -> None:
    app = Covet()

    @app.exception_handler(Exception)
    async def answer(request: Request, error: Exception) -> Response:
        return PlainTextResponse("broken", 500)

    @app.get("/refused")
    async def refused() -> None:
        raise AuthenticationException("none")

    @app.get("/broken")
    async def broken(n: int = 1) -> None:
        raise RuntimeError

    targets = ("/refused", "/broken", "/broken?n=x", "/nowhere")
    statuses = [(await ask(app, "GET", target)).status for target in targets]

    assert statuses == [401, 500, 422, 404]


# --- The error path itself --------------------------------------------------------------------


async def test_an_error_whose_text_raises_is_still_answered(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    class UnspeakableError(Exception):
        def __str__(self) -> str:
            raise RuntimeError("no words")

    reply = await ask(failing(UnspeakableError()), "GET", "/fail")

    assert reply.status == 500
    assert reply.json["title"] == "Internal Server Error"


async def test_an_error_that_cannot_be_written_is_answered_with_less(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    class Odd(APIException):
        status_code = 418
        title = 7  # type: ignore[assignment]

    reply = await ask(failing(Odd()), "GET", "/fail", headers={"X-Request-ID": "r-1"})

    assert reply.status == 418
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json["status"] == 418
    assert reply.json["request_id"] == "r-1"
    assert "ValidationError" in caplog.text


async def test_a_status_that_is_no_error_is_a_500(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    class Fine(APIException):
        status_code = 200

    reply = await ask(failing(Fine()), "GET", "/fail")

    assert reply.status == 500


async def test_an_error_after_the_answer_began_is_left_to_the_server(
    exchange: Any, caplog: pytest.LogCaptureFixture
) -> None:
    app = Covet()

    async def pieces() -> AsyncIterator[bytes]:
        yield b"begun"
        raise RuntimeError("in the middle")

    @app.get("/")
    async def read() -> StreamingResponse:
        return StreamingResponse(pieces())

    begun = exchange(app)
    with pytest.raises((RuntimeError, ExceptionGroup)):
        await begun.run()

    assert [message["type"] for message in begun.sent] == [
        "http.response.start",
        "http.response.body",
    ]
    assert "in the middle" in caplog.text


async def test_an_error_while_sending_is_not_answered_twice(exchange: Any) -> None:
    app = Covet()

    @app.get("/")
    async def read() -> str:
        return "hello"

    def refuse(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            raise OSError("the connection is gone")

    broken = exchange(app, on_send=refuse)
    with pytest.raises(OSError, match="connection is gone"):
        await broken.run()

    assert [message["type"] for message in broken.sent] == ["http.response.start"]


# --- OAuth 2.0 --------------------------------------------------------------------------------


async def test_the_token_endpoint_answers_in_its_own_form(ask: Ask) -> None:
    error = OAuth2Error("invalid_grant", "The password is wrong.")

    reply = await ask(failing(error), "GET", "/fail", headers={"X-Request-ID": "r-1"})

    assert reply.status == 400
    assert reply.json == {
        "error": "invalid_grant",
        "error_description": "The password is wrong.",
    }
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-request-id"] == "r-1"


async def test_the_token_endpoint_may_answer_401(ask: Ask) -> None:
    error = OAuth2Error("invalid_client", "Who are you?", status_code=401)

    reply = await ask(failing(error), "GET", "/fail")

    assert reply.status == 401


# --- Objects ----------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [one.values[0] for one in TABLE[:14]])
def test_an_exception_of_ours_has_a_text_for_the_log(error: Exception) -> None:
    assert str(error)


def test_details_and_headers_are_the_exceptions_own_copies() -> None:
    headers = {"X-A": "1"}
    error = Conflict(details=[DETAIL], headers=headers)

    headers["X-A"] = "2"

    assert error.headers == {"X-A": "1"}
    assert error.details == (DETAIL,)


def test_faults_read_as_tracebacks_do() -> None:
    faults = (Fault("It is wrong.", "app.py", 7), Fault("It is nowhere."))

    error = StartupError(faults)

    assert error.faults == faults
    assert str(error) == (
        "The application cannot start: 2 faults.\n  1. app.py:7: It is wrong.\n  2. It is nowhere."
    )


def test_one_fault_is_counted_in_words() -> None:
    assert "1 fault." in str(StartupError([Fault("It is wrong.")]))


async def test_an_injected_errors_cleanup_error_is_what_is_answered(ask: Ask) -> None:
    app = Covet()

    async def resource() -> AsyncIterator[int]:
        try:
            yield 1
        finally:
            raise Conflict("Closing failed.")

    @app.get("/")
    async def read(one: Annotated[int, Depends(resource)]) -> None:
        raise NotFound

    reply = await ask(app)

    assert (reply.status, reply.json["detail"]) == (409, "Closing failed.")


async def test_a_problem_is_json_whatever_the_client_accepts(ask: Ask) -> None:
    reply = await ask(failing(NotFound()), "GET", "/fail", headers={"Accept": "text/html"})

    assert json.loads(reply.body)["status"] == 404


async def test_a_model_that_the_handler_validates_itself_is_the_servers_error(ask: Ask) -> None:
    class Inner(BaseModel):
        n: int

    app = Covet()

    @app.get("/")
    async def read() -> None:
        Inner.model_validate({"n": "hunter2"})

    reply = await ask(app)

    assert reply.status == 500
    assert "hunter2" not in reply.text
