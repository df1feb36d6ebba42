"""WebSockets: a chat with validated inputs and injected dependencies."""

from typing import Annotated

from covet import Covet, Depends, NotFound, Query, WebSocket, WebSocketDisconnect

app = Covet(title="Chat")
rooms: dict[str, list[WebSocket]] = {"lobby": []}


def room(name: str) -> list[WebSocket]:
    if name not in rooms:
        raise NotFound(f"There is no room {name!r}.")
    return rooms[name]


@app.websocket("/rooms/{name}")
async def chat(
    websocket: WebSocket,
    members: Annotated[list[WebSocket], Depends(room)],
    nick: Annotated[str, Query(min_length=1, max_length=20)],
) -> None:
    await websocket.accept()
    members.append(websocket)
    try:
        while True:
            text = await websocket.receive_text()
            for member in members:
                await member.send_text(f"{nick}: {text}")
    except WebSocketDisconnect:
        pass
    finally:
        members.remove(websocket)
