"""Python's cyclic garbage collector and large batches: it walks over every live object again and again, and finds
nothing, because records, events and rows form no cycles. Measured: half of the time of decoding and folding."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector back for one batch. Of two that overlap, the first to begin lets it go on."""
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()
