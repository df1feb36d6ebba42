"""A request's way through its plan, the same in a Covet application and in a Starlette one."""

import asyncio
import dataclasses
import enum
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import BaseModel, Field
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from covet import (
    Body,
    Cookie,
    Covet,
    Depends,
    FileResponse,
    Form,
    Header,
    NotFound,
    PaginatedResponse,
    PaginationParams,
    RedirectResponse,
    Request,
    RequestContext,
    Response,
    RESTRequestHandler,
    RouteMetadata,
    StreamingResponse,
    SuccessResponse,
    current_context,
)

pytestmark = pytest.mark.anyio

Serve = Callable[..., Any]
Ask = Callable[..., Awaitable[Any]]


class Item(BaseModel):
    name: str = Field(min_length=1, max_length=20)
    price: Decimal = Field(ge=0)


class User(BaseModel):
    id: int
    name: str


class UserRow(User):
    password_hash: str = "secret"


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


def in_covet(handler: Any, path: str = "/", methods: Any = ("GET",), **options: Any) -> Any:
    return Covet(routes=[RouteMetadata(path, methods, handler, **options)])


def in_starlette(handler: Any, path: str = "/", methods: Any = ("GET",), **options: Any) -> Any:
    rest, route = RESTRequestHandler(), RouteMetadata(path, methods, handler, **options)

    async def endpoint(request: Request) -> Response:
        return await rest.handle_request(request, route)

    return Starlette(routes=[Route(path, endpoint, methods=list(methods))])


@pytest.fixture(params=[in_covet, in_starlette])
def serve(request: pytest.FixtureRequest) -> Serve:
    """An application with one route, by both public faces of the lifecycle."""
    return request.param


# --- The handler ------------------------------------------------------------------------------


async def test_an_async_handler_is_awaited(serve: Serve, ask: Ask) -> None:
    async def hello() -> dict[str, str]:
        await asyncio.sleep(0)
        return {"message": "hello"}

    reply = await ask(serve(hello))

    assert (reply.status, reply.json) == (200, {"message": "hello"})


async def test_a_sync_handler_runs_in_another_thread(serve: Serve, ask: Ask) -> None:
    def here() -> int:
        return threading.get_ident()

    reply = await ask(serve(here))

    assert reply.json != threading.get_ident()


async def test_a_sync_handler_keeps_the_context_variables_of_the_request(
    serve: Serve, ask: Ask
) -> None:
    tenant: ContextVar[str] = ContextVar("tenant")

    async def set_tenant() -> None:
        tenant.set("acme")

    def who(_: Annotated[None, Depends(set_tenant)]) -> dict[str, str]:
        return {"tenant": tenant.get(), "request_id": current_context().request_id}

    reply = await ask(serve(who), headers={"X-Request-ID": "r1"})

    assert reply.json == {"tenant": "acme", "request_id": "r1"}


async def test_a_handler_that_is_an_object_with_an_async_call_is_awaited(
    serve: Serve, ask: Ask
) -> None:
    class Greeter:
        async def __call__(self, name: str) -> str:
            return f"hello {name}"

    reply = await ask(serve(Greeter()), "GET", "/?name=ann")

    assert reply.json == "hello ann"


async def test_a_bound_method_is_a_handler(serve: Serve, ask: Ask) -> None:
    class Counter:
        def __init__(self) -> None:
            self.count = 0

        async def increase(self, by: int = 1) -> int:
            self.count += by
            return self.count

    app = serve(Counter().increase)

    first, second = await ask(app), await ask(app, "GET", "/?by=5")

    assert (first.json, second.json) == (1, 6)


async def test_a_sync_wrapper_around_an_async_handler_is_awaited(serve: Serve, ask: Ask) -> None:
    async def inner() -> str:
        return "awaited"

    def outer() -> Any:
        return inner()

    reply = await ask(serve(outer))

    assert reply.json == "awaited"


async def test_handlers_of_concurrent_requests_see_their_own_context(
    serve: Serve, ask: Ask
) -> None:
    both_arrived = asyncio.Barrier(2)

    async def who() -> str:
        await both_arrived.wait()
        return current_context().request_id

    app = serve(who)

    replies = await asyncio.gather(
        *(ask(app, headers={"X-Request-ID": name}) for name in ("one", "two"))
    )

    assert [reply.json for reply in replies] == ["one", "two"]


