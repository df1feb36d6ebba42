"""A secret shows nowhere unless asked."""

import copy
import pickle
import traceback

import pytest

from covet_security import ConfigError, Secret

TEXT = "correct-horse-battery-staple"


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(repr, id="repr"),
        pytest.param(str, id="str"),
        pytest.param("{}".format, id="format"),
        pytest.param("{!r}".format, id="format-repr"),
        pytest.param(lambda secret: "%s" % secret, id="percent"),  # noqa: UP031
        pytest.param(lambda secret: repr([{"key": secret}]), id="nested"),
    ],
)
def test_it_shows_as_stars(shown: object) -> None:
    assert callable(shown)
    text = shown(Secret(TEXT))

    assert "***" in text
    assert TEXT not in text


def test_it_gives_its_value_when_asked() -> None:
    assert Secret(TEXT).reveal() == TEXT.encode()
    assert Secret(b"\x00\xff").reveal() == b"\x00\xff"


@pytest.mark.parametrize("value", [None, 32, ["s"]])
def test_it_is_text_or_bytes(value: object) -> None:
    with pytest.raises(ConfigError, match=f"not {type(value).__name__}"):
        Secret(value)  # type: ignore[arg-type]


def test_it_has_no_dictionary_to_look_into() -> None:
    with pytest.raises(TypeError):
        vars(Secret(TEXT))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_it_is_not_pickled(protocol: int) -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps({"settings": Secret(TEXT)}, protocol)


def test_a_copy_is_the_same_secret() -> None:
    secret = Secret(TEXT)

    assert copy.copy(secret) is secret
    assert copy.deepcopy([secret])[0] is secret


def test_it_compares_by_value_and_only_with_secrets() -> None:
    assert Secret(TEXT) == Secret(TEXT.encode())
    assert Secret(TEXT) != Secret("other")
    assert Secret(TEXT) != TEXT
    assert len({Secret(TEXT), Secret(TEXT)}) == 1


def test_text_that_utf8_cannot_hold_raises_no_error_that_would_quote_it() -> None:
    try:
        secret = Secret(TEXT + "\udcff")
    except UnicodeEncodeError:
        pytest.fail(traceback.format_exc())

    assert secret != Secret(TEXT)
