"""Path templates become OpenAPI paths."""

from datetime import date
from uuid import UUID

import pytest

from covet_openapi._template import read_template


@pytest.mark.parametrize(
    ("template", "path", "types"),
    [
        pytest.param("/items", "/items", {}, id="static"),
        pytest.param("/items/{item_id}", "/items/{item_id}", {"item_id": str}, id="plain"),
        pytest.param("/items/{item_id:int}", "/items/{item_id}", {"item_id": int}, id="int"),
        pytest.param("/x/{x:float}", "/x/{x}", {"x": float}, id="float"),
        pytest.param("/x/{x:uuid}", "/x/{x}", {"x": UUID}, id="uuid"),
        pytest.param("/x/{x:date}", "/x/{x}", {"x": date}, id="date"),
        pytest.param("/files/{rest:path}", "/files/{rest}", {"rest": str}, id="path"),
        pytest.param("/x/{x:colour}", "/x/{x}", {"x": str}, id="registered-by-a-user"),
        pytest.param(
            "/{name}.{ext:str}", "/{name}.{ext}", {"name": str, "ext": str}, id="two-in-a-segment"
        ),
    ],
)
def test_converters_leave_the_path_and_inform_the_types(
    template: str, path: str, types: dict[str, type]
) -> None:
    found = read_template(template)

    assert found.path == path
    assert found.types == types


def test_templates_that_differ_in_names_only_have_one_shape() -> None:
    assert read_template("/a/{x:int}/b").shape == read_template("/a/{y}/b").shape


def test_templates_that_differ_in_text_have_different_shapes() -> None:
    assert read_template("/{name}.json").shape != read_template("/{name}.xml").shape
