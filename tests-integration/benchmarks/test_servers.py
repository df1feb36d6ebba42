"""Servers start, answer, are measured as a group, and are gone afterwards."""

import importlib.util
import os
import socket

import pytest

from benchmarks.contenders import CONTENDERS, Contender
from benchmarks.endpoints import ENDPOINTS, check_answer
from benchmarks.servers import HOST, Server, ServerError, command_of, free_port, parse_stat

RAW = next(contender for contender in CONTENDERS if contender.name == "raw")

needs_uvicorn = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("uvicorn", "uvloop", "httptools")),
    reason="uvicorn, uvloop and httptools are in requirements.txt",
)


def test_cpu_time_is_read_behind_a_name_with_blanks_and_brackets() -> None:
    stat = "4711 (a (b) c) S 1 4700 4700 0 -1 4194560 100 0 0 0 250 50 7 9 20 0 1 0 12345 1 1"

    group, seconds = parse_stat(stat)

    assert group == 4700
    assert seconds == pytest.approx(300 / os.sysconf("SC_CLK_TCK"))


def test_every_asgi_contender_is_served_alike() -> None:
    commands = {
        tuple(part for part in command_of(contender, 8000) if not part.startswith("benchmarks."))
        for contender in CONTENDERS
        if contender.is_asgi
    }

    assert len(commands) == 1


def test_a_server_listens_on_the_loopback_only() -> None:
    assert all(HOST in command_of(contender, free_port()) for contender in CONTENDERS)
    assert HOST == "127.0.0.1"


@needs_uvicorn
def test_a_server_answers_and_is_gone_afterwards() -> None:
    with Server(RAW) as server:
        check_answer("raw", ENDPOINTS[0], server.answer(ENDPOINTS[0].request))
        assert server.cpu_seconds() > 0

    with pytest.raises(OSError, match="refused"):
        socket.create_connection((HOST, server.port), timeout=1)
    assert server.cpu_seconds() == 0


@needs_uvicorn
def test_a_server_that_does_not_start_shows_what_it_wrote() -> None:
    with (
        pytest.raises(ServerError, match="nobody ended with status") as caught,
        Server(Contender("nobody", "Nobody")),
    ):
        pytest.fail("It must not serve.")

    assert "Could not import module" in caught.value.output
