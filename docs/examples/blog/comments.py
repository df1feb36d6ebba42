"""Comments on posts."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from covet import NotFound, PaginatedResponse, PaginationParams, Router

from .models import Comment, Post, User
from .schemas import CommentRequest, CommentResponse

comments = Router(tags=["comments"])


@comments.get("/posts/{post_id}/comments", requires_auth=False)
async def list_comments(
    post_id: int, page: PaginationParams, session: AsyncSession
) -> PaginatedResponse[CommentResponse]:
    """List the comments on a post, the oldest first."""
    if await session.get(Post, post_id) is None:
        raise NotFound("There is no such post.")
    found = select(Comment).where(Comment.post_id == post_id)
    total = await session.scalar(select(func.count()).select_from(found.subquery()))
    rows = await session.scalars(
        found.options(joinedload(Comment.author))
        .order_by(Comment.id)
        .offset(page.offset)
        .limit(page.limit)
    )
    return PaginatedResponse(
        items=[CommentResponse.model_validate(comment) for comment in rows],
        total=total or 0,
        page=page.page,
        per_page=page.per_page,
    )


@comments.post("/posts/{post_id}/comments", status_code=201, response_model=CommentResponse)
async def create_comment(
    post_id: int, data: CommentRequest, current_user: User, session: AsyncSession
) -> Comment:
    """Comment on a post."""
    if await session.get(Post, post_id) is None:
        raise NotFound("There is no such post.")
    comment = Comment(post_id=post_id, text=data.text, author=current_user)
    session.add(comment)
    return comment


@comments.put("/comments/{comment_id}", response_model=CommentResponse)
async def replace_comment(
    comment_id: int, data: CommentRequest, current_user: User, session: AsyncSession
) -> Comment:
    """Say something else in one's own comment."""
    comment = await own_comment(comment_id, current_user, session)
    comment.text = data.text
    return comment


@comments.delete("/comments/{comment_id}", status_code=204)
async def delete_comment(comment_id: int, current_user: User, session: AsyncSession) -> None:
    """Remove one's own comment."""
    await session.delete(await own_comment(comment_id, current_user, session))


async def own_comment(comment_id: int, owner: User, session: AsyncSession) -> Comment:
    """Load a comment by its owner; those of others are as good as absent."""
    comment = await session.scalar(
        select(Comment)
        .where(Comment.id == comment_id, Comment.author_id == owner.id)
        .options(joinedload(Comment.author))
    )
    if comment is None:
        raise NotFound("You have no such comment.")
    return comment
