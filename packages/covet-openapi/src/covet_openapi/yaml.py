"""Documents as YAML; needs the extra ``covet-openapi[yaml]``."""

from typing import Any

try:
    import yaml
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "YAML needs PyYAML, which is not installed: install covet-openapi[yaml].", name="yaml"
    ) from None

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # C, where PyYAML was built with it


def to_yaml(document: object) -> str:
    """Return a JSON value as YAML, keys in their order; it reads back as the same value."""
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return text
