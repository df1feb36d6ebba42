"""Something to look at: four users, forty posts, a few comments each."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from covet import PasswordHasher

from .models import Comment, Post, User, now

PASSWORD = "Correct-Horse-7"
_PEOPLE = (
    ("ada", "Ada Lovelace", "Wrote the first program for a machine that was never built."),
    ("grace", "Grace Hopper", "Taught machines to read something like English."),
    ("edsger", "Edsger Dijkstra", "Considers some things harmful."),
    ("barbara", "Barbara Liskov", "Substitutes without surprises."),
)
_TOPICS = (
    "Loops that end",
    "A table is worth a thousand branches",
    "Names are the first documentation",
    "On measuring before guessing",
    "What a compiler taught me",
    "The error message I wish I had read",
    "Delete it and see who notices",
    "Two clocks are no clock",
    "Reading code aloud",
    "The shortest path through a Tuesday",
)
_REMARKS = ("I learned this the slow way.", "Could you show the measurement?", "Agreed, mostly.")


async def seed(session: AsyncSession, hasher: PasswordHasher) -> None:
    """Fill empty tables; leave others as they are."""
    if await session.scalar(select(User.id).limit(1)) is not None:
        return
    password_hash = await hasher.hash(PASSWORD)
    people = [
        User(
            username=username,
            email=f"{username}@example.com",
            password_hash=password_hash,
            full_name=full_name,
            bio=bio,
        )
        for username, full_name, bio in _PEOPLE
    ]
    session.add_all(people)
    written = now() - timedelta(days=len(_TOPICS) * len(people))
    for number, topic in enumerate(_TOPICS * len(people)):
        author = people[number % len(people)]
        post = Post(
            author=author,
            title=topic if number < len(_TOPICS) else f"{topic}, again",
            body=f"{topic}. {author.bio} This is note number {number + 1}.",
            created_at=written + timedelta(days=number),
        )
        session.add(post)
        await session.flush()
        for offset, remark in enumerate(_REMARKS[: number % 4]):
            reader = people[(number + offset + 1) % len(people)]
            session.add(Comment(post_id=post.id, author=reader, text=remark))
