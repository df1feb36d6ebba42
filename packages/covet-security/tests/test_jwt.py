"""The authenticator: who gets a token, and whose a token is."""

import asyncio
import pickle
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt as pyjwt
import pytest

from covet_security import (
    Algorithm,
    AuthenticationException,
    ClaimError,
    ConfigError,
    JWTAuthenticator,
    Key,
    KeySet,
    Secret,
)

NOW = 1_800_000_000
ALGORITHMS: list[Algorithm] = ["HS256", "HS384", "HS512", "RS256", "ES256", "EdDSA"]


def claims_of(auth: JWTAuthenticator, token: str) -> Mapping[str, Any]:
    return asyncio.run(auth.validate_token(token))


def refused(auth: JWTAuthenticator, token: str) -> AuthenticationException:
    with pytest.raises(AuthenticationException) as caught:
        claims_of(auth, token)
    return caught.value


# Issuing


@pytest.mark.parametrize("alg", ALGORITHMS)
def test_a_token_that_was_issued_is_accepted(
    keys: Mapping[Algorithm, Key], clock: Callable[[], float], alg: Algorithm
) -> None:
    auth = JWTAuthenticator(keys[alg], issuer="blog", audience="readers", clock=clock)

    claims = claims_of(auth, auth.create_access_token({"user_id": 7}))

    assert claims["sub"] == "7"
    assert claims["iss"] == "blog"
    assert claims["aud"] == "readers"
    assert claims["iat"] == NOW
    assert claims["exp"] == NOW + 30 * 60


@pytest.mark.parametrize("alg", ALGORITHMS)
def test_another_library_reads_the_token(keys: Mapping[Algorithm, Key], alg: Algorithm) -> None:
    auth = JWTAuthenticator(keys[alg], issuer="blog", audience="readers")
    key = keys[alg] if alg.startswith("HS") else keys[alg].public()

    token = auth.create_access_token({"user_id": 7})

    assert pyjwt.get_unverified_header(token) == {
        "alg": alg,
        "kid": f"{alg}-key",
        "typ": "at+jwt",
    }
    claims = pyjwt.decode(
        token, key.material.reveal(), algorithms=[alg], issuer="blog", audience="readers"
    )
    assert claims["sub"] == "7"


@pytest.mark.parametrize(
    "user_id", ["ada", 7, 0, uuid.UUID(int=5)], ids=["text", "int", "zero", "uuid"]
)
def test_the_user_id_becomes_the_subject_as_a_string(
    auth: JWTAuthenticator, user_id: object
) -> None:
    claims = claims_of(auth, auth.create_access_token({"user_id": user_id}))

    assert claims["sub"] == str(user_id)
    assert "user_id" not in claims


def test_the_subject_may_be_given_by_its_own_name(auth: JWTAuthenticator) -> None:
    assert claims_of(auth, auth.create_access_token({"sub": "ada"}))["sub"] == "ada"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"user_id": None},
        {"user_id": ""},
        {"user_id": True},
        {"user_id": object()},
        {"sub": 1.5},
    ],
)
def test_a_token_needs_a_subject(auth: JWTAuthenticator, data: dict[str, Any]) -> None:
    with pytest.raises(ClaimError, match="is missing") as caught:
        auth.create_access_token(data)

    assert caught.value.claim == "sub"


def test_the_subject_is_given_once(auth: JWTAuthenticator) -> None:
    with pytest.raises(ClaimError, match="given twice"):
        auth.create_access_token({"user_id": 7, "sub": "8"})


@pytest.mark.parametrize("claim", ["iss", "aud", "iat", "exp", "jti"])
def test_data_cannot_set_what_the_authenticator_sets(auth: JWTAuthenticator, claim: str) -> None:
    with pytest.raises(ClaimError) as caught:
        auth.create_access_token({"user_id": 7, claim: "x"})

    assert caught.value.claim == claim


