"""Random schemas for the tests of all modules: texts in the schema definition language.

A test draws from the fixtures, which are strategies of hypothesis:

    @given(data=st.data())
    def test_schemas_are_printed(data: st.DataObject, schema_texts: st.SearchStrategy[str]) -> None:
        text = data.draw(schema_texts)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import strategies as st

from covet_graphql import GraphQLSyntaxError, parse

NAMES = ["a", "b", "B", "_c", "d2", "d10", "d02", "name", "type", "input", "on", "query"]
BUILT_IN_SCALARS = ["Int", "Float", "String", "Boolean", "ID"]
DESCRIPTIONS = [
    '"one line"', '"""\nseveral\n\n  lines\n"""', '""', '"with \\"quotes\\""', '"ends with \\""',
    '"back\\\\"', '"  leading"', '"trailing\\n"', '"\\u0007 bell"', '"tab\\tand é, \\u{1F600}"',
    '"""has \\""" inside"""', f'"{"long " * 20}"',
]  # fmt: skip
STRINGS = ['"x"', '""', '"q\\"\\n"', '"""\n  block\n"""', '"é"']
LOCATIONS = [
    "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION",
    "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
]  # fmt: skip
EXECUTABLE_LOCATIONS = ["QUERY", "FIELD", "VARIABLE_DEFINITION", "INLINE_FRAGMENT"]


@dataclass
class InputValue:
    """An argument or input field, apart from its text so that others may copy it."""

    name: str
    type: str
    text: str


@dataclass
class Field:
    name: str
    type: str
    arguments: list[InputValue]
    prefix: str
    suffix: str

    def __str__(self) -> str:
        arguments = f"({', '.join(item.text for item in self.arguments)})" * bool(self.arguments)
        return f"{self.prefix}{self.name}{arguments}: {self.type}{self.suffix}"


@dataclass
class Definition:
    keyword: str
    name: str
    description: str = ""
    interfaces: list[str] = field(default_factory=list)
    directives: str = ""
    members: list[str] = field(default_factory=list)

    def text(self, *, extends: bool = False) -> str:
        implements = f" implements {' & '.join(self.interfaces)}" if self.interfaces else ""
        head = f"{self.keyword} {self.name}{implements}{self.directives}"
        if self.keyword == "union":
            body = f" = {' | '.join(self.members)}" if self.members else ""
        else:
            body = " {\n  " + "\n  ".join(self.members) + "\n}" if self.members else ""
        return f"extend {head}{body}" if extends else f"{self.description}{head}{body}"


