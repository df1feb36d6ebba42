"""Run the benchmarks: ``python tests-integration/benchmarks/run.py [suite ...]``.

``--help`` shows the options, README.md beside this file says what is measured and how.
"""

import signal
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from benchmarks.cli import main

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave by way of every clean-up
    sys.exit(main())
