"""Work for after the answer: in order, injected, and no failure of one stops another."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import pytest
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from covet import (
    BackgroundTasks,
    Covet,
    Depends,
    NotFound,
    Request,
    Response,
    RESTRequestHandler,
    RouteMetadata,
)

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]


async def test_tasks_run_in_order_once_the_answer_is_sent(ask: Ask) -> None:
    app, seen = Covet(), []

    async def note(text: str) -> None:
        seen.append(text)

    def note_in_thread(text: str, mark: str = "") -> None:
        seen.append(text + mark)

    @app.post("/", status_code=202)
    async def start(tasks: BackgroundTasks) -> str:
        tasks.add_task(note, "one")
        tasks.add_task(note_in_thread, "two", mark="!")
        seen.append("handler")
        return "accepted"

    reply = await ask(app, "POST", on_send=lambda message: seen.append(message["type"]))

    assert (reply.status, reply.json) == (202, "accepted")
    assert seen == ["handler", "http.response.start", "http.response.body", "one", "two!"]


async def test_what_a_task_is_not_given_is_injected(ask: Ask) -> None:
    app, seen = Covet(), []

    async def find_printer() -> str:
        return "printer"

    async def work(page: int, printer: Annotated[str, Depends(find_printer)]) -> None:
        seen.append((page, printer))

    @app.post("/")
    async def start(tasks: BackgroundTasks) -> None:
        tasks.add_task(work, 7)

    await ask(app, "POST")

    assert seen == [(7, "printer")]


async def test_dependencies_add_to_the_same_tasks(ask: Ask) -> None:
    app, seen = Covet(), []

    async def audit(tasks: BackgroundTasks) -> None:
        tasks.add_task(seen.append, "audited")

    @app.post("/", dependencies=[Depends(audit)])
    async def start(tasks: BackgroundTasks) -> None:
        tasks.add_task(seen.append, "worked")

    await ask(app, "POST")

    assert seen == ["audited", "worked"]


async def test_a_task_that_fails_is_logged_and_the_next_one_runs(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    app, seen = Covet(), []

    async def fail() -> None:
        raise RuntimeError("out of paper")

    @app.post("/")
    async def start(tasks: BackgroundTasks) -> str:
        tasks.add_task(fail)
        tasks.add_task(seen.append, "next")
        return "accepted"

    reply = await ask(app, "POST")

    assert reply.status == 200
    assert seen == ["next"]
    assert "out of paper" in caplog.text


async def test_a_request_that_fails_starts_no_task(ask: Ask) -> None:
    app, seen = Covet(), []

    @app.post("/")
    async def start(tasks: BackgroundTasks) -> None:
        tasks.add_task(seen.append, "never")
        raise NotFound

    await ask(app, "POST")

    assert seen == []


async def test_an_answer_without_content_starts_its_tasks_too(ask: Ask) -> None:
    app, seen = Covet(), []

    @app.delete("/", status_code=204)
    async def start(tasks: BackgroundTasks) -> None:
        tasks.add_task(seen.append, "worked")

    reply = await ask(app, "DELETE")

    assert (reply.status, reply.body) == (204, b"")
    assert seen == ["worked"]


async def test_tasks_of_a_returned_response_run_beside_ours(ask: Ask) -> None:
    app, seen = Covet(), []

    @app.post("/")
    async def start(tasks: BackgroundTasks) -> Response:
        tasks.add_task(seen.append, "ours")
        return PlainTextResponse("ok", background=BackgroundTask(seen.append, "theirs"))

    await ask(app, "POST")

    assert sorted(seen) == ["ours", "theirs"]


async def test_a_starlette_application_runs_the_tasks_of_a_returned_response(ask: Ask) -> None:
    handler, seen = RESTRequestHandler(), []

    async def start() -> Response:
        return PlainTextResponse("ok", background=BackgroundTask(seen.append, "theirs"))

    route = RouteMetadata("/", ("POST",), start)

    async def endpoint(request: Request) -> Response:
        return await handler.handle_request(request, route)

    reply = await ask(Starlette(routes=[Route("/", endpoint, methods=["POST"])]), "POST")

    assert reply.text == "ok"
    assert seen == ["theirs"]
