"""Access: permissions, limits and API keys, by options and by decorators."""

from collections.abc import Collection

from pydantic import BaseModel

from covet import (
    Covet,
    JWTAuthenticator,
    Principal,
    RateLimiter,
    public,
    rate_limit,
    require_permission,
)

ROLES = {"ada": {"posts:*"}, "bob": {"posts:read"}}


class Roles:
    """What users may do; usually `PermissionChecker`, over tables of roles."""

    async def get_user_permissions(self, user_id: str, /) -> Collection[str]:
        return ROLES.get(user_id, set())


class NewPost(BaseModel):
    """A post to publish."""

    title: str


auth = JWTAuthenticator("a-secret-of-thirty-two-bytes-or-more", issuer="posts", audience="posts")
app = Covet(title="Posts", auth=auth, permissions=Roles(), limiter=RateLimiter())


@app.post("/login/{name}", requires_auth=False, rate_limit="5/minute")
async def log_in(name: str) -> dict[str, str]:
    return {"access_token": auth.create_access_token({"user_id": name})}


@app.get("/posts")
@public
async def list_posts() -> list[str]:
    return ["Hello"]


@app.post("/posts", status_code=201)
@require_permission("posts:write")
@rate_limit(2, window=3600)
async def publish(post: NewPost, principal: Principal) -> str:
    return f"{post.title}, by {principal.subject}"
