"""Responses: declared types, filters, options, headers, statuses."""

from typing import Annotated

from pydantic import BaseModel, Field

from covet import Covet, RedirectResponse, Response, SuccessResponse

app = Covet(title="Responses")


class PublicUser(BaseModel):
    """What everybody may see."""

    id: int
    name: str
    nickname: str | None = None


class StoredUser(PublicUser):
    """What the server keeps."""

    password_hash: str


class Measurement(BaseModel):
    """A response with a name of its own on the wire."""

    celsius: Annotated[float, Field(serialization_alias="temperature")]
    place: str | None = None


ada = StoredUser(id=1, name="Ada", password_hash="$argon2id$…")


@app.get("/users/1")
async def by_annotation() -> PublicUser:
    return ada  # the password hash stays here: PublicUser does not declare it


@app.get("/users/1/full", response_model=PublicUser)
async def by_option() -> StoredUser:
    return ada


@app.get("/users/1/short", response_options={"exclude_none": True})
async def without_nulls() -> PublicUser:
    return ada


@app.get("/users", response_options={"include": {"id", "name"}})
async def only_some_members() -> list[PublicUser]:
    return [ada]


@app.get("/users/1/fields", sparse_fields=True)
async def chosen_by_the_client() -> PublicUser:
    return ada


@app.get("/weather")
async def aliased() -> Measurement:
    return Measurement(celsius=21.5)


@app.get("/enveloped")
async def enveloped() -> SuccessResponse[PublicUser]:
    return SuccessResponse(data=ada, message="Here she is.")


@app.delete("/users/1", status_code=204)
async def nothing() -> None:
    return None


@app.put("/users/{user_id}")
async def lent_response(user_id: int, user: PublicUser, response: Response) -> PublicUser:
    if user_id != ada.id:
        response.status_code = 201
        response.headers["Location"] = f"/users/{user_id}"
        response.set_cookie("seen", "yes", httponly=True)
    return user


@app.get("/me")
async def whole_response() -> RedirectResponse:
    return RedirectResponse("/users/1", status_code=303)


@app.get("/logo")
async def raw_bytes() -> bytes:
    return b"\x89PNG"
