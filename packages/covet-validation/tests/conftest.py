from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import settings

from covet_validation import ErrorDetail, RequestValidator, ValidationException

settings.register_profile("quick", max_examples=60, deadline=None)
settings.load_profile("quick")

Headers = list[tuple[bytes, bytes]]
Outcome = dict[str, Any]
Run = Callable[..., Outcome]


@pytest.fixture
def json_headers() -> Headers:
    return [(b"host", b"example.org"), (b"content-type", b"application/json")]


@pytest.fixture
def run(json_headers: Headers) -> Run:
    """Validate one request: `run(validator, query=b"…", body=b"…")`."""

    def run(
        validator: RequestValidator,
        *,
        path: dict[str, object] | None = None,
        query: bytes = b"",
        headers: Iterable[tuple[bytes, bytes]] = (),
        content_type: bytes | None = b"application/json",
        body: Any = None,
    ) -> Outcome:
        sent = [*headers]
        if body is not None and content_type is not None:
            sent.append((b"content-type", content_type))
        return validator.validate(path or {}, query, sent, body)

    return run


Refuse = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture
def refuse(run: Run) -> Refuse:
    """Validate one wrong request and return location, field and code of each detail."""

    def refuse(validator: RequestValidator, **request: Any) -> list[tuple[str, str, str]]:
        with pytest.raises(ValidationException) as caught:
            run(validator, **request)
        return [(one.location, one.field, one.code) for one in caught.value.errors]

    return refuse


@pytest.fixture
def caught(run: Run) -> Callable[..., ValidationException]:
    """Validate one wrong request and return the exception."""

    def caught(validator: RequestValidator, **request: Any) -> ValidationException:
        with pytest.raises(ValidationException) as found:
            run(validator, **request)
        assert all(isinstance(one, ErrorDetail) for one in found.value.errors)
        return found.value

    return caught
