"""The evidence rulebook is data, and a file that does not hold is refused with all that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from services.projects.domain.values import STAGES, ProjectType, Stage
from services.projects.matter_rulebooks import PROCEDURES, procedure_rulebook, terms_rulebook
from services.projects.rulebooks import EVIDENCE, evidence_rulebook


def test_every_stage_of_every_type_of_project_needs_evidence() -> None:
    """«Projects»: evidence by stage and type of project."""
    rules = evidence_rulebook()
    assert set(rules.needs) == {(stage, kind) for stage in STAGES for kind in ProjectType}
    assert all(rules.needs.values())


def test_types_of_project_differ_in_what_they_need() -> None:
    """«Projects»: new land, leased plant, technical upgrade, financial institution, school or care, farming, PPP."""
    rules = evidence_rulebook()
    landed = {kind: rules.needs[Stage.LANDED, kind] for kind in ProjectType}
    assert len(set(landed.values())) == len(ProjectType)


def test_no_photograph_is_required() -> None:
    """«People»: no compulsory photos."""
    assert not [kind for kind in evidence_rulebook().kinds if "photo" in kind]


def test_a_wrong_file_is_refused_with_all_that_is_wrong(tmp_path: Path) -> None:
    raw = yaml.safe_load(EVIDENCE.read_text("utf-8"))
    raw["stages"]["landet"] = raw["stages"].pop("landed")
    raw["stages"]["signed"] = {"all": ["handshake"], "new_lend": ["formal_contract"]}
    broken = tmp_path / "evidence.yaml"
    broken.write_text(yaml.safe_dump(raw), "utf-8")
    with pytest.raises(ValueError, match=r"evidence\.yaml") as raised:
        evidence_rulebook(broken)
    for expected in ("'landet'", "landed needs no evidence for new_land", "'handshake'", "'new_lend'"):
        assert expected in str(raised.value)


def test_every_kind_of_procedure_has_its_working_days() -> None:
    """Clause 二(二): approvals are requests with a promised date; the list is open."""
    rules = procedure_rulebook()
    assert {"land", "planning", "environment", "construction_permit", "energy", "fire", "registration", "other"} <= set(
        rules.kinds
    )
    assert all(one.working_days > 0 for one in rules.kinds.values())


def test_a_wrong_file_of_terms_is_refused_with_all_that_is_wrong(tmp_path: Path) -> None:
    raw = yaml.safe_load(PROCEDURES.read_text("utf-8"))
    raw["kinds"] |= {"land": {"zh": "用地", "en": "Land", "working_days": 0}, "fire": {"zh": "消防", "working_days": 3}}
    broken = tmp_path / "procedures.yaml"
    broken.write_text(yaml.safe_dump(raw), "utf-8")
    with pytest.raises(ValueError, match=r"procedures\.yaml: fire has no en; land: working_days is 0"):
        terms_rulebook(broken)
