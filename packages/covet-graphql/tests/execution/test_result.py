"""Results."""

from covet_graphql import GraphQLError
from covet_graphql.execution import ExecutionResult


def test_data_is_shown_when_there_was_execution() -> None:
    at_field = GraphQLError("no", path=["a"])

    assert ExecutionResult({"a": 1}).formatted == {"data": {"a": 1}}
    assert ExecutionResult(None, [at_field]).formatted["data"] is None
    assert "data" not in ExecutionResult(None, [GraphQLError("no")]).formatted


def test_errors_come_first() -> None:
    result = ExecutionResult({"a": None}, [GraphQLError("no", path=["a"])], {"cost": 1})

    assert list(result.formatted) == ["errors", "data", "extensions"]


def test_a_result_unpacks() -> None:
    data, errors = ExecutionResult({"a": 1})

    assert (data, errors) == ({"a": 1}, None)


def test_results_are_compared_by_contents() -> None:
    error = GraphQLError("no")
    result = ExecutionResult({"a": 1}, [error], {"cost": 1})

    assert result == ExecutionResult({"a": 1}, [error], {"cost": 1})
    assert result != ExecutionResult({"a": 1}, [error])
    assert result == ({"a": 1}, [error])
    assert result == ({"a": 1}, [error], {"cost": 1})
    assert ExecutionResult({"a": 1}) == {"data": {"a": 1}}
    assert result != 5


def test_results_show_what_they_hold() -> None:
    assert repr(ExecutionResult({"a": 1})) == "ExecutionResult(data={'a': 1}, errors=None)"
    assert repr(ExecutionResult(None, None, {"c": 1})) == (
        "ExecutionResult(data=None, errors=None, extensions={'c': 1})"
    )
