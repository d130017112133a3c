"""The rules of documents: the same bytes are the same document, and each thing and sender is said once."""

from __future__ import annotations

from services.projects.domain.document.commands import DocumentCommand
from services.projects.domain.document.events import DocumentStored
from services.projects.domain.document.state import StoredDocument
from services.projects.domain.identity import check_hash
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

EMPTY = Rejection(
    "document-empty", "文件是空的，请选择有内容的文件。", "The file is empty; choose one that has contents."
)


def decide(command: DocumentCommand, state: StoredDocument) -> Decision:
    """The events that a command causes, or why it is refused."""
    wrong = check_hash(command.sha256)
    if wrong is not None:
        return wrong
    if command.size < 1:
        return EMPTY
    if (command.subject, command.by) in state.sent:
        return []
    return [
        DocumentStored(
            sha256=command.sha256,
            size=command.size,
            media_type=state.media_type or command.media_type,
            subject=command.subject,
            paper=command.paper,
            stored_by=command.by,
            stored_on=command.today,
        )
    ]