def test_further_claims_travel_with_the_token(auth: JWTAuthenticator) -> None:
    extra = {"scope": "a b", "client_id": "cli", "sid": "s", "nbf": NOW, "tenant": ["é", None]}

    claims = claims_of(auth, auth.create_access_token({"user_id": 7, **extra}))

    assert extra.items() <= claims.items()


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("scope", ["a"]),
        ("client_id", 1),
        ("sid", None),
        ("nbf", "now"),
        ("nbf", 1.5),
        ("nbf", True),
    ],
)
def test_a_registered_claim_has_its_type(auth: JWTAuthenticator, claim: str, value: object) -> None:
    with pytest.raises(ClaimError, match="must be") as caught:
        auth.create_access_token({"user_id": 7, claim: value})

    assert caught.value.claim == claim


@pytest.mark.parametrize("value", [object(), float("nan"), b"x", {1, 2}, [[{"a": object()}]]])
def test_a_claim_must_be_json(auth: JWTAuthenticator, value: object) -> None:
    with pytest.raises(ClaimError, match="JSON"):
        auth.create_access_token({"user_id": 7, "extra": value})


def test_every_token_has_an_id_of_its_own_of_128_bits(auth: JWTAuthenticator) -> None:
    ids = {claims_of(auth, auth.create_access_token({"user_id": 7}))["jti"] for _ in range(50)}

    assert len(ids) == 50
    assert {len(jti) for jti in ids} == {22}  # base64url of 16 bytes


def test_a_token_too_long_to_be_accepted_is_not_issued(auth: JWTAuthenticator) -> None:
    with pytest.raises(ClaimError, match="over 8192") as caught:
        auth.create_access_token({"user_id": 7, "small": 1, "bio": "x" * 8192})

    assert caught.value.claim == "bio"


def test_a_token_that_outlives_the_calendar_is_not_issued(auth: JWTAuthenticator) -> None:
    with pytest.raises(ClaimError, match="year 9999"):
        auth.create_access_token({"user_id": 7}, timedelta.max)


def test_public_keys_check_tokens_and_issue_none(
    keys: Mapping[Algorithm, Key], clock: Callable[[], float]
) -> None:
    issuer = JWTAuthenticator(keys["ES256"], issuer="blog", audience="readers", clock=clock)
    reader = JWTAuthenticator(
        keys["ES256"].public(), issuer="blog", audience="readers", clock=clock
    )

    assert claims_of(reader, issuer.create_access_token({"user_id": 7}))["sub"] == "7"
    with pytest.raises(ConfigError, match="None of the keys can sign"):
        reader.create_access_token({"user_id": 7})


# Time


def test_a_token_lasts_until_its_second_of_expiry(auth: JWTAuthenticator, clock: Any) -> None:
    token = auth.create_access_token({"user_id": 7}, timedelta(seconds=60))

    clock.now = NOW + 59.999
    assert claims_of(auth, token)["sub"] == "7"

    clock.now = NOW + 60
    assert refused(auth, token).problem == "expired"


def test_an_expired_token_says_so_in_the_challenge_alone(auth: JWTAuthenticator) -> None:
    expired = refused(auth, auth.create_access_token({"user_id": 7}, timedelta(seconds=-1)))
    wrong = refused(auth, "a.b.c")

    assert expired.headers["WWW-Authenticate"] == (
        'Bearer realm="api", error="invalid_token", error_description="expired"'
    )
    assert expired.detail == wrong.detail
    assert expired.status_code == wrong.status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [{"iss": "other"}, {"aud": "other"}, {"sub": 7}, {"header": {"typ": "JWT"}}, {"nbf": NOW + 9}],
    ids=str,
)
def test_a_wrong_token_is_never_called_expired(
    refusal: Callable[[str], str], forge: Callable[..., str], wrong: dict[str, Any]
) -> None:
    assert "expired" not in refusal(forge(exp=NOW - 100, **wrong))


def test_a_token_is_not_accepted_before_its_time(
    auth: JWTAuthenticator, clock: Any, refusal: Callable[[str], str]
) -> None:
    token = auth.create_access_token({"user_id": 7, "nbf": NOW + 10})

    assert "valid from" in refusal(token)
    clock.now = NOW + 10
    assert claims_of(auth, token)["sub"] == "7"


