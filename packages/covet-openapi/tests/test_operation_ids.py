"""Operation ids are what client generators make functions of."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_openapi._operation_ids import operation_ids
from covet_openapi._reading import read_operations

Make = Callable[..., SimpleNamespace]


def ids(*records: SimpleNamespace) -> list[str]:
    return operation_ids(operation for record in records for operation in read_operations(record))


def test_the_route_name_is_the_id(route: Make) -> None:
    assert ids(route("/posts", name="list_posts")) == ["list_posts"]


def test_each_of_several_methods_gets_its_own(route: Make) -> None:
    assert ids(route("/post", ["GET", "PUT"], name="post")) == ["post_get", "post_put"]


@pytest.mark.parametrize("name", [None, "", "…"])
def test_a_route_without_a_name_is_called_by_method_and_path(route: Make, name: str | None) -> None:
    assert ids(route("/posts/{post_id:int}", name=name)) == ["get_posts_post_id"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("posts:list", "posts_list", id="colon"),
        pytest.param("blog.posts.list-all", "blog_posts_list_all", id="dots"),
        pytest.param("get {post_id}", "get_post_id", id="braces"),
        pytest.param("2fa", "operation_2fa", id="digit-first"),
        pytest.param("listPosts", "listPosts", id="camel-case"),
    ],
)
def test_an_id_is_an_identifier(route: Make, name: str, found: str) -> None:
    assert ids(route("/x", name=name)) == [found]


def test_a_name_that_is_taken_gets_the_path_and_then_a_number(route: Make) -> None:
    assert ids(
        route("/posts", name="list"), route("/users", name="list"), route("/users/", name="list")
    ) == ["list", "list_get_users", "list_get_users_2"]


def test_ids_stay_apart_when_a_generator_changes_their_case(route: Make) -> None:
    assert ids(route("/a", name="list_posts"), route("/b", name="listPosts")) == [
        "list_posts",
        "listPosts_get_b",
    ]


records = st.builds(
    SimpleNamespace,
    path=st.sampled_from(["/", "/a", "/a/{b}", "/a_{b:int}", "/é"]),
    methods=st.sets(st.sampled_from(["GET", "PUT", "POST"]), min_size=1),
    parameters=st.just(()),
    name=st.none() | st.sampled_from(["a", "A", "a_get", "get_a", "1"]) | st.text(max_size=4),
)


@given(st.lists(records, max_size=12))
def test_ids_are_unique_identifiers_whatever_the_routes_are_called(
    routes: list[SimpleNamespace],
) -> None:
    found = ids(*routes)

    assert len({re.sub("_", "", each).lower() for each in found}) == len(found)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", each) for each in found)
