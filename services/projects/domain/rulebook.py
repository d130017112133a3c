"""The evidence rulebook: which documents a stage needs for which type of project. Its figures are data
(`data/rulebooks/evidence.yaml`); here stands only how they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.projects.domain.values import ProjectType, Proof, Stage


@dataclass(frozen=True, slots=True)
class KindName:
    """A kind of document in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of these kinds of document is needed."""

    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRulebook:
    """What each stage needs by type of project; `version` is kept in every event that was decided by it."""

    version: str
    kinds: Mapping[str, KindName]
    needs: Mapping[tuple[Stage, ProjectType], tuple[Requirement, ...]]

    def missing(self, stage: Stage, project_type: ProjectType, filed: Iterable[Proof]) -> tuple[Requirement, ...]:
        """The requirements of the stage that no filed document satisfies."""
        kinds = {proof.kind for proof in filed}
        return tuple(need for need in self.needs[stage, project_type] if kinds.isdisjoint(need.any_of))

    def counted(self, stage: Stage, project_type: ProjectType, filed: Iterable[Proof]) -> tuple[Proof, ...]:
        """The filed documents that the stage's requirements ask for, in the order of filing."""
        wanted = {kind for need in self.needs[stage, project_type] for kind in need.any_of}
        return tuple(proof for proof in filed if proof.kind in wanted)

    def zh(self, need: Requirement) -> str:
        """`营业执照` or `洽谈纪要或投资方确认函`."""
        return "或".join(self.kinds[kind].zh for kind in need.any_of)

    def en(self, need: Requirement) -> str:
        return " or ".join(self.kinds[kind].en for kind in need.any_of)
