"""Streams and files: bodies that are sent piece by piece."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from covet import Covet, FileResponse, NotFound, StreamingResponse

app = Covet(title="Streams")
folder = Path(tempfile.mkdtemp())
(folder / "report.txt").write_text("All is well.")


@app.get("/countdown/{start:int}")
async def countdown(start: int) -> StreamingResponse:
    async def numbers() -> AsyncIterator[str]:
        for number in range(start, 0, -1):
            yield f"{number}\n"

    return StreamingResponse(numbers(), media_type="text/plain")


@app.get("/reports/{name}")
async def report(name: str) -> FileResponse:
    path = folder / name
    if path.parent != folder or not path.is_file():
        raise NotFound("There is no such report.")
    return FileResponse(path)
