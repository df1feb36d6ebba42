"""Values in messages are short and say no more than what they are."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from covet_graphql import GraphQLList, GraphQLSkipDirective, GraphQLString, Undefined
from covet_graphql._inspect import inspect


class Account:
    """Something with a secret."""

    def __repr__(self) -> str:
        return "Account(password='hunter2')"

    def method(self) -> None: ...


class Showing:
    def __inspect__(self) -> str:
        return "shown"


def function() -> None: ...
async def coroutine() -> None: ...
def generator() -> Iterator[int]:
    yield 1


async def async_generator() -> AsyncIterator[int]:
    yield 1


LOOP: list[Any] = [1]
LOOP.append(LOOP)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (Undefined, "Undefined"),
        (True, "True"),
        (1.5, "1.5"),
        ("it's", '"it\'s"'),
        (b"x", "b'x'"),
        ([], "[]"),
        ((), "()"),
        ((1,), "(1,)"),
        (set(), "set()"),
        (frozenset({1}), "frozenset({1})"),
        ({"a": {"b": {"c": 1}}}, "{'a': {'b': {...}}}"),
        ([[[1]]], "[[[...]]]"),
        ([[[]]], "[[[]]]"),
        (LOOP, "[1, [...]]"),
        (list(range(10)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"),
        (list(range(20)), "[0, 1, 2, 3, 4, ..., 16, 17, 18, 19]"),
        (dict.fromkeys(range(11)), "{0: None, 1: None, 2: None, 3: None, 4: None, ...,"
            " 7: None, 8: None, 9: None, 10: None}"),
        (Account(), "<Account instance>"),
        (Account, "<class Account>"),
        (Account().method, "<method method>"),
        (ValueError("detail"), "<exception ValueError>"),
        (ValueError, "<exception class ValueError>"),
        (function, "<function function>"),
        (lambda: 1, "<function>"),
        (coroutine, "<coroutine function coroutine>"),
        (generator, "<generator function generator>"),
        (async_generator, "<async generator function async_generator>"),
        (generator(), "<generator generator>"),
        (async_generator(), "<async generator async_generator>"),
        ((number for number in ()), "<generator>"),
        (Showing(), "shown"),
        (Showing, "<class Showing>"),
        (GraphQLList(GraphQLString), "[String]"),
        (GraphQLSkipDirective, "@skip"),
    ],
)  # fmt: skip
def test_values_show_as_what_they_are(value: Any, text: str) -> None:
    assert inspect(value) == text


def test_coroutines_show_as_such() -> None:
    begun = coroutine()

    assert inspect(begun) == "<coroutine coroutine>"
    begun.close()


@pytest.mark.parametrize("value", ["x" * 1000, b"x" * 1000, 10**1000, "\x00" * 200, "x" * 241])
def test_long_values_are_cut_in_the_middle(value: Any) -> None:
    text = inspect(value)

    assert len(text) == 240
    assert text[118:121] == "..."
    assert text[:118] == repr(value)[:118]
    assert text[-119:] == repr(value)[-119:]


def test_integers_that_python_does_not_write_show_their_size() -> None:
    assert inspect(10**5000) == "<int of 16610 bits>"
