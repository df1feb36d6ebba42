"""The same documents accepted as by graphql-core, with the same messages at the same places.

Documents are generated from the schema and then broken. Where the two differ on purpose:

- lists and objects that a scalar or enum refuses have a place here (graphql-core loses it);
- numbers that no finite float holds are refused here, as the specification says;
- @defer on the second spread of a fragment is looked at like that on the first;
- of fragment cycles those met first in the document are shown;
- of several @skip and @include at a subscription's root all are shown.
"""

import importlib
from random import Random

import graphql as core
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covet_graphql import GraphQLSchema, parse
from covet_graphql.validation import validate, validate_sdl

core_validate_sdl = importlib.import_module("graphql.validation.validate").validate_sdl
DOCUMENTS_PER_SEED = 60

OBJECTS = {
    "Query": {"human": "Human", "dog": "Dog", "cat": "Cat", "pet": "Pet", "catOrDog": "CatOrDog",
              "args": "Args", "being": "Being"},
    "Dog": {"name": "", "nickname": "", "barkVolume": "", "barks": "", "isAtLocation": "",
            "mother": "Dog", "tags": "", "old": ""},
    "Cat": {"name": "", "nickname": "", "meows": "", "meowVolume": "", "furColor": ""},
    "Human": {"name": "", "pets": "Pet", "relatives": "Human", "iq": ""},
    "Pet": {"name": ""},
    "Being": {"name": ""},
    "Canine": {"name": "", "mother": "Canine"},
    "CatOrDog": {"__typename": ""},
    "Args": {"int": "", "nonNull": "", "float": "", "string": "", "boolean": "", "id": "",
             "command": "", "any": "", "complex": "", "oneOf": "", "list": "", "nonNullList": "",
             "nestedList": "", "two": "", "optional": ""},
    "Mutation": {"message": "", "dog": "Dog", "dogs": "Dog"},
    "Subscription": {"message": "", "number": "", "dog": "Dog"},
}  # fmt: skip
VALUES = [
    "1", "-7", "2147483648", "1.5", '"x"', "true", "null", "SIT", "SITT", "[1]", '["a", 2]',
    "[[1], 2]", "{requiredField: true}", "{intField: 1}", "{requiredField: true, nestd: 1}",
    "{requiredField: true, nested: {requiredField: 1}}", '{a: "x"}', "{a: null}", "{}",
    "{b: 1, b: 2}", "$v0", "$v1", "$v2", "[$v0]", "{requiredField: $v0, intField: $v1}",
    "{a: $v1}", "{nested: {b: $v0}}", "[null]", '{a: "x", b: 1}', '"""block"""',
]  # fmt: skip
RIGHT_VALUES = {
    "id": ["1", '"x"'], "surname": ["true", "null"], "x": ["1", "null"], "y": ["-7"], "old": ["1"],
    "int": ["1"], "nonNull": ["7"], "float": ["1", "1.5"], "string": ['"x"', '"""b"""', "null"],
    "boolean": ["true"], "command": ["SIT", "DOWN"],
    "any": VALUES, "complex": ["{requiredField: true}", "null"],
    "oneOf": ['{a: "x"}', "{b: 1}", "{nested: {b: 1}}"], "list": ['["a"]', '"a"', "[null]"],
    "nonNullList": ["[1]", "1", "[]"], "nestedList": ["[[1], 2]", "[null]"], "two": ["1"],
    "optional": ["1"], "number": ["1", "null"],
}  # fmt: skip
VARIABLE_TYPES = [
    "Int", "Int!", "String", "Boolean!", "[Int!]!", "[String]", "Complex", "OneOf", "OneOf!",
    "Command", "Dog", "Unknown", "[[Int]]", "Any", "ID",
]  # fmt: skip
TYPES = [*OBJECTS, "Unknown", "Int", "Dgo"]


