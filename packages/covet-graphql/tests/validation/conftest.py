"""A schema in which every rule of validation can be broken."""

from collections.abc import Callable

import pytest

from covet_graphql import GraphQLError, GraphQLSchema, build_schema, parse
from covet_graphql.validation import ASTValidationRule, validate, validate_sdl

SDL = """
directive @onQuery on QUERY
directive @onField(a: Int!, b: [Int], old: Int @deprecated(reason: "do")) repeatable on FIELD
directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @stream(if: Boolean! = true, label: String, initialCount: Int = 0) on FIELD
scalar Any
enum Command { SIT DOWN HEEL ROLL @deprecated }
interface Being { name(surname: Boolean): String }
interface Pet { name(surname: Boolean): String }
interface Canine implements Being { name(surname: Boolean): String mother: Canine }
type Dog implements Being & Pet & Canine {
  name(surname: Boolean): String
  nickname: String
  barkVolume: Int
  barks: Boolean
  isAtLocation(x: Int, y: Int, old: Int @deprecated(reason: "ao")): Boolean
  mother: Dog
  tags: [String!]
  old: Int @deprecated(reason: "fo")
}
type Cat implements Being & Pet {
  name(surname: Boolean): String
  nickname: String
  meows: Boolean
  meowVolume: Int
  furColor: Command
}
union CatOrDog = Cat | Dog
type Human implements Being {
  name(surname: Boolean): String
  pets: [Pet]
  relatives: [Human!]!
  iq: Int
}
input Complex {
  requiredField: Boolean!
  nonNullField: Boolean! = false
  intField: Int
  stringField: String
  listField: [String]
  nested: Complex
  old: Int @deprecated(reason: "io")
}
input OneOf @oneOf { a: String b: Int nested: OneOf }
type Args {
  int(a: Int): String
  nonNull(a: Int!): String
  float(a: Float): String
  string(a: String): String
  boolean(a: Boolean): String
  id(a: ID): String
  command(a: Command): String
  any(a: Any): String
  complex(a: Complex): String
  oneOf(a: OneOf): String
  list(a: [String]): String
  nonNullList(a: [Int!]!): String
  nestedList(a: [[Int]]): String
  two(a: Int!, b: Int!): String
  optional(a: Int = 0, b: Int! = 0): String
}
type Query {
  human(id: ID): Human
  dog: Dog
  cat: Cat
  pet: Pet
  catOrDog: CatOrDog
  args: Args
  being: Being
}
type Mutation { message: String dog: Dog dogs: [Dog] }
type Subscription { message: String number(a: Int): Int dog: Dog }
"""

Found = list[tuple[str, list[tuple[int, int]]]]


@pytest.fixture(scope="session")
def sdl() -> str:
    return SDL


@pytest.fixture(scope="session")
def schema() -> GraphQLSchema:
    return build_schema(SDL)


def shown(errors: list[GraphQLError]) -> Found:
    return [
        (error.message, [(place.line, place.column) for place in error.locations or ()])
        for error in errors
    ]


@pytest.fixture(scope="session")
def errors_of(schema: GraphQLSchema) -> Callable[[type[ASTValidationRule], str], Found]:
    """What one rule finds in a document: messages with the places that they name."""

    def find(rule: type[ASTValidationRule], source: str) -> Found:
        return shown(validate(schema, parse(source), [rule]))

    return find


@pytest.fixture(scope="session")
def sdl_errors_of() -> Callable[..., Found]:
    """What one rule finds in a document that becomes a schema, or the extension of one."""

    def find(rule: type[ASTValidationRule], source: str, extended: str | None = None) -> Found:
        schema = None if extended is None else build_schema(extended)
        return shown(validate_sdl(parse(source), schema, [rule]))

    return find
