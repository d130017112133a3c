"""The rulebook of gates: which of them a project passes before its contract. Its figures are data
(`data/rulebooks/gates.yaml`); here stands only how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.projects.domain.project.events.gates import Gate
from services.projects.domain.rulebook import KindName
from services.projects.domain.values import ProjectType


@dataclass(frozen=True, slots=True)
class GatesRulebook:
    """`version` is kept in every signature that was decided by it."""

    version: str
    names: Mapping[Gate, KindName]
    needs: Mapping[tuple[ProjectType, Gate], Decimal]
    """From which contract amount on, in yuan, a type of project passes a gate; 0 for whatever amount, and no entry for
    a gate that it never passes."""

    def required(self, project_type: ProjectType, amount: Decimal | None) -> tuple[Gate, ...]:
        """The gates of a project of this type and amount; one that is not known leaves no gate out."""
        floors = {gate: self.needs.get((project_type, gate)) for gate in Gate}
        return tuple(
            gate for gate, floor in floors.items() if floor is not None and (amount is None or amount >= floor)
        )
