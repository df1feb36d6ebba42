"""The same results as graphql-core for generated schemas, operations and faulty data.

Each run has a schema with random nullability, an operation, and data in which values are missing,
of wrong types, raised, returned as exceptions, called, awaited, or of no known type. Runs without
anything to await have equal errors in equal order. What is awaited together ends in no given
order, and what fails first decides whose errors are still told, so there the data is compared
and, for each place that became null by itself, its error.
"""

import asyncio
import collections
import gc
import inspect
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import graphql as core
import pytest

import covet_graphql as covet
import covet_graphql.execution as covet_execution
import covet_graphql.type as covet_type

# graphql-core leaves coroutines behind that were never awaited; see `Maker.begun` for ours
pytestmark = [
    pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

RUNS_PER_SEED = 60
SEEDS = 25 if sys.version_info >= (3, 13) else 5  # 6,000 runs on one Python are enough
LEAVES = ["Int", "Float", "String", "Boolean", "ID", "Color", "Date"]
OBJECTS = ["A", "B"]
COMPOSITES = [*OBJECTS, "Named", "Any"]
WRAPPERS = ["{}", "{}", "{}", "{}!", "[{}]", "[{}!]", "[{}]!", "[{}!]!", "[[{}!]]", "[[{}]!]!"]


# --- Schemas: one description, made with either engine


@dataclass
class Description:
    """The fields of each object type, as (base type, wrapper, has a resolver)."""

    fields: dict[str, dict[str, tuple[str, str, bool]]]
    type_functions: str


def described(rng: random.Random) -> Description:
    shared = {
        base.lower(): (base, rng.choice(WRAPPERS), rng.random() < 0.3)
        for base in [*LEAVES, *COMPOSITES]
    }
    fields = {
        name: {key: value for key, value in shared.items() if rng.random() < 0.8}
        for name in ["Query", "Mutation", *OBJECTS]
    }
    for of_type in fields.values():
        of_type["common"] = ("String", "{}", False)
    return Description(fields, rng.choice(["none", "is_type_of", "resolve_type"]))


def build(engine: Any, description: Description) -> Any:
    """Return the schema of *description* made with *engine*, a module with graphql-core's names."""
    types: dict[str, Any] = {
        "Int": engine.GraphQLInt,
        "Float": engine.GraphQLFloat,
        "String": engine.GraphQLString,
        "Boolean": engine.GraphQLBoolean,
        "ID": engine.GraphQLID,
        "Color": engine.GraphQLEnumType("Color", {"RED": 1, "GREEN": "green", "BLUE": None}),
        "Date": engine.GraphQLScalarType("Date", serialize=serialize_date),
    }

    def wrapped(base: str, wrapper: str) -> Any:
        made = types[base]
        for mark in wrapper[wrapper.index("}") + 1 :]:
            made = engine.GraphQLNonNull(made) if mark == "!" else engine.GraphQLList(made)
        return made

    def fields_of(name: str) -> Callable[[], Any]:
        return lambda: {
            key: engine.GraphQLField(
                wrapped(base, wrapper),
                args={
                    "n": engine.GraphQLArgument(engine.GraphQLInt),
                    "r": engine.GraphQLArgument(engine.GraphQLNonNull(engine.GraphQLInt), 1),
                },
                resolve=resolver(key) if has_resolver else None,
            )
            for key, (base, wrapper, has_resolver) in description.fields[name].items()
        }

    functions = description.type_functions
    common = {"common": engine.GraphQLField(engine.GraphQLString)}
    resolve_type = type_resolver if functions == "resolve_type" else None
    types["Named"] = engine.GraphQLInterfaceType("Named", common, resolve_type=resolve_type)
    for name in OBJECTS:
        types[name] = engine.GraphQLObjectType(
            name,
            fields_of(name),
            interfaces=[types["Named"]],
            is_type_of=is_type_of(name) if functions == "is_type_of" else None,
        )
    members = [types[name] for name in OBJECTS]
    types["Any"] = engine.GraphQLUnionType("Any", members, resolve_type=resolve_type)
    return engine.GraphQLSchema(
        engine.GraphQLObjectType("Query", fields_of("Query")),
        engine.GraphQLObjectType("Mutation", fields_of("Mutation")),
        types=members,
    )


def serialize_date(value: Any) -> Any:
    if value == "bad date":
        raise ValueError("no date")
    return None if value == "null date" else f"on {value}"


def resolver(key: str) -> Callable[..., Any]:
    def resolve(source: Any, info: Any, r: int, n: int | None = None) -> Any:
        value = source.get(key) if isinstance(source, dict) else getattr(source, key, None)
        return value(info) if callable(value) else value

    return resolve


def is_type_of(name: str) -> Callable[..., Any]:
    def check(value: Any, _info: Any) -> bool:
        if kind_of(value) == "raise":
            raise ValueError("no kind")
        return kind_of(value) == name

    return check


def type_resolver(value: Any, _info: Any, _type: Any) -> Any:
    kind = kind_of(value)
    if kind == "raise":
        raise ValueError("no kind")
    return kind


def kind_of(value: Any) -> Any:
    return value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)


