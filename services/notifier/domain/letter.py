"""E-mails: one notice, or several of one kind to one person as one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifier.domain.texts import Text


@dataclass(frozen=True)
class Item:
    """A notice as a letter has it."""

    stream: str
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    link: str


@dataclass(frozen=True)
class Letter:
    """What is sent, but for the address."""

    message_id: str
    subject: str
    text: str
    streams: tuple[str, ...]


def message_id(streams: Sequence[str], domain: str) -> str:
    """Made of the notices that a letter holds and of nothing else: sent again after a crash it is the same, and with
    another notice in it, it is another (RFC 5322, 3.6.4)."""
    digest = hashlib.sha256("\n".join(sorted(streams)).encode()).hexdigest()
    return f"<{digest[:40]}.notice@{domain}>"


def letter(items: Sequence[Item], name: Text, console: str, domain: str) -> Letter:
    """A letter that holds the notices in the order of their ids; Chinese first. `console` is the address before
    each link; empty: links are left as paths."""
    ordered = sorted(items, key=lambda item: item.stream)
    first = ordered[0]
    if len(ordered) == 1:
        subject = f"{first.title_zh} / {first.title_en}"
    else:
        subject = f"{name.zh}（{len(ordered)}条）/ {name.en} ({len(ordered)})"
    parts = [
        f"{item.title_zh}\n{item.body_zh}\n{item.title_en}\n{item.body_en}\n{console}{item.link}" for item in ordered
    ]
    streams = tuple(item.stream for item in ordered)
    return Letter(message_id(streams, domain), _one_line(subject), "\n\n".join(parts) + "\n", streams)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
