"""Settings of an application, from the environment (`COVET_*`) and a `.env` file."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DatabaseUrl = Annotated[
    str,
    Field(
        validation_alias=AliasChoices("COVET_DATABASE_URL", "DATABASE_URL"),
        description="SQLAlchemy URL; sqlite:// and postgresql:// get their async drivers.",
    ),
]


class Settings(BaseSettings):
    """What differs from one deployment to the next; subclass it to add settings of your own.

    Each field is read from `COVET_<NAME>`; `DATABASE_URL` is understood besides
    `COVET_DATABASE_URL`, since platforms set it. A variable in the environment wins over `.env`.

    Raises:
        pydantic.ValidationError: a value does not fit its field.
    """

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix="COVET_", env_file=".env", extra="ignore", populate_by_name=True
    )

    database_url: DatabaseUrl = "sqlite:///covet.db"
    secret_key: SecretStr | None = Field(
        default=None, description="Signs access tokens; 32 bytes at least. No default is safe."
    )
    strict_access: bool = Field(
        default=False, description="Refuse to start while a route does not say who may call it."
    )
    docs: bool = Field(default=True, description="Whether documents and their pages are served.")
    max_body_bytes: int = Field(default=1024 * 1024, ge=0, description="Largest JSON or form body.")
    max_upload_bytes: int = Field(
        default=16 * 1024 * 1024, ge=0, description="Largest multipart body, all parts together."
    )
    request_timeout_seconds: float | None = Field(
        default=30.0,
        gt=0,
        description="A handler that takes longer is cancelled; None never cancels.",
    )
