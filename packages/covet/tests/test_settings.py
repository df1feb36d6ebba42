"""Settings come from the environment first, then from `.env`, and say what does not fit."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from covet import Covet, DatabaseUrl, Settings


def test_settings_have_defaults_that_are_safe() -> None:
    settings = Settings()

    assert settings.database_url == "sqlite:///covet.db"
    assert settings.secret_key is None
    assert settings.max_body_bytes == 1024 * 1024
    assert settings.request_timeout_seconds == 30


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COVET_MAX_BODY_BYTES", "7")
    monkeypatch.setenv("COVET_SECRET_KEY", "s" * 32)

    settings = Settings()

    assert settings.max_body_bytes == 7
    assert settings.secret_key is not None
    assert settings.secret_key.get_secret_value() == "s" * 32


def test_settings_are_read_from_a_file_beside_the_process(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COVET_MAX_UPLOAD_BYTES=9\nOTHER_TOOLS_SETTING=1\n")

    assert Settings().max_upload_bytes == 9


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("COVET_MAX_BODY_BYTES=1\nDATABASE_URL=sqlite:///file.db\n")
    monkeypatch.setenv("COVET_MAX_BODY_BYTES", "2")

    settings = Settings()

    assert (settings.max_body_bytes, settings.database_url) == (2, "sqlite:///file.db")


@pytest.mark.parametrize("name", ["COVET_DATABASE_URL", "DATABASE_URL"])
def test_the_database_has_two_names(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "postgresql://host/name")

    assert Settings().database_url == "postgresql://host/name"


def test_our_own_name_of_the_database_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///theirs.db")
    monkeypatch.setenv("COVET_DATABASE_URL", "sqlite:///ours.db")

    assert Settings().database_url == "sqlite:///ours.db"


def test_settings_can_be_given_by_name() -> None:
    assert Settings(database_url="sqlite://").database_url == "sqlite://"


def test_a_secret_is_in_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COVET_SECRET_KEY", "hunter2" * 5)

    settings = Settings()

    assert "hunter2" not in f"{settings} {settings!r} {settings.model_dump()}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COVET_MAX_BODY_BYTES", "-1"),
        ("COVET_MAX_BODY_BYTES", "many"),
        ("COVET_REQUEST_TIMEOUT_SECONDS", "0"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError, match=name.removeprefix("COVET_").lower()):
        Settings()


def test_a_subclass_adds_settings_and_may_change_the_databases_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Mine(Settings):
        database_url: DatabaseUrl = "sqlite:///mine.db"
        motto: str = ""

    monkeypatch.setenv("COVET_MOTTO", "more")
    before = Mine()
    monkeypatch.setenv("DATABASE_URL", "sqlite:///theirs.db")

    assert (before.motto, before.database_url) == ("more", "sqlite:///mine.db")
    assert Mine().database_url == "sqlite:///theirs.db"


def test_an_application_reads_them_when_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COVET_MAX_BODY_BYTES", "3")

    assert Covet().settings.max_body_bytes == 3
