"""The table of rules, read once from `data/notices.yaml`."""

from __future__ import annotations

from functools import cache

import yaml

from services.notifier.domain.rules import Rules
from sevenx.declaration import ROOT

PATH = ROOT / "data" / "notices.yaml"


@cache
def rules() -> Rules:
    """The rules; WrongRules when the file is no such table."""
    return Rules.parse(yaml.safe_load(PATH.read_text("utf-8")))
