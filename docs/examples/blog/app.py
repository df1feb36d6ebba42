"""The application: ``covet demo``, or ``covet run blog.app:app --app-dir docs/examples``."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from covet import Covet, Database, DatabaseUrl, JWTAuthenticator, PasswordHasher, Settings

from .accounts import ACCESS_TOKEN_MINUTES, login, users
from .comments import comments
from .models import Base, User
from .posts import posts
from .seed import seed


class BlogSettings(Settings):
    """Settings of the blog; each is read from the environment or ``.env``."""

    database_url: DatabaseUrl = "sqlite:///blog.db"


def create_app(settings: BlogSettings) -> Covet:
    """Compose the blog; every call makes an application of its own."""
    database = Database(settings.database_url, metadata=Base.metadata)
    hasher = PasswordHasher()
    secret = settings.secret_key  # without one, tokens last until the next start
    auth = JWTAuthenticator(
        secret.get_secret_value() if secret else secrets.token_urlsafe(32),
        issuer="blog",
        audience="blog",
        access_token_expire_minutes=ACCESS_TOKEN_MINUTES,
        load_user=database.loader(User, User.is_active.is_(True)),
    )

    @asynccontextmanager
    async def lifespan(app: Covet) -> AsyncIterator[None]:
        await database.create_all()
        await app.call(seed)
        yield

    app = Covet(
        title="Blog",
        version="1.0.0",
        description="Users, posts and comments. Log in as ada with the password Correct-Horse-7.",
        database=database,
        auth=auth,
        settings=settings,
        lifespan=lifespan,
        token_url="/token",
    )
    app.provide(PasswordHasher, instance=hasher)
    app.provide(JWTAuthenticator, instance=auth)
    for router in (login, users, posts, comments):
        app.include(router)
    return app


app = create_app(BlogSettings())
