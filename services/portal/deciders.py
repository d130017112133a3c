"""The portal has no events, and so decides nothing."""

from __future__ import annotations

from typing import Any

from sevenx.kernel.decider import Decider

DECIDERS: tuple[Decider[Any], ...] = ()
