"""Every kind of bad input over HTTP: what is refused, how, and that nothing is left of it."""

import gzip
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx2
import pytest
from blog_server import NO_TLS, PASSWORD, Blog, sign_up_form, unique
from contract import details_of, problem_of
from faulty_app import CANARY
from raw_http import chunk, connection, exchange, head
from servers import covet_command, create_database, free_port, running

MAX_BODY_BYTES = 32 * 1024
MAX_UPLOAD_BYTES = 64 * 1024
JSON = "Content-Type: application/json"
MULTIPART = "Content-Type: multipart/form-data; boundary=frontier"
POINT = {"x": 1, "y": 1}


@dataclass(frozen=True, slots=True)
class Faulty:
    """The running application of faulty_app.py."""

    url: str
    log: Path
    client: httpx2.Client

    def has_row(self, name: str) -> bool:
        """Tell whether a row was committed."""
        return self.client.get(f"/rows/{name}").json() is True

    def wait_for(self, signal: str) -> None:
        """Return once a handler has said *signal*."""
        assert self.client.get(f"/signals/{signal}").status_code == 200, signal


@pytest.fixture(scope="session")
def faulty(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Faulty]:
    """The faulty application on a database of its own, with low limits."""
    folder = tmp_path_factory.mktemp(f"faulty-{database_kind}")
    database_url = f"sqlite:///{folder}/faulty.db"
    if database_kind == "postgresql":
        database_url = create_database(request.getfixturevalue("postgresql_url"), "faulty")
    port, log = free_port(), folder / "server.log"
    url = f"http://127.0.0.1:{port}"
    command = covet_command("run", "faulty_app.py", "--app-dir", str(Path(__file__).parent))
    env = {
        "DATABASE_URL": database_url,
        "COVET_MAX_BODY_BYTES": str(MAX_BODY_BYTES),
        "COVET_MAX_UPLOAD_BYTES": str(MAX_UPLOAD_BYTES),
    }
    with (
        running([*command, "--port", str(port)], port=port, cwd=folder, env=env, log=log),
        httpx2.Client(base_url=url, timeout=20, trust_env=False) as client,
    ):
        yield Faulty(url, log, client)


class TestMalformedJSON:
    @pytest.mark.parametrize(
        ("body", "line", "column"),
        [
            pytest.param(b'{"x": oops}', 1, 7, id="word"),
            pytest.param(b'{"x": 1,', 1, 8, id="cut-off"),
            pytest.param(b'{\n "x": 1,\n "y": 2,\n}', 4, 1, id="trailing-comma"),
            pytest.param(b"{'x': 1}", 1, 2, id="single-quotes"),
            pytest.param(b'{"x": 1, "y": 2} {}', 1, 18, id="two-documents"),
            pytest.param(b'{"x": NaN, "y": 2}', 1, 7, id="nan"),
        ],
    )
    def test_is_refused_with_its_position(
        self, faulty: Faulty, body: bytes, line: int, column: int
    ) -> None:
        name = unique("row")
        response = faulty.client.post(
            f"/rows/{name}", content=body, headers={"Content-Type": "application/json"}
        )

        problem = problem_of(response, 400)
        assert problem["title"] == "Malformed JSON"
        assert f"line {line}, column {column}" in problem["detail"]
        assert details_of(response, 400) == [("body", "", "JSON_INVALID")]
        assert not faulty.has_row(name)

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(b'{"x": "\xff", "y": 1}', id="no-utf-8"),
            pytest.param('{"x": 1, "y": 1}'.encode("utf-16"), id="utf-16"),
            pytest.param(b'{"x": "\\ud800", "y": 1}', id="half-a-surrogate-pair"),
            pytest.param(b"[" * 30_000, id="deep"),
            pytest.param(b'{"x": ' + b"1" * 30_000 + b', "y": 1}', id="endless-number"),
            pytest.param(gzip.compress(b'{"x": 1, "y": 1}'), id="compressed"),
        ],
    )
    def test_of_a_hostile_kind_is_refused_as_well(self, faulty: Faulty, body: bytes) -> None:
        response = faulty.client.post(
            f"/rows/{unique('row')}", content=body, headers={"Content-Type": "application/json"}
        )

        problem_of(response, 400)

    def test_is_refused_by_the_blog(self, blog: Blog) -> None:
        response = blog.user("ada").post(
            "/posts", content=b'{"title": "T" "body"}', headers={"Content-Type": "application/json"}
        )

        assert "line 1, column 15" in problem_of(response, 400)["detail"]


