"""Transactions: what commits, what rolls back, and sessions outside of a request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

from covet import Conflict, Covet, Database, NotFound


class Base(DeclarativeBase):
    """The tables."""


class Account(Base):
    """An account with a balance."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(unique=True)
    balance: Mapped[int] = mapped_column(default=0)
    entries: Mapped[list["Entry"]] = relationship()


class Entry(Base):
    """One movement."""

    __tablename__ = "entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    amount: Mapped[int]


class NewAccount(BaseModel):
    """What a client sends."""

    owner: str


class Movement(BaseModel):
    """One movement, as a client sees it."""

    model_config = ConfigDict(from_attributes=True)

    amount: int


class AccountOut(BaseModel):
    """An account with its movements."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    owner: str
    balance: int
    entries: list[Movement]


database = Database("sqlite:///bank.db", metadata=Base.metadata)


async def open_the_bank(session: AsyncSession) -> None:
    """Give the bank its own account, once."""
    if await session.scalar(select(Account).where(Account.owner == "bank")) is None:
        session.add(Account(owner="bank", balance=1_000))


@asynccontextmanager
async def lifespan(app: Covet) -> AsyncIterator[None]:
    await database.create_all()
    await app.call(open_the_bank)  # a session and a transaction of its own
    yield


app = Covet(title="Bank", database=database, lifespan=lifespan)


@app.post("/accounts", status_code=201, raises=[Conflict])
async def open_account(data: NewAccount, session: AsyncSession) -> int:
    account = Account(owner=data.owner)
    session.add(account)
    await session.flush()  # for the id; the commit comes once the answer is written
    return account.id


@app.post("/accounts/{account_id}/withdraw/{amount}", response_model=AccountOut)
async def withdraw(account_id: int, amount: int, session: AsyncSession) -> Account:
    account = await read_account(account_id, session)
    account.balance -= amount
    account.entries.append(Entry(amount=-amount))
    if account.balance < 0:
        raise Conflict("The account does not hold that much.")  # rolls everything back
    return account


@app.get("/accounts/{account_id}", response_model=AccountOut)
async def read_account(account_id: int, session: AsyncSession) -> Account:
    account = await session.get(Account, account_id, options=[selectinload(Account.entries)])
    if account is None:
        raise NotFound("There is no such account.")
    return account


@app.get("/accounts/{account_id}/careless", response_model=AccountOut)
async def read_without_entries(account_id: int, session: AsyncSession) -> Account | None:
    return await session.get(Account, account_id)
