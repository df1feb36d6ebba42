"""Sphinx settings: Markdown pages, an API reference from docstrings, no request to any host."""

import re
from typing import Any

from docutils import nodes
from pygments.lexer import RegexLexer, bygroups
from pygments.token import Keyword, Name, Number, Operator, Text
from sphinx.application import Sphinx

project = "Covet"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Covet"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False

myst_heading_anchors = 3
default_role = "code"
add_module_names = False
autodoc_member_order = "groupwise"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_use_ivar = True

# What annotations name and no page of ours defines: the standard library, other projects, type
# variables, and the modules that start with an underscore.
nitpick_ignore_regex = [("py:.*", r"(?!covet).*"), ("py:.*", r"covet\w*\..*")]

_UNSHOWN = {
    "model_config",  # how Pydantic's models are configured
    "cache_ok",  # with SQLAlchemy's docstring, which links to its own pages
    "type",  # an attribute: what mentions Python's `type` would be taken to mean it
}
_OWN_MODULE = "covet"  # the one package that repeats the public names of others


class ExchangeLexer(RegexLexer):
    """Requests and their answers, as test_examples.py reads them."""

    name = "exchange"
    aliases = ("exchange",)
    tokens = {  # noqa: RUF012 - Pygments' own spelling
        "root": [
            (r"^([A-Z]+)( )(\S+)$", bygroups(Keyword, Text, Name.Namespace)),
            (r"^\d{3}\b.*$", Number),
            (r"^([A-Za-z-]+)(:)( .*)$", bygroups(Name.Attribute, Operator, Text)),
            (r'"[^"\n]*"(?=:)', Name.Tag),
            (r".|\n", Text),
        ]
    }


def leave_to_its_home(
    app: Sphinx, what: str, name: str, value: Any, skip: bool, options: Any
) -> bool | None:
    """Keep out of the page of `covet` what the page of another package or Starlette documents.

    And out of every page what `_UNSHOWN` says.
    """
    if name in _UNSHOWN:
        return True
    page = app.env.current_document.docname
    if name == "check" and page == "reference/covet-graphql":  # how rules work inside
        return True
    if what == "module" and page == f"reference/{_OWN_MODULE}":
        home = getattr(value, "__module__", "")
        if not home.startswith(_OWN_MODULE + ".") and home != _OWN_MODULE:
            return True
    return None


def indented_is_literal(
    app: Sphinx, what: str, name: str, value: Any, options: Any, lines: list[str]
) -> None:
    """Have code and trees in docstrings, indented after an empty line, shown as they are."""
    result: list[str] = []
    in_block = False
    for line in lines:
        is_indented = line.startswith("    ") or bool(re.match(r"[├└│]", line.strip()))
        if is_indented and not in_block and result and not result[-1].strip():
            if not any(one.startswith((".. ", ":")) for one in result[-2:]):
                result += ["::", ""]
                in_block = True
        elif line.strip() and not is_indented:
            in_block = False
        result.append(line)
    lines[:] = result


def trim_blocks(app: Sphinx, doctree: nodes.document) -> None:
    """Drop the empty lines around a part of an example."""
    for block in doctree.findall(nodes.literal_block):
        text = block.astext().strip("\n")
        if block.rawsource == block.astext():
            block.rawsource = text
            block.children = []
            block += nodes.Text(text)


def setup(app: Sphinx) -> None:
    """Register what is above."""
    app.add_lexer("exchange", ExchangeLexer)
    app.connect("autodoc-skip-member", leave_to_its_home)
    app.connect("autodoc-process-docstring", indented_is_literal)
    app.connect("doctree-read", trim_blocks)
