"""Whether a schema can execute a document, and whether a document can become a schema."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from covet_graphql.error import GraphQLError
from covet_graphql.language import ParallelVisitor, visit
from covet_graphql.type import assert_valid_schema
from covet_graphql.utilities.type_info import TypeInfo, TypeInfoVisitor
from covet_graphql.validation._fault import place
from covet_graphql.validation._tables import tables_of
from covet_graphql.validation._walk import record_of
from covet_graphql.validation.rules._record_rule import RecordRule
from covet_graphql.validation.specified_rules import specified_rules, specified_sdl_rules
from covet_graphql.validation.validation_context import SDLValidationContext, ValidationContext

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from covet_graphql.language import DocumentNode
    from covet_graphql.type import GraphQLSchema
    from covet_graphql.validation._fault import Fault
    from covet_graphql.validation._record import Record
    from covet_graphql.validation.rules import ASTValidationRule

_MAX_ERRORS: Final = 100


def validate(
    schema: GraphQLSchema,
    document_ast: DocumentNode,
    rules: Collection[type[ASTValidationRule]] | None = None,
    max_errors: int | None = None,
    hide_suggestions: bool = False,
) -> list[GraphQLError]:
    """Return what is wrong with a document that *schema* shall execute; nothing if it is valid.

    Errors are in the order of the document. Those of rules of your own, which are visitors, come
    behind those of the rules of this package.

    Args:
        schema: The schema.
        document_ast: The document.
        rules: The rules to validate by, `specified_rules` when none are given. Add your own with
            ``[*specified_rules, MyRule]``.
        max_errors: How many errors are enough; by default 100. When there are more, the last one
            says so.
        hide_suggestions: Suggest no names, which would tell clients what the schema has.

    Raises:
        TypeError: *schema* is not valid.

    Source: GraphQL §5, https://spec.graphql.org/September2025/#sec-Validation
    """
    assert_valid_schema(schema)
    if max_errors is None:
        max_errors = _MAX_ERRORS
    plan = _SPECIFIED if rules is None else _plan(tuple(rules))
    errors: list[GraphQLError] = []
    if plan.checks:
        record = record_of(document_ast, schema, tables_of(schema), hide_suggestions)
        errors = _recorded_errors(plan, record, max_errors)
    if plan.visitors and len(errors) <= max_errors:
        report = _Reporter(errors, max_errors)
        type_info = TypeInfo(schema)
        context = ValidationContext(schema, document_ast, type_info, report, hide_suggestions)
        visitor = ParallelVisitor([rule(context) for rule in plan.visitors])
        with suppress(_EnoughErrors):
            visit(document_ast, TypeInfoVisitor(type_info, visitor))
    if len(errors) > max_errors:
        message = "Too many validation errors, error limit reached. Validation aborted."
        errors[max_errors:] = [GraphQLError(message)]
    return errors


def validate_sdl(
    document_ast: DocumentNode,
    schema_to_extend: GraphQLSchema | None = None,
    rules: Collection[type[ASTValidationRule]] | None = None,
) -> list[GraphQLError]:
    """Return what is wrong with a document that shall become a schema, or the extension of one.

    What only the whole schema shows is left to `validate_schema`.

    Source: GraphQL §3, https://spec.graphql.org/September2025/#sec-Type-System
    """
    plan = _SPECIFIED_SDL if rules is None else _plan(tuple(rules))
    record = record_of(document_ast, schema_to_extend, None, False)
    errors = _recorded_errors(plan, record, None)
    if plan.visitors:
        context = SDLValidationContext(document_ast, schema_to_extend, errors.append)
        visit(document_ast, ParallelVisitor([rule(context) for rule in plan.visitors]))
    return errors


def assert_valid_sdl(document_ast: DocumentNode) -> None:
    """Do nothing when a document can become a schema.

    Raises:
        TypeError: It cannot; the message has all errors.
    """
    _raise(validate_sdl(document_ast))


def assert_valid_sdl_extension(document_ast: DocumentNode, schema: GraphQLSchema) -> None:
    """Do nothing when a document can extend *schema*.

    Raises:
        TypeError: It cannot; the message has all errors.
    """
    _raise(validate_sdl(document_ast, schema))


def _raise(errors: list[GraphQLError]) -> None:
    if errors:
        raise TypeError("\n\n".join([error.message for error in errors]))


class _Plan(NamedTuple):
    """Rules, sorted by what they need.

    Attributes:
        checks: What gets the lists that rules read, and their checks with their rank.
        visitors: The rules that walk themselves.
    """

    checks: list[tuple[Callable[[Record], Any], list[tuple[int, Callable[..., Iterable[Fault]]]]]]
    visitors: list[type[ASTValidationRule]]


@lru_cache(maxsize=64)
def _plan(rules: tuple[type[ASTValidationRule], ...]) -> _Plan:
    by_reads: dict[str, list[tuple[int, Callable[..., Iterable[Fault]]]]] = {}
    visitors: list[type[ASTValidationRule]] = []
    for rank, rule in enumerate(rules):
        if issubclass(rule, RecordRule) and _walks_not(rule):
            by_reads.setdefault(rule.reads, []).append((rank, rule.check))
        else:
            visitors.append(rule)
    return _Plan([(attrgetter(reads), checks) for reads, checks in by_reads.items()], visitors)


def _walks_not(rule: type[RecordRule]) -> bool:
    """Return whether a rule has no methods of a visitor besides that of all record rules."""
    methods = {name for name in dir(rule) if name.startswith(("enter", "leave"))}
    return methods == {"enter_document"} and rule.enter_document is RecordRule.enter_document


_SPECIFIED: Final = _plan(specified_rules)
_SPECIFIED_SDL: Final = _plan(specified_sdl_rules)


def _recorded_errors(plan: _Plan, record: Record, max_errors: int | None) -> list[GraphQLError]:
    """Return what the rules that read *record* find, at most one too many of each."""
    stop = None if max_errors is None else max_errors + 1
    faults: list[tuple[tuple[int, int, int], int, GraphQLError]] = []
    for read, checks in plan.checks:
        if read(record):
            for rank, check in checks:
                for fault in islice(check(record), stop):
                    faults.append((place(fault), rank, fault.error))
    faults.sort(key=lambda found: found[:2])
    return [error for _, _, error in faults]


class _EnoughErrors(Exception):  # noqa: N818 (the end of a walk, no fault)
    """There are more errors than anybody wants."""


class _Reporter:
    """Collects errors until there are enough."""

    def __init__(self, errors: list[GraphQLError], max_errors: int) -> None:
        self._errors = errors
        self._max_errors = max_errors

    def __call__(self, error: GraphQLError) -> None:
        self._errors.append(error)
        if len(self._errors) > self._max_errors:
            raise _EnoughErrors
