"""Import every module of one installed distribution: ``imports_alone.py covet-routing``.

Run in an environment that holds that wheel and its declared dependencies only. A module may
refuse to be imported only by naming the extra that it needs.
"""

import importlib
import importlib.metadata
import pkgutil
import sys


def main(distribution: str) -> None:
    """Exit with a message at the first undeclared import or foreign Covet distribution."""
    names = (found.name for found in importlib.metadata.distributions())
    ours = {name for name in names if name.startswith("covet")}
    if ours != {distribution}:
        sys.exit(f"{distribution} is not alone here: {sorted(ours - {distribution})} came along.")
    root = distribution.replace("-", "_")
    for module in (root, *_modules_below(distribution, root)):
        try:
            importlib.import_module(module)
        except ModuleNotFoundError as error:
            if f"{distribution}[" not in str(error):
                sys.exit(
                    f"{module} imports {error.name!r}, which {distribution} does not declare. "
                    f"Add it to packages/{distribution}/pyproject.toml or drop the import."
                )


def _modules_below(distribution: str, root: str) -> list[str]:
    """Return the dotted names of every module below the package *root*."""
    try:
        package = importlib.import_module(root)
    except ModuleNotFoundError as error:
        sys.exit(f"{root} imports {error.name!r}, which {distribution} does not declare.")
    return [found.name for found in pkgutil.walk_packages(package.__path__, root + ".")]


main(sys.argv[1])
