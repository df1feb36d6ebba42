"""The command: which application it means, what it says when there is none, and that it serves."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner, Result

from covet import Covet
from covet.cli import main

APP = """
from covet import Covet

app = Covet(title={title!r})
other = Covet(title="Other")
number = 7


@app.get("/hello")
async def hello() -> str:
    return "hello"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder; what is imported by a test is forgotten afterwards."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    before = set(sys.modules)
    yield tmp_path
    ours = ("shop_", "pack", "empty_module", "faulty", "broken", "blog")
    for name in set(sys.modules) - before:
        if name.startswith(ours):
            del sys.modules[name]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What uvicorn is asked to serve, in place of serving it."""
    calls: list[Any] = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: calls.append((app, options)))
    return calls


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def write(folder: Path, name: str, title: str = "Written") -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(APP.format(title=title))


@pytest.mark.parametrize(
    ("target", "title"),
    [
        pytest.param("shop_a.py", "Written", id="file"),
        pytest.param("shop_a", "Written", id="module"),
        pytest.param("shop_a:app", "Written", id="module-attribute"),
        pytest.param("shop_a:other", "Other", id="other-attribute"),
        pytest.param("shop_a.py:other", "Other", id="file-attribute"),
        pytest.param("sub/shop_b.py", "Deeper", id="file-in-folder"),
        pytest.param("pack.inner:app", "Packed", id="package"),
    ],
)
def test_run_serves_the_application_that_it_is_told(
    folder: Path, served: list[Any], target: str, title: str
) -> None:
    write(folder, "shop_a.py")
    write(folder, "sub/shop_b.py", "Deeper")
    write(folder, "pack/__init__.py")
    write(folder, "pack/inner.py", "Packed")

    result = invoke("run", target)

    assert result.exit_code == 0, result.output
    ((app, options),) = served
    assert app.title == title
    assert (options["host"], options["port"]) == ("127.0.0.1", 8000)


def test_modules_are_looked_for_in_the_folder_given(folder: Path, served: list[Any]) -> None:
    write(folder, "src/shop_c.py", "From src")

    result = invoke("run", "shop_c", "--app-dir", "src", "--port", "9", "--host", "0.0.0.0")  # noqa: S104

    assert result.exit_code == 0, result.output
    assert served[0][0].title == "From src"
    assert served[0][1]["port"] == 9


def test_several_workers_import_the_application_themselves(folder: Path, served: list[Any]) -> None:
    write(folder, "shop_d.py")

    invoke("run", "shop_d.py:app", "--workers", "2")

    assert served[0][0] == "shop_d:app"
    assert served[0][1]["workers"] == 2


def test_a_clients_word_for_its_address_is_not_taken(folder: Path, served: list[Any]) -> None:
    write(folder, "shop_e.py")

    invoke("run", "shop_e", "--no-access-log")

    options = served[0][1]
    assert options["proxy_headers"] is False
    assert options["server_header"] is False
    assert options["access_log"] is False


@pytest.mark.parametrize(
    ("target", "words"),
    [
        pytest.param("nothing.py", "There is no file 'nothing.py'", id="file"),
        pytest.param("nothing_here:app", "There is no module 'nothing_here'", id="module"),
        pytest.param("shop_f:ap", "has no 'ap'. Did you mean shop_f:app?", id="attribute"),
        pytest.param("shop_f:number", "has no application as 'number'", id="no-application"),
        pytest.param("empty_module", "It defines no Covet application", id="empty"),
    ],
)
def test_a_target_that_is_none_is_refused_with_what_to_do(
    folder: Path, served: list[Any], target: str, words: str
) -> None:
    write(folder, "shop_f.py")
    (folder / "empty_module.py").write_text("")

    result = invoke("run", target)

    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
    assert served == []


def test_an_import_that_fails_inside_the_module_is_told_as_that(folder: Path) -> None:
    (folder / "broken.py").write_text("import surely_not_installed")

    result = invoke("run", "broken")

    assert isinstance(result.exception, ModuleNotFoundError)
    assert result.exception.name == "surely_not_installed"


def test_start_up_faults_are_listed_without_a_traceback(folder: Path, served: list[Any]) -> None:
    (folder / "faulty.py").write_text(
        "from covet import Covet\n"
        "app = Covet()\n"
        "@app.get('/', rate_limit='3')\n"
        "async def one() -> None: ...\n"
        "@app.get('/two', permissions=['x'])\n"
        "async def two() -> None: ...\n"
    )

    result = invoke("run", "faulty.py")

    assert result.exit_code == 1
    assert "2 faults" in result.output
    assert re.search(r"faulty\.py:\d+: GET /two", result.output)
    assert "Traceback" not in result.output
    assert served == []


def test_the_command_tells_its_version() -> None:
    assert re.search(r"\d+\.\d+\.\d+", invoke("--version").output)


def test_the_command_names_its_commands() -> None:
    output = invoke("--help").output

    assert "run" in output
    assert "demo" in output


def test_demo_serves_the_blog_on_the_port_given(
    folder: Path, served: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COVET_SECRET_KEY", "s" * 32)

    result = invoke("demo", "--port", "9001")

    assert result.exit_code == 0, result.output
    assert "http://127.0.0.1:9001/docs" in result.output
    ((app, options),) = served
    assert isinstance(app, Covet)
    assert options["port"] == 9001


def test_run_answers_over_http(folder: Path) -> None:
    write(folder, "real_shop.py")
    script = "from covet.cli import main; main()"
    command = [sys.executable, "-c", script, "run", "real_shop.py", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - this very interpreter
        command, cwd=folder, stderr=subprocess.PIPE, text=True, env={**os.environ}
    ) as server:
        try:
            assert server.stderr is not None
            lines = iter(server.stderr.readline, "")
            found = next(m for line in lines if (m := re.search(r"http://[\d.]+:\d+", line)))
            with urllib.request.urlopen(f"{found[0]}/hello", timeout=10) as reply:  # noqa: S310
                answer = json.load(reply), reply.headers["x-request-id"], reply.headers["server"]
        finally:
            server.terminate()
            server.stderr.read()  # type: ignore[union-attr]

    assert answer[0] == "hello"
    assert answer[1]
    assert answer[2] is None
    assert server.returncode in {0, -15}


def test_routes_lists_what_is_served_and_to_whom(folder: Path) -> None:
    write(folder, "shop_a.py")

    result = invoke("routes", "shop_a.py", "--app-dir", str(folder))

    assert result.exit_code == 0
    assert [line.split() for line in result.output.splitlines()] == [
        ["path", "methods", "name", "access", "permissions", "limit", "version"],
        ["/hello", "GET", "hello", "public"],
    ]


def test_routes_keeps_each_route_on_one_line_where_there_is_no_terminal(folder: Path) -> None:
    path = "/" + "long" * 60
    (folder / "shop_a.py").write_text(
        "from covet import Covet\n\napp = Covet()\n\n\n"
        f"@app.get({path!r})\nasync def f() -> None: ...\n"
    )

    result = invoke("routes", "shop_a.py", "--app-dir", str(folder))

    assert result.output.splitlines()[1].startswith(f"{path}  GET      f ")


def test_routes_prints_json_for_programs(folder: Path) -> None:
    write(folder, "shop_a.py")

    result = invoke("routes", "shop_a.py", "--json", "--app-dir", str(folder))

    assert json.loads(result.output) == [
        {
            "path": "/hello",
            "methods": ["GET"],
            "name": "hello",
            "access": "public",
            "permissions": [],
            "limit": None,
            "version": None,
        }
    ]


def test_check_says_that_an_application_is_in_order(folder: Path) -> None:
    write(folder, "shop_a.py")

    result = invoke("check", "shop_a.py", "--app-dir", str(folder))

    assert (result.exit_code, result.output) == (0, "shop_a.py is in order: 1 route.\n")


_SHADOWED = """
from covet import Covet, Converter, register_converter

