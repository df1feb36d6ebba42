"""Settings: from the environment and `.env`, typed and injected."""

from typing import Annotated

from pydantic import Field, SecretStr

from covet import Covet, Settings


class ShopSettings(Settings):
    """Settings of the shop besides those of every application."""

    currency: str = "EUR"
    max_items: Annotated[int, Field(ge=1)] = 10
    payment_key: SecretStr | None = None


app = Covet(title="Shop", settings=ShopSettings())


@app.get("/currency")
async def currency(settings: ShopSettings) -> str:
    return settings.currency
