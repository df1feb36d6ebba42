"""Descriptions: the Markdown that they use, and nothing that they could slip in."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_openapi.pages._markdown import inline, markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("One\nline.\n\nAnother.", "<p>One line.</p><p>Another.</p>", id="paragraphs"),
        pytest.param("a < b & c", "<p>a &lt; b &amp; c</p>", id="escaped"),
        pytest.param("`a<b`", "<p><code>a&lt;b</code></p>", id="code"),
        pytest.param("``a`` `b", "<p><code>a</code> `b</p>", id="double-ticks"),
        pytest.param(
            "**so** *it* 2*3*4", "<p><strong>so</strong> <em>it</em> 2*3*4</p>", id="emphasis"
        ),
        pytest.param("**a *b* c**", "<p>**a <em>b</em> c**</p>", id="nested-emphasis-is-text"),
        pytest.param("## Title ##", "<p><strong>Title</strong></p>", id="heading"),
        pytest.param(
            "Kinds:\n- one\n  more\n- `two`\n",
            "<p>Kinds:</p><ul><li>one more</li><li><code>two</code></li></ul>",
            id="list",
        ),
        pytest.param("1. one\n2) two", "<ol><li>one</li><li>two</li></ol>", id="numbered"),
        pytest.param(
            "```json\n{\n  <1>\n```\nafter",
            '<pre tabindex="0"><code>{\n  &lt;1&gt;</code></pre><p>after</p>',
            id="fence",
        ),
        pytest.param("~~~\na", '<pre tabindex="0"><code>a</code></pre>', id="a-fence-left-open"),
        pytest.param("text\n```\na\n```", '<p>text</p><pre tabindex="0"><code>a</code></pre>',
                     id="fence-after-text"),
        pytest.param("- a\n# b", "<ul><li>a</li></ul><p><strong>b</strong></p>", id="list-ends"),
        pytest.param("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>", id="html-is-text"),
    ],
)  # fmt: skip
def test_blocks(text: str, html: str) -> None:
    assert markdown(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](https://x.example/?a=1&b)", '<a href="https://x.example/?a=1&amp;b">a</a>'),
        ("[a](/b) [c](#d) [e](f/g.html)",
         '<a href="/b">a</a> <a href="#d">c</a> <a href="f/g.html">e</a>'),
        ("[a](mailto:ann@x.example)", '<a href="mailto:ann@x.example">a</a>'),
        ("<https://x.example>", '<a href="https://x.example">https://x.example</a>'),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](javascript:alert)", "a"),
        ("[a](JaVaScRiPt:alert)", "a"),
        ("[a](data:text/html,b)", "a"),
        ("[a](//x.example)", '<a href="//x.example">a</a>'),
        ('[a](/"onclick=b)', '<a href="/&quot;onclick=b">a</a>'),
    ],
)  # fmt: skip
def test_links_lead_to_pages_only(text: str, html: str) -> None:
    assert inline(text) == html


@given(st.text(max_size=200) | st.text(alphabet="<>&\"'`*[]()#-~\n abj:/", max_size=200))
def test_no_text_becomes_an_element_of_its_own(text: str) -> None:
    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in {"p", "pre", "code", "ul", "ol", "li", "strong", "em", "a"}
            assert {name for name, _ in attrs} <= {"href", "tabindex"}
            assert not (dict(attrs).get("href") or "").lower().startswith(("javascript:", "data:"))

    parser = Parser()
    parser.feed(markdown(text))
    parser.close()
