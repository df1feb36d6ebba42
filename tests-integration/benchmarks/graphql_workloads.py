"""A schema of any number of types, and documents of any length that are valid for it."""

TYPES = 200
LENGTHS = (1, 56, 560, 3452)  # of documents, in lines

_BLOCK_LINES = 60


def schema_text(types: int = TYPES) -> str:
    """Return the SDL of a schema with *types* object types, and what objects usually come with."""
    parts = [
        '"""A thing with an identity."""\ninterface Node {\n  id: ID!\n}',
        "enum Order {\n  NEWEST\n  OLDEST\n  BEST\n}",
        "scalar DateTime",
        "input Range {\n  from: Int = 0\n  to: Int\n}",
        "union Anything = " + " | ".join(f"Type{i}" for i in range(0, types, 10)),
    ]
    parts += [_object(index, types) for index in range(types)]
    fields = "\n".join(
        f"  type{i}(id: ID!): Type{i}\n  types{i}(first: Int = 10, filter: Filter{i}): [Type{i}!]!"
        for i in range(types)
    )
    parts.append(f"type Query {{\n  any(id: ID!): Anything\n  node(id: ID!): Node\n{fields}\n}}")
    return "\n\n".join(parts) + "\n"


def _object(index: int, types: int) -> str:
    near, far = (index * 7 + 3) % types, (index * 3 + 1) % types
    return f'''"""Number {index} of the types."""
type Type{index} implements Node {{
  id: ID!
  name: String!
  "In cents."
  price: Int
  rate(unit: String = "EUR"): Float
  isActive: Boolean!
  createdAt: DateTime
  tags: [String!]!
  oldName: String @deprecated(reason: "Use name.")
  near: Type{near}
  far(first: Int = 10, order: Order = NEWEST): [Type{far}!]!
}}

input Filter{index} {{
  ids: [ID!]
  price: Range
  name: String = "any"
  order: Order = BEST
}}'''


def document(lines: int) -> str:
    """Return a valid document of about *lines* lines: operations with the fragments they use.

    A document of one line is what a client sends for one object.
    """
    if lines == 1:
        return "query One($id: ID!) { type1(id: $id) { id name price } }"
    return "\n".join(_block(number) for number in range(max(1, round(lines / _BLOCK_LINES))))


def _block(number: int) -> str:
    index = number % TYPES
    far = (index * 3 + 1) % TYPES
    return f"""query Operation{number}(
  $id: ID!
  $first: Int = 5
  $filter: Filter{index}
  $more: Boolean!
) {{
  single: type{index}(id: $id) {{
    ...Basics{number}
    rate(unit: "USD")
    inEuro: rate
    near {{
      id
      name
      tags
      near {{
        id
        isActive @include(if: $more)
      }}
    }}
    far(first: $first, order: OLDEST) {{
      ...Far{number}
    }}
  }}
  list: types{index}(first: $first, filter: $filter) {{
    ...Basics{number}
    near {{
      id
      price
      createdAt
    }}
  }}
  some: types{index}(first: 3, filter: {{ids: ["1", "2"], price: {{from: 1, to: 9}}}}) {{
    __typename
    id
  }}
  any(id: $id) {{
    ... on Type0 {{
      id
      name
    }}
  }}
}}

fragment Basics{number} on Type{index} {{
  id
  name
  price
  near {{
    id @skip(if: $more)
    n: near {{
      id
    }}
  }}
}}

fragment Far{number} on Type{far} {{
  id
  title: name
}}
"""
