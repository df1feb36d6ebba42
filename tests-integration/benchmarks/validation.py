"""Validation and serialization: Covet's step beside the same Pydantic model's own call."""

import importlib.util
from collections.abc import Callable, Collection

from pydantic import TypeAdapter

from benchmarks.calls import cpu_seconds_per_call
from benchmarks.endpoints import ENDPOINTS, JSON_TYPE
from benchmarks.environment import describe
from benchmarks.payloads import ITEMS, NEW_USER, Item, NewUser, User
from benchmarks.report import Column, Goal, Report
from benchmarks.samples import interleave, repetitions

COLUMNS = (
    Column("body", "12-field body to arguments", "µs", 1e6),
    Column("model", "one model to bytes", "µs", 1e6),
    Column("list", "100 models to bytes", "µs", 1e6),
)
GOALS = (Goal("body", "covet", "bare", "≤", 1.15),)
BODY = next(endpoint.request.body for endpoint in ENDPOINTS if endpoint.key == "C")
PUBLIC_USER = User(**NEW_USER.model_dump(exclude={"password"}))

Calls = dict[str, Callable[[], object]]


def _bare() -> Calls:
    validate_json = NewUser.__pydantic_validator__.validate_json
    user_to_json = User.__pydantic_serializer__.to_json
    items_to_json = TypeAdapter(list[Item]).serializer.to_json
    return {
        "body": lambda: validate_json(BODY),
        "model": lambda: user_to_json(PUBLIC_USER),
        "list": lambda: items_to_json(ITEMS),
    }


def _covet() -> Calls:
    from covet_validation import RequestValidator, ResponseSerializer

    async def create_user(user: NewUser) -> User:
        return user

    headers = [
        (b"host", b"127.0.0.1:8000"),
        (b"accept", b"*/*"),
        (b"content-type", JSON_TYPE.encode()),
        (b"content-length", b"%d" % len(BODY)),
    ]
    validate = RequestValidator(create_user, methods=("POST",)).validate
    serializer = ResponseSerializer()
    user_to_json = serializer.compile(User)
    items_to_json = serializer.compile(list[Item])
    return {
        "body": lambda: validate({}, b"", headers, BODY),
        "model": lambda: user_to_json(PUBLIC_USER),
        "list": lambda: items_to_json(ITEMS),
    }


def _check(calls: Calls) -> None:
    arguments = calls["body"]()
    if arguments != {"user": NEW_USER}:
        raise RuntimeError(
            f"RequestValidator gave {arguments!r}: nothing is timed before it is right."
        )
    for column, expected in _bare().items():
        if column != "body" and calls[column]() != expected():
            raise RuntimeError(f"ResponseSerializer gave other bytes for {column!r}.")


def run(
    *,
    rounds: int = 15,
    seconds: float = 0.05,
    only: Collection[str] | None = None,
    say: Callable[[str], None] = print,
) -> Report:
    """Measure; *seconds* is the CPU time that each sample takes. *only* changes nothing here."""
    contenders: dict[str, Calls] = {"bare": _bare()}
    absent: dict[str, str] = {}
    if importlib.util.find_spec("covet_validation") is None:
        absent["covet"] = "not installed"
    else:
        contenders["covet"] = _covet()
        _check(contenders["covet"])
    counts = {
        (name, column): repetitions(cpu_seconds_per_call(call, 2000), seconds)
        for name, calls in contenders.items()
        for column, call in calls.items()
    }
    say(f"validation: {rounds} rounds")
    figures = interleave(
        list(contenders),
        [column.key for column in COLUMNS],
        rounds,
        lambda name, column: cpu_seconds_per_call(contenders[name][column], counts[name, column]),
    )
    return Report(
        "validation",
        "Validation and serialization",
        COLUMNS,
        figures,
        GOALS,
        rounds,
        absent=absent,
        environment=describe(["covet-validation", "pydantic", "pydantic-core"]),
    )