# --- Data: recipes, from which each engine gets its own values


class Odd:
    """A value of no known type."""

    def __str__(self) -> str:
        return "odd"


class Thing:
    """An object with attributes, some of which may be properties that raise."""

    def __init__(self, members: dict[str, Any]) -> None:
        self.__dict__.update(members)

    def __getattr__(self, name: str) -> Any:
        if f"raising {name}" in self.__dict__:
            raise ValueError(f"no {name}")
        raise AttributeError(name)


@dataclass
class Maker:
    """Makes recipes: functions without arguments that return a value."""

    rng: random.Random
    description: Description
    is_async: bool
    faults: float
    begun: list[Any] = field(default_factory=list)

    def value(self, base: str, wrapper: str, depth: int) -> Callable[[], Any]:
        made = self._proper(base, wrapper, depth)
        chance = self.rng.random()
        if chance < self.faults:
            made = self._faulty()
        elif self.is_async and chance > 0.8:
            made = self._awaited(made)
        return made

    def _faulty(self) -> Callable[[], Any]:
        text = self.rng.choice(["fault", "other fault"])
        return self.rng.choice(
            [
                lambda: None,
                lambda: None,
                lambda: ValueError(text),
                lambda: 1.5,
                lambda: "text",
                lambda: True,
                lambda: [],
                lambda: {},
                lambda: 2**40,
                lambda: float("inf"),
                lambda: b"bytes",
                Odd,
            ]
        )

    def _awaited(self, made: Callable[[], Any]) -> Callable[[], Any]:
        turns = self.rng.randrange(3)
        raises = self.rng.random() < self.faults

        async def coroutine() -> Any:
            for _ in range(turns):
                await asyncio.sleep(0)
            if raises:
                raise ValueError("awaited fault")
            return made()

        def begin() -> Any:
            begun = coroutine()
            self.begun.append(begun)
            return begun

        return begin

    def _proper(self, base: str, wrapper: str, depth: int) -> Callable[[], Any]:
        if wrapper.startswith("["):
            inner = wrapper.removesuffix("!")[1:-1]
            items = [
                self.value(base, inner, depth) for _ in range(self.rng.choice([0, 1, 1, 2, 3]))
            ]
            last: Any = iter if self.is_async else collections.deque
            kind = self.rng.choice([list, list, list, tuple, last])
            return lambda: kind(item() for item in items)
        if base in COMPOSITES:
            return self.object(base, depth)
        return self.rng.choice(self._leaves(base))

    def _leaves(self, base: str) -> list[Callable[[], Any]]:
        values: dict[str, list[Any]] = {
            "Int": [1, 0, -5, 2**31 - 1, True, 3.0, "7"],
            "Float": [1.5, 0, 2, 1e300, True, "1.5"],
            "String": ["a", "", "é\n", 5, True, 1.5],
            "Boolean": [True, False, 1, 0.0],
            "ID": ["a", 7, "1"],
            "Color": [1, "green", "BLUE", "RED", 1.0],
            "Date": ["d", 1, "bad date", "null date"],
        }
        return [lambda value=value: value for value in values[base]]

    def object(self, base: str, depth: int) -> Callable[[], Any]:
        name = self.rng.choice(OBJECTS) if base in ("Any", "Named") else base
        members: dict[str, Any] = {}
        if depth > 0:
            for key, (inner, wrapper, _) in self.description.fields[name].items():
                if self.rng.random() < 0.9:
                    members[key] = self.value(inner, wrapper, depth - 1)
        calls = {key for key in members if self.rng.random() < 0.15}
        raising = {key for key in members if self.rng.random() < self.faults / 2}
        shown: Any = name
        if self.rng.random() < self.faults and base in ("Any", "Named"):
            shown = self.rng.choice(["C", "Query", "Color", None, 5, "raise"])
        is_dict = self.rng.random() < 0.5

        def instance() -> Any:
            values: dict[str, Any] = {"kind": shown, "__typename": shown}
            for key, recipe in members.items():
                if is_dict and key in raising:
                    values[key] = raiser(key)
                elif key in raising:
                    values[f"raising {key}"] = True
                elif key in calls or self.is_async:
                    values[key] = caller(recipe)
                else:
                    values[key] = recipe()
            if is_dict:
                return values
            values["_Thing__typename"] = shown
            return Thing(values)

        return instance


def raiser(key: str) -> Callable[..., Any]:
    def fail(_info: Any, **_arguments: Any) -> Any:
        raise ValueError(f"no {key}")

    return fail


def caller(recipe: Callable[[], Any]) -> Callable[..., Any]:
    return lambda _info, **_arguments: recipe()


# --- Operations


def operation(rng: random.Random, description: Description, is_mutation: bool) -> str:
    name = "Mutation" if is_mutation else "Query"
    fragments: list[str] = []
    body = selection(rng, description, name, 3, fragments)
    head = (
        f"{name.lower() if is_mutation else 'query'} ($t: Boolean!, $f: Boolean = false, $n: Int)"
    )
    return "\n".join([f"{head} {body}", *fragments])


