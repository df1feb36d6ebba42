"""JSON Schemas of types, made by Pydantic in one pass, with references that await their names."""

import re
import warnings
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import Field, TypeAdapter
from pydantic.errors import PydanticUndefinedAnnotation, PydanticUserError
from pydantic.json_schema import (
    CoreModeRef,
    CoreRef,
    DefsRef,
    GenerateJsonSchema,
    JsonSchemaWarningKind,
)
from pydantic.warnings import UnsupportedFieldAttributeWarning
from pydantic_core.core_schema import (
    CoreSchema,
    DataclassField,
    ModelField,
    TypedDictField,
)

from ._errors import SchemaError
from ._json import JsonObject

Mode: TypeAlias = Literal["validation", "serialization"]
"""Whether a schema describes what comes in or what goes out."""

NO_DEFAULT = object()
"""The default of a value that has none worth showing."""

_REFERENCE = "covet-schema:"  # any string that begins like this is a reference of ours


@dataclass(frozen=True, slots=True, eq=False)
class SchemaSource:
    """A type whose schema is wanted; compared by identity, as defaults need not be hashable."""

    key: Hashable
    annotation: Any
    mode: Mode
    place: str
    """Where it is used, for error messages."""
    default: Any = NO_DEFAULT
    source: tuple[str, int] = ("<unknown>", 0)
    """File and line of that place."""


@dataclass(frozen=True, slots=True)
class Definition:
    """The schema of a class, which others refer to."""

    core_ref: str
    """Pydantic's identity of the class: ``module.Class:id[Argument:id]``."""
    mode: Mode
    schema: JsonObject


@dataclass(frozen=True, slots=True)
class Schemas:
    """What the sources look like; references are resolved by :attr:`definitions`."""

    by_key: Mapping[Hashable, JsonObject]
    definitions: Mapping[str, Definition]
    """Reference → what it refers to, in the order in which the classes were met."""

    def resolve(self, schema: JsonObject) -> JsonObject:
        """Return the schema that *schema* refers to, or itself if it is no reference."""
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"]].schema
        return schema


def is_reference(text: str) -> bool:
    """Return whether a string value of a schema refers to a definition."""
    return text.startswith(_REFERENCE)


def generate_schemas(
    sources: Iterable[SchemaSource], report: Callable[[SchemaSource, SchemaError], None]
) -> Schemas:
    """Return the schemas of all *sources* but those that cannot be described.

    *report* is called with each of these, and with why it cannot.
    """
    shared: dict[Hashable, SchemaSource] = {}
    heads: dict[Hashable, SchemaSource] = {}
    inputs: list[tuple[SchemaSource, Mode, CoreSchema]] = []
    for source in sources:
        heads[source.key] = head = shared.setdefault(_equality(source), source)
        if head is source:
            try:
                inputs.append((source, source.mode, _core_schema(source)))
            except SchemaError as error:
                report(source, error)
    generator = _Generator()
    try:
        by_source, definitions = generator.generate_definitions(inputs)
    except PydanticUserError:
        faults = {each[0]: _fault(*each) for each in inputs}
        for source, fault in faults.items():
            if fault is not None:
                report(source, fault)
        generator = _Generator()
        inputs = [each for each in inputs if faults[each[0]] is None]
        by_source, definitions = generator.generate_definitions(inputs)
    return Schemas(
        {
            key: by_source[head, head.mode]
            for key, head in heads.items()
            if (head, head.mode) in by_source
        },
        {
            f"{_REFERENCE}{name}": Definition(
                core_ref, mode, _without_class_title(core_ref, definitions[DefsRef(name)])
            )
            for name, (core_ref, mode) in generator.classes.items()
            if name in definitions
        },
    )


def _equality(source: SchemaSource) -> Hashable:
    """Return what sources with the same schema have in common; each is alone with its default."""
    if source.default is not NO_DEFAULT:
        return source
    try:
        hash(source.annotation)
    except TypeError:  # metadata that cannot be hashed
        return source
    return source.annotation, source.mode


def _core_schema(source: SchemaSource) -> CoreSchema:
    annotation: Any = source.annotation
    if source.default is not NO_DEFAULT:
        annotation = cast("Any", Annotated[annotation, Field(default=source.default)])
    try:
        with warnings.catch_warnings():  # an alias or `deprecated` is the parameter's own matter
            warnings.simplefilter("ignore", UnsupportedFieldAttributeWarning)
            adapter = TypeAdapter[Any](annotation)
            adapter.rebuild()  # does nothing unless a forward reference is still open
    except (PydanticUserError, PydanticUndefinedAnnotation) as error:
        raise SchemaError(source.place, source.annotation, _first_line(error)) from error
    return adapter.core_schema


def _fault(source: SchemaSource, mode: Mode, schema: CoreSchema) -> SchemaError | None:
    try:
        _Generator().generate(schema, mode)
    except PydanticUserError as error:
        return SchemaError(source.place, source.annotation, _first_line(error))
    return None


def _without_class_title(core_ref: CoreRef, schema: JsonObject) -> JsonObject:
    """Return *schema* without a title that only repeats the name of its class.

    The component's name says it better: the input and the output of a class have one title.
    """
    path, bracket, arguments = re.sub(r":\d+", "", core_ref).partition("[")
    named = f"{path.rpartition('.')[2]}{bracket}{arguments}".replace(" ", "")
    if schema.get("title", "").replace(" ", "") != named:
        return schema
    return {key: value for key, value in schema.items() if key != "title"}


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, with neutral references and without the titles that repeat names."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {  # noqa: RUF012  (as the base has it)
        "skipped-choice",
        "non-serializable-default",
    }

    def __init__(self) -> None:
        super().__init__(ref_template=f"{_REFERENCE}{{model}}")
        self.classes: dict[str, CoreModeRef] = {}

    def get_defs_ref(self, core_mode_ref: CoreModeRef) -> DefsRef:
        """Give each class a number, so that Pydantic finds no two names to tell apart."""
        number = f"S{len(self.classes)}"
        self.classes[number] = core_mode_ref
        return super().get_defs_ref((CoreRef(f"{number}:0"), core_mode_ref[1]))

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave out titles made from field names; those that a model states are kept."""
        return False

    def field_is_required(
        self,
        field: ModelField | DataclassField | TypedDictField,
        total: bool,
    ) -> bool:
        """Promise in an answer every field that is always there, also those with defaults."""
        if self.mode == "validation" or field["type"] == "typed-dict-field":
            return super().field_is_required(field, total)
        return not (
            field.get("serialization_exclude")
            or "serialization_exclude_if" in field
            or _can_be_missing(field["schema"])
        )


def _can_be_missing(schema: Any) -> bool:
    """Return whether a field's value can be Pydantic's MISSING, which is not written out."""
    match schema:
        case {"type": "missing-sentinel"}:
            return True
        case {"schema": inner}:
            return _can_be_missing(inner)
        case _:
            return False
