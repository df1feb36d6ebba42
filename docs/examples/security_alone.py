"""covet_security in a plain Starlette application: tokens, passwords, a body limit."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from covet_security import (
    AuthenticationException,
    BodySizeLimitMiddleware,
    JWTAuthenticator,
    Key,
    PasswordHasher,
)

auth = JWTAuthenticator(Key.generate("HS256"), issuer="tower", audience="tower")
hasher = PasswordHasher()
hashes: dict[str, str] = {}


async def sign_up(request: Request) -> JSONResponse:
    body = await request.json()
    hashes[body["name"]] = await hasher.hash(body["password"])
    return JSONResponse({"name": body["name"]}, status_code=201)


async def log_in(request: Request) -> JSONResponse:
    body = await request.json()
    if not await hasher.verify(hashes.get(body["name"]), body["password"]):
        raise AuthenticationException("wrong name or password", realm=auth.realm)
    return JSONResponse({"token": auth.create_access_token({"user_id": body["name"]})})


async def me(request: Request) -> JSONResponse:
    principal = await auth.authenticate(request.headers.get("authorization"))
    if principal is None:
        raise AuthenticationException("no token", realm=auth.realm)
    return JSONResponse({"name": principal.subject})


async def refused(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, AuthenticationException):
        raise error
    return JSONResponse({"detail": error.detail}, error.status_code, dict(error.headers))


app = Starlette(
    routes=[
        Route("/users", sign_up, methods=["POST"]),
        Route("/login", log_in, methods=["POST"]),
        Route("/me", me),
    ],
    middleware=[Middleware(BodySizeLimitMiddleware, max_body_bytes=1000)],
    exception_handlers={AuthenticationException: refused},
)
