"""What is compiled for a schema, and for how long it stays."""

import copy
import gc
import pickle
import weakref
from typing import Any

from covet_graphql import parse
from covet_graphql.execution import compile_operation, execute_sync
from covet_graphql.utilities import build_schema

SDL = "type Query { a: Int b: Int }"


def test_other_arguments_are_other_operations() -> None:
    schema, source = build_schema(SDL), parse("query A { a } query B { b }")

    def resolver(_source: Any, _info: Any) -> int:
        return 7

    one = compile_operation(schema, source, "A")

    assert compile_operation(schema, source, "A") is one
    assert compile_operation(schema, source, "B") is not one
    assert compile_operation(schema, source, "A", field_resolver=resolver) is not one
    assert compile_operation(schema, source, "A", tier="plan") is not one
    assert compile_operation(build_schema(SDL), source, "A") is not one


def test_equal_lists_of_middleware_share_an_operation() -> None:
    schema, source = build_schema(SDL), parse("{ a }")

    def around(next_: Any, source: Any, info: Any) -> Any:
        return next_(source, info)

    one = compile_operation(schema, source, middleware=[around])

    assert compile_operation(schema, source, middleware=[around]) is one
    assert compile_operation(schema, source, middleware=(around,)) is one


def test_operations_in_use_stay_when_there_are_too_many() -> None:
    schema, hot = build_schema(SDL), parse("{ a }")
    kept = compile_operation(schema, hot)

    for index in range(3000):
        execute_sync(schema, parse(f"{{ x{index}: b }}"))
        if index % 100 == 0:
            assert compile_operation(schema, hot) is kept


def test_operations_that_are_all_in_use_make_room() -> None:
    schema = build_schema(SDL)
    documents = [parse(f"{{ x{index}: b }}") for index in range(520)]

    for document in documents * 2:
        for _ in range(3):
            assert execute_sync(schema, document, {"b": 1}).errors is None


def test_resolvers_without_end_are_forgotten() -> None:
    schema, source = build_schema(SDL), parse("{ a }")

    for index in range(50):
        result = execute_sync(
            schema, source, field_resolver=lambda _source, _info, index=index: index
        )
        assert result.data == {"a": index}


def test_a_schema_goes_with_what_was_compiled_for_it() -> None:
    schema = build_schema(SDL)
    execute_sync(schema, parse("{ a }"), tier="source")
    gone = weakref.ref(schema)

    del schema
    gc.collect()

    assert gone() is None


def test_plans_go_without_the_collector() -> None:
    schema = build_schema(SDL)
    gc.collect()
    gc.disable()
    try:
        for _ in range(600):
            execute_sync(schema, parse("{ a b }"), {"a": 1})
        assert gc.collect() < 50
    finally:
        gc.enable()


def test_copies_of_a_schema_compile_for_themselves() -> None:
    schema, source = build_schema(SDL), parse("{ a }")
    execute_sync(schema, source)

    for again in (copy.copy(schema), copy.deepcopy(schema), pickle.loads(pickle.dumps(schema))):  # noqa: S301
        assert execute_sync(again, source, {"a": 1}).data == {"a": 1}
        assert compile_operation(again, source) is not compile_operation(schema, source)
