"""The ledger of seals: one stream, numbers without a gap, each seal naming the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.audit.domain.commands import RecordSeal
from services.audit.domain.events import LogSealed
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

FIRST_PREVIOUS = "0" * 64


@dataclass(frozen=True, slots=True)
class Ledger:
    """The last seal."""

    number: int = 0
    tree_size: int = 0
    statement_hash: str = FIRST_PREVIOUS


def decide(command: Any, state: Ledger) -> Decision:
    match command:
        case RecordSeal():
            return record(command, state)
    raise TypeError(f"the ledger of seals has no command {type(command).__name__}")


def record(command: RecordSeal, state: Ledger) -> Decision:
    """A seal follows the last one by number, size and reference; the same seal again changes nothing."""
    seal = command.seal
    if seal.number <= state.number:
        return []
    if seal.number != state.number + 1:
        return _refused(f"第{state.number + 1}号封存应先登记。", f"Seal {state.number + 1} comes first.", state)
    if seal.previous_seal != state.statement_hash:
        return _refused("封存未引用上一次封存。", "The seal does not refer to the one before it.", state)
    if seal.tree_size != state.tree_size + seal.leaves:
        return _refused("封存的叶子数与上一次封存不衔接。", "The seal's leaves do not follow the last seal's.", state)
    return [seal]


def _refused(zh: str, en: str, state: Ledger) -> Rejection:
    return Rejection("seal-out-of-order", zh, en, details={"last_number": state.number}, status=409)


def evolve(state: Ledger, event: Any) -> Ledger:
    match event:
        case LogSealed():
            return Ledger(event.number, event.tree_size, event.statement_hash)
    return state