class SchemaGenerator:
    """Writes one random schema; what it writes is valid."""

    def __init__(self, random: Random, size: int) -> None:
        self.random = random
        count = random.randint
        self.scalars = [f"S{index}" for index in range(count(0, 2))]
        self.enums = [f"E{index}" for index in range(count(0, 2))]
        self.inputs = [f"In{index}" for index in range(count(0, size))]
        self.interfaces = [f"F{index}" for index in range(count(0, size))]
        self.objects = [f"O{index}" for index in range(count(1, size + 1))]
        self.unions = [f"U{index}" for index in range(count(0, 2))]
        self.one_ofs: set[str] = set()
        self.specified: set[str] = set()
        self.enum_values: dict[str, list[str]] = {}
        self.input_fields: dict[str, list[tuple[str, str, bool]]] = {}
        self.interface_fields: dict[str, list[Field]] = {}
        self.ancestors: dict[str, list[str]] = {}
        self.directives: dict[str, tuple[bool, list[str]]] = {}
        self.roots: dict[str, str] = {}

    def maybe(self, text: str | Callable[[], str], chance: float = 0.3) -> str:
        if self.random.random() >= chance:
            return ""
        return text if isinstance(text, str) else text()

    def names(self, most: int, prefix: str = "") -> list[str]:
        chosen = self.random.sample(NAMES, self.random.randint(1, most))
        return [f"{prefix}{name}" for name in chosen]

    def description(self) -> str:
        return self.maybe(lambda: f"{self.random.choice(DESCRIPTIONS)} ", 0.25)

    def wrapped(self, name: str) -> str:
        for _ in range(self.random.choice([0, 0, 0, 1, 1, 2])):
            name = f"[{name}{self.maybe('!')}]"
        return f"{name}{self.maybe('!')}"

    def applied(self, location: str) -> str:
        """Return directives that may stand at *location*."""
        applied: list[str] = []
        for name, (is_repeatable, locations) in self.directives.items():
            if location in locations:
                uses = self.random.randint(0, 2 if is_repeatable else 1)
                applied += [f" @{name}(n: {self.random.randint(0, 9)})"] * uses
        return "".join(applied)

    # --- Values

    def value(self, type_: str, depth: int = 0) -> str:
        """Return a literal of *type_*."""
        if type_.endswith("!"):
            return self.non_null_value(type_[:-1], depth)
        return "null" if self.random.random() < 0.1 else self.non_null_value(type_, depth)

    def non_null_value(self, type_: str, depth: int) -> str:
        random = self.random
        if type_.startswith("["):
            count = random.randint(0, 3) if depth < 2 else 0
            item = type_[1:-1].rstrip("!")
            if count == 1 and item in BUILT_IN_SCALARS:
                return self.non_null_value(item, depth)  # a list of one may be written without it
            items = [self.value(type_[1:-1], depth + 1) for _ in range(count)]
            return f"[{', '.join(items)}]"
        if type_ in self.enum_values:
            return random.choice(self.enum_values[type_])
        if type_ in self.input_fields:
            return self.input_object(type_, depth)
        choices = {
            "Int": ["0", "-7", "2147483647"],
            "Float": ["1", "0.5", "-1.5e10", "1E-3"],
            "String": STRINGS,
            "Boolean": ["true", "false"],
            "ID": ["4", '"4"', '"x"'],
        }.get(type_, ["1", '"s"', "NAME", "{z: [1, {y: 2, x: 3}], a: null}", "[]", "2.5"])
        return random.choice(choices)

    def input_object(self, name: str, depth: int) -> str:
        fields = self.input_fields[name]
        if name in self.one_ofs:
            key, type_, _ = fields[0] if depth > 2 else self.random.choice(fields)
            return f"{{{key}: {self.non_null_value(type_, depth + 1)}}}"
        given = [
            f"{key}: {self.value(type_, depth + 1)}"
            for key, type_, is_required in fields
            if is_required or (depth < 2 and self.random.random() < 0.4)
        ]
        self.random.shuffle(given)
        return f"{{{', '.join(given)}}}"

    # --- Members

    def input_value(
        self, name: str, types: Sequence[str], location: str, defaults: Sequence[str]
    ) -> InputValue:
        """Return an input value of one of *types*; those in *defaults* may have a default."""
        named = self.random.choice(types)
        type_ = self.wrapped(named)
        default = self.maybe(lambda: f" = {self.value(type_)}") if named in defaults else ""
        is_required = type_.endswith("!") and not default
        deprecated = "" if is_required else self.deprecated()
        text = f"{self.description()}{name}: {type_}{default}{deprecated}{self.applied(location)}"
        return InputValue(name, type_, text)

    def deprecated(self) -> str:
        return self.maybe(
            lambda: self.random.choice(
                [" @deprecated", ' @deprecated(reason: "")', ' @deprecated(reason: "use \\"x\\"")']
            ),
            0.15,
        )

    def arguments(self, chance: float = 0.4) -> list[InputValue]:
        if self.random.random() >= chance:
            return []
        types = [*BUILT_IN_SCALARS, *self.scalars, *self.enums, *self.input_fields]
        return [
            self.input_value(name, types, "ARGUMENT_DEFINITION", types) for name in self.names(3)
        ]

    def field(self, name: str) -> Field:
        outputs = [*self.scalars, *self.enums, *self.interfaces, *self.objects, *self.unions]
        type_ = self.wrapped(self.random.choice([*BUILT_IN_SCALARS, *outputs]))
        suffix = f"{self.deprecated()}{self.applied('FIELD_DEFINITION')}"
        return Field(name, type_, self.arguments(), self.description(), suffix)

    def narrowed(self, inherited: Field) -> Field:
        """Return a field that implements *inherited*."""
        is_nullable = not inherited.type.endswith("!")
        type_ = inherited.type + (self.maybe("!") if is_nullable else "")
        arguments = list(inherited.arguments)
        if self.random.random() < 0.2:
            arguments.append(InputValue("extra", "Int", f"extra: Int{self.maybe(' = 1')}"))
        return Field(inherited.name, type_, arguments, self.description(), inherited.suffix)

    # --- Definitions

    def directive_definitions(self) -> list[str]:
        texts: list[str] = []
        for index in range(self.random.randint(0, 3)):
            is_repeatable = self.random.random() < 0.4
            locations = self.random.sample(LOCATIONS, self.random.randint(1, 5))
            more = self.random.sample(EXECUTABLE_LOCATIONS, self.random.randint(0, 2))
            texts.append(
                f"{self.description()}directive @d{index}"
                f"({self.description()}n: Int! = 1, s: String{self.maybe(' = null')})"
                f"{' repeatable' * is_repeatable} on {' | '.join(locations + more)}"
            )
            self.directives[f"d{index}"] = (is_repeatable, locations)
        return texts

    def definition(self, keyword: str, name: str, location: str) -> Definition:
        return Definition(
            keyword, name, description=self.description(), directives=self.applied(location)
        )

    def scalar(self, name: str) -> Definition:
        made = self.definition("scalar", name, "SCALAR")
        if self.random.random() < 0.3:
            made.directives += ' @specifiedBy(url: "https://example.org/a\\"b")'
            self.specified.add(name)
        return made

    def enum(self, name: str) -> Definition:
        made = self.definition("enum", name, "ENUM")
        self.enum_values[name] = self.names(4, "V")
        made.members = [
            f"{self.description()}{value}{self.deprecated()}{self.applied('ENUM_VALUE')}"
            for value in self.enum_values[name]
        ]
        return made

    def input(self, name: str) -> Definition:
        made = self.definition("input", name, "INPUT_OBJECT")
        simple = [*BUILT_IN_SCALARS, *self.scalars, *self.enums, *self.input_fields]
        names = self.names(4)
        fields: list[tuple[str, str, bool]] = []
        if self.random.random() < 0.2:
            made.directives += " @oneOf"
            self.one_ofs.add(name)
            for key in names:
                type_ = self.random.choice([*simple, name] if fields else simple)
                fields.append((key, type_, False))
                made.members.append(f"{self.description()}{key}: {type_}")
        else:
            for key in names:
                value = self.input_value(key, simple, "INPUT_FIELD_DEFINITION", simple)
                is_required = value.type.endswith("!") and " = " not in value.text
                fields.append((key, value.type, is_required))
                made.members.append(value.text)
            # cycles are allowed where null or a list breaks them
            made.members.append(
                f"cycle: {self.random.choice(['{}', '[{}!]', '[{}]!']).format(name)}"
            )
            if made.members[-1].endswith("]!"):
                fields.append(("cycle", f"[{name}]!", True))
        self.input_fields[name] = fields
        return made

    def interfaced(self, keyword: str, name: str) -> Definition:
        """Return an object or interface with the interfaces it implements."""
        is_object = keyword == "type"
        made = self.definition(keyword, name, "OBJECT" if is_object else "INTERFACE")
        known = list(self.interface_fields)
        chosen = self.random.sample(known, min(len(known), self.random.choice([0, 0, 1, 2])))
        made.interfaces = list(dict.fromkeys(
            interface for item in chosen for interface in (*self.ancestors[item], item)
        ))  # fmt: skip
        fields: dict[str, Field] = {}
        for interface in made.interfaces:
            for inherited in self.interface_fields[interface]:
                if inherited.name not in fields:
                    fields[inherited.name] = inherited
        if is_object:
            fields = {key: self.narrowed(item) for key, item in fields.items()}
        prefix = f"{name[0].lower()}{name[1:]}_" if not is_object else ""
        for key in self.names(4, prefix):
            fields.setdefault(key, self.field(key))
        if not is_object:
            self.interface_fields[name] = list(fields.values())
            self.ancestors[name] = made.interfaces
        made.members = [str(item) for item in fields.values()]
        return made

    def union(self, name: str) -> Definition:
        made = self.definition("union", name, "UNION")
        made.members = self.random.sample(self.objects, self.random.randint(1, len(self.objects)))
        return made

    def document(self) -> str:
        """Return the text of the schema, its definitions in any order."""
        directives = self.directive_definitions()
        types = [
            *map(self.scalar, self.scalars),
            *map(self.enum, self.enums),
            *map(self.input, self.inputs),
            *(self.interfaced("interface", name) for name in self.interfaces),
            *(self.interfaced("type", name) for name in self.objects),
            *map(self.union, self.unions),
        ]
        roots = self.roots = {
            operation: self.random.choice([operation.capitalize(), f"{operation.capitalize()}Root"])
            for operation in ("query", "mutation", "subscription")
            if operation == "query" or self.random.random() < 0.4
        }
        types += [self.interfaced("type", name) for name in roots.values()]
        texts = directives + [text for made in types for text in self.split(made)]
        if self.random.random() < 0.2:
            unused = [name for name in ("Mutation", "Subscription") if name not in roots.values()]
            texts += [f"type {name} {{ a: Int }}" for name in unused[:1]]
        presumed = {
            operation: operation.capitalize()
            for operation in ("query", "mutation", "subscription")
            if f"type {operation.capitalize()} " in "\n".join(texts)
        }
        if roots != presumed or self.random.random() < 0.3:
            operations = " ".join(f"{key}: {name}" for key, name in roots.items())
            texts.append(f"{self.description()}schema{self.applied('SCHEMA')} {{ {operations} }}")
        self.random.shuffle(texts)
        return "\n\n".join(texts)

    def split(self, made: Definition) -> list[str]:
        """Return a definition as its text, or as a shorter one and an extension with the rest."""
        if len(made.members) < 2 or self.random.random() < 0.8 or "@oneOf" in made.directives:
            return [made.text()]
        at = self.random.randint(1, len(made.members) - 1)
        rest = Definition(made.keyword, made.name, members=made.members[at:])
        made.members = made.members[:at]
        return [made.text(), rest.text(extends=True)]

    def extension(self) -> str:
        """Return the text of something to add to what `document` wrote."""
        inputs = [name for name in self.inputs if name not in self.one_ofs]
        scalars = [name for name in self.scalars if name not in self.specified]
        texts = [
            "type Added { a: Int! self(n: AddedInput = {n: [1.5]}): [Added] }",
            "input AddedInput { n: [Float!] s: AddedScalar = {a: [B]} }",
            "scalar AddedScalar",
            "directive @added on OBJECT | SCALAR",
            *[f"extend type {name} @added {{ added: Added }}" for name in self.some(self.objects)],
            *[
                f"extend interface {name} {{ {self.field(f'x{name}')} }}"
                for name in self.some(self.interfaces)
            ],
            *[f"extend union {name} = Added" for name in self.some(self.unions)],
            *[
                f"extend enum {name} {{ {self.description()} ADDED @deprecated }}"
                for name in self.some(self.enums)
            ],
            *[f'extend scalar {name} @added @specifiedBy(url: "u")' for name in self.some(scalars)],
            *[f"extend input {name} {{ added: AddedInput }}" for name in self.some(inputs)],
        ]
        if "subscription" not in self.roots:
            texts.append(self.maybe("extend schema { subscription: Added }"))
        self.random.shuffle(texts)
        return "\n".join(texts)

    def some(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if self.random.random() < 0.5]


