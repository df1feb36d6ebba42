"""Limits: bodies that are too large, handlers that take too long."""

import asyncio

from covet import BodySizeLimitMiddleware, Covet, Request, Settings

app = Covet(
    title="Limits",
    settings=Settings(max_body_bytes=1000, max_upload_bytes=10_000, request_timeout_seconds=5.0),
)
stopped: list[str] = []


@app.post("/notes")
async def note(data: dict[str, str]) -> int:
    return len(data)


@app.get("/slow", timeout=0.05)
async def slow() -> str:
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        stopped.append("slow")
        raise
    return "never"


@app.post("/upload")
async def upload(request: Request) -> int:
    return sum([len(chunk) async for chunk in request.stream()])


@app.post("/payments", shield=True)
async def pay() -> str:
    return "runs to its end even when the client hangs up"


app.add_middleware(BodySizeLimitMiddleware, max_body_bytes=20_000)
