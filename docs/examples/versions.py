"""Versions: two of an API, the older one on its way out."""

from datetime import date

from pydantic import BaseModel

from covet import APIVersion, Covet, Router, VersioningStrategy, VersionManager


class Author(BaseModel):
    """An author, with the name in parts."""

    first_name: str
    last_name: str


versions = VersionManager(VersioningStrategy.URL_PATH, prefix="/api")
versions.register_version(
    APIVersion(
        "v1",
        deprecated=date(2026, 9, 1),
        sunset_date="2027-03-31",
        migration_guide_url="https://example.org/moving-to-v2",
    )
)
versions.register_version("v2", is_default=True)
app = Covet(title="Authors", versions=versions)
first, second = Router(version="v1"), Router(version="v2")


@first.get("/authors/{author_id}")
async def whole_name(author_id: int) -> str:
    return "Ada Lovelace"


@second.get("/authors/{author_id}")
async def name_in_parts(author_id: int) -> Author:
    return Author(first_name="Ada", last_name="Lovelace")


@first.get("/languages")
async def languages() -> list[str]:
    return ["en", "fr"]


app.include(first)
app.include(second)
