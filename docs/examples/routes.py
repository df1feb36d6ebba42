"""Routing: templates, converters, routers, URLs, mounts, hosts."""

from datetime import date
from uuid import UUID

from starlette.applications import Starlette
from starlette.requests import Request as StarletteRequest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from covet import Covet, MethodNotAllowed, Request, Router, register_converter
from covet_routing import Converter

app = Covet(title="Routes")

# --- Templates -------------------------------------------------------------------------------


@app.get("/items/featured")
async def featured() -> str:
    return "literal text comes first"


@app.get("/items/{item_id:int}")
async def by_number(item_id: int) -> int:
    return item_id


@app.get("/items/{key:uuid}")
async def by_key(key: UUID) -> str:
    return f"key {key.hex}"


@app.get("/items/{slug}")
async def by_slug(slug: str) -> str:
    return f"slug {slug}"


@app.get("/days/{day:date}")
async def by_day(day: date) -> int:
    return day.isoweekday()


@app.get("/@{user}/{name}.{extension}")
async def several_in_a_segment(user: str, name: str, extension: str) -> list[str]:
    return [user, name, extension]


@app.get("/files/{path:path}")
async def the_rest(path: str) -> str:
    return path


# --- A converter of one's own ------------------------------------------------------------------

register_converter(
    "even", Converter(lambda text: int(text) // 2, lambda half: str(half * 2), "[0-9]*[02468]")
)


@app.get("/pairs/{count:even}")
async def pairs(count: int) -> int:
    return count


# --- Routers -----------------------------------------------------------------------------------

admin = Router(prefix="/admin", tags=["admin"], name_prefix="admin_")


@admin.get("/users/{user_id}")
async def user(user_id: int, request: Request) -> dict[str, str]:
    return {"self": app.url_for("admin_user", user_id=user_id), "from": str(request.url.path)}


@admin.route("/health", ["GET", "POST"], name="health")
async def health(request: Request) -> str:
    return request.method


app.include(admin)
app.include(admin, prefix="/v0", name_prefix="old_", deprecated=True)

# --- Other applications --------------------------------------------------------------------------


async def legacy(request: StarletteRequest) -> PlainTextResponse:
    return PlainTextResponse(f"legacy {request.url.path}")


app.mount("/legacy", Starlette(routes=[Route("/{rest:path}", legacy)]))

# --- Hosts and headers ---------------------------------------------------------------------------


@app.get("/where", host="*.example.com")
async def on_a_tenant(request: Request) -> str:
    return f"tenant {request.url.hostname}"


@app.get("/where", headers={"X-Beta": None})
async def with_a_header() -> str:
    return "beta"


@app.get("/where")
async def anywhere() -> str:
    return "anywhere"


def allowed(path: str) -> tuple[str, ...]:
    """Return the methods that *path* answers: the router is a plain object, usable without HTTP."""
    match app.match_route("TRACE", path):
        case MethodNotAllowed(methods):
            return methods
        case _:
            return ()
