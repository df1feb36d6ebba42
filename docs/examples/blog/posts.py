"""Posts: everybody reads, users write, and only authors change what they wrote."""

from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from covet import NotFound, PaginatedResponse, PaginationParams, Patch, Query, Router

from .models import Post, User
from .schemas import PostRequest, PostResponse

posts = Router(prefix="/posts", tags=["posts"])


@posts.get("/", requires_auth=False)
async def list_posts(
    page: PaginationParams,
    session: AsyncSession,
    author_id: int | None = None,
    search: Annotated[str | None, Query(max_length=100, description="Part of the title.")] = None,
) -> PaginatedResponse[PostResponse]:
    """List posts, the newest first."""
    found = select(Post)
    if author_id is not None:
        found = found.where(Post.author_id == author_id)
    if search is not None:
        found = found.where(Post.title.icontains(search, autoescape=True))
    total = await session.scalar(select(func.count()).select_from(found.subquery()))
    rows = await session.scalars(
        found.options(joinedload(Post.author))
        .order_by(Post.created_at.desc(), Post.id.desc())
        .offset(page.offset)
        .limit(page.limit)
    )
    return PaginatedResponse(
        items=[PostResponse.model_validate(post) for post in rows],
        total=total or 0,
        page=page.page,
        per_page=page.per_page,
    )


@posts.get("/{post_id}", response_model=PostResponse, requires_auth=False)
async def read_post(post_id: int, session: AsyncSession) -> Post:
    """Show one post."""
    post = await session.get(Post, post_id, options=[joinedload(Post.author)])
    if post is None:
        raise NotFound("There is no such post.")
    return post


@posts.post("/", status_code=201, response_model=PostResponse)
async def create_post(data: PostRequest, current_user: User, session: AsyncSession) -> Post:
    """Publish a post."""
    post = Post(**data.model_dump(), author=current_user)
    session.add(post)
    return post


@posts.patch("/{post_id}", response_model=PostResponse)
async def update_post(
    post_id: int, patch: Patch[PostRequest], current_user: User, session: AsyncSession
) -> Post:
    """Change what is given of one's own post."""
    post = await own_post(post_id, current_user, session)
    patch.apply(post)
    return post


@posts.delete("/{post_id}", status_code=204)
async def delete_post(post_id: int, current_user: User, session: AsyncSession) -> None:
    """Remove one's own post and its comments."""
    await session.delete(await own_post(post_id, current_user, session))


async def own_post(post_id: int, owner: User, session: AsyncSession) -> Post:
    """Load a post by its owner: of others' posts a writer learns no more than that."""
    post = await session.scalar(
        select(Post)
        .where(Post.id == post_id, Post.author_id == owner.id)
        .options(joinedload(Post.author))
    )
    if post is None:
        raise NotFound("You have no such post.")
    return post
