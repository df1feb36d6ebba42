"""Documents print in one stable format that reads back."""

import pytest

from covet_graphql import (
    DocumentNode,
    FieldNode,
    ListValueNode,
    NamedTypeNode,
    NameNode,
    SelectionNode,
    SelectionSetNode,
    StringValueNode,
    TypeNode,
    parse,
    parse_type,
    parse_value,
    print_ast,
)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        pytest.param("query{a}", "{\n  a\n}", id="shorthand"),
        pytest.param("query Q{a}", "query Q {\n  a\n}", id="named"),
        pytest.param("mutation{a}", "mutation {\n  a\n}", id="mutation"),
        pytest.param('"d"query{a}', '"d"\nquery {\n  a\n}', id="described-is-not-shorthand"),
        pytest.param("query@a{b}", "query @a {\n  b\n}", id="anonymous-with-directive"),
        pytest.param(
            "query($a:Int=1 $b:[T!]! @c){d}",
            "query ($a: Int = 1, $b: [T!]! @c) {\n  d\n}",
            id="variables",
        ),
        pytest.param(
            'query("d"$a:Int){b}', 'query (\n"d"\n$a: Int\n) {\n  b\n}', id="described-variables"
        ),
        pytest.param(
            "{a:b(c:$d)@e{f}...G@h...on T@i{j}...{k}}",
            "{\n  a: b(c: $d) @e {\n    f\n  }\n  ...G @h\n  ... on T @i {\n    j\n  }\n  ... {\n    k\n  }\n}",  # noqa: E501
            id="selections",
        ),
        pytest.param("fragment F on T@a{b}", "fragment F on T @a {\n  b\n}", id="fragment"),
        pytest.param("{a}{b}", "{\n  a\n}\n\n{\n  b\n}", id="definitions"),
        pytest.param(
            '{a(b:[1,2.5,"s",true,false,null,E,$v,{c:{},d:[]}])}',
            '{\n  a(b: [1, 2.5, "s", true, false, null, E, $v, { c: {  }, d: [] }])\n}',
            id="values",
        ),
        pytest.param(
            f'{{a(b:"{"x" * 40}",c:"{"y" * 40}")}}',
            f'{{\n  a(\n    b: "{"x" * 40}"\n    c: "{"y" * 40}"\n  )\n}}',
            id="long-arguments-are-spread",
        ),
        pytest.param(
            f'{{a(b:["{"x" * 40}",{{c:"{"y" * 40}"}}],d:1)}}',
            f'{{\n  a(\n    b: [\n      "{"x" * 40}"\n      {{ c: "{"y" * 40}" }}\n    ]\n    d: 1\n  )\n}}',  # noqa: E501
            id="long-containers-are-spread",
        ),
        pytest.param(
            '{a(b:"""x\n\ny"""){c}}',
            '{\n  a(b: """\n  x\n  \n  y\n  """) {\n    c\n  }\n}',
            id="block-strings-are-indented",
        ),
    ],
)
def test_executable_documents(source: str, printed: str) -> None:
    assert print_ast(parse(source)) == printed
    assert parse(print_ast(parse(source))).to_dict() == parse(source).to_dict()


def test_parts_print_alone() -> None:
    (field, spread) = parse("{ a(b: 1) @c { d } ...F }").definitions[0].selection_set.selections

    assert print_ast(field) == "a(b: 1) @c {\n  d\n}"
    assert print_ast(spread) == "...F"
    assert print_ast(field.arguments[0]) == "b: 1"
    assert print_ast(field.selection_set) == "{\n  d\n}"
    assert print_ast(NameNode(value="n")) == "n"
    assert print_ast(parse("schema { query: Q }").definitions[0].operation_types[0]) == "query: Q"


def test_strings_escape_what_cannot_be_seen() -> None:
    node = StringValueNode(value='"\\\b\f\n\r\t\x00\x7f\x9f/é\U0001f4a9')

    assert print_ast(node) == '"\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u007F\\u009F/é\U0001f4a9"'


def test_block_strings_stay_what_they_were() -> None:
    assert print_ast(parse_value('"""    a\n"""')) == '"""    a"""'


@pytest.mark.parametrize("value", ["a\rb", " a\n b", "\n"])
def test_block_strings_that_would_not_read_back_are_quoted(value: str) -> None:
    printed = print_ast(StringValueNode(value=value, block=True))

    assert parse_value(printed).value == value
    assert not printed.startswith('"""')


def test_made_nodes_may_be_empty() -> None:
    assert print_ast(SelectionSetNode(selections=())) == "{}"
    assert print_ast(DocumentNode(definitions=())) == ""
    field = FieldNode(name=NameNode(value="a"), arguments=(), directives=(), selection_set=None)
    assert print_ast(field) == "a"


def test_deep_parts_can_be_kept_on_one_line() -> None:
    document = parse("{ a { b(x: 1) { c { d } } } }")

    assert print_ast(document, max_indent_depth=2) == "{\n  a {\n    b(x: 1) { c { d } }\n  }\n}"
    assert print_ast(document, max_indent_depth=0) == "{ a { b(x: 1) { c { d } } } }"


def test_definitions_can_be_kept_on_one_line() -> None:
    document = parse('type T { a("d" b: Int): Int c: [Int] }')

    assert print_ast(document, 0) == 'type T { a("d"\nb: Int): Int c: [Int] }'
    assert parse(print_ast(document, 0)).to_dict() == document.to_dict()


@pytest.mark.parametrize("thing", [None, "a", {"kind": "field"}])
def test_what_is_no_node_is_refused(thing: object) -> None:
    with pytest.raises(TypeError, match="Not an AST node"):
        print_ast(thing)  # type: ignore[arg-type]


def test_nodes_of_an_abstract_kind_are_refused() -> None:
    with pytest.raises(TypeError, match="Nodes of kind 'selection' have no text"):
        print_ast(SelectionNode())


def test_types_that_are_none_are_refused() -> None:
    with pytest.raises(TypeError, match="Not a type reference"):
        print_ast(TypeNode())


def test_types_and_values_print_alone() -> None:
    assert print_ast(parse_type("[A!]")) == "[A!]"
    assert print_ast(NamedTypeNode(name=NameNode(value="A"))) == "A"
    assert print_ast(ListValueNode(values=())) == "[]"