def _replaced(pattern: str, text: str) -> Callable[[Random, str], str]:
    """Return what replaces one place where *pattern* is found."""

    def replace(random: Random, source: str) -> str:
        found = list(re.finditer(pattern, source))
        if not found:
            return source
        place = random.choice(found)
        return source[: place.start()] + place.expand(text) + source[place.end() :]

    return replace


def _added(text: str) -> Callable[[Random, str], str]:
    return lambda random, source: f"{source}\n\n{text}"


def _repeated(random: Random, source: str) -> str:
    return f"{source}\n\n{random.choice(source.split(chr(10) * 2))}"


def _forgotten(random: Random, source: str) -> str:
    definitions = source.split("\n\n")
    definitions.remove(random.choice(definitions))
    return "\n\n".join(definitions)


FAULTS: list[Callable[[Random, str], str]] = [
    _repeated,
    _forgotten,
    _replaced(r"(: \[*)\w+", r"\1Nope"),
    _replaced(r"(: \[*)\w+", r"\1Query"),
    _replaced(r"(: \[*)\w+", r"\1In0"),
    _replaced(r"(: \[*)\w+", r"\1F0"),
    _replaced(r"\n  (\w+)", r"\n  __\1"),
    _replaced(r"(type|interface|enum|input|union|scalar) (\w+)", r"\1 __\2"),
    _replaced(r"\n  \w+[^\n]*", r""),
    _replaced(r"\n  (\w+)([^\n]*)", r"\n  \1\2\n  \1\2"),
    _replaced(r" \{\n[^}]*\n\}", ""),
    _replaced(r" = [^,)\s]+", ' = {nope: "x"}'),
    _replaced(r" = [^,)\s]+", " = null"),
    _replaced(r"(Int|Float|String|Boolean|ID)!?([,)\n])", r"\1 = 1.5\2"),
    _replaced(r"(\w)([,)\n])", r"\1 @deprecated @deprecated(reason: 1)\2"),
    _replaced(r"(\w)([,)\n])", r"\1! @deprecated\2"),
    _replaced(r"(\w)([,)\n])", r"\1 @nope\2"),
    _replaced(r"(\w)([,)\n])", r"\1 @skip(if: true)\2"),
    _replaced(r" implements \w+", " implements O0"),
    _replaced(r" implements \w+", ""),
    _replaced(r"= (\w+)( \|[^\n]*)?", r"= \1 | \1 | Int"),
    _replaced(r"(input \w+)", r"\1 @oneOf"),
    _replaced(r"(\w)(\n\})", r"\1!\2"),
    _replaced(r" @d\d\([^)]*\)", " @d0 @d0 @d1(n: null) @d1(x: 1)"),
    _added("extend type Nope { a: Int }"),
    _added("extend input O0 { a: Int }"),
    _added("extend type O0 { name: Int }"),
    _added("schema { query: O0 query: O0 }"),
    _added("extend schema { query: O0 mutation: In0 }"),
    _added("directive @d0 on FIELD"),
    _added("directive @skip(a: Int, a: Int) on FIELD"),
    _added("input Loop { next: Back! } input Back { next: Loop! }"),
    _added("input Loop { next: Loop = {} }"),
    _added("interface Loop implements Loop { a: Int }"),
    _added("enum Double { A A } extend enum Double { A }"),
    _added("scalar Int type __Mine { a: Int }"),
    _added("query { a }"),
]


