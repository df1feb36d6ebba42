"""CPU time of plain calls."""

import gc
import time
from collections.abc import Callable


def cpu_seconds_per_call(call: Callable[[], object], count: int) -> float:
    """Return the CPU seconds of each of *count* calls."""
    gc.collect()
    start = time.process_time()
    for _ in range(count):
        call()
    return (time.process_time() - start) / count
