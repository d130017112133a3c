"""No stage without its evidence, except that a project of an old ledger lists exactly what is missing, whatever is
filed in whatever order (历史台账)."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from services.projects.deciders import PROJECT
from services.projects.domain.project import commands as c
from services.projects.domain.project.state import Project
from services.projects.domain.values import STAGES, Document, ProjectType, Stage
from tests.unit.machine import StreamMachine
from tests.unit.projects.ledgers import approve, reject, row
from tests.unit.projects.stories import (
    OFFICER,
    RULES,
    TODAY,
    documents,
    land,
    reach_capacity,
    sha,
    sign,
    start_construction,
    start_production,
)

KINDS = st.sampled_from(sorted(RULES.kinds))
NAMES = st.sampled_from(["甲", "乙"])
TYPES = st.sampled_from(list(ProjectType))
STEPS = {
    Stage.SIGNED: sign,
    Stage.LANDED: land,
    Stage.STARTED: start_construction,
    Stage.IN_PRODUCTION: start_production,
    Stage.AT_CAPACITY: reach_capacity,
}


class BaselineMachine(StreamMachine[Project]):
    decider = PROJECT

    @initialize(stage=st.sampled_from(STAGES), kind=TYPES)
    def taken_over(self, stage: Stage, kind: ProjectType) -> None:
        self.kind = kind
        self.give(row(stage, project_type=kind))

    @rule(kind=KINDS, name=NAMES)
    def file(self, kind: str, name: str) -> None:
        filed = Document(kind, "材料", sha(kind + name), TODAY)
        self.give(c.FileEvidence((filed,), RULES, TODAY, OFFICER))

    @rule(kind=KINDS, name=NAMES)
    def withdraw(self, kind: str, name: str) -> None:
        self.give(c.WithdrawEvidence(kind, sha(kind + name), "误传", TODAY, OFFICER))

    @rule(decide=st.sampled_from([approve, approve, approve, reject]))
    def decide(self, decide: Any) -> None:
        self.give(decide())

    @rule(stage=st.sampled_from(STAGES[1:]), proved=st.booleans())
    def advance(self, stage: Stage, proved: bool) -> None:
        self.give(STEPS[stage](documents=documents(stage, self.kind) if proved else ()))

    @rule(stage=st.sampled_from(STAGES))
    def correct(self, stage: Stage) -> None:
        self.give(c.CorrectStage(stage, "误记", TODAY, OFFICER))

    @invariant()
    def each_stage_rests_on_evidence_or_lists_what_is_missing(self) -> None:
        listed = {(one.stage, one.any_of) for one in self.state.missing}
        for stage in self.state.reached:
            lacking = {(stage, need.any_of) for need in RULES.missing(stage, self.kind, self.state.filed)}
            of_stage = {one for one in listed if one[0] is stage}
            if stage in self.state.baselined_stages:
                assert of_stage == lacking
            else:
                assert of_stage == set()
                assert RULES.missing(stage, self.kind, self.state.proofs[stage]) == ()
        assert {stage for stage, _ in listed} <= set(self.state.reached)

    @invariant()
    def nothing_of_old_is_credit(self) -> None:
        """Shares come of a landing that was entered here, and of nothing in a ledger."""
        if Stage.LANDED in self.state.baselined_stages:
            assert self.state.shares == {}

    @invariant()
    def events_replay_to_the_same_state(self) -> None:
        assert PROJECT.fold(self.events) == self.state


TestBaselineMachine = BaselineMachine.TestCase
TestBaselineMachine.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
