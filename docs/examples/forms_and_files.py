"""Forms and files: fields, whole forms, one upload, several uploads."""

from typing import Annotated

from pydantic import BaseModel, Field

from covet import Covet, File, Form, UploadFile

app = Covet(title="Forms")


class Feedback(BaseModel):
    """A whole form."""

    stars: Annotated[int, Field(ge=1, le=5)]
    comment: str = ""


@app.post("/subscribe")
async def fields(email: Annotated[str, Form()], topics: Annotated[list[str], Form()]) -> list[str]:
    return [email, *topics]


@app.post("/feedback")
async def whole_form(feedback: Annotated[Feedback, Form()]) -> Feedback:
    return feedback


@app.post("/picture")
async def one_file(
    picture: Annotated[UploadFile, File(description="Any picture.")],
    caption: Annotated[str, Form(max_length=80)] = "",
) -> dict[str, object]:
    content = await picture.read()
    return {"name": picture.filename, "bytes": len(content), "caption": caption}


@app.post("/album")
async def several_files(pictures: Annotated[list[UploadFile], File()]) -> list[str | None]:
    return [picture.filename for picture in pictures]
