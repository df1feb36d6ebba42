"""Path templates: what they mean as text, and which ones are refused."""

import pytest

from covet_routing import Mixed, Parameter, TemplateError, parse_template


def test_a_template_is_segments_between_slashes() -> None:
    template = parse_template("/users/{user_id:int}/{name}.{ext}")

    users, user_id, file = template.segments
    assert users == "users"
    assert isinstance(user_id, Parameter)
    assert (user_id.name, user_id.converter_name) == ("user_id", "int")
    assert isinstance(file, Mixed)
    assert file.literals == ("", ".", "")
    assert template.names == ("user_id", "name", "ext")


def test_a_trailing_slash_is_an_empty_last_segment() -> None:
    assert parse_template("/users/").segments == ("users", "")
    assert parse_template("/").segments == ("",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/{a}", "/{b}"),
        ("/{a}", "/{a:str}"),
        ("/{a:int}/x", "/{b:int}/x"),
        ("/{a}.{b}", "/{c}.{d:str}"),
    ],
)
def test_names_are_no_part_of_the_shape(one: str, other: str) -> None:
    assert parse_template(one).shape == parse_template(other).shape


@pytest.mark.parametrize(
    ("one", "other"),
    [("/{a}", "/{a:int}"), ("/{a}", "/{a}/"), ("/{a}.{b}", "/{a}-{b}"), ("/a", "/{a}")],
)
def test_what_matches_other_paths_has_another_shape(one: str, other: str) -> None:
    assert parse_template(one).shape != parse_template(other).shape


def test_the_path_format_has_no_converters() -> None:
    template = parse_template("/a/{x:int}/{p:path}")

    assert template.path_format == "/a/{x}/{p}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("items", "no leading slash", id="no-leading-slash"),
        pytest.param("", "no leading slash", id="empty"),
        pytest.param("/a//b", "segment ''", id="empty-segment"),
        pytest.param("/a/../b", "segment '..'", id="dot-segment"),
        pytest.param("/{a", "do not pair", id="unclosed"),
        pytest.param("/a}", "do not pair", id="unopened"),
        pytest.param("/{{a}}", "do not pair", id="nested"),
        pytest.param("/{}", "no identifier", id="no-name"),
        pytest.param("/{1a}", "no identifier", id="bad-name"),
        pytest.param("/{a b}", "no identifier", id="name-with-space"),
        pytest.param("/{a}/{a}", "appears twice", id="same-name-twice"),
        pytest.param("/{a}{b}", "without text between", id="adjacent"),
        pytest.param("/{a:nope}", "'nope'", id="unknown-converter"),
        pytest.param("/{a:}", "''", id="empty-converter"),
        pytest.param("/x{p:path}", "mixes text", id="path-in-mixed-segment"),
        pytest.param("/{p:path}/a/{q:path}", "span several", id="two-paths"),
    ],
)
def test_a_wrong_template_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(TemplateError) as caught:
        parse_template(text)

    assert reason in caught.value.reason
    assert caught.value.template == text
    assert repr(text) in str(caught.value)


def test_a_missing_slash_comes_with_the_remedy() -> None:
    with pytest.raises(TemplateError) as caught:
        parse_template("items")

    assert str(caught.value) == (
        "Path template 'items' is invalid: it has no leading slash. Write '/items'."
    )


def test_a_misspelt_converter_gets_a_suggestion() -> None:
    with pytest.raises(TemplateError, match="Did you mean 'float'"):
        parse_template("/{x:flaot}")
