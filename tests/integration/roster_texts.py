"""Our rosters as the bodies of an import, under a test's own district code."""

from __future__ import annotations

from typing import Any

from sevenx.declaration import ROOT

CODE = "410804"


def roster_body(district: str, *changes: tuple[str, str, str], code: str = CODE, **other: Any) -> dict[str, Any]:
    """The body of `POST /roster/import` with the files of a district of ours (`code`); in each (file, old, new) the
    first occurrence of a stretch is replaced."""
    folder = ROOT / "data" / "districts" / code
    files = {path.name: path.read_text("utf-8") for path in folder.glob("*.yaml")}
    for file, old, new in changes:
        assert old in files[file], old
        files[file] = files[file].replace(old, new, 1)
    calendars = {path.name: path.read_text("utf-8") for path in (ROOT / "data" / "calendars").glob("*.yaml")}
    return {
        "files": {name: text.replace(code, district) for name, text in files.items()},
        "calendars": calendars,
        **other,
    }