register_converter("anything_of_cli", Converter(str, priority=5))
app = Covet()


@app.get("/u/{x:anything_of_cli}", include_in_schema=False)
async def winner(x: str) -> str:
    return x


@app.get("/u/{x}")
async def loser(x: str) -> str:
    return x
"""
_UNDOCUMENTABLE = """
from covet import Covet

app = Covet()


@app.get("/items/{name}")
async def by_name(name: str) -> str:
    return name


@app.get("/items/{number:int}")
async def by_number(number: int) -> int:
    return number
"""


def test_check_fails_on_what_the_document_cannot_say(folder: Path) -> None:
    (folder / "shop_a.py").write_text(_UNDOCUMENTABLE)

    result = invoke("check", "shop_a.py", "--app-dir", str(folder))

    assert result.exit_code == 1
    assert "The OpenAPI document cannot be made" in result.output
    assert "GET /items/{number:int}" in result.output


def test_check_warns_of_a_route_that_no_request_reaches(folder: Path) -> None:
    (folder / "shop_a.py").write_text(_SHADOWED)

    result = invoke("check", "shop_a.py", "--app-dir", str(folder))
    strict = invoke("check", "shop_a.py", "--strict", "--app-dir", str(folder))

    assert (result.exit_code, strict.exit_code) == (0, 1)
    assert "is unreachable" in result.output


@pytest.mark.parametrize("command", ["routes", "check", "run"])
def test_every_command_reports_all_faults_of_the_start(folder: Path, command: str) -> None:
    (folder / "faulty_d.py").write_text(
        "from covet import Covet\n\napp = Covet()\n\n\n"
        "@app.get('/a')\n@app.get('/a')\nasync def f(x: 'Nothing') -> None: ...\n"
    )

    result = invoke(command, "faulty_d.py", "--app-dir", str(folder))

    assert result.exit_code == 1
    assert "2 faults" in result.output


@pytest.mark.parametrize("name", ["out.json", "out.yaml"])
def test_openapi_export_writes_the_document(folder: Path, name: str) -> None:
    write(folder, "shop_a.py")
    file = folder / name

    result = invoke("openapi", "export", "shop_a.py", "-o", str(file), "--app-dir", str(folder))
    printed = invoke("openapi", "export", "shop_a.py", "--app-dir", str(folder))

    assert (result.exit_code, result.output) == (0, "")
    document = json.loads(printed.output)
    assert list(document["paths"]) == ["/hello"]
    same = invoke("openapi", "diff", str(file), "shop_a.py", "--app-dir", str(folder))
    assert (same.exit_code, same.output) == (0, "0 breaking, 0 risky, 0 safe.\n")


def test_openapi_diff_fails_on_what_breaks_clients(folder: Path) -> None:
    write(folder, "shop_a.py")
    old = folder / "old.json"
    invoke("openapi", "export", "shop_a.py", "-o", str(old), "--app-dir", str(folder))
    document = json.loads(old.read_text())
    document["paths"]["/gone"] = document["paths"]["/hello"]
    old.write_text(json.dumps(document))

    result = invoke("openapi", "diff", str(old), "shop_a.py", "--app-dir", str(folder))

    assert result.exit_code == 1
    assert "breaking: /paths/~1gone" in result.output


def test_openapi_diff_says_what_it_cannot_read(folder: Path) -> None:
    (folder / "broken.json").write_text("{")
    (folder / "broken.yaml").write_text("a: [1")

    missing = invoke("openapi", "diff", str(folder / "none.json"), str(folder / "none.json"))
    broken = invoke("openapi", "diff", str(folder / "broken.json"), str(folder / "broken.json"))
    yaml = invoke("openapi", "diff", str(folder / "broken.yaml"), str(folder / "broken.yaml"))

    assert (missing.exit_code, broken.exit_code, yaml.exit_code) == (1, 1, 1)
    assert "broken.yaml is no YAML document" in yaml.output
    assert "none.json cannot be read" in missing.output
    assert "broken.json is no JSON document" in broken.output


def test_openapi_export_knows_the_versions_there_are(folder: Path) -> None:
    write(folder, "shop_a.py")
    (folder / "shop_v.py").write_text(
        "from covet import Covet, VersionManager\n\nversions = VersionManager()\n"
        "versions.register_version('v1', is_default=True)\napp = Covet(versions=versions)\n"
    )

    result = invoke("openapi", "export", "shop_v.py", "--version", "v2", "--app-dir", str(folder))

    assert result.exit_code == 1
    assert "There is no version 'v2'. There are v1." in result.output
