"""Requests that a client library refuses to send, written to the socket byte by byte."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from urllib.parse import urlsplit

import httpx2


@contextmanager
def connection(url: str) -> Iterator[socket.socket]:
    """Open a connection to the server of *url*."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as opened:
        yield opened


def head(method: str, target: str, *fields: str) -> bytes:
    """Return a request's first lines, the empty one included."""
    return "\r\n".join([f"{method} {target} HTTP/1.1", "Host: test", *fields, "", ""]).encode()


def chunk(content: bytes) -> bytes:
    """Return one chunk of a body that comes in chunks (RFC 9112 §7.1)."""
    return b"%x\r\n%b\r\n" % (len(content), content)


def exchange(
    url: str, method: str, target: str, *fields: str, body: bytes = b""
) -> httpx2.Response:
    """Send one request, *body* as it is given, and return what is answered."""
    with connection(url) as opened:
        opened.sendall(head(method, target, *fields) + body)
        with HTTPResponse(opened, method=method) as response:
            response.begin()
            content = response.read()
            headers = response.getheaders()
            status = response.status
    request = httpx2.Request(method, url + target)
    return httpx2.Response(status, headers=headers, content=content, request=request)
