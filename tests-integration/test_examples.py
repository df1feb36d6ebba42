"""The documentation does what it says: its examples, transcripts, tables and commands are run.

A fenced block of the language `exchange` names an example and holds requests with their answers:

    ```exchange hello
    POST /greetings
    {"name": "Ada"}

    201
    {"id": 1, "name": "…"}
    ```

A JSON string "…" stands for any value, a member "…" for any other members; `{token}` in a request
is the member of that name of an earlier answer.
"""

import ast
import contextlib
import importlib
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from starlette.testclient import TestClient as StarletteTestClient
from starlette.testclient import WebSocketDenialResponse

import covet
import covet_routing
import covet_security
from covet import TestClient
from covet.cli import main as command
from covet.errors import problem_of

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.py"))
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
READMES = [ROOT / "README.md", *sorted(ROOT.glob("packages/*/README.md"))]

_FENCE = re.compile(r"^```(\S+)(?: +([\w.-]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADER = re.compile(r"([A-Za-z][A-Za-z-]*): (.*)")
_ANYTHING = "…"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test in an empty folder, as examples keep their SQLite files where they run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    return tmp_path


def example(name: str) -> ModuleType:
    return importlib.import_module(name)


@contextlib.contextmanager
def serving(name: str) -> Iterator[StarletteTestClient]:
    """Call the application of an example, Covet's or another."""
    app = example(name).app
    kind = TestClient if isinstance(app, covet.Covet) else StarletteTestClient
    with kind(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


# --- Fenced blocks -----------------------------------------------------------------------------


def blocks(page: Path, language: str) -> list[tuple[str, str]]:
    """Return the argument and the text of each block of *language*."""
    found = _FENCE.findall(page.read_text("utf-8"))
    return [(argument, text) for kind, argument, text in found if kind == language]


def test_every_block_is_of_a_kind_that_is_run() -> None:
    known = {"python", "exchange", "console", "{literalinclude}", "{toctree}", "{eval-rst}"}
    unknown = {
        f"{page.relative_to(ROOT)}: {kind}"
        for page in [*PAGES, ROOT / "README.md"]
        for kind, _, _ in _FENCE.findall(page.read_text("utf-8"))
        if kind not in known
    }

    assert unknown == set()


@pytest.mark.parametrize(
    "page",
    [page for page in [*PAGES, ROOT / "README.md"] if blocks(page, "python")],
    ids=lambda page: page.stem,
)
def test_python_on_a_page_runs(page: Path) -> None:
    namespace: dict[str, Any] = {"__name__": page.stem}

    for _, source in blocks(page, "python"):
        exec(compile(source, str(page), "exec"), namespace)  # noqa: S102 - it is ours


def test_the_readme_s_screen_of_code_is_an_application() -> None:
    namespace: dict[str, Any] = {"__name__": "readme"}
    for _, source in blocks(ROOT / "README.md", "python"):
        exec(compile(source, "README.md", "exec"), namespace)  # noqa: S102 - it is ours

    with TestClient(namespace["app"]) as client:
        first = client.post("/books", json={"title": "Notes"})
        taken = client.post("/books", json={"title": "Notes"})
        renamed = client.patch("/books/1", json={"title": "Sketch"})
        found = client.get("/books?q=etch&per_page=5")
        missing = client.patch("/books/2", json={})

    assert (first.status_code, first.json()) == (201, {"id": 1, "title": "Notes"})
    assert (taken.status_code, missing.status_code) == (409, 404)
    assert found.json() == [renamed.json()] == [{"id": 1, "title": "Sketch"}]


# --- Exchanges ---------------------------------------------------------------------------------


class Part(NamedTuple):
    """A request or an answer: its first line, its headers, its body."""

    start: str
    headers: dict[str, str]
    body: str


def parts_of(text: str) -> list[Part]:
    parts = []
    for chunk in text.strip().split("\n\n"):
        start, *lines = chunk.split("\n")
        headers = {}
        while lines and (header := _HEADER.fullmatch(lines[0])):
            headers[header[1]] = header[2]
            del lines[0]
        parts.append(Part(start, headers, "\n".join(lines)))
    return parts


def is_like(actual: Any, expected: Any) -> bool:
    if expected == _ANYTHING:
        return True
    if isinstance(expected, dict) and isinstance(actual, dict):
        names = expected.keys() - {_ANYTHING}
        has_all = names <= actual.keys() if _ANYTHING in expected else names == actual.keys()
        return has_all and all(is_like(actual[name], expected[name]) for name in names)
    if isinstance(expected, list) and isinstance(actual, list):
        return len(actual) == len(expected) and all(map(is_like, actual, expected))
    return bool(actual == expected)


def exchange(client: StarletteTestClient, asked: Part, known: dict[str, str]) -> Any:
    method, target = asked.start.split(" ", 1)
    headers = {
        name: re.sub(r"\{(\w+)\}", lambda match: known[match[1]], value)
        for name, value in asked.headers.items()
    }
    if asked.body:
        headers.setdefault("Content-Type", "application/json")
    return client.request(method, target, headers=headers, content=asked.body.encode())


def check(answer: Any, expected: Part) -> None:
    assert answer.status_code == int(expected.start.split()[0]), answer.text
    for name, value in expected.headers.items():
        assert answer.headers[name] == value
    if not expected.body:
        return
    try:
        wanted = json.loads(expected.body)
    except ValueError:
        assert answer.text.strip() == expected.body.strip()
    else:
        assert is_like(answer.json(), wanted), answer.text


def transcripts() -> Iterator[Any]:
    for page in PAGES:
        for name in dict.fromkeys(name for name, _ in blocks(page, "exchange")):
            yield pytest.param(page, name, id=f"{page.stem}-{name}")


@pytest.mark.parametrize(("page", "name"), [*transcripts()])
def test_exchanges_on_a_page_take_place(page: Path, name: str) -> None:
    known: dict[str, str] = {}
    with serving(name) as client:
        for argument, text in blocks(page, "exchange"):
            if argument != name:
                continue
            parts = parts_of(text)
            for asked, expected in zip(parts[::2], parts[1::2], strict=True):
                answer = exchange(client, asked, known)

                check(answer, expected)
                with contextlib.suppress(ValueError):
                    body = answer.json()
                    known |= {k: str(v) for k, v in body.items()} if isinstance(body, dict) else {}


# --- Commands ----------------------------------------------------------------------------------


def commands() -> Iterator[tuple[Path, str]]:
    for page in [*PAGES, *READMES]:
        for _, text in blocks(page, "console"):
            for line in text.replace("\\\n", " ").splitlines():
                if line.startswith("$ "):
                    yield page, line[2:]


@pytest.mark.parametrize(
    "line",
    sorted({line for _, line in commands() if re.match(r"(uv run )?covet ", line)}),
)
def test_commands_of_covet_exist_with_their_options(line: str) -> None:
    name, *arguments = shlex.split(line.removeprefix("uv run "), comments=True)[1:]
    arguments = [one.replace("docs/examples", str(EXAMPLES)) for one in arguments]

    context = command.commands[name].make_context(name, arguments)

    if "target" in context.params:
        module = context.params["target"].partition(":")[0]
        file = module if module.endswith(".py") else f"{module.replace('.', '/')}.py"
        assert (context.params["app_dir"] / file).is_file()


def test_the_curl_lines_of_the_readme_are_answered() -> None:
    lines = [line for page, line in commands() if page == ROOT / "README.md" and "curl" in line]
    token = ""
    statuses = []
    blog = example("blog.app")
    app = blog.create_app(blog.BlogSettings(database_url="sqlite:///readme.db"))
    with TestClient(app) as client:
        for line in lines:
            _, *words = shlex.split(line)
            url, headers, form, body = "", {}, [], None
            arguments = iter(words)
            for word in arguments:
                if word == "--json":
                    body = json.loads(next(arguments))
                elif word == "-d":
                    form.append(next(arguments))
                elif word == "-H":
                    name, _, value = next(arguments).partition(": ")
                    headers[name] = value.replace("$TOKEN", token)
                else:
                    url = "/" + word.partition("/")[2]
            if form:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                answer = client.post(url, content="&".join(form), headers=headers)
            elif body is not None:
                answer = client.post(url, json=body, headers=headers)
            else:
                answer = client.get(url, headers=headers)
            token = answer.json().get("access_token", token)
            statuses.append(answer.status_code)

    assert statuses == [201, 200, 201, 200, 422]


# --- Tables ------------------------------------------------------------------------------------


def described_errors() -> dict[str, tuple[str, ...]]:
    """Return status, title, type and GraphQL code of each exception, as `problem_of` knows them."""
    samples: list[Exception] = [
        covet.ValidationException([]),
        covet.MalformedJSONError([], line=1, column=1),
        covet.UnsupportedMediaTypeError([], supported=["application/json"]),
        covet.AuthenticationException("reason"),
        covet.PermissionDeniedException("reason"),
        covet_security.ContentLengthError((b"x",)),
        covet.BodyTooLargeError(1, 2),
        covet.MethodNotAllowedException(["GET"]),
        RuntimeError(),
    ]
    kinds = {kind for kind in vars(covet.errors).values() if isinstance(kind, type)}
    samples += [
        kind()
        for kind in kinds
        if issubclass(kind, covet.APIException)
        and kind not in {covet.APIException, covet.MethodNotAllowedException}
    ]
    described = {}
    for error in samples:
        problem = problem_of(error)
        document = json.loads(problem.to_json(instance="/", request_id="x"))
        name = "any other" if isinstance(error, RuntimeError) else type(error).__name__
        described[name] = (
            str(problem.status_code),
            problem.title,
            document["type"],
            problem.code,
        )
    return described


def test_the_table_of_errors_is_the_one_that_answers() -> None:
    page = (DOCS / "guides" / "errors.md").read_text("utf-8")
    rows = re.findall(r"^\| `?([\w ]+?)`? \| (\d+) \| (.+?) \| `(.+?)` \| `(.+?)` \|", page, re.M)

    table = {name: tuple(cells) for name, *cells in rows}

    assert table == described_errors()


def test_the_table_of_settings_names_every_setting() -> None:
    page = (DOCS / "guides" / "settings.md").read_text("utf-8")

    documented = set(re.findall(r"^\| `(\w+)` \|", page, re.M))

    assert documented == set(covet.Settings.model_fields)


def test_the_table_of_converters_names_every_converter() -> None:
    page = (DOCS / "guides" / "routing.md").read_text("utf-8")

    documented = re.findall(r"^\| `\{\w+:(\w+)\}` \|", page, re.M)

    for name in documented:
        covet_routing.parse_template("/{x:%s}" % name)  # noqa: UP031 - braces
    with pytest.raises(covet_routing.TemplateError) as unknown:
        covet_routing.parse_template("/{x:nonsense}")
    assert all(f"{name}" in str(unknown.value) for name in documented)
    assert set(documented) == {"int", "float", "uuid", "date", "str", "path"}


# --- The pages show all of it ------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_shown_on_a_page(name: str) -> None:
    assert any(f"examples/{name}.py" in page.read_text("utf-8") for page in PAGES)


def test_every_page_of_the_reference_names_a_package_that_exists() -> None:
    modules = {
        name
        for page in PAGES
        for name in re.findall(r"automodule:: ([\w.]+)", page.read_text("utf-8"))
    }

    for name in modules:
        importlib.import_module(name)
    public = {"covet", "covet_routing", "covet_validation", "covet_openapi", "covet_security"}
    assert public <= modules


@pytest.mark.parametrize("name", NAMES)
def test_an_example_says_in_one_line_what_it_shows(name: str) -> None:
    tree = ast.parse((EXAMPLES / f"{name}.py").read_text("utf-8"))

    assert (ast.get_docstring(tree) or "\n").splitlines()[0].endswith(".")


# --- What transcripts cannot show --------------------------------------------------------------


def test_the_tests_among_the_examples_pass(folder: Path) -> None:
    (folder / "pytest.ini").write_text("[pytest]\n")
    files = [str(EXAMPLES / name) for name in ("notes_5_testing.py", "overrides.py")]

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            "pytest.ini",
            *files,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "6 passed" in done.stdout, done.stdout + done.stderr


def test_uploads_arrive_with_their_fields() -> None:
    with serving("forms_and_files") as client:
        one = client.post(
            "/picture", files={"picture": ("a.png", b"abc")}, data={"caption": "A cat"}
        )
        several = client.post(
            "/album", files=[("pictures", ("a.png", b"a")), ("pictures", ("b.png", b"b"))]
        )
        none = client.post("/picture", files={"other": b"abc"})

    assert one.json() == {"name": "a.png", "bytes": 3, "caption": "A cat"}
    assert several.json() == ["a.png", "b.png"]
    assert none.json()["details"][0]["field"] == "picture"


def test_the_router_is_usable_without_http() -> None:
    assert example("routes").allowed("/admin/health") == ("GET", "HEAD", "OPTIONS", "POST")
    assert example("routes").allowed("/nowhere") == ()


def test_generators_end_with_the_request_last_opened_first() -> None:
    module = example("injection")
    module.log.clear()

    with serving("injection") as client:
        client.get("/rows")

    assert module.log == ["open", "begin", "end", "close"]


def test_a_lifespan_surrounds_all_requests() -> None:
    module = example("composed")
    module.events.clear()

    with serving("composed") as client:
        module.events.append(client.get("/motto").text)

    assert module.events == ["start", '"Small parts, well joined."', "stop"]


def test_a_handler_over_its_time_is_cancelled() -> None:
    module = example("limits")
    module.stopped.clear()

    with serving("limits") as client:
        answer = client.get("/slow")

    assert answer.status_code == 504
    assert module.stopped == ["slow"]


def test_bodies_over_a_limit_are_refused() -> None:
    with serving("limits") as client:
        by_setting = client.post("/notes", json={"text": "x" * 1000})
        within = client.post("/upload", content=b"x" * 15_000)
        by_middleware = client.post("/upload", content=b"x" * 25_000)

    assert by_setting.status_code == 413
    assert within.json() == 15_000
    assert by_middleware.status_code == 413


def test_the_chat_talks_and_refuses() -> None:
    with serving("chat") as client:
        with client.websocket_connect("/rooms/lobby?nick=ada") as socket:
            socket.send_text("hello")
            heard = socket.receive_text()
        with (
            pytest.raises(WebSocketDenialResponse) as without_nick,
            client.websocket_connect("/rooms/lobby"),
        ):
            pass
        with (
            pytest.raises(WebSocketDenialResponse) as without_room,
            client.websocket_connect("/rooms/attic?nick=ada"),
        ):
            pass

    assert heard == "ada: hello"
    assert without_nick.value.status_code == 422
    assert without_room.value.json()["detail"] == "There is no room 'attic'."


def test_background_work_is_done_after_the_answer_and_on_demand() -> None:
    module = example("background_work")

    with serving("background_work") as client:
        assert client.post("/orders/7").status_code == 202
        client.portal.call(module.remind)

    assert module.outbox.mails == [
        "ada@example.com: Order 7 is on its way.",
        "ada@example.com: Your cart misses you.",
    ]


def test_the_document_says_what_the_guide_says() -> None:
    document = example("documented").document()

    assert set(document["paths"]) == {"/books"}
    assert document["paths"]["/books"]["post"]["summary"] == "Add a book"
    assert "409" in document["paths"]["/books"]["post"]["responses"]
    names = [one["name"] for one in document["paths"]["/books"]["get"]["parameters"]]
    assert names == ["q"]
    with serving("documented") as client:
        assert "swagger-ui" in client.get("/help").text
        assert client.get("/help/swagger-ui.css").status_code == 200
        assert client.get("/docs").status_code == 404


def test_settings_come_from_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = example("configured").ShopSettings
    (folder / ".env").write_text("COVET_CURRENCY=GBP\nCOVET_MAX_ITEMS=3\n")
    monkeypatch.setenv("COVET_CURRENCY", "CHF")

    read = settings()

    assert (read.currency, read.max_items) == ("CHF", 3)


def test_the_root_path_of_a_proxy_reaches_documents_and_errors() -> None:
    with TestClient(example("deployed").app, root_path="/api") as client:
        assert client.get("/api/whoami").json()["root_path"] == "/api"
        assert client.get("/api/openapi.json").json()["servers"] == [{"url": "/api"}]


def test_the_router_alone_serves_wsgi() -> None:
    application = example("routing_alone").application
    statuses: list[Any] = []

    def call(method: str, path: str) -> str:
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path}
        body = application(environ, lambda *started: statuses.append(started))
        return b"".join(body).decode()

    assert call("GET", "/items/7") == "item 7, next is /items/8\n"
    call("DELETE", "/items")
    assert statuses[-1][0] == "405 Method Not Allowed"
    assert ("Allow", "OPTIONS, POST") in statuses[-1][1]
    call("GET", "/items/seven")
    assert statuses[-1][0] == "404 Not Found"


def test_validation_alone_reads_and_writes(capsys: pytest.CaptureFixture[str]) -> None:
    example("validation_alone").main()

    good, bad = map(json.loads, capsys.readouterr().out.splitlines())
    assert [task["title"] for task in good["items"]] == ["moon 0", "moon 1"]
    assert {one["code"] for one in bad} == {"LESS_THAN_EQUAL", "MISSING"}


def test_documents_alone_need_no_network() -> None:
    files = example("openapi_alone").files()

    document = json.loads(files["openapi.json"])
    assert list(document["paths"]) == ["/ships/{name}", "/ships"]
    loaded = re.findall(r'(?:src|href)="([^"]+)"', files["docs.html"].decode())
    assert set(loaded) <= files.keys()


def test_security_alone_protects_a_starlette_application() -> None:
    with serving("security_alone") as client:
        client.post("/users", json={"name": "ada", "password": "Correct-Horse-7"})
        wrong = client.post("/login", json={"name": "ada", "password": "Wrong-Horse-7"})
        token = client.post("/login", json={"name": "ada", "password": "Correct-Horse-7"}).json()
        me = client.get("/me", headers={"Authorization": f"Bearer {token['token']}"})
        too_large = client.post("/login", content=b" " * 1001)

    assert (wrong.status_code, too_large.status_code) == (401, 413)
    assert me.json() == {"name": "ada"}
