"""Patch: what is absent stays, what is null is emptied."""

from dataclasses import dataclass

from pydantic import BaseModel

from covet import Covet, Patch

app = Covet(title="Patch")


class ProfileUpdate(BaseModel):
    """What may be changed; only the biography may be empty."""

    name: str
    bio: str | None


@dataclass
class Profile:
    """A stored object; it could be a row."""

    name: str = "Ada"
    bio: str | None = "Wrote the first program."


profile = Profile()


@app.patch("/profile")
async def update(patch: Patch[ProfileUpdate]) -> dict[str, object]:
    mentions_bio = "bio" in patch
    changed = patch.apply(profile)
    return {"profile": profile, "changed": list(changed), "mentions_bio": mentions_bio}
