"""A body is bounded while it streams, and what it held is closed when the request ends."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from covet import Body, Covet, File, Form, Request, Settings, UploadFile

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]

JSON = {"Content-Type": "application/json"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=X"}


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    file = f'; filename="{filename}"' if filename is not None else ""
    head = f'--X\r\nContent-Disposition: form-data; name="{name}"{file}\r\n'
    kind = "Content-Type: text/plain\r\n" if filename is not None else ""
    return head.encode() + kind.encode() + b"\r\n" + content + b"\r\n"


END = b"--X--\r\n"


def limited(**limits: int) -> Covet:
    app = Covet(settings=Settings(**limits))  # type: ignore[arg-type]

    @app.post("/json")
    async def read_json(item: dict[str, str]) -> int:
        return len(item)

    @app.post("/bytes")
    async def read_bytes(
        data: Annotated[bytes, Body(media_type="application/octet-stream")],
    ) -> int:
        return len(data)

    @app.post("/upload")
    async def upload(
        title: Annotated[str, Form()], file: Annotated[UploadFile, File()]
    ) -> list[Any]:
        return [title, file.filename, (await file.read()).decode()]

    return app


# --- Whole bodies -----------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "status"), [(100, 200), (101, 413)])
async def test_a_body_may_be_as_long_as_the_limit(ask: Ask, size: int, status: int) -> None:
    body = b'{"a": "' + b"x" * (size - 9) + b'"}'

    reply = await ask(limited(max_body_bytes=100), "POST", "/json", headers=JSON, body=body)

    assert len(body) == size
    assert reply.status == status


async def test_a_body_over_the_limit_is_a_problem_that_names_the_limit(ask: Ask) -> None:
    reply = await ask(limited(max_body_bytes=10), "POST", "/json", headers=JSON, body=b"x" * 11)

    assert reply.json["title"] == "Content Too Large"
    assert "10 bytes" in reply.json["detail"]


async def test_a_body_without_length_is_counted_while_it_streams(exchange: Any) -> None:
    endless = exchange(
        limited(max_body_bytes=100),
        "POST",
        "/json",
        headers=JSON,
        chunks=[b"x" * 30] * 50,
        is_complete=False,
    )

    await endless.run()

    assert endless.status == 413
    assert endless.unread >= 46


async def test_a_length_over_the_limit_is_refused_before_the_rest_is_read(exchange: Any) -> None:
    announced = exchange(
        limited(max_body_bytes=100),
        "POST",
        "/json",
        headers=JSON | {"Content-Length": "1000000"},
        chunks=[b"{"],
        is_complete=False,
    )

    await announced.run()

    assert announced.status == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "ten"])
async def test_a_length_that_is_no_length_is_400(ask: Ask, length: str) -> None:
    headers = JSON | {"Content-Length": length}

    reply = await ask(
        limited(max_body_bytes=100), "POST", "/json", headers=headers, chunks=[b"{", b"}"]
    )

    assert (reply.status, reply.json["title"]) == (400, "Bad Request")


async def test_a_raw_body_has_the_same_limit(ask: Ask) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    app = limited(max_body_bytes=5)

    replies = [
        await ask(app, "POST", "/bytes", headers=headers, body=b"x" * size) for size in (5, 6)
    ]

    assert [reply.status for reply in replies] == [200, 413]


async def test_a_body_that_nobody_asked_for_is_not_read(exchange: Any) -> None:
    app = Covet(settings=Settings(max_body_bytes=1))

    @app.post("/")
    async def ignore() -> str:
        return "done"

    reply = exchange(app, "POST", body=b"x" * 100)
    await reply.run()

    assert reply.status == 200
    assert reply.unread == 1


@pytest.mark.parametrize("chunks", [[], [b'{"a"'], [b'{"a"', b':"b"']], ids=["none", "one", "two"])
async def test_a_client_that_leaves_before_the_end_gets_nothing_and_calls_nothing(
    exchange: Any, chunks: list[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    app, called = Covet(), []

    @app.post("/")
    async def create(item: dict[str, str]) -> None:
        called.append(item)

    gone = exchange(app, "POST", headers=JSON, chunks=chunks, is_complete=False)
    gone.disconnect()
    await gone.run()

    assert gone.sent == []
    assert called == []
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


async def test_a_body_is_read_after_the_client_is_known(ask: Ask, exchange: Any) -> None:
    class Nobody:
        realm, loads_user, user_type = "test", False, None

        async def authenticate(self, authorization: bytes | None, db: Any, /) -> None:
            return None

    app = Covet(auth=Nobody())

    @app.post("/")
    async def create(item: dict[str, str]) -> None: ...

    refused = exchange(app, "POST", headers=JSON, chunks=[b"{"], is_complete=False)
    await refused.run()

    assert refused.status == 401
    assert refused.unread == 1


# --- Forms ------------------------------------------------------------------------------------


async def test_fields_and_files_of_a_multipart_body_arrive(ask: Ask) -> None:
    body = part("title", b"Notes") + part("file", b"content", "a.txt") + END

    reply = await ask(limited(), "POST", "/upload", headers=MULTIPART, body=body)

    assert reply.json == ["Notes", "a.txt", "content"]


async def test_a_multipart_body_in_small_pieces_arrives(ask: Ask) -> None:
    body = part("title", b"Notes") + part("file", b"content", "a.txt") + END
    chunks = [body[at : at + 7] for at in range(0, len(body), 7)]

    reply = await ask(limited(), "POST", "/upload", headers=MULTIPART, chunks=chunks)

    assert reply.json == ["Notes", "a.txt", "content"]


async def test_several_parts_of_one_name_are_a_list(ask: Ask) -> None:
    app = Covet()

    @app.post("/")
    async def upload(
        files: Annotated[list[UploadFile], File()], tags: Annotated[list[str], Form()]
    ) -> list[Any]:
        return [[file.filename for file in files], tags]

    body = (
        part("files", b"1", "a.txt")
        + part("tags", b"x")
        + part("files", b"2", "b.txt")
        + part("tags", b"y")
        + END
    )
    reply = await ask(app, "POST", headers=MULTIPART, body=body)

    assert reply.json == [["a.txt", "b.txt"], ["x", "y"]]


async def test_a_model_may_be_a_form(ask: Ask) -> None:
    class Login(BaseModel):
        username: str
        tries: int = 1

    app = Covet()

    @app.post("/")
    async def login(form: Annotated[Login, Form()]) -> list[Any]:
        return [form.username, form.tries]

    replies = [
        await ask(
            app,
            "POST",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=b"username=ann&tries=2",
        ),
        await ask(app, "POST", headers=MULTIPART, body=part("username", b"ann") + END),
    ]

    assert [reply.json for reply in replies] == [["ann", 2], ["ann", 1]]


async def test_a_missing_file_is_422_with_its_name(ask: Ask) -> None:
    body = part("title", b"Notes") + END

    reply = await ask(limited(), "POST", "/upload", headers=MULTIPART, body=body)

    assert reply.status == 422
    assert [(one["location"], one["field"]) for one in reply.json["details"]] == [("form", "file")]


async def test_a_text_where_a_file_belongs_is_422(ask: Ask) -> None:
    body = part("title", b"Notes") + part("file", b"no file") + END

    reply = await ask(limited(), "POST", "/upload", headers=MULTIPART, body=body)

    assert reply.status == 422
    assert [one["field"] for one in reply.json["details"]] == ["file"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param("multipart/form-data", b"--X--\r\n", id="no-boundary"),
        pytest.param("multipart/form-data; boundary=X", b"nonsense", id="no-parts"),
        pytest.param(
            "multipart/form-data; boundary=X", b"--X\r\nNo-Name: 1\r\n\r\nx\r\n--X--", id="no-name"
        ),
    ],
)
async def test_a_multipart_body_that_cannot_be_read_is_400(
    ask: Ask, content_type: str, body: bytes
) -> None:
    headers = {"Content-Type": content_type}

    reply = await ask(limited(), "POST", "/upload", headers=headers, body=body)

    assert reply.status == 400
    assert reply.headers["content-type"] == "application/problem+json"


async def test_json_where_a_form_belongs_is_415(ask: Ask) -> None:
    reply = await ask(limited(), "POST", "/upload", json={"title": "x"})

    assert reply.status == 415
    assert "multipart/form-data" in reply.json["detail"]


async def test_uploads_have_a_limit_of_their_own(ask: Ask) -> None:
    app = limited(max_body_bytes=10, max_upload_bytes=1000)
    body = part("title", b"Notes") + part("file", b"x" * 500, "a.txt") + END
    too_large = part("title", b"Notes") + part("file", b"x" * 1000, "a.txt") + END

    replies = [
        await ask(app, "POST", "/upload", headers=MULTIPART, body=each)
        for each in (body, too_large)
    ]

    assert [reply.status for reply in replies] == [200, 413]


async def test_an_announced_upload_over_the_limit_is_refused_unread(exchange: Any) -> None:
    announced = exchange(
        limited(max_upload_bytes=1000),
        "POST",
        "/upload",
        headers=MULTIPART | {"Content-Length": "100000"},
        chunks=[b"--X"],
        is_complete=False,
    )

    await announced.run()

    assert announced.status == 413
    assert announced.unread == 1


@pytest.mark.parametrize("kind", ["fields", "files"])
async def test_the_number_of_parts_is_bounded(ask: Ask, kind: str) -> None:
    filename = "a.txt" if kind == "files" else None
    body = b"".join(part(f"p{number}", b"", filename) for number in range(1001)) + END

    reply = await ask(limited(), "POST", "/upload", headers=MULTIPART, body=body)

    assert reply.status == 400
    assert "1000" in reply.json["detail"]


# --- Files are closed -------------------------------------------------------------------------


@pytest.mark.parametrize("fails", [False, True])
async def test_files_are_closed_when_the_request_ends(ask: Ask, fails: bool) -> None:
    app = Covet()
    kept: list[UploadFile] = []

    @app.post("/")
    async def upload(file: Annotated[UploadFile, File()]) -> None:
        kept.append(file)
        assert not file.file.closed
        if fails:
            raise RuntimeError

    body = part("file", b"content", "a.txt") + END
    await ask(app, "POST", headers=MULTIPART, body=body)

    assert kept[0].file.closed


async def test_files_are_closed_when_the_inputs_are_wrong(ask: Ask) -> None:
    body = part("file", b"x" * 1_100_000, "a.txt") + END

    reply = await ask(limited(), "POST", "/upload", headers=MULTIPART, body=body)
    gc.collect()

    assert reply.status == 422


BIG = b"x" * 1_100_000  # over what is kept in memory, so that there is a file on the disk


@pytest.mark.filterwarnings("error::ResourceWarning")
async def test_files_are_closed_when_the_upload_is_too_large(ask: Ask) -> None:
    body = part("title", b"Notes") + part("file", BIG, "a.txt") + END
    chunks = [body[at : at + 100_000] for at in range(0, len(body), 100_000)]
    app = limited(max_upload_bytes=len(body) - 50_000)

    reply = await ask(app, "POST", "/upload", headers=MULTIPART, chunks=chunks)
    gc.collect()

    assert reply.status == 413


async def test_files_are_closed_when_the_client_leaves_in_the_middle(exchange: Any) -> None:
    head = part("file", BIG, "a.txt")[:-20]
    gone = exchange(
        limited(), "POST", "/upload", headers=MULTIPART, chunks=[head], is_complete=False
    )
    gone.disconnect()

    await gone.run()
    gc.collect()

    assert gone.sent == []


async def test_files_are_closed_when_the_upload_takes_too_long(exchange: Any) -> None:
    app = Covet()

    @app.post("/", timeout=0.2)
    async def upload(file: Annotated[UploadFile, File()]) -> None: ...

    slow = exchange(
        app,
        "POST",
        headers=MULTIPART,
        chunks=[part("file", BIG, "a.txt")[:-20]],
        is_complete=False,
    )

    await slow.run()
    gc.collect()

    assert slow.status == 408


# --- Read by the handler itself ---------------------------------------------------------------


async def test_a_handler_reads_a_form_with_starlettes_request(ask: Ask) -> None:
    app = Covet()

    @app.post("/")
    async def upload(request: Request) -> str:
        async with request.form() as form:
            return str(form["title"])

    reply = await ask(app, "POST", headers=MULTIPART, body=part("title", b"Notes") + END)

    assert reply.json == "Notes"


async def test_a_handler_that_reads_while_the_client_leaves_is_cancelled(exchange: Any) -> None:
    app, started = Covet(), asyncio.Event()
    seen: list[str] = []

    @app.post("/")
    async def read(request: Request) -> None:
        started.set()
        try:
            await request.body()
        except BaseException as error:
            seen.append(type(error).__name__)
            raise

    gone = exchange(app, "POST", chunks=[b"a"], is_complete=False)
    running = asyncio.create_task(gone.run())
    await started.wait()
    gone.disconnect()
    await running

    assert gone.sent == []
    assert seen in (["CancelledError"], ["ClientDisconnect"])


async def test_a_file_may_be_taken_as_its_bytes(ask: Ask) -> None:
    app = Covet()

    @app.post("/")
    async def upload(file: Annotated[bytes, File()], note: Annotated[bytes, Form()]) -> list[int]:
        return [len(file), len(note)]

    body = part("file", b"content", "a.txt") + part("note", b"text") + END
    reply = await ask(app, "POST", headers=MULTIPART, body=body)

    assert reply.json == [7, 4]
