"""Errors of GraphQL sources, documents, schemas and resolvers.

    GraphQLError             anything that a response's ``errors`` may carry
    └── GraphQLSyntaxError   a source that is no GraphQL

This package stands below all others: what it needs of a node or a source it asks the object for.
"""

from covet_graphql.error.graphql_error import GraphQLError, GraphQLFormattedError
from covet_graphql.error.located_error import located_error
from covet_graphql.error.syntax_error import GraphQLSyntaxError

__all__ = ["GraphQLError", "GraphQLFormattedError", "GraphQLSyntaxError", "located_error"]
