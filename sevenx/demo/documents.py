"""Documents by the SHA-256 of what would be their text, and what a stage needs of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import yaml

from sevenx.declaration import ROOT


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def document(kind: str, title: str, on: date) -> dict[str, str]:
    """A document of a kind of the evidence rulebook."""
    return {"kind": kind, "title": title, "sha256": sha256(f"{title}（模拟数据） {on}"), "dated": on.isoformat()}


class Evidence:
    """What a stage needs, read from the same rulebook file that the service decides by."""

    def __init__(self) -> None:
        rulebook = yaml.safe_load((ROOT / "data" / "rulebooks" / "evidence.yaml").read_text("utf-8"))
        self._kinds, self._stages = rulebook["kinds"], rulebook["stages"]

    def documents(self, stage: str, kind: str, on: date, of: str = "") -> list[dict[str, str]]:
        """One document for each requirement of the stage, the first where several would do; `of` says of what."""
        return [self.one(name, on, of) for name in self.needed(stage, kind)]

    def needed(self, stage: str, kind: str) -> Sequence[str]:
        """The kinds of document that a stage needs for a type of project."""
        lines = [*self._stages[stage].get("all", []), *self._stages[stage].get(kind, [])]
        return [line.partition("|")[0].strip() for line in lines]

    def one(self, name: str, on: date, of: str = "") -> dict[str, str]:
        return document(name, f"{of}{self._kinds[name]['zh']}", on)
