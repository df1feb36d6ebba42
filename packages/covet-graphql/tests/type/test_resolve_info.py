"""Places in responses."""

from covet_graphql import GraphQLResolveInfo, ResponsePath


def test_a_path_is_built_downwards_and_read_from_the_top() -> None:
    top = ResponsePath(None, "users", "Query")

    leaf = top.add_key(3).add_key("name", "User")

    assert leaf.as_list() == ["users", 3, "name"]
    assert (leaf.key, leaf.typename) == ("name", "User")
    assert leaf.prev == (top, 3, None)
    assert top.as_list() == ["users"]


def test_a_resolver_is_told_what_graphql_core_tells_it() -> None:
    assert GraphQLResolveInfo._fields == (
        "field_name", "field_nodes", "return_type", "parent_type", "path", "schema", "fragments",
        "root_value", "operation", "variable_values", "context", "is_awaitable", "abort_signal",
        "async_helpers",
    )  # fmt: skip