def broken_schema_text(random: Random, size: int = 2) -> str:
    """Return a random schema with a fault or two, which may make it invalid."""
    text = schema_text(random, size)
    for fault in random.sample(FAULTS, random.choice([1, 1, 1, 2, 3])):
        broken = fault(random, text)
        try:
            parse(broken)
        except GraphQLSyntaxError:  # a fault at a place that it does not fit
            continue
        text = broken
    return text


def schema_text(random: Random, size: int = 3) -> str:
    """Return a random valid schema of about *size* types a kind."""
    return SchemaGenerator(random, size).document()


def extended_schema_texts(random: Random) -> tuple[str, str]:
    """Return a random valid schema, and an extension of it."""
    generator = SchemaGenerator(random, 2)
    return generator.document(), generator.extension()


@pytest.fixture(scope="session")
def schema_texts() -> st.SearchStrategy[str]:
    """Valid schemas."""
    return st.randoms(use_true_random=True).map(schema_text)


@pytest.fixture(scope="session")
def broken_schema_texts() -> st.SearchStrategy[str]:
    """Schemas of which most are invalid, though all of them are read by `parse`."""
    return st.randoms(use_true_random=True).map(broken_schema_text)


@pytest.fixture(scope="session")
def schemas_and_extensions() -> st.SearchStrategy[tuple[str, str]]:
    """Valid schemas, each with an extension; both together need not be valid."""
    return st.randoms(use_true_random=True).map(extended_schema_texts)
