"""Every contender gives the same answers to the same requests: else its time means nothing."""

import asyncio
import importlib.util

import pytest

from benchmarks.contenders import CONTENDERS, ASGIApp, Contender, chosen
from benchmarks.endpoints import ENDPOINTS, Answer, Endpoint, Request, check_answer, check_rejection
from benchmarks.in_process import answer, cpu_seconds_per_request, lifespan
from benchmarks.servers import Server

BY_KEY = {endpoint.key: endpoint for endpoint in ENDPOINTS}
IN_PROCESS = [contender for contender in CONTENDERS if contender.is_asgi]


@pytest.fixture(params=IN_PROCESS, ids=lambda contender: contender.name)
def contender(request: pytest.FixtureRequest) -> Contender:
    contender: Contender = request.param
    if not contender.is_installed:
        pytest.skip(f"{contender.title} is not installed; requirements.txt has it")
    return contender


@pytest.fixture
def app(contender: Contender) -> ASGIApp:
    return contender.load()


def ask(app: ASGIApp, *requests: Request) -> list[Answer]:
    async def run() -> list[Answer]:
        async with lifespan(app):
            return [await answer(app, request) for request in requests]

    return asyncio.run(run())


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.key)
def test_answers_are_equal(contender: Contender, app: ASGIApp, endpoint: Endpoint) -> None:
    (given,) = ask(app, endpoint.request)

    check_answer(contender.name, endpoint, given)


@pytest.mark.parametrize("key", ["B", "C"])
def test_invalid_input_is_refused(contender: Contender, app: ASGIApp, key: str) -> None:
    invalid = BY_KEY[key].invalid
    assert invalid is not None

    (given,) = ask(app, invalid)

    check_rejection(contender.name, invalid, given, contender.rejects[key])


def test_nothing_of_one_request_is_left_for_the_next(app: ASGIApp) -> None:
    create = BY_KEY["C"]
    other = Request("POST", "/users", body=create.request.body.replace(b"London", b"Paris"))

    first, second, third = ask(app, create.request, other, create.request)

    assert first.body == third.body
    assert b"Paris" in second.body


def test_many_requests_run_on_one_client(app: ASGIApp) -> None:
    async def run() -> float:
        async with lifespan(app):
            return await cpu_seconds_per_request(app, BY_KEY["C"].request, 3)

    assert asyncio.run(run()) >= 0


def test_django_bolt_answers_like_the_others() -> None:
    (bolt,) = [contender for contender in CONTENDERS if not contender.is_asgi]
    if not bolt.is_installed:
        pytest.skip("django-bolt is not installed; requirements.txt has it")

    with Server(bolt) as server:
        for endpoint in ENDPOINTS:
            check_answer(bolt.name, endpoint, server.answer(endpoint.request))
            if endpoint.invalid is not None:
                rejection = server.answer(endpoint.invalid)
                check_rejection(bolt.name, endpoint.invalid, rejection, bolt.rejects[endpoint.key])


def test_the_choice_keeps_the_order_of_the_table() -> None:
    names = [contender.name for contender in chosen({"falcon", "raw"}, asgi_only=True)]

    assert names == ["raw", "falcon"]


def test_in_process_nobody_brings_a_server_of_their_own() -> None:
    assert all(contender.is_asgi for contender in chosen(None, asgi_only=True))


def test_a_contender_that_is_not_installed_says_so() -> None:
    nobody = Contender("nobody", "Nobody", "nobody", "no_such_framework")

    assert importlib.util.find_spec("no_such_framework") is None
    assert not nobody.is_installed
