"""The rulebooks of projects, read from `data/rulebooks/`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.projects.domain.gates_rulebook import GatesRulebook
from services.projects.domain.project.events import Gate
from services.projects.domain.project.lights import LIT, LightsRulebook
from services.projects.domain.rulebook import EvidenceRulebook, KindName, Requirement
from services.projects.domain.values import STAGES, Light, ProjectType, Stage, Status
from sevenx.declaration import ROOT

EVIDENCE = ROOT / "data" / "rulebooks" / "evidence.yaml"
LIGHTS = ROOT / "data" / "rulebooks" / "lights.yaml"
GATES = ROOT / "data" / "rulebooks" / "gates.yaml"
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


@cache
def lights_rulebook(path: Path = LIGHTS) -> LightsRulebook:
    """The rulebook of standstill and lights of a file. ValueError lists everything that is wrong with it: a stage,
    status or light that the product does not know, days that are no whole numbers from 0 on."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    limits, colours = raw["stall_days"], raw["status"]
    days = {
        **{f"stall_days.{stage}": limit for stage, limit in limits.items()},
        **{f"agreed_date.{name}": raw["agreed_date"][name] for name in ("yellow_days_before", "red_days_after")},
        "stall.red_days_after": raw["stall"]["red_days_after"],
    }
    known, lit, lights = set(STAGES[:-1]), set(LIT), set(Light)
    problems = [
        *(f"{stage!r} is no stage that another one follows" for stage in limits if stage not in known),
        *(f"a project of status {status!r} has no light of that" for status in colours if status not in lit),
        *(f"{colour!r} is no light" for colour in colours.values() if colour not in lights),
        *(f"{name} is {value!r}, no whole number of days" for name, value in days.items() if not _whole(value)),
    ]
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))
    return LightsRulebook(
        version=raw["version"],
        stall_days={Stage(stage): limit for stage, limit in limits.items()},
        near_days=days["agreed_date.yellow_days_before"],
        overdue_days=days["agreed_date.red_days_after"],
        long_stall_days=days["stall.red_days_after"],
        status={Status(status): Light(colour) for status, colour in colours.items()},
    )


def _whole(value: Any) -> bool:
    return type(value) is int and value >= 0


@cache
def gates_rulebook(path: Path = GATES) -> GatesRulebook:
    """The rulebook of gates before the contract of a file. ValueError lists everything that is wrong with it: a gate or
    type that the product does not know, a gate without a name, an amount that is no whole number of yuan from 0 on."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    names, lines, gates = raw["gates"], raw["needs"], set(Gate)
    wanted = [(kind, line["gate"], line.get("from", 0)) for kind in lines for line in lines[kind]]
    problems = [
        *(f"no gate is called {gate!r}" for gate in sorted({*names, *(gate for _, gate, _ in wanted)} - gates)),
        *(f"{gate} has no name" for gate in Gate if gate not in names),
        *(f"no type of project is called {kind!r}" for kind in lines if kind not in {_ALL, *ProjectType}),
        *(f"{kind}.{gate} is from {amount!r} on, no whole number of yuan" for kind, gate, amount in wanted
          if not _whole(amount)),
    ]  # fmt: skip
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))
    needs: dict[tuple[ProjectType, Gate], Decimal] = {}
    for kind, gate, amount in wanted:
        for of in ProjectType if kind == _ALL else (ProjectType(kind),):
            key = of, Gate(gate)
            needs[key] = min(needs.get(key, Decimal(amount)), Decimal(amount))
    return GatesRulebook(raw["version"], {gate: KindName(**names[gate]) for gate in Gate}, needs)
