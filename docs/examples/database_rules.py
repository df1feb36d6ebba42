"""Database rules: what has to be unique, what has to exist."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from sqlalchemy import ForeignKey
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from covet import Covet, Database, DatabaseValidatedModel, Exists, Patch, Unique, Updates


class Base(DeclarativeBase):
    """The tables."""


class Team(Base):
    """A team."""

    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)


class Member(Base):
    """Someone in it."""

    __tablename__ = "member"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))


database = Database("sqlite://", metadata=Base.metadata)


@asynccontextmanager
async def lifespan(app: Covet) -> AsyncIterator[None]:
    await database.create_all()
    async with database.session() as session:
        session.add(Team(id=1))
        await session.commit()
    yield


app = Covet(title="Members", database=database, lifespan=lifespan)


class NewMember(DatabaseValidatedModel):
    """Someone to take in."""

    email: str
    team_id: int
    __db_validations__ = {"email": Unique(Member.email), "team_id": Exists(Team.id)}


@app.post("/members", status_code=201)
async def join(data: NewMember, session: AsyncSession) -> int:
    member = Member(**data.model_dump())
    session.add(member)
    await session.flush()
    return member.id


@app.patch("/members/{member_id}")
async def change(
    member_id: int,
    patch: Annotated[Patch[NewMember], Updates("member_id")],
    session: AsyncSession,
) -> str:
    member = await session.get_one(Member, member_id)
    patch.apply(member)
    return member.email