async def test_the_context_ends_with_the_request(serve: Serve, ask: Ask) -> None:
    async def hello() -> None: ...

    await ask(serve(hello))

    with pytest.raises(LookupError):
        current_context()


# --- Inputs -----------------------------------------------------------------------------------


async def test_a_path_parameter_reaches_the_handler_converted(serve: Serve, ask: Ask) -> None:
    async def read(item_id: int) -> int:
        return item_id + 1

    reply = await ask(serve(read, "/items/{item_id}"), "GET", "/items/7")

    assert reply.json == 8


async def test_a_converter_of_the_template_and_the_annotation_agree(serve: Serve, ask: Ask) -> None:
    async def read(key: UUID) -> str:
        return key.hex

    key = "12345678123456781234567812345678"
    reply = await ask(
        serve(read, "/items/{key:uuid}"), "GET", "/items/12345678-1234-5678-1234-567812345678"
    )

    assert reply.json == key


async def test_a_path_parameter_that_does_not_fit_its_annotation_is_422(
    serve: Serve, ask: Ask
) -> None:
    async def read(item_id: int) -> int:
        return item_id

    reply = await ask(serve(read, "/items/{item_id}"), "GET", "/items/x")

    assert reply.status == 422
    assert reply.json["details"] == [
        {
            "field": "item_id",
            "location": "path",
            "message": "Input should be an integer.",
            "code": "INT_PARSING",
        }
    ]


@pytest.mark.parametrize(
    ("annotation", "sent", "received"),
    [
        pytest.param(int, "7", 7, id="int"),
        pytest.param(float, "1.5", 1.5, id="float"),
        pytest.param(bool, "true", True, id="bool"),
        pytest.param(date, "2026-11-22", "2026-11-22", id="date"),
        pytest.param(Decimal, "1.10", "1.10", id="decimal"),
        pytest.param(Color, "blue", "blue", id="enum"),
        pytest.param(Literal["a", "b"], "b", "b", id="literal"),
        pytest.param(int | None, "3", 3, id="optional"),
        pytest.param(list[int], "1&value=2", [1, 2], id="list"),
    ],
)
async def test_query_parameters_arrive_as_their_annotation_says(
    serve: Serve, ask: Ask, annotation: Any, sent: str, received: object
) -> None:
    async def echo(value: Any) -> Any:
        return value

    echo.__annotations__ = {"value": annotation, "return": annotation}

    reply = await ask(serve(echo), "GET", f"/?value={sent}")

    assert reply.json == received


async def test_a_query_parameter_that_is_absent_takes_its_default(serve: Serve, ask: Ask) -> None:
    async def find(q: str = "all", limit: int = 10) -> list[object]:
        return [q, limit]

    reply = await ask(serve(find), "GET", "/?limit=3")

    assert reply.json == ["all", 3]


async def test_headers_and_cookies_are_inputs(serve: Serve, ask: Ask) -> None:
    async def read(
        user_agent: Annotated[str, Header()], theme: Annotated[str, Cookie()] = "light"
    ) -> list[str]:
        return [user_agent, theme]

    headers = {"User-Agent": "curl", "Cookie": "theme=dark"}
    reply = await ask(serve(read), headers=headers)

    assert reply.json == ["curl", "dark"]


async def test_a_whole_query_model_is_one_input(serve: Serve, ask: Ask) -> None:
    async def find(page: PaginationParams) -> list[int]:
        return [page.offset, page.limit]

    reply = await ask(serve(find), "GET", "/?page=3&per_page=50")

    assert reply.json == [100, 50]


@pytest.mark.parametrize(
    ("query", "field"), [("page=0", "page"), ("per_page=1000000000", "per_page")]
)
async def test_a_page_that_no_list_has_is_422(
    serve: Serve, ask: Ask, query: str, field: str
) -> None:
    async def find(page: PaginationParams) -> int:
        return page.offset

    reply = await ask(serve(find), "GET", f"/?{query}")

    assert reply.status == 422
    assert [one["field"] for one in reply.json["details"]] == [field]


async def test_a_model_is_read_from_the_json_body(serve: Serve, ask: Ask) -> None:
    async def create(item: Item) -> str:
        return f"{item.name}: {item.price}"

    reply = await ask(
        serve(create, methods=("POST",)), "POST", json={"name": "pen", "price": "1.20"}
    )

    assert reply.json == "pen: 1.20"


