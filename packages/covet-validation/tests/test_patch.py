from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import pytest
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from covet_validation import Patch, RequestValidator

Run = Callable[..., dict[str, Any]]
Refuse = Callable[..., list[tuple[str, str, str]]]


class NewPost(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    title: Annotated[str, Field(min_length=3, max_length=20)]
    body: str = Field("…", alias="text", description="What it says.")
    subtitle: str | None = None
    tags: list[str] = Field(default_factory=list)
    slug: str = Field("x", frozen=True)

    @field_validator("title")
    @classmethod
    def _capital(cls, value: str) -> str:
        return value.capitalize()

    @field_validator("tags", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return value.split(",") if isinstance(value, str) else value

    @model_validator(mode="after")
    def _whole(self) -> NewPost:
        if self.title == self.subtitle:
            raise ValueError("title and subtitle are the same")
        return self


class Post:
    def __init__(self) -> None:
        self.title = "Old"
        self.body = "old"
        self.subtitle: str | None = "sub"
        self.tags: list[str] = []


def patch(**values: Any) -> Patch[NewPost]:
    return Patch[NewPost].model_validate(values)


def codes(**values: Any) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        patch(**values)
    return [(str(one["loc"][0]), one["type"]) for one in caught.value.errors()]


def test_may_be_empty() -> None:
    assert patch().changes() == {}


def test_tells_absent_from_null() -> None:
    assert patch(subtitle=None).changes() == {"subtitle": None}
    assert "subtitle" in patch(subtitle=None)
    assert "subtitle" not in patch(title="Hello")


def test_has_no_defaults() -> None:
    assert patch(title="Hello").changes() == {"title": "Hello"}


@pytest.mark.parametrize("field", ["title", "text", "tags"])
def test_refuses_null_where_the_model_does(field: str) -> None:
    assert [name for name, _ in codes(**{field: None})] == [field]


def test_keeps_constraints_configuration_and_validators() -> None:
    assert codes(title="ab") == [("title", "string_too_short")]
    assert codes(nope=1) == [("nope", "extra_forbidden")]
    assert patch(title="  hello ").changes() == {"title": "Hello"}
    assert patch(tags="a,b").changes() == {"tags": ["a", "b"]}


def test_uses_aliases_outside_and_names_inside() -> None:
    assert patch(text="new").changes() == {"body": "new"}
    assert codes(body="new") == [("body", "extra_forbidden")]


def test_leaves_validators_of_the_whole_aside() -> None:
    assert patch(subtitle="Hello").changes() == {"subtitle": "Hello"}


def test_cannot_change_frozen_fields() -> None:
    assert codes(slug="y") == [("slug", "extra_forbidden")]


def test_sets_present_fields_and_returns_what_changed() -> None:
    post = Post()

    changed = patch(title="Hello", text="old", subtitle=None).apply(post)

    assert changed == ("title", "subtitle")
    assert (post.title, post.body, post.subtitle) == ("Hello", "old", None)


def test_sets_nothing_if_the_target_lacks_a_field() -> None:
    class Bare:
        title = "Old"

    target = Bare()

    with pytest.raises(AttributeError, match="no attribute 'body'") as caught:
        patch(title="Hello", text="new").apply(target)

    assert target.title == "Old"
    assert caught.value.name == "body"


def test_applies_to_models() -> None:
    post = NewPost(title="Hello")

    assert patch(title="World").apply(post) == ("title",)
    assert post.title == "World"


def test_applies_to_models_that_lack_a_value() -> None:
    post = NewPost.model_construct(title="Hello")
    del post.__dict__["subtitle"]

    assert patch(title="World").apply(post) == ("title",)


def test_is_one_class_for_each_model() -> None:
    assert Patch[NewPost] is Patch[NewPost]
    assert Patch[NewPost].__name__ == "NewPostPatch"


@pytest.mark.parametrize("model", [int, "NewPost", list[NewPost]])
def test_is_of_models_only(model: Any) -> None:
    with pytest.raises(TypeError, match="only Pydantic models"):
        Patch[model]


def test_needs_its_method_names() -> None:
    class Ledger(BaseModel):
        changes: int

    with pytest.raises(TypeError, match="changes"):
        Patch[Ledger]


def test_may_be_generic() -> None:
    from typing import TypeVar

    T = TypeVar("T", bound=BaseModel)

    assert Patch[T] is not None


def test_schema_requires_nothing() -> None:
    schema = Patch[NewPost].model_json_schema()

    assert "required" not in schema
    assert schema["properties"]["title"] == {
        "type": "string",
        "minLength": 3,
        "maxLength": 20,
        "title": "Title",
    }
    assert schema["properties"]["text"]["description"] == "What it says."
    assert all("default" not in one for one in schema["properties"].values())


def test_is_written_without_what_is_absent() -> None:
    assert patch(subtitle=None).model_dump_json() == '{"subtitle":null}'


def test_is_a_body(run: Run, refuse: Refuse) -> None:
    def handler(patch: Patch[NewPost]) -> None: ...

    validator = RequestValidator(handler, methods=["PATCH"])

    found = run(validator, body=b'{"title":"hello"}')

    assert found["patch"].changes() == {"title": "Hello"}
    assert sorted(refuse(validator, body=b'{"title":null,"nope":1}')) == [
        ("body", "nope", "EXTRA_FORBIDDEN"),
        ("body", "title", "STRING_TYPE"),
    ]


def test_keeps_validators_of_every_mode() -> None:
    class Form(BaseModel):
        plain: int
        wrapped: int
        all_of_it: str

        @field_validator("plain", mode="plain")
        @classmethod
        def _plain(cls, value: Any) -> Any:
            return f"{value}!"

        @field_validator("wrapped", mode="wrap")
        @classmethod
        def _wrap(cls, value: Any, handler: Callable[[Any], int], info: ValidationInfo) -> Any:
            return (handler(value), info.field_name)

        @field_validator("*", mode="before")
        @classmethod
        def _all(cls, value: Any) -> Any:
            return value.strip()

    found = Patch[Form].model_validate({"plain": " 1 ", "wrapped": " 2 ", "all_of_it": " a "})

    assert found.changes() == {"plain": "1!", "wrapped": (2, "wrapped"), "all_of_it": "a"}
