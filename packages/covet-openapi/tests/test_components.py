"""Components: what types become, and what they are called."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from types import SimpleNamespace
from typing import Annotated, Any, Generic, Literal, NotRequired, TypeVar

import pytest
from pydantic import MISSING, BaseModel, Field, computed_field
from typing_extensions import TypedDict

from covet_openapi import DocumentFaultsError, SchemaError
from covet_openapi._names import name_definitions
from covet_openapi._schemas import Definition

Make = Callable[..., SimpleNamespace]
Generate = Callable[..., dict[str, Any]]
T = TypeVar("T")
U = TypeVar("U")


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Post(BaseModel):
    """An article."""

    id: int
    colour: Colour = Field(examples=["red"])


class Page(BaseModel, Generic[T]):
    items: list[T]


class Pair(BaseModel, Generic[T, U]):
    left: T
    right: U


class Comment(BaseModel):
    text: str
    replies: "list[Comment]"


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


Pet = Annotated[Cat | Dog, Field(discriminator="kind")]


class Draft(BaseModel):
    title: str
    public: bool = False


class Folder(BaseModel):
    draft: Draft


class Blog:
    class Post(BaseModel):
        """Of a blog."""

        blog: str


class Shop:
    class Post(BaseModel):
        """Of a shop."""

        shop: str


def local_post() -> type[BaseModel]:
    class Post(BaseModel):
        """An article."""

        id: int
        colour: Colour = Field(examples=["red"])

    return Post


@pytest.fixture
def components(
    route: Make, value: Make, document: Generate
) -> Callable[..., dict[str, dict[str, Any]]]:
    """Return the components of some types, read and written, the error model's left out."""

    def generate(*, read: tuple[Any, ...] = (), written: tuple[Any, ...] = ()) -> dict[str, Any]:
        found = document(
            *(
                route(f"/r{n}", ["POST"], value("v", each, location="body"))
                for n, each in enumerate(read)
            ),
            *(route(f"/w{n}", response_model=each) for n, each in enumerate(written)),
        )
        schemas = found["components"]["schemas"]
        return {name: schemas[name] for name in schemas.keys() - {"ErrorDetail", "ErrorResponse"}}

    return generate


Components = Callable[..., dict[str, dict[str, Any]]]


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize(
    ("annotation", "names"),
    [
        pytest.param(Post, {"Post", "Colour"}, id="model-and-enum"),
        pytest.param(list[Post], {"Post", "Colour"}, id="in-a-list"),
        pytest.param(Page[Post], {"PagePost", "Post", "Colour"}, id="generic"),
        pytest.param(Page[int], {"PageInt"}, id="generic-of-builtin"),
        pytest.param(
            Page[Page[Post]], {"PagePagePost", "PagePost", "Post", "Colour"}, id="generic-nested"
        ),
        pytest.param(Pair[int, Colour], {"PairIntColour", "Colour"}, id="two-arguments"),
        pytest.param(Comment, {"Comment"}, id="recursive"),
        pytest.param(Pet, {"Cat", "Dog"}, id="union"),
        pytest.param(Page[Literal["a:1"]], {"PageLiteralA1"}, id="literal-argument"),
        pytest.param(local_post(), {"Post", "Colour"}, id="class-of-a-function"),
    ],
)
def test_names_are_the_classes_own(
    components: Components, annotation: Any, names: set[str]
) -> None:
    assert set(components(written=(annotation,))) == names


def test_every_reference_resolves_to_a_component_and_none_is_local(
    route: Make, value: Make, document: Generate
) -> None:
    found = document(
        route("/a", ["POST"], value("v", Comment), response_model=Page[Page[Comment]]),
        route("/b", ["POST"], value("v", Pet, location="body"), response_model=dict[str, Pet]),
    )

    names = {f"#/components/schemas/{name}" for name in found["components"]["schemas"]}
    assert references(found) == names
    assert "$defs" not in json.dumps(found)
    assert "covet-schema" not in json.dumps(found)


