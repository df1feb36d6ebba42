"""Injection: functions, generators, classes and instances as parameters."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated

from covet import Covet, Depends, Header, PermissionDeniedException, Request, Router

log: list[str] = []

# --- Functions, with inputs and dependencies of their own ------------------------------------


def page_size(per_page: int = 20) -> int:
    return min(per_page, 100)


async def language(accept_language: Annotated[str, Header()] = "en") -> str:
    return accept_language.split(",", maxsplit=1)[0]


PageSize = Annotated[int, Depends(page_size)]
Language = Annotated[str, Depends(language)]

# --- Generators: what follows the yield runs when the request ends ---------------------------


async def connection() -> AsyncIterator[str]:
    log.append("open")
    try:
        yield "connection"
    finally:
        log.append("close")


def cursor(opened: Annotated[str, Depends(connection)]) -> Iterator[str]:
    log.append("begin")
    yield f"cursor of {opened}"
    log.append("end")


# --- Classes -----------------------------------------------------------------------------------


class Paging:
    """A dependency whose constructor takes what a handler could take."""

    def __init__(self, size: PageSize, page: int = 1) -> None:
        self.offset = (page - 1) * size
        self.limit = size


# --- For their effect, on every route of a router ------------------------------------------------


def require_key(x_api_key: Annotated[str | None, Header()] = None) -> None:
    if x_api_key != "open sesame":
        raise PermissionDeniedException("the key is not the one")


# --- By type: what the application provides ------------------------------------------------------


@dataclass
class Mailer:
    """Something made once."""

    sent: list[str] = field(default_factory=list)


@dataclass
class Pool:
    """Something that lives as long as the application."""

    is_open: bool = True


@asynccontextmanager
async def lifespan(app: Covet) -> AsyncIterator[Pool]:
    pool = Pool()
    yield pool
    pool.is_open = False


app = Covet(title="Injection", lifespan=lifespan)
app.provide(Mailer, instance=Mailer())
vault = Router(prefix="/vault", dependencies=[Depends(require_key)])


@app.get("/lines")
async def lines(language: Language, paging: Annotated[Paging, Depends(Paging)]) -> list[object]:
    return [language, paging.offset, paging.limit]


@app.get("/rows")
async def rows(
    first: Annotated[str, Depends(cursor)], opened: Annotated[str, Depends(connection)]
) -> list[str]:
    return [first, opened]


@app.post("/mails/{address}")
def send(address: str, mailer: Mailer, pool: Pool, request: Request) -> list[object]:
    mailer.sent.append(address)
    return [len(mailer.sent), pool.is_open, request.method]


@vault.get("/")
async def gold() -> str:
    return "gold"


app.include(vault)
