"""The query that tools ask for a whole schema."""

from __future__ import annotations

from typing import Final

_MAX_TYPE_DEPTH: Final = 100


def get_introspection_query(
    descriptions: bool = True,
    specified_by_url: bool = False,
    directive_is_repeatable: bool = False,
    schema_description: bool = False,
    input_value_deprecation: bool = False,
    experimental_directive_deprecation: bool = False,
    one_of: bool = False,
    type_depth: int = 9,
) -> str:
    """Return a query for all that a schema tells of itself, for `build_client_schema`.

    What older services do not know is asked for only on request.

    Args:
        descriptions: Ask for descriptions.
        specified_by_url: Ask where custom scalars are specified.
        directive_is_repeatable: Ask which directives may be repeated.
        schema_description: Ask for the description of the schema itself.
        input_value_deprecation: Ask for deprecated arguments and input fields, and for the reasons.
        experimental_directive_deprecation: Ask for deprecated directives and for the reasons; not
            part of the specification.
        one_of: Ask which input objects take exactly one of their fields.
        type_depth: How many lists and non-nulls around a type are asked for, 0 to 100.

    Raises:
        ValueError: *type_depth* is out of range.

    Source: GraphQL §4.2, https://spec.graphql.org/September2025/#sec-Schema-Introspection
    """
    if not 0 <= type_depth <= _MAX_TYPE_DEPTH:
        raise ValueError(
            f"Please set type_depth to a reasonable value between 0 and {_MAX_TYPE_DEPTH};"
            f" the default is 9. It was {type_depth}."
        )
    description = "description" if descriptions else ""
    deprecation = "isDeprecated deprecationReason"
    include_deprecated = "(includeDeprecated: true)"
    inputs_included = include_deprecated if input_value_deprecation else ""
    directives_included = include_deprecated if experimental_directive_deprecation else ""
    return "\n".join(
        line
        for line in (
            "query IntrospectionQuery {",
            "  __schema {",
            f"    {description}" if schema_description else "",
            "    queryType { name kind }",
            "    mutationType { name kind }",
            "    subscriptionType { name kind }",
            "    types { ...FullType }",
            f"    directives{directives_included} {{",
            "      name",
            f"      {description}",
            "      isRepeatable" if directive_is_repeatable else "",
            f"      {deprecation}" if experimental_directive_deprecation else "",
            "      locations",
            f"      args{inputs_included} {{ ...InputValue }}",
            "    }",
            "  }",
            "}",
            "fragment FullType on __Type {",
            "  kind",
            "  name",
            f"  {description}",
            "  specifiedByURL" if specified_by_url else "",
            "  isOneOf" if one_of else "",
            f"  fields{include_deprecated} {{",
            "    name",
            f"    {description}",
            f"    args{inputs_included} {{ ...InputValue }}",
            "    type { ...TypeRef }",
            f"    {deprecation}",
            "  }",
            f"  inputFields{inputs_included} {{ ...InputValue }}",
            "  interfaces { ...TypeRef }",
            f"  enumValues{include_deprecated} {{",
            "    name",
            f"    {description}",
            f"    {deprecation}",
            "  }",
            "  possibleTypes { ...TypeRef }",
            "}",
            "fragment InputValue on __InputValue {",
            "  name",
            f"  {description}",
            "  type { ...TypeRef }",
            "  defaultValue",
            f"  {deprecation}" if input_value_deprecation else "",
            "}",
            "fragment TypeRef on __Type {",
            "  kind",
            "  name",
            f"  {'ofType { name kind ' * type_depth}{'}' * type_depth}",
            "}",
        )
        if line.strip()
    )
