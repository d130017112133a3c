"""Who may do what."""

from __future__ import annotations

from sevenx.kernel.auth import Rule

PERMISSIONS: dict[type, tuple[Rule, ...]] = {}
