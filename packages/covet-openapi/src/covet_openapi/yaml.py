"""Documents as YAML; needs the extra ``covet-openapi[yaml]``."""

from typing import Any

try:
    import yaml
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "YAML needs PyYAML, which is not installed: install covet-openapi[yaml].", name="yaml"
    ) from None

# In C, where PyYAML was built with it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def to_yaml(document: object) -> str:
    """Return a JSON value as YAML, keys in their order; it reads back as the same value."""
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return text


def from_yaml(text: str) -> Any:
    """Return the JSON value that *text* holds as YAML, the inverse of `to_yaml`.

    Raises:
        ValueError: it is no YAML.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise ValueError(f"This is no YAML: {error}") from error