class TestContentType:
    @pytest.mark.parametrize(
        "content_type",
        [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=latin-1",
            "json",
            "",
        ],
    )
    def test_that_is_not_json_is_refused(self, blog: Blog, content_type: str) -> None:
        response = blog.user("ada").post(
            "/posts",
            content=b'{"title": "T", "body": "B"}',
            headers={"Content-Type": content_type},
        )

        assert details_of(response, 415) == [("header", "content-type", "UNSUPPORTED_MEDIA_TYPE")]

    def test_that_is_missing_is_refused(self, faulty: Faulty) -> None:
        body = b'{"x": 1, "y": 1}'

        response = exchange(
            faulty.url, "POST", f"/rows/{unique('row')}", f"Content-Length: {len(body)}", body=body
        )

        problem_of(response, 415)

    @pytest.mark.parametrize(
        "content_type",
        ["application/json; charset=UTF-8", "APPLICATION/JSON", "application/vnd.api+json"],
    )
    def test_of_any_json_is_read(self, blog: Blog, content_type: str) -> None:
        response = blog.user("ada").post(
            "/posts",
            content=b'{"title": "T", "body": "B"}',
            headers={"Content-Type": content_type},
        )

        assert response.status_code == 201

    @pytest.mark.parametrize("path", ["/form", "/files"])
    def test_of_a_form_is_no_json(self, faulty: Faulty, path: str) -> None:
        problem_of(faulty.client.post(path, json={"age": 1}), 415)


class TestEmptyBody:
    def test_is_no_post(self, blog: Blog) -> None:
        response = blog.user("ada").post("/posts", headers={"Content-Type": "application/json"})

        assert details_of(response) == [("body", "", "MISSING")]

    @pytest.mark.parametrize("body", ["null", "[]", '"text"', "1"])
    def test_is_as_bad_as_one_of_another_kind(self, blog: Blog, body: str) -> None:
        response = blog.user("ada").post(
            "/posts", content=body, headers={"Content-Type": "application/json"}
        )

        assert details_of(response) == [("body", "", "MODEL_TYPE")]

    def test_is_a_form_without_fields(self, faulty: Faulty) -> None:
        response = faulty.client.post(
            "/form", headers={"Content-Type": "application/x-www-form-urlencoded"}
        )

        assert details_of(response) == [("form", "age", "MISSING"), ("form", "name", "MISSING")]