async def test_a_body_that_comes_in_pieces_is_read_whole(serve: Serve, ask: Ask) -> None:
    async def create(item: Item) -> str:
        return item.name

    reply = await ask(
        serve(create, methods=("POST",)),
        "POST",
        headers={"Content-Type": "application/json"},
        chunks=[b'{"name": "p', b"", b'en", "price"', b": 1}"],
    )

    assert reply.json == "pen"


async def test_several_bodies_are_members_of_one_object(serve: Serve, ask: Ask) -> None:
    async def create(item: Item, count: Annotated[int, Body()]) -> list[object]:
        return [item.name, count]

    reply = await ask(
        serve(create, methods=("POST",)),
        "POST",
        json={"item": {"name": "pen", "price": 1}, "count": 2},
    )

    assert reply.json == ["pen", 2]


async def test_a_form_is_read_field_by_field(serve: Serve, ask: Ask) -> None:
    async def login(
        username: Annotated[str, Form()], password: Annotated[str, Form()]
    ) -> list[str]:
        return [username, password]

    reply = await ask(
        serve(login, methods=("POST",)),
        "POST",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        body=b"username=ann&password=a+b%26c",
    )

    assert reply.json == ["ann", "a b&c"]


async def test_a_raw_body_is_bytes(serve: Serve, ask: Ask) -> None:
    async def size(data: Annotated[bytes, Body(media_type="application/octet-stream")]) -> int:
        return len(data)

    reply = await ask(
        serve(size, methods=("PUT",)),
        "PUT",
        headers={"Content-Type": "application/octet-stream"},
        body=b"\x00\xff" * 5,
    )

    assert reply.json == 10


async def test_request_model_fills_the_parameter_annotated_with_it(serve: Serve, ask: Ask) -> None:
    async def create(item: Item) -> str:
        return item.name

    app = serve(create, methods=("POST",), request_model=Item)
    reply = await ask(app, "POST", json={"name": "pen", "price": 1})

    assert reply.json == "pen"


async def test_request_model_fills_parameters_named_after_its_fields(
    serve: Serve, ask: Ask
) -> None:
    async def create(name: str, price: Decimal) -> list[str]:
        return [name, str(price)]

    app = serve(create, methods=("POST",), request_model=Item)
    reply = await ask(app, "POST", json={"name": "pen", "price": "2.50"})

    assert reply.json == ["pen", "2.50"]


async def test_errors_of_all_locations_are_reported_together(serve: Serve, ask: Ask) -> None:
    async def create(
        item_id: int, item: Item, limit: int, x_mode: Annotated[int, Header()]
    ) -> None: ...

    reply = await ask(
        serve(create, "/items/{item_id}", ("POST",)),
        "POST",
        "/items/x?limit=y",
        headers={"X-Mode": "z"},
        json={"name": "", "price": -1},
    )

    assert reply.status == 422
    assert {(one["location"], one["field"]) for one in reply.json["details"]} == {
        ("path", "item_id"),
        ("query", "limit"),
        ("header", "x-mode"),
        ("body", "name"),
        ("body", "price"),
    }
    assert reply.json["detail"] == "5 fields are invalid."


async def test_an_offending_value_is_never_echoed(serve: Serve, ask: Ask) -> None:
    async def create(item: Item) -> None: ...

    reply = await ask(
        serve(create, methods=("POST",)), "POST", json={"name": "hunter2" * 9, "price": "hunter2"}
    )

    assert reply.status == 422
    assert "hunter2" not in reply.text


async def test_malformed_json_is_400_and_says_where(serve: Serve, ask: Ask) -> None:
    async def create(item: Item) -> None: ...

    reply = await ask(
        serve(create, methods=("POST",)),
        "POST",
        headers={"Content-Type": "application/json"},
        body=b'{"name":\n  nope}',
    )

    assert reply.status == 400
    assert "line 2" in reply.json["detail"]