def test_leeway_forgives_the_clock_both_ways(hs_key: Key, clock: Any) -> None:
    auth = JWTAuthenticator(hs_key, issuer="blog", audience="x", leeway_seconds=5, clock=clock)
    token = auth.create_access_token({"user_id": 7, "nbf": NOW + 10}, timedelta(seconds=20))

    for now, is_accepted in [(4.9, False), (5, True), (24.9, True), (25, False)]:
        clock.now = NOW + now
        if is_accepted:
            assert claims_of(auth, token)["sub"] == "7"
        else:
            refused(auth, token)


@pytest.mark.parametrize("claim", ["exp", "iat", "nbf"])
@pytest.mark.parametrize("value", [str(NOW + 60), NOW + 60.0, True, None, [], -1, 10**12], ids=repr)
def test_times_are_whole_seconds(
    refusal: Callable[[str], str], forge: Callable[..., str], claim: str, value: object
) -> None:
    assert f"'{claim}' is not a time" in refusal(forge(**{claim: value}))


# Claims


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "iat", "exp", "jti"])
def test_a_required_claim_that_is_missing_is_refused(
    refusal: Callable[[str], str], forge: Callable[..., str], claim: str
) -> None:
    refusal(forge(**{claim: ...}))


@pytest.mark.parametrize("issuer", ["blo", "blogs", "Blog", "", ["blog"], {"blog": 1}, None, 7])
def test_the_issuer_is_compared_exactly(
    refusal: Callable[[str], str], forge: Callable[..., str], issuer: object
) -> None:
    assert "not issued by 'blog'" in refusal(forge(iss=issuer))


@pytest.mark.parametrize(
    "audience",
    ["reader", "readers2", "Readers", "", [], ["reader"], [["readers"]], {"readers": 1}, None, 7],
)
def test_the_audience_is_an_exact_member(
    refusal: Callable[[str], str], forge: Callable[..., str], audience: object
) -> None:
    assert "not for 'readers'" in refusal(forge(aud=audience))


def test_one_of_several_audiences_is_enough(
    auth: JWTAuthenticator, forge: Callable[..., str]
) -> None:
    assert claims_of(auth, forge(aud=["writers", "readers"]))["sub"] == "7"


@pytest.mark.parametrize("claim", ["sub", "jti"])
@pytest.mark.parametrize("value", ["", None, 7, ["7"], {"id": "7"}])
def test_subject_and_id_are_strings_that_say_something(
    refusal: Callable[[str], str], forge: Callable[..., str], claim: str, value: object
) -> None:
    assert f"{claim!r} is not a non-empty string" in refusal(forge(**{claim: value}))


@pytest.mark.parametrize("claim", ["scope", "client_id", "sid"])
def test_optional_claims_are_strings(
    refusal: Callable[[str], str], forge: Callable[..., str], claim: str
) -> None:
    assert f"{claim!r} is not a string" in refusal(forge(**{claim: ["admin"]}))


def test_the_claims_are_read_only(auth: JWTAuthenticator) -> None:
    claims = claims_of(auth, auth.create_access_token({"user_id": 7}))

    with pytest.raises(TypeError):
        claims["sub"] = "8"  # type: ignore[index]


# The header and the key


@pytest.mark.parametrize("kind", ["JWT", "jwt", "rt+jwt", "AT+JWT", "", None, ["at+jwt"], ...])
def test_only_access_tokens_are_accepted(
    refusal: Callable[[str], str], forge: Callable[..., str], kind: object
) -> None:
    if kind == ["at+jwt"]:
        kind = "at+jwt "
    assert "not of type 'at+jwt'" in refusal(forge(header={"typ": kind}))


def test_the_long_name_of_the_type_is_accepted(
    auth: JWTAuthenticator, forge: Callable[..., str]
) -> None:
    assert claims_of(auth, forge(header={"typ": "application/at+jwt"}))["sub"] == "7"


