"""The evidence rulebook, read from `data/rulebooks/evidence.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.projects.domain.rulebook import EvidenceRulebook, KindName, Requirement
from services.projects.domain.values import ProjectType, Stage
from sevenx.declaration import ROOT

EVIDENCE = ROOT / "data" / "rulebooks" / "evidence.yaml"
_ALL = "all"


@cache
def evidence_rulebook(path: Path = EVIDENCE) -> EvidenceRulebook:
    """The rulebook of a file. ValueError lists everything that is wrong with it: a stage or type that the product does
    not know, a stage that needs nothing for a type, a kind of document without a name."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    kinds = {kind: KindName(names["zh"], names["en"]) for kind, names in raw["kinds"].items()}
    stages: Mapping[str, Mapping[str, list[str]]] = raw["stages"]
    needs = {
        (stage, project_type): _requirements(stages.get(stage, {}), project_type)
        for stage in Stage
        for project_type in ProjectType
    }
    problems = [*_unknown(stages), *_unmet(needs), *_unnamed(needs, kinds)]
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))
    return EvidenceRulebook(raw["version"], kinds, needs)


def _requirements(lines: Mapping[str, list[str]], project_type: ProjectType) -> tuple[Requirement, ...]:
    wanted = (*lines.get(_ALL, ()), *lines.get(project_type, ()))
    return tuple(Requirement(tuple(kind.strip() for kind in line.split("|"))) for line in wanted)


def _unknown(stages: Mapping[str, Mapping[str, Any]]) -> list[str]:
    types = {_ALL, *ProjectType}
    return [f"no stage is called {stage!r}" for stage in stages if stage not in set(Stage)] + [
        f"{stage}: no type of project is called {kind!r}"
        for stage in stages
        for kind in stages[stage]
        if kind not in types
    ]


def _unmet(needs: Mapping[tuple[Stage, ProjectType], tuple[Requirement, ...]]) -> list[str]:
    return [f"{stage} needs no evidence for {kind}" for (stage, kind), wanted in needs.items() if not wanted]


def _unnamed(
    needs: Mapping[tuple[Stage, ProjectType], tuple[Requirement, ...]], kinds: Mapping[str, KindName]
) -> list[str]:
    used = {kind for wanted in needs.values() for need in wanted for kind in need.any_of}
    return [f"no kind of document is called {kind!r}" for kind in sorted(used - set(kinds))]
