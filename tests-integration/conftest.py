"""Fixtures that need a real server or browser."""

from collections.abc import Iterator

import pytest
from servers import postgresql


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The URL of an empty PostgreSQL server, without a database's name."""
    with postgresql() as url:
        yield url