def test_a_header_that_says_nothing_to_us_is_ignored(
    auth: JWTAuthenticator, forge: Callable[..., str]
) -> None:
    assert claims_of(auth, forge(header={"nonce": "x"}))["sub"] == "7"


@pytest.mark.parametrize("kid", ["other", "", None, 7, ["HS256-key"], {}, ..., "HS256-KEY"])
def test_a_token_names_one_of_our_keys(
    refusal: Callable[[str], str], forge: Callable[..., str], kid: object
) -> None:
    assert "names no key of ours" in refusal(forge(header={"kid": kid}))


@pytest.mark.parametrize("alg", ["none", "None", "HS384", "HS512", "RS256", "hs256", "", None, ...])
def test_a_token_cannot_choose_its_algorithm(
    refusal: Callable[[str], str], forge: Callable[..., str], alg: object
) -> None:
    assert "algorithm is not HS256" in refusal(forge(header={"alg": alg}))


def test_a_key_of_the_same_name_and_another_secret_is_found_out(
    refusal: Callable[[str], str], forge: Callable[..., str], hs_key: Key
) -> None:
    imposter = Key(hs_key.kid, "HS256", "x" * 32)

    assert "signature is not by key 'HS256-key'" in refusal(forge(key=imposter))


def test_an_old_key_still_verifies_after_rotation(clock: Any) -> None:
    old, new = Key("old", "HS256", "o" * 32), Key("new", "HS256", "n" * 32)
    before = JWTAuthenticator(old, issuer="i", audience="a", clock=clock)
    during = JWTAuthenticator(KeySet([new, old]), issuer="i", audience="a", clock=clock)
    after = JWTAuthenticator(KeySet([new]), issuer="i", audience="a", clock=clock)
    token = before.create_access_token({"user_id": 7})

    assert claims_of(during, token)["sub"] == "7"
    assert "no key of ours" in refused(after, token).reason
    assert claims_of(after, during.create_access_token({"user_id": 8}))["sub"] == "8"


# Configuration


@pytest.mark.parametrize("secret", ["s" * 32, Secret("s" * 32)], ids=["text", "secret"])
def test_a_string_is_one_hs256_key(secret: str | Secret) -> None:
    auth = JWTAuthenticator(secret, issuer="i", audience="a")

    assert [key.alg for key in auth.keys] == ["HS256"]


def test_the_algorithm_of_a_string_can_be_chosen() -> None:
    auth = JWTAuthenticator("s" * 64, "HS512", issuer="i", audience="a")

    assert [key.alg for key in auth.keys] == ["HS512"]


def test_a_weak_secret_stops_the_start() -> None:
    with pytest.raises(ConfigError, match="31 bytes") as caught:
        JWTAuthenticator("s" * 31, issuer="i", audience="a")

    assert "s" * 31 not in str(caught.value)


