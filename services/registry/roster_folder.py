"""A district's files as they lie in a folder."""

from __future__ import annotations

from pathlib import Path

from services.registry.domain.roster.document import At, RosterDocument, RosterError
from services.registry.roster_file import read_texts


class UnreadableFile(Exception):
    """A file is no text; `error` names it."""

    def __init__(self, error: RosterError) -> None:
        super().__init__(str(error))
        self.error = error


def read(folder: Path, calendars: Path) -> RosterDocument | tuple[RosterError, ...]:
    """The roster of a district's folder with the calendars of another, or everything that is wrong in their files."""
    try:
        return read_texts(texts_of(folder), texts_of(calendars))
    except UnreadableFile as unreadable:
        return (unreadable.error,)


def texts_of(folder: Path) -> dict[str, str]:
    """The YAML files of a folder by name; none when there is no such folder. Raises UnreadableFile."""
    texts = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            texts[path.name] = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            at = At(path.name, 1)
            wrong = RosterError(at, "无法读取该文件。", f"the file cannot be read: {error}.")
            raise UnreadableFile(wrong) from error
    return texts