class DocumentGenerator:
    """Writes a document of which some parts are right and some are wrong."""

    def __init__(self, random: Random, wrong: float) -> None:
        self.random = random
        self.wrong = wrong
        self.aliases = 0
        self.fragments = [f"F{index}" for index in range(random.randint(0, 4))]

    def is_wrong(self) -> bool:
        return self.random.random() < self.wrong

    def maybe(self, text: str, chance: float) -> str:
        return text if self.random.random() < chance else ""

    def value(self, right: list[str]) -> str:
        return self.random.choice(VALUES if self.is_wrong() else right)

    def arguments(self, field: str) -> str:
        random = self.random
        known = {
            "human": ["id"], "name": ["surname"], "isAtLocation": ["x", "y", "old"],
            "two": ["a", "b"], "optional": ["a", "b"], "number": ["a"],
        }.get(field, ["a"] if field in OBJECTS["Args"] else [])  # fmt: skip
        if self.is_wrong():
            known = [*known, random.choice(["a", "b", "unknown", "surnam"])]
        right = RIGHT_VALUES.get(field)
        given = [
            f"{name}: {self.value(right or RIGHT_VALUES.get(name, VALUES))}"
            for name in known
            if random.random() < (1 - self.wrong if field in ("two", "nonNull") else 0.3)
        ]
        return f"({', '.join(given)})" if given else ""

    def directives(self, field: bool) -> str:
        if self.random.random() > 0.15:
            return ""
        right = ["@include(if: true)", "@skip(if: false)"]
        wrong = [
            "@onQuery",
            "@unknown",
            "@skip",
            "@skip(if: $v0)",
            '@defer(label: "l")',
            '@include(if: "x", unless: 1)',
        ]
        right += ["@onField(a: 1)"] if field else ["@defer"]
        wrong += (
            ['@stream(label: "l")', "@stream(initialCount: 1)"] if field else ["@defer(label: $v0)"]
        )
        chosen = wrong if self.is_wrong() else right
        return " " + " ".join(self.random.choices(chosen, k=1 + self.is_wrong()))

    def selections(self, type_: str, depth: int, fragment: str = "") -> str:
        random = self.random
        fields = OBJECTS.get(type_, OBJECTS["Dog"])
        made: list[str] = []
        for _ in range(random.randint(1, 4)):
            kind = random.random()
            if kind < 0.75 or depth > 4:
                name = random.choice(list(fields))
                below = fields[name]
                if self.is_wrong():
                    name = random.choice(["nme", "unknown", "barks", "__typename", "mothr"])
                self.aliases += 1
                same = self.maybe(random.choice(["x: ", "y: ", "name: "]), self.wrong)
                alias = same or self.maybe(f"a{self.aliases}: ", 0.95)
                text = f"{alias}{name}{self.arguments(name)}{self.directives(True)}"
                if depth > 5:
                    below = ""
                if bool(below) is not self.is_wrong():
                    text += f" {{ {self.selections(below or 'Dog', depth + 1, fragment)} }}"
                made.append(text)
            elif kind < 0.85:
                condition = random.choice(TYPES if self.is_wrong() else [type_])
                on = self.maybe(f"on {condition} ", 0.8)
                inner = self.selections(condition if on else type_, depth + 1, fragment)
                made.append(f"... {on}{self.directives(False)} {{ {inner} }}")
            elif self.fragments:
                later = self.fragments if type_ in ("Dog", "Being") else []
                if fragment and later:
                    later = later[later.index(fragment) + 1 :]
                names = [*self.fragments, "FX"] if self.is_wrong() else later
                if names:
                    made.append(f"...{random.choice(names)}{self.directives(False)}")
        return " ".join(made) or "name"

    def operation(self, name: str) -> str:
        random = self.random
        kinds = ["query"] * 6 + ["mutation", "subscription"]
        kind = random.choice(kinds)
        variables: list[str] = []
        if self.is_wrong():
            variables = [
                f"$v{random.choice([0, 1, 2, 2])}: {random.choice(VARIABLE_TYPES)}"
                f"{self.maybe(f' = {random.choice(VALUES[:20])}', 0.3)}"
                for _ in range(random.randint(1, 3))
            ]
        selections = self.selections(kind.capitalize(), 0)
        if kind == "subscription" and not self.is_wrong():
            selections = "dog { name }"
        if kind == "query" and random.random() < 0.3:
            variables.append("$right: [Int!]! = [1]")
            selections += " used: args { nestedList(a: [$right]) nonNullList(a: $right) }"
        defined = f"({', '.join(variables)})" if variables else ""
        return f"{kind} {name}{defined}{self.maybe(' @onQuery', self.wrong)} {{ {selections} }}"

    def document(self) -> str:
        random = self.random
        parts = [
            self.operation(random.choice(["A", ""]) if self.is_wrong() else f"Q{index}")
            for index in range(random.choice([1, 1, 1, 2]))
        ]
        for name in self.fragments:
            condition = random.choice(TYPES if self.is_wrong() else ["Dog", "Being"])
            parts.append(
                f"fragment {name} on {condition} {{ {self.selections(condition, 2, name)} }}"
            )
        if self.is_wrong():
            parts.append(random.choice(parts))
        random.shuffle(parts)
        return "\n".join(parts)