def test_a_discriminator_maps_to_the_components(
    route: Make, value: Make, operation: Generate
) -> None:
    found = operation(route("/x", ["POST"], value("pet", Pet, location="body")))

    schema = found["requestBody"]["content"]["application/json"]["schema"]
    assert schema["discriminator"] == {
        "propertyName": "kind",
        "mapping": {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"},
    }


def test_a_recursive_model_refers_to_itself(components: Components) -> None:
    found = components(written=(Comment,))

    assert found["Comment"]["properties"]["replies"]["items"] == {
        "$ref": "#/components/schemas/Comment"
    }


def test_a_component_has_description_and_examples_but_no_title_made_from_a_name(
    components: Components,
) -> None:
    found = components(written=(Page[Post], Pair[int, Colour]))

    assert found["Post"] == {
        "description": "An article.",
        "properties": {
            "id": {"type": "integer"},
            "colour": {"$ref": "#/components/schemas/Colour", "examples": ["red"]},
        },
        "required": ["id", "colour"],
        "type": "object",
    }
    assert found["Colour"] == {"enum": ["red", "blue"], "type": "string"}
    assert "title" not in found["PagePost"]
    assert "title" not in found["PairIntColour"]


def test_titles_that_a_model_states_are_kept(components: Components) -> None:
    class Named(BaseModel):
        model_config = {"title": "A thing with a name"}
        size: int = Field(title="How large")

    found = components(written=(Named,))["Named"]

    assert found["title"] == "A thing with a name"
    assert found["properties"]["size"]["title"] == "How large"


def test_a_model_that_is_the_same_read_and_written_is_one_component(
    components: Components,
) -> None:
    assert set(components(read=(Page[Post],), written=(Page[Post],))) == {
        *("PagePost", "Post", "Colour")
    }


def test_a_model_that_differs_read_and_written_is_two_and_so_is_what_holds_it(
    components: Components,
) -> None:
    found = components(read=(Folder,), written=(Folder,))

    assert set(found) == {"Draft-Input", "Draft-Output", "Folder-Input", "Folder-Output"}
    assert found["Folder-Input"]["properties"]["draft"]["$ref"].endswith("/Draft-Input")
    assert found["Draft-Input"]["required"] == ["title"]
    assert found["Draft-Output"]["required"] == ["title", "public"]


def test_recursive_models_are_equal_read_and_written_if_all_else_is(
    components: Components,
) -> None:
    assert set(components(read=(Comment,), written=(Comment,))) == {"Comment"}


def test_what_is_computed_is_written_only(components: Components) -> None:
    class Square(BaseModel):
        side: int

        @computed_field
        @property
        def area(self) -> int:
            return self.side**2

    found = components(read=(Square,), written=(Square,))

    assert set(found["Square-Input"]["properties"]) == {"side"}
    assert found["Square-Output"]["required"] == ["side", "area"]


def test_a_field_that_may_be_left_out_of_an_answer_is_not_promised(
    components: Components,
) -> None:
    class Answer(BaseModel):
        always: int = 1
        secret: int = Field(1, exclude=True)
        sometimes: int = Field(0, exclude_if=lambda found: found == 0)
        patched: str | MISSING = MISSING

    found = components(written=(Answer,))["Answer"]

    assert set(found["properties"]) == {"always", "sometimes", "patched"}
    assert found["required"] == ["always"]


def test_dataclasses_and_typed_dicts_are_components_too(components: Components) -> None:
    @dataclass
    class Point:
        x: int
        y: int = 0

    class Options(TypedDict):
        depth: int
        width: NotRequired[int]

    found = components(written=(Point, Options))

    assert found["Point"]["required"] == ["x", "y"]
    assert found["Options"]["required"] == ["depth"]


def test_different_classes_of_one_name_are_told_apart_by_where_they_are(
    components: Components,
) -> None:
    found = components(written=(Blog.Post, Shop.Post))

    assert set(found) == {"BlogPost", "ShopPost"}


def test_generics_of_different_classes_of_one_name_are_told_apart_too(
    components: Components,
) -> None:
    found = components(written=(Page[Blog.Post], Page[Shop.Post]))

    assert set(found) == {"BlogPost", "ShopPost", "PageBlogPost", "PageShopPost"}
    assert found["PageBlogPost"]["properties"]["items"]["items"]["$ref"].endswith("/BlogPost")


def test_a_class_told_apart_may_also_differ_read_and_written(components: Components) -> None:
    class Other:
        class Draft(BaseModel):
            body: str

    found = components(read=(Draft,), written=(Draft, Other.Draft))

    stems = sorted(name for name in found)
    assert len(stems) == 3
    assert sum(name.endswith("Draft-Input") for name in stems) == 1
    assert sum(name.endswith("Draft-Output") for name in stems) == 1
    assert sum(name.endswith("OtherDraft") for name in stems) == 1


def test_equal_classes_of_one_name_are_one_component(components: Components) -> None:
    assert set(components(written=(Post, local_post()))) == {"Post", "Colour"}


def test_classes_that_nothing_tells_apart_are_numbered(components: Components) -> None:
    def variant(kind: type) -> type[BaseModel]:
        class Same(BaseModel):
            value: kind  # type: ignore[valid-type]

        return Same

    found = components(written=(variant(int), variant(str)))

    assert [name[-1] for name in sorted(found, key=len)] == ["e", "2"]


def definition(core_ref: str, **schema: Any) -> Definition:
    return Definition(core_ref, "serialization", schema)


@pytest.mark.parametrize(
    ("core_ref", "name"),
    [
        pytest.param("blog.models.Post:1", "Post", id="class"),
        pytest.param("blog.post_out:1", "post_out", id="as-written"),
        pytest.param("blog.Größe:1", "Große".replace("ß", ""), id="ascii-only"),
        pytest.param("blog.用户:1", "Schema", id="nothing-left"),
        pytest.param("something else", "somethingelse", id="not-pydantic's"),
        pytest.param("blog.Page:1[Optional[int]:2]", "PageOptionalInt", id="arguments"),
        pytest.param("m.Page:1[f.<locals>.Post:2]", "PagePost", id="argument-of-a-function"),
    ],
)
def test_any_identity_becomes_a_legal_name(core_ref: str, name: str) -> None:
    assert name_definitions({"covet-schema:S0": definition(core_ref)}) == {"covet-schema:S0": name}


def test_a_name_made_to_tell_classes_apart_never_takes_that_of_another() -> None:
    names = name_definitions(
        {
            "covet-schema:S0": definition("app.blog.Post:1", type="string"),
            "covet-schema:S1": definition("app.shop.Post:2", type="integer"),
            "covet-schema:S2": definition("app.BlogPost:3", type="boolean"),
        }
    )

    assert sorted(names.values()) == ["BlogPost", "BlogPost2", "ShopPost"]
    assert names["covet-schema:S2"] == "BlogPost"


def test_the_order_of_routes_changes_no_name(components: Components) -> None:
    one = components(read=(Folder,), written=(Blog.Post, Shop.Post, Folder))
    two = components(read=(Folder,), written=(Folder, Shop.Post, Blog.Post))

    assert one == two


def test_a_default_that_cannot_be_hashed_is_no_obstacle(
    route: Make, value: Make, operation: Generate
) -> None:
    found = operation(route("/x", ["GET"], value("tag", list[str], required=False, default=["a"])))

    assert found["parameters"][0]["schema"]["default"] == ["a"]


@pytest.mark.parametrize(
    "annotation",
    [
        pytest.param(object(), id="no-type"),
        pytest.param(SimpleNamespace, id="class-that-pydantic-does-not-know"),
        pytest.param(Callable[[int], int], id="type-without-json"),
        pytest.param("list[Unknown]", id="name-that-does-not-resolve"),
    ],
)
def test_a_type_without_schema_is_reported_with_its_place(
    route: Make, value: Make, document: Generate, annotation: Any
) -> None:
    with pytest.raises(DocumentFaultsError) as caught:
        document(route("/ok"), route("/x", ["GET"], value("callback", annotation)))

    (error,) = caught.value.exceptions
    assert isinstance(error, SchemaError)
    assert error.place == "GET /x, parameter 'callback'"
    assert error.annotation is annotation


def test_an_answer_without_schema_is_reported_with_its_place(
    route: Make, document: Generate
) -> None:
    with pytest.raises(DocumentFaultsError) as caught:
        document(route("/x/{y:int}", ["PUT"], response_model=Callable[[int], int]))

    (error,) = caught.value.exceptions
    assert isinstance(error, SchemaError)
    assert error.place == "PUT /x/{y:int}, response"
