"""Faults on demand, for the crash tests: a process kills itself at a named point. Without the setting nothing happens.

`SEVENX_FAULT=relay.sent:3` kills this process (SIGKILL, so that nothing can be tidied up) at the third passage of the
point `relay.sent`. The points are named where they stand.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

Fault = Callable[[str], None]


def fault_from_env() -> Fault:
    """The fault that this process's environment asks for."""
    wanted = os.environ.get("SEVENX_FAULT", "")
    if not wanted:
        return lambda _point: None
    point, _, count = wanted.partition(":")
    left = int(count or "1")

    def passing(here: str) -> None:
        nonlocal left
        if here == point:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return passing