def shown(errors: list[object]) -> list[tuple[str, list[tuple[int, int]]]]:
    return [
        (error.message, [(place.line, place.column) for place in error.locations or ()])
        for error in errors
    ]


def comparable(errors: list[object]) -> list[tuple[str, list[tuple[int, int]]]]:
    """Leave out what differs on purpose."""
    compared: list[tuple[str, list[tuple[int, int]]]] = []
    for message, at in shown(errors):
        if message.rstrip(".").endswith(("]", "}")) and ": " in message:
            compared.append((message[: message.index(": ")], []))
        elif "within itself" in message:
            compared.append(("cycle", []))
        elif "top level selection" in message or "not supported on subscription" in message:
            compared.append((message, at[:1]))
        elif " conflict because " not in message and "cannot be used on root" not in message:
            compared.append((message, at))
    return sorted(compared) if ("cycle", []) not in compared else [("cycle", [])]


def conflicts(errors: list[object]) -> list[str]:
    return sorted({message for message, _ in shown(errors) if " conflict because " in message})


@pytest.fixture(scope="module")
def core_schema(sdl: str) -> core.GraphQLSchema:
    return core.build_schema(sdl)


@pytest.mark.parametrize("seed", range(8))
def test_generated_documents_have_the_same_errors(
    seed: int, schema: GraphQLSchema, core_schema: core.GraphQLSchema
) -> None:
    random = Random(seed)  # noqa: S311
    in_order = valid = 0

    for _ in range(DOCUMENTS_PER_SEED):
        source = DocumentGenerator(random, random.choice([0.0, 0.01, 0.03])).document()
        expected = core.validate(core_schema, core.parse(source), max_errors=1000)
        found = validate(schema, parse(source), max_errors=1000)

        assert comparable(found) == comparable(expected), source
        # of conflicts that have to do with each other graphql-core leaves some out
        several = len(conflicts(expected)) > 1
        assert bool(conflicts(found)) is bool(conflicts(expected)), source
        assert several or conflicts(found) == conflicts(expected), source
        in_order += shown(found) == shown(expected)
        valid += not expected

    assert in_order >= DOCUMENTS_PER_SEED * 0.7
    assert valid >= DOCUMENTS_PER_SEED * 0.1


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_generated_type_systems_have_the_same_errors(
    data: st.DataObject, broken_schema_texts: st.SearchStrategy[str]
) -> None:
    source = data.draw(broken_schema_texts)

    found = validate_sdl(parse(source))

    assert sorted(shown(found)) == sorted(shown(core_validate_sdl(core.parse(source))))
