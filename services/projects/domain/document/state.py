"""What the rules of documents need to know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document, as often as it was sent in."""

    size: int = 0
    media_type: str = ""
    sent: frozenset[tuple[str, str]] = frozenset()
    """(subject, sender) of each time."""

    def is_of(self, subject: str) -> bool:
        """Whether the bytes were sent in for this lead, project or procedure."""
        return any(one == subject for one, _ in self.sent)
