"""A schema with lists of every kind, and what is counted of an operation on it."""

from collections.abc import Callable
from typing import Any

import pytest

from covet_graphql import GraphQLSchema, build_schema, parse
from covet_graphql.limits import Limits, Measure, measure

SDL = """
type Query {
  users(limit: Int): [User!]!
  page(first: Int = 5, last: Int): [User]
  declared: [User]
  declaredConnection(first: Int): UserConnection
  connection(first: Int, last: Int): UserConnection
  matrix: [[User]]
  user(id: ID): User
  node: Node
  names(limit: Int): [String]
}
interface Node { id: ID }
type UserConnection { edges: [UserEdge] nodes: [User] total: Int }
type UserEdge { cursor: String node: User }
type User implements Node { id: ID name: String email: String posts(limit: Int): [Post] }
type Post { id: ID title: String comments: [Comment] }
type Comment { id: ID text: String author: Author }
type Author { id: ID profile: Profile }
type Profile { bio: String }
"""


@pytest.fixture(scope="session")
def schema() -> GraphQLSchema:
    schema = build_schema(SDL)
    schema.query_type.fields["declared"].extensions["max_items"] = 3
    schema.query_type.fields["declaredConnection"].extensions["max_items"] = 4
    return schema


@pytest.fixture(scope="session")
def measured(schema: GraphQLSchema) -> Callable[..., Measure]:
    def of(source: str, variables: dict[str, Any] | None = None, **limits: Any) -> Measure:
        document = parse(source)
        return measure(schema, document, document.definitions[0], variables, Limits(**limits))

    return of
