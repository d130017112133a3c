"""The portal takes no commands: its forms send them to the service that owns them."""

from __future__ import annotations

from sevenx.kernel.auth import Rule

PERMISSIONS: dict[type, tuple[Rule, ...]] = {}