def test_a_missing_secret_stops_the_start() -> None:
    with pytest.raises(ConfigError, match="not NoneType"):
        JWTAuthenticator(None, issuer="i", audience="a")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "options",
    [
        {"issuer": ""},
        {"audience": ""},
        {"leeway_seconds": 31},
        {"leeway_seconds": -1},
        {"access_token_expire_minutes": 0},
        {"access_token_expire_minutes": -5},
        {"realm": 'a"b'},
    ],
    ids=str,
)
def test_an_option_out_of_range_stops_the_start(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        JWTAuthenticator("s" * 32, **{"issuer": "i", "audience": "a", **options})


def test_issuer_and_audience_have_no_default() -> None:
    with pytest.raises(TypeError, match="'issuer' and 'audience'"):
        JWTAuthenticator("s" * 32)  # type: ignore[call-arg]


def test_its_secret_neither_shows_nor_leaves() -> None:
    auth = JWTAuthenticator("very-secret-" * 3, issuer="i", audience="a")

    assert "very-secret" not in repr(auth) + repr(vars(auth))
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(auth)


# Users and principals


class User:
    def __init__(self, subject: str, db: Any) -> None:
        self.subject = subject
        self.db = db


async def load_later(subject: str, db: Any) -> User | None:
    return User(subject, db) if subject != "gone" else None


def load_now(subject: str, db: Any) -> User | None:
    return User(subject, db) if subject != "gone" else None


@pytest.fixture(params=[load_later, load_now])
def loading(request: pytest.FixtureRequest, hs_key: Key, clock: Any) -> JWTAuthenticator:
    return JWTAuthenticator(
        hs_key, issuer="blog", audience="readers", load_user=request.param, clock=clock
    )


def test_a_token_leads_to_its_user(loading: JWTAuthenticator) -> None:
    token = loading.create_access_token({"user_id": 7})

    user = asyncio.run(loading.validate_token_and_get_user(token, "session"))

    assert (user.subject, user.db) == ("7", "session")


def test_a_user_who_is_gone_is_refused_like_a_wrong_token(loading: JWTAuthenticator) -> None:
    token = loading.create_access_token({"user_id": "gone"})

    with pytest.raises(AuthenticationException) as caught:
        asyncio.run(loading.validate_token_and_get_user(token))

    assert caught.value.headers == refused(loading, "a.b.c").headers
    assert caught.value.detail == refused(loading, "a.b.c").detail
    assert caught.value.reason == "The token's user 'gone' does not exist."


def test_no_user_is_looked_for_on_behalf_of_a_wrong_token(hs_key: Key) -> None:
    looked_for: list[str] = []
    auth = JWTAuthenticator(
        hs_key, issuer="i", audience="a", load_user=lambda subject, db: looked_for.append(subject)
    )

    with pytest.raises(AuthenticationException):
        asyncio.run(auth.validate_token_and_get_user("a.b.c"))

    assert looked_for == []


def test_a_loader_that_fails_is_not_a_wrong_token(hs_key: Key) -> None:
    def fail(subject: str, db: Any) -> None:
        raise ConnectionError("database down")

    auth = JWTAuthenticator(hs_key, issuer="i", audience="a", load_user=fail)

    with pytest.raises(ConnectionError):
        asyncio.run(auth.validate_token_and_get_user(auth.create_access_token({"user_id": 7})))


def test_a_user_needs_a_loader(auth: JWTAuthenticator) -> None:
    token = auth.create_access_token({"user_id": 7})

    with pytest.raises(ConfigError, match="load_user"):
        asyncio.run(auth.validate_token_and_get_user(token))


def test_an_authorization_header_proves_a_principal(loading: JWTAuthenticator) -> None:
    token = loading.create_access_token({"user_id": 7, "scope": "posts:read posts:write"})

    principal = asyncio.run(loading.authenticate(f"Bearer {token}".encode(), "session"))

    assert principal is not None
    assert principal.subject == "7"
    assert principal.method == "bearer"
    assert principal.scopes == {"posts:read", "posts:write"}
    assert principal.expires_at == datetime.fromtimestamp(NOW + 1800, UTC)
    assert principal.claims["iss"] == "blog"
    assert principal.user.db == "session"


def test_without_a_loader_the_principal_has_no_user(auth: JWTAuthenticator) -> None:
    token = auth.create_access_token({"user_id": 7})

    principal = asyncio.run(auth.authenticate(f"bearer {token}"))

    assert principal is not None
    assert principal.user is None
    assert principal.scopes == frozenset()


@pytest.mark.parametrize("authorization", [None, "Basic YTpi"])
def test_without_a_bearer_token_nobody_is_authenticated(
    auth: JWTAuthenticator, authorization: str | None
) -> None:
    assert asyncio.run(auth.authenticate(authorization)) is None


@pytest.mark.parametrize("authorization", ["Bearer", "Bearer a b", "Bearer a.b.c"])
def test_a_bearer_token_that_is_wrong_is_an_error_in_our_realm(
    hs_key: Key, authorization: str
) -> None:
    auth = JWTAuthenticator(hs_key, issuer="i", audience="a", realm="blog")

    with pytest.raises(AuthenticationException) as caught:
        asyncio.run(auth.authenticate(authorization))

    assert caught.value.challenge.startswith('Bearer realm="blog", error="invalid_token"')
