"""Authentication: a login for access tokens, the current user, public and protected routes."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel

from covet import (
    Covet,
    Form,
    JWTAuthenticator,
    Key,
    KeySet,
    OAuth2Error,
    PasswordHasher,
    PermissionDeniedException,
    Principal,
)


@dataclass
class User:
    """A user; usually a row."""

    name: str
    password_hash: str
    is_admin: bool = False


class Token(BaseModel):
    """An access token (RFC 6749 §5.1)."""

    access_token: str
    token_type: str = "Bearer"
    expires_in: int


users: dict[str, User] = {}
hasher = PasswordHasher()


async def load_user(subject: str, db: Any) -> User | None:
    return users.get(subject)


keys = KeySet([Key.generate("EdDSA", kid="2026-11"), Key.generate("EdDSA", kid="2026-10")])
auth = JWTAuthenticator(keys, issuer="shop", audience="shop", load_user=load_user)
app = Covet(title="Shop", auth=auth, token_url="/token")


@app.post("/users/{name}", status_code=201, requires_auth=False)
async def sign_up(name: str, password: Annotated[str, Form(min_length=8)]) -> str:
    users[name] = User(name, await hasher.hash(password), is_admin=not users)
    return name


@app.post("/token", requires_auth=False)
async def log_in(username: Annotated[str, Form()], password: Annotated[str, Form()]) -> Token:
    user = users.get(username)
    verified = await hasher.verify(user.password_hash if user else None, password)
    if user is None or not verified:
        raise OAuth2Error("invalid_grant", "User name or password is wrong.")
    if verified.new_hash is not None:
        user.password_hash = verified.new_hash
    token = auth.create_access_token({"user_id": user.name, "scope": "shop"})
    return Token(access_token=token, expires_in=1800)


@app.get("/me")
async def me(current_user: User, principal: Principal) -> dict[str, object]:
    return {"name": current_user.name, "by": principal.method, "scopes": sorted(principal.scopes)}


@app.get("/greeting", requires_auth=False)
async def greeting(current_user: User | None) -> str:
    return f"Hello {current_user.name}" if current_user else "Hello stranger"


@app.delete("/users/{name}", status_code=204)
async def remove(name: str, current_user: User) -> None:
    if not current_user.is_admin:
        raise PermissionDeniedException(f"{current_user.name} is no administrator")
    users.pop(name, None)
