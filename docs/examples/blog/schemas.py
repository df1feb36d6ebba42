"""What clients send and what they get."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from covet import (
    DatabaseValidatedModel,
    Email,
    PaginatedResponse,
    StrongPassword,
    Unique,
    Username,
)

from .models import User

FullName = Annotated[str, Field(max_length=100)]
Bio = Annotated[str, Field(max_length=500)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
PostBody = Annotated[str, Field(min_length=1, max_length=20_000)]
CommentText = Annotated[str, Field(min_length=1, max_length=2000)]


class FromRow(BaseModel):
    """A response that is read from the attributes of a row."""

    model_config = ConfigDict(from_attributes=True)


class UserCreateRequest(DatabaseValidatedModel):
    """A sign-up."""

    username: Username
    email: Email
    password: StrongPassword
    full_name: FullName | None = None

    __db_validations__ = {"username": Unique(User.username), "email": Unique(User.email)}


class UserUpdateRequest(DatabaseValidatedModel):
    """What users may change of themselves."""

    email: Email
    full_name: FullName | None
    bio: Bio | None

    __db_validations__ = {"email": Unique(User.email)}


class UserResponse(FromRow):
    """A user, as that user sees it."""

    id: int
    username: str
    email: str
    full_name: str | None
    bio: str | None
    created_at: datetime
    updated_at: datetime
    is_active: bool


class Author(FromRow):
    """A user, as everybody sees it: no e-mail address."""

    id: int
    username: str
    full_name: str | None
    bio: str | None


UserListResponse = PaginatedResponse[Author]


class TokenResponse(BaseModel):
    """An access token (RFC 6749 §5.1)."""

    access_token: str
    token_type: str = "Bearer"
    expires_in: int = Field(description="Seconds until it expires.")


class PostRequest(BaseModel):
    """A post to publish."""

    title: Title
    body: PostBody


class PostResponse(FromRow):
    """A post with its author."""

    id: int
    title: str
    body: str
    author: Author
    created_at: datetime
    updated_at: datetime


class CommentRequest(BaseModel):
    """A comment to add."""

    text: CommentText


class CommentResponse(FromRow):
    """A comment with its author."""

    id: int
    post_id: int
    text: str
    author: Author
    created_at: datetime
