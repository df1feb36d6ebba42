"""Users: sign-up, login, profile, avatar."""

from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile

from covet import (
    BadRequest,
    File,
    Form,
    JWTAuthenticator,
    NotFound,
    OAuth2Error,
    PaginationParams,
    PasswordHasher,
    Patch,
    Request,
    Response,
    Router,
    Updates,
    ValidationException,
)

from .models import Avatar, User
from .schemas import (
    Author,
    TokenResponse,
    UserCreateRequest,
    UserListResponse,
    UserResponse,
    UserUpdateRequest,
)

users = Router(prefix="/users", tags=["users"])
login = Router(tags=["login"])

ACCESS_TOKEN_MINUTES = 30
MAX_AVATAR_BYTES = 1024 * 1024
_SIGNATURES = {  # a file is what it begins with, not what its name or sender says
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}


@users.post("/", status_code=201, response_model=UserResponse, requires_auth=False)
async def sign_up(data: UserCreateRequest, hasher: PasswordHasher, session: AsyncSession) -> User:
    """Create an account; e-mail address and user name must be unused."""
    password_hash = await hasher.hash(data.password)
    user = User(**data.model_dump(exclude={"password"}), password_hash=password_hash)
    session.add(user)
    return user


async def token_request_error(
    request: Request, error: ValidationException | BadRequest
) -> OAuth2Error:
    """Answer a malformed login as OAuth 2.0 wants it."""
    if isinstance(error, BadRequest):
        return OAuth2Error("invalid_request", str(error))
    fields = ", ".join(sorted({detail.field for detail in error.errors}))
    return OAuth2Error("invalid_request", f"Missing or invalid: {fields}.")


@login.post(
    "/token",
    requires_auth=False,
    raises=[OAuth2Error],
    exception_handlers=dict.fromkeys((ValidationException, BadRequest), token_request_error),
)
async def log_in(
    grant_type: Annotated[str, Form(description="password")],
    username: Annotated[str, Form()],
    password: Annotated[str, Form()],
    hasher: PasswordHasher,
    auth: JWTAuthenticator,
    session: AsyncSession,
    response: Response,
) -> TokenResponse:
    """Exchange user name and password for an access token (RFC 6749 §4.3)."""
    if grant_type != "password":
        raise OAuth2Error("unsupported_grant_type", "Only the grant type password is served.")
    user = await session.scalar(select(User).where(User.username == username))
    verified = await hasher.verify(user.password_hash if user else None, password)
    if user is None or not verified.ok or not user.is_active:
        raise OAuth2Error("invalid_grant", "User name or password is wrong.")
    if verified.new_hash is not None:
        user.password_hash = verified.new_hash
    response.headers["Cache-Control"] = "no-store"
    return TokenResponse(
        access_token=auth.create_access_token({"user_id": user.id}),
        expires_in=ACCESS_TOKEN_MINUTES * 60,
    )


@users.get("/")
async def list_users(
    page: PaginationParams, session: AsyncSession, current_user: User
) -> UserListResponse:
    """List everybody, by name."""
    total = await session.scalar(select(func.count()).select_from(User))
    found = await session.scalars(
        select(User).order_by(User.username).offset(page.offset).limit(page.limit)
    )
    return UserListResponse(
        items=[Author.model_validate(user) for user in found],
        total=total or 0,
        page=page.page,
        per_page=page.per_page,
    )


@users.get("/me", response_model=UserResponse)
async def read_me(current_user: User) -> User:
    """Show the account of whoever asks."""
    return current_user


@users.patch("/me", response_model=UserResponse)
async def update_me(
    patch: Annotated[Patch[UserUpdateRequest], Updates("current_user.id")], current_user: User
) -> User:
    """Change what is given of one's own account; null empties a field that may be empty."""
    patch.apply(current_user)
    return current_user


@users.put("/me/avatar", status_code=204)
async def upload_avatar(
    picture: Annotated[UploadFile, File(description="PNG, JPEG or GIF, 1 MiB at most.")],
    current_user: User,
    session: AsyncSession,
) -> None:
    """Replace one's picture."""
    content = await picture.read(MAX_AVATAR_BYTES + 1)
    if len(content) > MAX_AVATAR_BYTES:
        raise BadRequest(f"The picture is larger than {MAX_AVATAR_BYTES} bytes.")
    for signature, media_type in _SIGNATURES.items():
        if content.startswith(signature):
            avatar = Avatar(user_id=current_user.id, media_type=media_type, content=content)
            await session.merge(avatar)
            return
    raise BadRequest("The file is no PNG, JPEG or GIF picture.")


@users.get("/{user_id}/avatar", requires_auth=False, response_media_type="image/*")
async def read_avatar(user_id: int, session: AsyncSession) -> Response:
    """Show a user's picture."""
    avatar = await session.get(Avatar, user_id)
    if avatar is None:
        raise NotFound("This user has no picture.")
    return Response(
        avatar.content,
        media_type=avatar.media_type,
        headers={"X-Content-Type-Options": "nosniff"},
    )


@users.get("/{user_id}", response_model=Author, requires_auth=False)
async def read_user(user_id: int, session: AsyncSession) -> User:
    """Show what everybody may know of a user."""
    user = await session.get(User, user_id)
    if user is None:
        raise NotFound("There is no such user.")
    return user
