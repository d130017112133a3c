"""Conclusions about one record on the bus; the stream is named after the record's hash."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from services.audit.domain.commands import ConcludeRecord
from services.audit.domain.events import RecordDiscarded, TamperingDetected
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


@dataclass(frozen=True, slots=True)
class Record:
    """What has been concluded of the record so far."""

    discarded: bool = False
    tampering: bool = False


def decide(command: Any, state: Record) -> Decision:
    match command:
        case ConcludeRecord():
            return conclude(command, state)
    raise TypeError(f"a record has no command {type(command).__name__}")


def conclude(command: ConcludeRecord, state: Record) -> Decision:
    """Discard a record, with the reason; a sealed event is never discarded (it is corrected by an event instead)."""
    if not command.reason.strip():
        return Rejection("reason-missing", "请写明认定理由。", "Give the reason of the conclusion.")
    if command.owned:
        return Rejection(
            "record-sealed",
            "该记录已封存，不能废弃；如内容有误，请在原流程中更正。",
            "The record is sealed and cannot be discarded; correct it by an event in its own area.",
            status=409,
        )
    if command.tampering and not command.known_fork:
        return Rejection(
            "not-reported-by-owner",
            "只有记录所属服务报告与其日志不符的记录，才能认定为篡改。",
            "Only a record that its owner reported as not its own (StreamForkFound) can be concluded to be tampering.",
        )
    facts: dict[str, Any] = {
        "area": command.area,
        "record_hash": command.record_hash,
        "topic": command.topic,
        "partition": command.partition,
        "offset": command.offset,
        "reason": command.reason.strip(),
        "decided_by": command.by,
        "stream": command.stream,
        "version": command.version,
    }
    events: list[Any] = []
    if command.tampering and not state.tampering:
        events.append(TamperingDetected(**facts))
    if not state.discarded:
        events.append(RecordDiscarded(**facts))
    return events


def evolve(state: Record, event: Any) -> Record:
    match event:
        case TamperingDetected():
            return replace(state, tampering=True)
        case RecordDiscarded():
            return replace(state, discarded=True)
    return state