class TestBodyLimit:
    def test_is_held_before_an_announced_body_is_read(self, faulty: Faulty) -> None:
        response = exchange(faulty.url, "POST", "/rows/large", JSON, f"Content-Length: {10**12}")

        assert str(MAX_BODY_BYTES) in problem_of(response, 413)["detail"]

    def test_counts_what_comes_without_being_announced(self, faulty: Faulty) -> None:
        name = unique("row")
        one_too_many = chunk(b" " * MAX_BODY_BYTES) + chunk(b" ")

        response = exchange(
            faulty.url, "POST", f"/rows/{name}", JSON, "Transfer-Encoding: chunked",
            body=one_too_many,
        )  # fmt: skip

        problem_of(response, 413)
        assert not faulty.has_row(name)

    def test_admits_a_body_that_just_fits(self, faulty: Faulty) -> None:
        body = b'{"x": 1, "y": 1}'.ljust(MAX_BODY_BYTES)

        response = exchange(
            faulty.url, "POST", f"/rows/{unique('row')}", JSON, "Transfer-Encoding: chunked",
            body=chunk(body[:100]) + chunk(body[100:]) + b"0\r\n\r\n",
        )  # fmt: skip

        assert response.status_code == 201

    @pytest.mark.parametrize("length", [f"Content-Length: {10**12}", "Transfer-Encoding: chunked"])
    def test_of_uploads_holds_for_all_parts_together(self, faulty: Faulty, length: str) -> None:
        part = b"--frontier\r\nContent-Disposition: form-data; name=f%d; filename=f\r\n\r\n%b\r\n"
        parts = [part % (number, b"\0" * 1024) for number in range(MAX_UPLOAD_BYTES // 1024)]
        body = b"".join(map(chunk, parts)) if "chunked" in length else b""

        response = exchange(faulty.url, "POST", "/files", MULTIPART, length, body=body)

        assert str(MAX_UPLOAD_BYTES) in problem_of(response, 413)["detail"]

    def test_of_uploads_is_above_that_of_bodies(self, faulty: Faulty) -> None:
        content = b"\0" * (MAX_BODY_BYTES + 1)

        response = faulty.client.post(
            "/files", files={"file": ("f", content)}, data={"caption": "c"}
        )

        assert response.json() == MAX_BODY_BYTES + 2

    def test_holds_for_forms(self, faulty: Faulty) -> None:
        response = exchange(
            faulty.url, "POST", "/form", "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {MAX_BODY_BYTES + 1}",
        )  # fmt: skip

        problem_of(response, 413)

    def test_holds_for_the_blog(self, blog: Blog) -> None:
        target, length = "/users", f"Content-Length: {1024 * 1024 + 1}"

        problem_of(exchange(blog.url, "POST", target, JSON, length), 413)


class TestUnknownFields:
    def test_of_a_body_are_ignored(self, blog: Blog) -> None:
        form = {"title": "T", "body": "B", "id": 1, "author_id": 2, "colour": "red"}

        response = blog.user("ada").post("/posts", json=form)

        assert response.status_code == 201
        assert response.json()["id"] != 1
        assert response.json()["author"]["username"] == "ada"
        assert "colour" not in response.json()

    def test_of_a_patch_change_nothing(self, blog: Blog) -> None:
        user = blog.newcomer()
        before = user.get("/users/me").json()

        response = user.patch(
            "/users/me", json={"is_active": False, "id": 1, "username": "root", "password_hash": ""}
        )

        assert response.json() == before

    def test_of_a_query_are_ignored(self, blog: Blog) -> None:
        assert blog.visitor.get("/posts", params={"colour": "red"}).status_code == 200

    @pytest.mark.parametrize("name", ["db", "current_user", "session", "request"])
    def test_never_reach_what_is_injected(self, blog: Blog, name: str) -> None:
        grace = blog.user("grace").get("/users/me").json()
        form = {"title": "T", "body": "B", name: grace}

        response = blog.user("ada").post("/posts", json=form, params={name: "grace"})

        assert response.status_code == 201
        assert response.json()["author"]["username"] == "ada"

    def test_of_a_request_model_never_reach_what_is_injected(self, faulty: Faulty) -> None:
        form = {"amount": 5, "db": "mine", "request": "mine", "current_user": {"id": 1}}

        response = faulty.client.post("/transfers", json=form, params={"db": "mine"})

        assert response.json() == ["5", "AsyncSession", "Request"]


class TestWrongTypes:
    def test_are_listed_for_all_locations_at_once(self, faulty: Faulty) -> None:
        response = faulty.client.post(
            "/inputs/5",
            params={"since": "yesterday"},
            headers={"X-Count": "many", "Cookie": "theme=pink"},
            json={"x": "left", "y": []},
        )

        assert [(location, field) for location, field, _ in details_of(response)] == [
            ("query", "since"),
            ("header", "x-count"),
            ("cookie", "theme"),
            ("body", "x"),
            ("body", "y"),
        ]

    def test_are_told_from_missing_values(self, faulty: Faulty) -> None:
        response = faulty.client.post("/inputs/5", json={})

        found = details_of(response)
        assert {code for _, _, code in found} == {"MISSING"}
        assert len(found) == 5

    def test_are_accepted_where_they_can_be_read(self, faulty: Faulty) -> None:
        response = faulty.client.post(
            "/inputs/5",
            params={"since": "2026-02-28"},
            headers={"X-Count": "3", "Cookie": "theme=dark"},
            json={"x": 1, "y": "2.5"},
        )

        assert response.json() == {
            "number": 5, "since": "2026-02-28", "count": 3, "theme": "dark",
            "point": {"x": 1.0, "y": 2.5},
        }  # fmt: skip

    @pytest.mark.parametrize("number", ["abc", "1.5", "1e3", "0x10", "%20", "½"])
    def test_in_a_path_are_the_clients_fault(self, faulty: Faulty, number: str) -> None:
        response = faulty.client.get(f"/numbers/{number}")

        assert details_of(response) == [("path", "number", "INT_PARSING")]

    def test_in_a_path_break_its_constraints(self, faulty: Faulty) -> None:
        assert details_of(faulty.client.get("/numbers/0")) == [
            ("path", "number", "GREATER_THAN_EQUAL")
        ]

    @pytest.mark.parametrize("path", ["/inputs/x", "/inputs/1.5", "/inputs/-"])
    def test_for_a_converter_are_another_path(self, faulty: Faulty, path: str) -> None:
        problem_of(faulty.client.post(path, json=POINT), 404)

    def test_in_a_form_are_listed(self, faulty: Faulty) -> None:
        response = faulty.client.post("/form", data={"age": "old"})

        assert details_of(response) == [
            ("form", "age", "INT_PARSING"),
            ("form", "name", "MISSING"),
        ]

    def test_text_is_no_file(self, faulty: Faulty) -> None:
        body = (
            b"--frontier\r\nContent-Disposition: form-data; name=file\r\n\r\ntext\r\n"
            b"--frontier\r\nContent-Disposition: form-data; name=caption\r\n\r\nc\r\n"
            b"--frontier--\r\n"
        )

        response = exchange(
            faulty.url, "POST", "/files", MULTIPART, f"Content-Length: {len(body)}", body=body
        )

        assert [detail[:2] for detail in details_of(response)] == [("form", "file")]

    def test_a_file_is_no_text(self, faulty: Faulty) -> None:
        files = {"file": ("f", b"f"), "caption": ("c.txt", b"c")}

        response = faulty.client.post("/files", files=files)

        assert [detail[:2] for detail in details_of(response)] == [("form", "caption")]

    @pytest.mark.parametrize(
        "content_type", ["multipart/form-data", "multipart/form-data; boundary=frontier"]
    )
    def test_a_broken_multipart_body_is_malformed(self, faulty: Faulty, content_type: str) -> None:
        response = faulty.client.post(
            "/files", content=b"no parts", headers={"Content-Type": content_type}
        )

        problem_of(response, 400)


class TestPages:
    @pytest.mark.parametrize(
        ("params", "fault"),
        [
            ({"page": "0"}, ("page", "GREATER_THAN_EQUAL")),
            ({"page": "-1"}, ("page", "GREATER_THAN_EQUAL")),
            ({"page": "first"}, ("page", "INT_PARSING")),
            ({"page": "1.5"}, ("page", "INT_PARSING")),
            ({"page": str(2**31)}, ("page", "LESS_THAN_EQUAL")),
            ({"page": "9" * 5000}, ("page", "INT_PARSING_SIZE")),
            ({"per_page": "0"}, ("per_page", "GREATER_THAN_EQUAL")),
            ({"per_page": "101"}, ("per_page", "LESS_THAN_EQUAL")),
            ({"per_page": "1000000000"}, ("per_page", "LESS_THAN_EQUAL")),
            ({"per_page": "1e9"}, ("per_page", "INT_PARSING")),
        ],
        ids=lambda value: (
            "&".join(f"{k}={v[:12]}" for k, v in value.items())
            if isinstance(value, dict)
            else value[1]
        ),
    )
    def test_have_bounds(self, blog: Blog, params: dict[str, str], fault: tuple[str, str]) -> None:
        assert details_of(blog.visitor.get("/posts", params=params)) == [("query", *fault)]

    def test_tell_both_faults_at_once(self, blog: Blog) -> None:
        response = blog.visitor.get("/posts", params={"page": 0, "per_page": 10**9})

        assert [field for _, field, _ in details_of(response)] == ["page", "per_page"]


class TestDatabaseRange:
    """What passes validation and what a column can hold are two things."""

    @pytest.mark.parametrize(
        "target", ["/posts/{}", "/users/{}", "/posts/{}/comments", "/posts?author_id={}"]
    )
    def test_a_number_beyond_every_column_is_the_clients_fault(
        self, blog: Blog, target: str
    ) -> None:
        response = blog.visitor.get(target.format(10**30))

        assert "its column can hold" in problem_of(response, 422)["detail"]

    def test_a_null_character_is_kept_or_refused(self, blog: Blog, database_kind: str) -> None:
        response = blog.user("ada").post("/posts", json={"title": "a\0b", "body": "B"})

        if database_kind == "postgresql":  # which has no such character
            problem_of(response, 422)
        else:
            assert response.json()["title"] == "a\0b"


class TestRace:
    """Requests that all pass every check before the first of them has written."""

    RACERS = 12

    def run(self, blog: Blog, forms: list[dict[str, Any]]) -> list[httpx2.Response]:
        start = Barrier(len(forms))

        def sign_up(client: httpx2.Client, form: dict[str, Any]) -> httpx2.Response:
            client.get("/posts", params={"per_page": 1})  # connects
            start.wait(10)
            return client.post("/users", json=form)

        with ExitStack() as stack:
            clients = [
                stack.enter_context(
                    httpx2.Client(base_url=blog.url, timeout=20, trust_env=False, verify=NO_TLS)
                )
                for _ in forms
            ]
            pool = stack.enter_context(ThreadPoolExecutor(len(forms)))
            return list(pool.map(sign_up, clients, forms))

    @pytest.mark.parametrize("field", ["email", "username"])
    def test_is_won_by_exactly_one(self, blog: Blog, field: str) -> None:
        same = sign_up_form()[field]

        answers = self.run(blog, [sign_up_form(**{field: same}) for _ in range(self.RACERS)])

        lost = [answer for answer in answers if answer.status_code != 201]
        assert len(lost) == self.RACERS - 1
        for answer in lost:
            assert details_of(answer, 409) == [("body", field, "ALREADY_EXISTS")]

    def test_of_equal_accounts_is_won_by_exactly_one(self, blog: Blog) -> None:
        answers = self.run(blog, [sign_up_form(username="twin", email="twin@example.com")] * 12)

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 11
        token = blog.visitor.post(
            "/token", data={"grant_type": "password", "username": "twin", "password": PASSWORD}
        )
        assert token.status_code == 200


class TestFailingHandler:
    @pytest.mark.parametrize("path", ["/raises", "/raises-in-thread", "/misfit"])
    def test_is_masked_and_logged_under_the_request_id(self, faulty: Faulty, path: str) -> None:
        request_id = unique("failing")

        response = faulty.client.get(path, headers={"X-Request-ID": request_id})

        assert problem_of(response, 500)["request_id"] == request_id
        assert CANARY not in response.text
        logged = faulty.log.read_text()
        entry = logged[logged.index(f"Request {request_id} failed: GET {path}") :]
        assert re.search(r"Traceback[\s\S]*(RuntimeError|KeyError|ResponseMismatchError)", entry)

    def test_leaves_nothing_of_what_it_wrote(self, faulty: Faulty) -> None:
        name = unique("row")

        response = faulty.client.post(f"/rows/{name}/then-raise")

        problem_of(response, 500)
        assert not faulty.has_row(name)

    def test_does_not_stop_the_server(self, faulty: Faulty) -> None:
        statuses = [faulty.client.get("/raises").status_code for _ in range(20)]

        assert set(statuses) == {500}
        assert faulty.client.get("/numbers/1").status_code == 200

    def test_that_takes_too_long_is_cancelled_and_rolled_back(self, faulty: Faulty) -> None:
        name = unique("row")

        response = faulty.client.post(f"/rows/{name}/too-slowly")

        problem_of(response, 504)
        assert not faulty.has_row(name)


class TestFailingCommit:
    def test_is_never_a_success(self, faulty: Faulty) -> None:
        name = unique("row")

        response = faulty.client.post(f"/rows/{name}/commit-fails")

        problem_of(response, 500)
        assert CANARY not in response.text
        assert not faulty.has_row(name)

    def test_gives_its_connection_back(self, faulty: Faulty) -> None:
        for _ in range(12):  # two more than the pool has
            faulty.client.post(f"/rows/{unique('row')}/commit-fails")

        response = faulty.client.post(f"/rows/{unique('row')}", json=POINT)

        assert response.status_code == 201

    def test_by_a_constraint_checked_last_is_never_a_success(self, faulty: Faulty) -> None:
        response = faulty.client.post("/children/nobody")

        assert [code for _, _, code in details_of(response)] == ["REFERENCE_NOT_FOUND"]

    def test_by_a_constraint_checked_last_leaves_no_transaction(self, faulty: Faulty) -> None:
        for _ in range(12):
            faulty.client.post("/children/nobody")
        parent = unique("row")
        faulty.client.post(f"/rows/{parent}", json=POINT)

        response = faulty.client.post(f"/children/{parent}")

        assert response.status_code == 201


class TestDisconnect:
    def test_cancels_the_handler_and_commits_nothing(self, faulty: Faulty) -> None:
        name = unique("row")

        with connection(faulty.url) as opened:
            opened.sendall(head("POST", f"/rows/{name}/then-wait", "Content-Length: 0"))
            faulty.wait_for(f"{name} waits")
        faulty.wait_for(f"{name} was cancelled")

        assert not faulty.has_row(name)

    def test_gives_the_connection_to_the_database_back(self, faulty: Faulty) -> None:
        names = [unique("row") for _ in range(12)]

        for name in names:
            with connection(faulty.url) as opened:
                opened.sendall(head("POST", f"/rows/{name}/then-wait", "Content-Length: 0"))
                faulty.wait_for(f"{name} waits")
            faulty.wait_for(f"{name} was cancelled")

        response = faulty.client.post(f"/rows/{unique('row')}", json=POINT)
        assert response.status_code == 201

    @pytest.mark.parametrize(
        ("fields", "body"),
        [
            pytest.param(["Content-Length: 16"], b'{"x": 1,', id="announced"),
            pytest.param(["Transfer-Encoding: chunked"], chunk(b'{"x": 1, "y": 1}'), id="chunked"),
        ],
    )
    def test_within_the_body_never_reaches_the_handler(
        self, faulty: Faulty, fields: list[str], body: bytes
    ) -> None:
        name = unique("row")

        with connection(faulty.url) as opened:
            opened.sendall(head("POST", f"/rows/{name}", JSON, *fields) + body)

        assert faulty.client.post(f"/rows/{unique('row')}", json=POINT).status_code == 201
        assert not faulty.has_row(name)
