"""The rulebooks of procedures and problems, read from `data/rulebooks/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.projects.domain.terms import Term, TermsRulebook
from sevenx.declaration import ROOT

PROCEDURES = ROOT / "data" / "rulebooks" / "procedures.yaml"
PROBLEMS = ROOT / "data" / "rulebooks" / "problems.yaml"


@cache
def terms_rulebook(path: Path) -> TermsRulebook:
    """The rulebook of a file. ValueError lists everything that is wrong with it: a kind without a name in a language,
    working days that are no whole number from 1 on, no kind at all."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    kinds = raw["kinds"] or {}
    problems = [f"{kind} has no {name}" for kind, one in kinds.items() for name in ("zh", "en") if not one.get(name)]
    problems += [
        f"{kind}: working_days is {one.get('working_days')!r}, no whole number from 1 on"
        for kind, one in kinds.items()
        if not _days(one.get("working_days"))
    ]
    if not kinds:
        problems.append("there are no kinds")
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))
    return TermsRulebook(
        raw["version"], {kind: Term(one["zh"], one["en"], one["working_days"]) for kind, one in kinds.items()}
    )


def procedure_rulebook() -> TermsRulebook:
    """Kinds of procedures."""
    return terms_rulebook(PROCEDURES)


def problem_rulebook() -> TermsRulebook:
    """Kinds of problems."""
    return terms_rulebook(PROBLEMS)


def _days(value: Any) -> bool:
    return type(value) is int and value > 0
