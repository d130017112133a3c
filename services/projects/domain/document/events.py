"""What is recorded about documents. The bytes are in the store, never on the bus; a file's own name, which may hold a
person's, is nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Paper(StrEnum):
    """What a document is, in one word: all that is said of its name."""

    EVIDENCE = "evidence"
    VOUCHER = "voucher"
    GATE = "gate"
    PROMISE = "promise"
    MINUTES = "minutes"
    PROCEDURE = "procedure"
    TALK = "talk"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DocumentStored:
    """The bytes of a document were sent in for a lead, project or procedure, and are in the store under their SHA-256.
    Said again for each further thing or sender: whoever may read that thing, and the sender, may read the document."""

    sha256: str
    size: int
    """Bytes."""
    media_type: str
    """As the bytes tell it, `application/pdf`."""
    subject: str
    """The lead, project or procedure for which they were sent in."""
    paper: Paper
    stored_by: str
    stored_on: date


DOCUMENT_EVENTS = (DocumentStored,)