def selection(
    rng: random.Random, description: Description, name: str, depth: int, fragments: list[str]
) -> str:
    parts: list[str] = []
    names = sorted(description.fields[name]) if name in description.fields else ["common"]
    for _ in range(rng.randrange(1, 7)):
        choice = rng.random()
        if choice < 0.1:
            parts.append("__typename")
        elif choice < 0.25 and name in [*COMPOSITES]:
            on = (
                rng.choice([name, *OBJECTS]) if name not in OBJECTS else rng.choice([name, "Named"])
            )
            if rng.random() < 0.5:
                inner = selection(rng, description, on, depth, fragments)
                parts.append(f"... on {on}{condition(rng)} {inner}")
            else:
                inner = selection(rng, description, on, depth, fragments)
                fragments.append(f"fragment F{len(fragments)} on {on} {inner}")
                parts.append(f"...F{len(fragments) - 1}{condition(rng)}")
        elif name != "Any":
            key = rng.choice(names)
            base = description.fields[name][key][0] if name in description.fields else "String"
            if base in COMPOSITES and depth == 0:
                continue
            alias = f"{rng.choice('xy')}_{key}: " if rng.random() < 0.2 else ""
            arguments = rng.choice(
                ["(n: 1)", "(n: $n)", "(n: null)", "(r: $n)", "(r: null)", '(r: 2, n: "x")']
            )
            arguments = arguments if rng.random() < 0.1 and name != "Named" else ""
            below = ""
            if base in COMPOSITES:
                below = " " + selection(rng, description, base, depth - 1, fragments)
            parts.append(f"{alias}{key}{arguments}{condition(rng)}{below}")
    return f"{{ {' '.join(parts) or '__typename'} }}"


def condition(rng: random.Random) -> str:
    if rng.random() > 0.1:
        return ""
    return rng.choice(
        [" @skip(if: $f)", " @include(if: $t)", " @skip(if: $t)", " @include(if: $f)"]
    )


# --- Comparison


def outcome(result: Any) -> tuple[Any, list[Any]]:
    errors = [
        (
            error.message,
            error.path and tuple(error.path),
            [(place.line, place.column) for place in error.locations or ()],
        )
        for error in result.errors or ()
    ]
    return result.data, errors


def in_order(data: Any) -> Any:
    """Return *data* with the order of keys made visible."""
    if isinstance(data, dict):
        return [(key, in_order(value)) for key, value in data.items()]
    if isinstance(data, list):
        return [in_order(value) for value in data]
    return data


def own_errors(data: Any, errors: list[Any]) -> Iterator[Any]:
    """Yield the errors at places that are null themselves, not by what is below them."""
    for error in errors:
        place = data
        for key in (error[1] or ())[:-1]:
            if place is None:
                break
            place = place[key]
        else:
            if place is not None:
                yield error


async def awaited(value: Any) -> Any:
    return await value if asyncio.iscoroutine(value) else value


@pytest.fixture(scope="module")
def runners() -> Iterator[tuple[asyncio.Runner, asyncio.Runner]]:
    """One loop for each engine, since graphql-core leaves tasks behind."""
    with asyncio.Runner() as theirs, asyncio.Runner() as ours:
        yield theirs, ours
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()  # what graphql-core left behind, while nobody minds


def core_outcome(
    runner: asyncio.Runner, schema: Any, source: str, root: Any, **options: Any
) -> Any:
    async def run() -> Any:
        return await awaited(core.execute(schema, core.parse(source), root, **options))

    return outcome(runner.run(run()))


def covet_outcome(
    runner: asyncio.Runner, schema: Any, source: str, root: Any, tier: Any, **options: Any
) -> Any:
    async def run() -> Any:
        document = covet.parse(source)
        made = covet_execution.execute(schema, document, root, tier=tier, **options)
        result = await awaited(made)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return result

    return outcome(runner.run(run()))


@pytest.mark.parametrize("tier", ["plan", "source"])
@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_agrees(
    runners: tuple[asyncio.Runner, asyncio.Runner], seed: int, is_async: bool, tier: str
) -> None:
    rng = random.Random(f"{seed} {is_async}")  # noqa: S311
    description = described(rng)
    theirs, ours = build(core, description), build(covet_type, description)
    for _ in range(RUNS_PER_SEED):
        is_mutation = rng.random() < 0.3
        source = operation(rng, description, is_mutation)
        maker = Maker(rng, description, is_async, rng.choice([0, 0.02, 0.1]))
        root = maker.object("Mutation" if is_mutation else "Query", 3)
        variables = {"t": True, **rng.choice([{}, {"n": 1}, {"n": None}])}

        expected, expected_errors = core_outcome(
            runners[0], theirs, source, root(), variable_values=variables
        )
        maker.begun.clear()
        data, errors = covet_outcome(
            runners[1], ours, source, root(), tier, variable_values=variables
        )
        left = [one for one in maker.begun if inspect.getcoroutinestate(one) != "CORO_CLOSED"]

        assert left == [], source
        assert in_order(data) == in_order(expected), source
        if is_async:
            assert sorted(own_errors(data, errors), key=str) == sorted(
                own_errors(expected, expected_errors), key=str
            ), source
        else:
            assert errors == expected_errors, source
