"""Refusals: one text for the log, one for the client."""

import copy
import pickle

import pytest

from covet_security import (
    AuthenticationException,
    BodyTooLargeError,
    ClaimError,
    ConfigError,
    ContentLengthError,
    CrossSiteRequestError,
    PasswordError,
    PermissionDeniedException,
    RateLimitException,
    RequestRefusedError,
    StoreUnavailableError,
)

REFUSALS = [
    AuthenticationException("Key 'a' is gone.", realm="blog", problem="expired"),
    PermissionDeniedException("User 7 lacks posts:write."),
    ContentLengthError((b"+5",)),
    BodyTooLargeError(100, 101),
    CrossSiteRequestError("The request comes from another site."),
    RateLimitException(59.2),
    RateLimitException(-1),
    StoreUnavailableError("Redis does not answer.", retry_after=0.25),
]


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: type(error).__name__)
def test_a_refusal_tells_the_client_less_than_the_log(error: RequestRefusedError) -> None:
    assert str(error)
    assert error.detail
    assert str(error) not in error.detail


@pytest.mark.parametrize(
    ("error", "status_code"),
    list(zip(REFUSALS, [401, 403, 400, 413, 403, 429, 429, 503], strict=True)),
)
def test_a_refusal_carries_its_status(error: RequestRefusedError, status_code: int) -> None:
    assert error.status_code == status_code


@pytest.mark.parametrize(
    "error",
    [*REFUSALS, ClaimError("exp", "is ours."), PasswordError("Too short.")],
    ids=lambda error: type(error).__name__,
)
def test_an_error_survives_a_copy_and_a_pickle(error: Exception) -> None:
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)


def test_missing_credentials_are_challenged_without_an_error() -> None:
    error = AuthenticationException("No token.", realm="blog")

    assert error.headers == {"WWW-Authenticate": 'Bearer realm="blog"'}


def test_a_refused_token_is_challenged_by_the_fixed_words() -> None:
    error = AuthenticationException("The signature is wrong.", problem="invalid")

    assert error.headers == {
        "WWW-Authenticate": 'Bearer realm="api", error="invalid_token", error_description="invalid"'
    }


def test_a_denied_permission_asks_for_no_credentials() -> None:
    assert dict(PermissionDeniedException("no").headers) == {}


def test_a_permission_that_is_missing_is_named_in_the_challenge() -> None:
    error = PermissionDeniedException("no", scope="posts:write", realm="blog")

    assert error.headers == {
        "WWW-Authenticate": 'Bearer realm="blog", error="insufficient_scope", scope="posts:write"'
    }


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [(0, 1), (0.001, 1), (1, 1), (1.001, 2), (60, 60)]
)
def test_the_time_to_come_back_is_whole_seconds_and_never_too_early(
    retry_after: float, seconds: int
) -> None:
    for error in (
        RateLimitException(retry_after),
        StoreUnavailableError("gone", retry_after=retry_after),
    ):
        assert error.retry_after == seconds
        assert error.headers["Retry-After"] == str(seconds)


@pytest.mark.parametrize("retry_after", [-1, None])
def test_where_waiting_does_not_help_no_time_is_told(retry_after: float | None) -> None:
    error = RateLimitException(retry_after, headers={"RateLimit": "x"})

    assert error.retry_after is None
    assert error.headers == {"RateLimit": "x"}
    assert error.detail == "Too many requests."


@pytest.mark.parametrize("realm", ["", 'a"b', "a\\b", "a\r\nSet-Cookie: b", "é", "a\n"])
def test_a_realm_that_cannot_be_quoted_is_a_configuration_error(realm: str) -> None:
    with pytest.raises(ConfigError, match="cannot stand in a WWW-Authenticate header"):
        AuthenticationException("No token.", realm=realm)


def test_a_long_junk_length_is_cut_in_the_log() -> None:
    error = ContentLengthError((b"x" * 10_000,) * 500)

    assert len(str(error)) < 300


def test_the_client_learns_the_limit_that_it_passed() -> None:
    error = BodyTooLargeError(100, 101)

    assert error.detail == "The request body may have at most 100 bytes."
    assert (error.max_body_bytes, error.body_bytes) == (100, 101)


def test_a_claim_error_names_the_claim() -> None:
    error = ClaimError("exp", "is ours.")

    assert error.claim == "exp"
    assert str(error) == "Claim 'exp' is ours."
