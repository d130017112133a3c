"""Correcting events: what an import had changed is taken back, and nothing that was written is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


@dataclass(frozen=True, slots=True)
class RollBackImport:
    """Take back in one stream what an import caused there. The corrections were planned on `expected`, a fact: how the
    stream stood then."""

    number: int
    corrections: Sequence[Any]
    expected: Any


def roll_back(command: RollBackImport, state: object) -> Decision:
    """The corrections hold for the very state on which they were planned; what has changed since is looked at again."""
    if state != command.expected:
        return Rejection(
            "changed-meanwhile",
            zh=f"回滚第{command.number}次导入时，相关对象被他人修改；请重新试运行后再办理。",
            en=f"While import {command.number} was being rolled back others changed what it is about; look at a dry "
            "run again first.",
            status=409,
        )
    return list(command.corrections)
