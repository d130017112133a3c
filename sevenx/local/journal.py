"""JSON lines for the embedded runtime's own logs: one object a line, with the same keys as the services' logs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path


def record(log: Path, message: str, *, level: str = "INFO", **fields: object) -> None:
    """Append one line; a full disk must not stop the process that reports it, so an error is dropped."""
    line = json.dumps(
        {"time": datetime.now(UTC).isoformat(), "level": level, "message": message, **fields},
        ensure_ascii=False,
        default=str,
    )
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    except OSError:
        return


class JsonLines(logging.Formatter):
    """Python's log records as such lines."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat()
        line = {"time": time, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
