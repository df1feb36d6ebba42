"""What was not given is one value."""

import pickle

from covet_graphql import (
    Undefined,
    UndefinedType,
)


def test_undefined_is_one_and_false() -> None:
    assert UndefinedType() is Undefined
    assert not Undefined
    assert Undefined is not None
    assert repr(Undefined) == "Undefined"
    assert pickle.loads(pickle.dumps(Undefined)) is Undefined  # noqa: S301
