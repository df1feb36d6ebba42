"""A route with `sparse_fields` lets its client choose the members of the answer."""

from pydantic import BaseModel

from covet import Covet, TestClient


class Author(BaseModel):
    name: str
    age: int


class Post(BaseModel):
    id: int
    author: Author


def client() -> TestClient:
    app = Covet()

    @app.get("/posts", sparse_fields=True)
    async def posts() -> list[Post]:
        return [Post(id=1, author=Author(name="Ada", age=36))]

    @app.get("/whole")
    async def whole() -> Post:
        return Post(id=1, author=Author(name="Ada", age=36))

    return TestClient(app)


def test_the_chosen_members_are_written() -> None:
    answer = client().get("/posts?fields=id,author.name")

    assert answer.json() == [{"id": 1, "author": {"name": "Ada"}}]


def test_without_a_choice_all_are_written() -> None:
    answer = client().get("/posts")

    assert answer.json() == [{"id": 1, "author": {"name": "Ada", "age": 36}}]


def test_an_unknown_member_is_the_clients_error() -> None:
    answer = client().get("/posts?fields=id,password")

    assert answer.status_code == 422
    (detail,) = answer.json()["details"]
    assert (detail["location"], detail["field"], detail["code"]) == (
        "query",
        "fields",
        "UNKNOWN_FIELD",
    )


def test_a_route_that_does_not_say_so_ignores_the_choice() -> None:
    answer = client().get("/whole?fields=id")

    assert answer.json() == {"id": 1, "author": {"name": "Ada", "age": 36}}


def test_the_parameter_is_documented_where_it_is_read() -> None:
    paths = client().get("/openapi.json").json()["paths"]

    assert [one["name"] for one in paths["/posts"]["get"]["parameters"]] == ["fields"]
    assert "parameters" not in paths["/whole"]["get"]