async def test_an_empty_body_where_one_is_required_is_422(serve: Serve, ask: Ask) -> None:
    async def create(item: Item) -> None: ...

    reply = await ask(
        serve(create, methods=("POST",)), "POST", headers={"Content-Type": "application/json"}
    )

    assert reply.status == 422
    assert reply.json["details"][0]["message"] == "A request body is required."


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "nonsense"])
async def test_a_content_type_that_the_handler_does_not_read_is_415(
    serve: Serve, ask: Ask, content_type: str
) -> None:
    async def create(item: Item) -> None: ...

    reply = await ask(
        serve(create, methods=("POST",)),
        "POST",
        headers={"Content-Type": content_type},
        body=b'{"name": "pen", "price": 1}',
    )

    assert reply.status == 415
    assert "application/json" in reply.json["detail"]


async def test_the_handler_is_not_called_with_wrong_inputs(serve: Serve, ask: Ask) -> None:
    called: list[int] = []

    async def create(n: int) -> None:
        called.append(n)

    reply = await ask(serve(create), "GET", "/?n=x")

    assert reply.status == 422
    assert called == []


@pytest.mark.parametrize("name", ["request", "db", "current_user", "item"])
async def test_a_query_cannot_fill_what_is_injected(serve: Serve, ask: Ask, name: str) -> None:
    def ours() -> str:
        return "ours"

    namespace: dict[str, Any] = {"Annotated": Annotated, "Depends": Depends, "ours": ours}
    source = f"async def read({name}: Annotated[str, Depends(ours)]) -> str: return {name}"
    exec(source, namespace)  # noqa: S102 - the parameter's name is what varies

    reply = await ask(serve(namespace["read"]), "GET", f"/?{name}=theirs")

    assert reply.json == "ours"


# --- Results ----------------------------------------------------------------------------------


async def test_the_declared_response_type_filters_what_it_does_not_declare(
    serve: Serve, ask: Ask
) -> None:
    async def read() -> User:
        return UserRow(id=1, name="ann")

    reply = await ask(serve(read))

    assert reply.json == {"id": 1, "name": "ann"}


async def test_response_model_wins_over_the_return_annotation(serve: Serve, ask: Ask) -> None:
    async def read() -> UserRow:
        return UserRow(id=1, name="ann")

    reply = await ask(serve(read, response_model=User))

    assert reply.json == {"id": 1, "name": "ann"}


async def test_objects_with_the_right_attributes_become_the_response_type(
    serve: Serve, ask: Ask
) -> None:
    @dataclasses.dataclass
    class Row:
        id: int
        name: str
        secret: str = "x"

    async def read() -> list[User]:
        return [Row(1, "ann"), Row(2, "bob")]  # type: ignore[list-item]

    reply = await ask(serve(read))

    assert reply.json == [{"id": 1, "name": "ann"}, {"id": 2, "name": "bob"}]


async def test_pages_and_envelopes_are_written_with_their_computed_members(
    serve: Serve, ask: Ask
) -> None:
    async def read() -> SuccessResponse[PaginatedResponse[User]]:
        page = PaginatedResponse[User](items=[User(id=1, name="ann")], total=3, page=2, per_page=1)
        return SuccessResponse[PaginatedResponse[User]](data=page)

    reply = await ask(serve(read))

    assert reply.json["data"]["total_pages"] == 3
    assert reply.json["data"]["has_next"] is True
    assert reply.json["timestamp"].endswith("Z")


async def test_a_result_without_declared_type_is_written_as_it_is(serve: Serve, ask: Ask) -> None:
    async def read():  # type: ignore[no-untyped-def]
        return {"day": date(2026, 11, 22), "user": User(id=1, name="ann")}

    reply = await ask(serve(read))

    assert reply.json == {"day": "2026-11-22", "user": {"id": 1, "name": "ann"}}


async def test_a_handler_that_declares_none_answers_null(serve: Serve, ask: Ask) -> None:
    async def read() -> None: ...

    reply = await ask(serve(read))

    assert (reply.status, reply.body) == (200, b"null")


async def test_bytes_are_sent_as_they_are(serve: Serve, ask: Ask) -> None:
    async def read() -> bytes:
        return b"\x00\xff"

    reply = await ask(serve(read))

    assert reply.body == b"\x00\xff"
    assert reply.headers["content-type"] == "application/octet-stream"


async def test_response_options_shape_the_json(serve: Serve, ask: Ask) -> None:
    class Profile(BaseModel):
        full_name: str = Field(serialization_alias="fullName")
        bio: str | None = None

    async def read() -> Profile:
        return Profile(full_name="Ann")

    options = {"response_options": {"exclude_none": True}}
    reply = await ask(serve(read, response_model=Profile, extra=options))

    assert reply.json == {"fullName": "Ann"}


