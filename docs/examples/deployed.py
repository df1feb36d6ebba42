"""Deployment: an application below a path of a proxy, served by uvicorn with several workers."""

import uvicorn

from covet import Covet, Request

app = Covet(title="Deployed")


@app.get("/whoami")
async def whoami(request: Request) -> dict[str, str | None]:
    return {
        "client": request.client.host if request.client else None,
        "scheme": request.url.scheme,
        "root_path": request.scope.get("root_path", ""),
    }


def main() -> None:
    """Serve for a proxy on 10.0.0.1 that sends /api/… here without its prefix."""
    uvicorn.run(
        "deployed:app",
        host="0.0.0.0",  # noqa: S104 - only the proxy reaches it
        workers=4,
        root_path="/api",
        proxy_headers=True,
        forwarded_allow_ips="10.0.0.1",
        server_header=False,
        timeout_graceful_shutdown=30,
    )


if __name__ == "__main__":
    main()
