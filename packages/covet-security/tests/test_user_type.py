"""The type of user is read from the loader's return annotation."""

import functools
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, Optional

import pytest

from covet_security import JWTAuthenticator, LoadUser

if TYPE_CHECKING:
    from elsewhere import AsyncSession, Missing


class User: ...


class Admin: ...


async def optional(subject: str, db: Any) -> User | None: ...
async def old_optional(subject: str, db: Any) -> Optional[User]: ...  # noqa: UP045
async def plain(subject: str, db: Any) -> User: ...
def sync(subject: str, db: Any) -> User | None: ...
def awaitable(subject: str, db: Any) -> Awaitable[User | None]: ...
def coroutine(subject: str, db: Any) -> Coroutine[Any, Any, User | None]: ...
async def textual(subject: str, db: Any) -> "User | None": ...
async def with_unknown_parameter(subject: str, db: "AsyncSession") -> "User | None": ...


async def third(kind: str, subject: str, db: Any) -> User | None: ...


class Loader:
    async def __call__(self, subject: str, db: Any) -> User | None: ...

    async def method(self, subject: str, db: Any) -> "User | None": ...


def logged(loader: Callable[..., Any]) -> LoadUser:
    @functools.wraps(loader)
    def wrapper(*arguments: Any) -> Any:
        return loader(*arguments)

    return wrapper


async def silent(subject: str, db: Any): ...  # type: ignore[no-untyped-def]
async def missing(subject: str, db: Any) -> "Missing": ...
async def nonsense(subject: str, db: Any) -> "User | | None": ...  # noqa: F722
async def several(subject: str, db: Any) -> User | Admin | None: ...
async def anything(subject: str, db: Any) -> Any: ...
async def an_object(subject: str, db: Any) -> object: ...
async def nothing(subject: str, db: Any) -> None: ...
async def generic(subject: str, db: Any) -> dict[str, str] | None: ...


def authenticator(load_user: LoadUser | None) -> JWTAuthenticator:
    return JWTAuthenticator("s" * 32, issuer="i", audience="a", load_user=load_user)


@pytest.mark.parametrize(
    "loader",
    [
        optional,
        old_optional,
        plain,
        sync,
        awaitable,
        coroutine,
        textual,
        with_unknown_parameter,
        logged(textual),
        pytest.param(functools.partial(third, "x"), id="partial"),
        pytest.param(Loader(), id="callable-object"),
        pytest.param(Loader().method, id="method"),
    ],
)
def test_it_is_the_one_class_in_the_annotation(loader: LoadUser) -> None:
    auth = authenticator(loader)

    assert auth.user_type is User
    assert auth.loads_user


@pytest.mark.parametrize(
    "loader", [silent, missing, nonsense, several, anything, an_object, nothing, generic]
)
def test_it_is_unknown_where_the_annotation_says_no_one_class(loader: LoadUser) -> None:
    auth = authenticator(loader)

    assert auth.user_type is None
    assert auth.loads_user


def test_without_a_loader_there_is_no_user() -> None:
    auth = authenticator(None)

    assert auth.user_type is None
    assert not auth.loads_user
