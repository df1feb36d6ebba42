"""Route tables are distinct, repeatable and of the asked size, and their URLs match them."""

from itertools import islice

import pytest

from benchmarks.route_table import Shape, Template, paths, position, table

SHAPES: list[Shape] = ["wide", "nested"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [10, 1000, 10_000])
def test_templates_are_as_many_as_asked_and_distinct(shape: Shape, size: int) -> None:
    assert len({str(template) for template in table(size, shape)}) == size


@pytest.mark.parametrize("shape", SHAPES)
def test_a_table_is_the_same_every_time(shape: Shape) -> None:
    assert table(1000, shape) == table(1000, shape)


def test_no_parameter_stands_twice_in_a_template() -> None:
    assert all(len(set(entry.names)) == len(entry.names) for entry in table(10_000))


def test_one_place_in_the_path_has_one_parameter_name() -> None:
    names: dict[tuple[str, ...], str] = {}
    for template in table(10_000):
        for depth, part in enumerate(template.segments):
            if part.startswith("{"):
                assert names.setdefault(template.segments[:depth], part) == part


def test_urls_are_distinct_and_carry_their_parameters() -> None:
    template = Template(("repos", "{owner}", "issues", "{issue_number}"))

    path, params = template.url(7)

    assert path == "/repos/owner-7/issues/7"
    assert params == {"owner": "owner-7", "issue_number": "7"}
    assert template.url(8)[0] != path


def test_brackets_can_be_a_routers_own() -> None:
    template = Template(("repos", "{owner}", "hooks"))

    assert template.written("<", ">") == "/repos/<owner>/hooks"


@pytest.mark.parametrize("shape", SHAPES)
def test_positions_are_of_the_same_kind_and_in_order(shape: Shape) -> None:
    templates = table(10_000, shape)

    first, middle, last = (position(templates, where) for where in ("first", "middle", "last"))

    assert first < 20
    assert abs(middle - 5000) < 20
    assert last > 9980
    assert all(templates[index].is_typical for index in (first, middle, last))


@pytest.mark.parametrize("kind", ["first", "middle", "last", "miss", "early-miss"])
def test_paths_of_a_kind_are_distinct(kind: str) -> None:
    assert len(set(islice(paths(table(1000), kind), 500))) == 500


@pytest.mark.parametrize("kind", ["miss", "early-miss"])
def test_a_miss_has_the_shape_of_a_hit(kind: str) -> None:
    templates = table(1000)

    hit, missed = next(paths(templates, "middle")), next(paths(templates, kind))

    assert hit.count("/") == missed.count("/")
    assert sum(a != b for a, b in zip(hit.split("/"), missed.split("/"), strict=True)) == 1


def test_static_paths_are_new_strings_each_time() -> None:
    templates = [Template(("meta",))]

    first, second = islice(paths(templates, "static"), 2)

    assert first == second
    assert first is not second
