"""Fixtures that need a real server or browser."""

from collections.abc import Iterator

import pytest
from blog_server import Blog, blog_on
from servers import create_database, postgresql

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The URL of an empty PostgreSQL server, without a database's name."""
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session", params=DATABASES)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Whatever touches tables is tested on each of these."""
    return str(request.param)


@pytest.fixture(scope="session")
def blog(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Blog]:
    """A running blog on a database of its own, with the seeded data."""
    folder = tmp_path_factory.mktemp(f"blog-{database_kind}")
    url = f"sqlite:///{folder}/blog.db"
    if database_kind == "postgresql":
        url = create_database(request.getfixturevalue("postgresql_url"), "blog")
    with blog_on(url, folder) as served:
        yield served
