"""Run the benchmarks: ``python tests-integration/benchmarks/run.py [suite ...]``.

``--help`` shows the options, README.md beside this file says what is measured and how.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from benchmarks.cli import main

    sys.exit(main())
