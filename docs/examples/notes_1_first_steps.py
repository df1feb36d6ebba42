"""First steps: an application, two routes, nothing else."""

from covet import Covet

app = Covet(title="Notes")


@app.get("/")
async def welcome() -> dict[str, str]:
    return {"message": "Write something down."}


@app.get("/hello/{name}")
async def hello(name: str, shout: bool = False) -> dict[str, str]:
    """Greet somebody, loudly if asked to."""
    return {"message": f"HELLO {name.upper()}" if shout else f"Hello {name}"}