async def test_a_result_that_does_not_fit_is_500_and_says_nothing_of_it(
    serve: Serve, ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    async def read() -> User:
        return {"id": "hunter2"}  # type: ignore[return-value]

    reply = await ask(serve(read))

    assert reply.status == 500
    assert "hunter2" not in reply.text
    assert "User" not in reply.text
    assert "User" in caplog.text


async def test_the_status_code_of_the_route_is_that_of_a_success(serve: Serve, ask: Ask) -> None:
    async def create() -> str:
        return "made"

    reply = await ask(serve(create, methods=("POST",), status_code=201), "POST")

    assert (reply.status, reply.json) == (201, "made")


@pytest.mark.parametrize("status_code", [204, 304])
async def test_a_status_without_content_has_none(serve: Serve, ask: Ask, status_code: int) -> None:
    async def delete() -> None: ...

    reply = await ask(serve(delete, methods=("DELETE",), status_code=status_code), "DELETE")

    assert (reply.status, reply.body) == (status_code, b"")
    assert "content-length" not in reply.headers


async def test_a_returned_response_is_sent_as_it_is(serve: Serve, ask: Ask) -> None:
    async def read() -> Response:
        return PlainTextResponse("tea", 418, {"X-Pot": "blue"})

    reply = await ask(serve(read))

    assert (reply.status, reply.text, reply.headers["x-pot"]) == (418, "tea", "blue")


async def test_a_returned_response_wins_over_the_routes_status(serve: Serve, ask: Ask) -> None:
    async def delete() -> Response | None:
        return JSONResponse({"queued": True}, 202)

    app = serve(delete, methods=("DELETE",), status_code=204, response_model=None)
    reply = await ask(app, "DELETE")

    assert (reply.status, reply.json) == (202, {"queued": True})


async def test_a_redirect_is_sent(serve: Serve, ask: Ask) -> None:
    async def move() -> RedirectResponse:
        return RedirectResponse("/new", 303)

    reply = await ask(serve(move))

    assert (reply.status, reply.headers["location"]) == (303, "/new")


async def test_a_file_is_sent(serve: Serve, ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("content")

    async def read() -> FileResponse:
        return FileResponse(file)

    reply = await ask(serve(read))

    assert (reply.status, reply.text) == (200, "content")
    assert reply.headers["content-type"].startswith("text/plain")


async def test_a_stream_is_sent_piece_by_piece(serve: Serve, ask: Ask) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"a", b"b", b"c"):
            yield piece

    async def read() -> StreamingResponse:
        return StreamingResponse(pieces(), media_type="text/plain")

    reply = await ask(serve(read))

    assert [message["body"] for message in reply.sent[1:]] == [b"a", b"b", b"c", b""]


async def test_a_streams_dependency_is_open_until_the_last_piece(serve: Serve, ask: Ask) -> None:
    seen: list[str] = []

    async def source() -> AsyncIterator[list[str]]:
        yield seen
        seen.append("closed")

    async def read(data: Annotated[list[str], Depends(source)]) -> StreamingResponse:
        async def pieces() -> AsyncIterator[bytes]:
            for number in range(2):
                data.append(f"piece {number}")
                yield b"."

        return StreamingResponse(pieces())

    reply = await ask(serve(read))

    assert reply.body == b".."
    assert seen == ["piece 0", "piece 1", "closed"]


async def test_the_lent_response_gives_headers_cookies_and_status(serve: Serve, ask: Ask) -> None:
    async def create(response: Response) -> dict[str, int]:
        response.status_code = 201
        response.headers["Location"] = "/items/1"
        response.set_cookie("seen", "1")
        return {"id": 1}

    reply = await ask(serve(create))

    assert (reply.status, reply.json) == (201, {"id": 1})
    assert reply.headers["location"] == "/items/1"
    assert reply.headers["set-cookie"].startswith("seen=1")
    assert reply.headers.getlist("content-length") == [str(len(reply.body))]
    assert reply.headers["content-type"] == "application/json"


async def test_the_lent_response_starts_with_the_routes_status(serve: Serve, ask: Ask) -> None:
    async def create(response: Response) -> str:
        response.headers["X-Extra"] = "1"
        return "made"

    reply = await ask(serve(create, methods=("POST",), status_code=201), "POST")

    assert (reply.status, reply.headers["x-extra"]) == (201, "1")


async def test_a_lent_response_may_turn_an_answer_into_no_content(serve: Serve, ask: Ask) -> None:
    async def maybe(response: Response) -> str:
        response.status_code = 204
        response.headers["X-Extra"] = "1"
        return "never sent"

    reply = await ask(serve(maybe))

    assert (reply.status, reply.body, reply.headers["x-extra"]) == (204, b"", "1")


async def test_json_has_its_content_type_and_length(serve: Serve, ask: Ask) -> None:
    async def read() -> str:
        return "é"

    reply = await ask(serve(read))

    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["content-length"] == str(len('"é"'.encode()))


# --- The request ------------------------------------------------------------------------------


async def test_the_request_is_injected_by_type_and_by_name(serve: Serve, ask: Ask) -> None:
    async def read(one: Request, request) -> list[object]:  # type: ignore[no-untyped-def]
        return [one is request, one.url.path, one.headers["x-a"]]

    reply = await ask(serve(read, "/here"), "GET", "/here", headers={"X-A": "1"})

    assert reply.json == [True, "/here", "1"]


async def test_a_handler_may_read_the_body_itself(serve: Serve, ask: Ask) -> None:
    async def size(request: Request) -> int:
        return len(await request.body())

    app = serve(size, methods=("POST",))
    reply = await ask(app, "POST", chunks=[b"abc", b"defg"])

    assert reply.json == 7


async def test_a_handler_may_stream_the_body_while_it_waits_for_other_things(
    serve: Serve, ask: Ask
) -> None:
    async def sizes(request: Request) -> list[int]:
        found: list[int] = []
        async for chunk in request.stream():
            await asyncio.sleep(0)
            found.append(len(chunk))
        return found

    app = serve(sizes, methods=("POST",))
    reply = await ask(app, "POST", chunks=[b"abc", b"defg", b"h"])

    assert reply.json == [3, 4, 1, 0]


async def test_a_body_that_was_validated_can_be_read_once_more(serve: Serve, ask: Ask) -> None:
    async def both(item: Item, request: Request) -> list[object]:
        await asyncio.sleep(0)
        return [item.name, (await request.json())["name"]]

    app = serve(both, methods=("POST",))
    reply = await ask(app, "POST", json={"name": "pen", "price": 1})

    assert reply.json == ["pen", "pen"]


async def test_the_context_is_injected_by_type(serve: Serve, ask: Ask) -> None:
    async def read(context: RequestContext) -> list[object]:
        return [context is current_context(), context.route.path if context.route else None]

    reply = await ask(serve(read))

    assert reply.json == [True, "/"]


# --- Errors -----------------------------------------------------------------------------------


async def test_an_exception_made_to_be_seen_becomes_its_problem(serve: Serve, ask: Ask) -> None:
    async def read() -> None:
        raise NotFound("There is no item 7.")

    reply = await ask(serve(read))

    assert reply.status == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json["detail"] == "There is no item 7."


async def test_any_other_exception_is_masked(
    serve: Serve, ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    async def read() -> None:
        raise RuntimeError("the password is hunter2")

    reply = await ask(serve(read), headers={"X-Request-ID": "r-17"})

    assert reply.status == 500
    assert "hunter2" not in reply.text
    assert "hunter2" in caplog.text
    assert "r-17" in caplog.text


async def test_a_handler_of_the_route_answers_its_exception(serve: Serve, ask: Ask) -> None:
    async def out_of_stock(request: Request, error: BaseException) -> Response:
        return PlainTextResponse(f"{request.url.path}: {error}", 409)

    async def buy() -> None:
        raise LookupError("sold out")

    handlers = {"exception_handlers": {LookupError: out_of_stock}}
    reply = await ask(serve(buy, "/buy", extra=handlers), "GET", "/buy")

    assert (reply.status, reply.text) == (409, "/buy: sold out")


@pytest.mark.parametrize("raised", [None, NotFound, RuntimeError])
async def test_every_answer_carries_the_requests_id(
    serve: Serve, ask: Ask, raised: type[Exception] | None
) -> None:
    async def read() -> None:
        if raised is not None:
            raise raised

    reply = await ask(serve(read), headers={"X-Request-ID": "r-17"})

    assert reply.headers.getlist("x-request-id") == ["r-17"]
