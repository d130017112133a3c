"""Evidence: what was filed, and whether it bears out a stage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from services.projects.domain.dates import check_date, check_reason
from services.projects.domain.identity import check_free_text, check_hash
from services.projects.domain.project.commands import FileEvidence, WithdrawEvidence
from services.projects.domain.project.events import EvidenceFiled, EvidenceWithdrawn
from services.projects.domain.project.state import Project
from services.projects.domain.rulebook import EvidenceRulebook
from services.projects.domain.values import STAGE_ZH, Document, ProjectType, Proof, Stage
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def file_documents(command: FileEvidence, state: Project) -> Decision:
    """Documents are filed by kind, date and SHA-256; filing one again changes nothing."""
    return filings(
        command.documents, state.filed, command.rulebook, command.today, command.by, filed_for=command.filed_for
    )


def filings(
    documents: Iterable[Document],
    filed: tuple[Proof, ...],
    rulebook: EvidenceRulebook,
    today: date,
    by: str,
    filed_for: str | None = None,
) -> list[EvidenceFiled] | Rejection:
    """An EvidenceFiled for each document that is not filed yet, or what is wrong with one of them."""
    events: list[EvidenceFiled] = []
    known = set(filed)
    for n, document in enumerate(documents):
        wrong = _check_document(document, rulebook, today)
        if wrong is not None:
            return wrong.within(f"documents.{n}")
        proof = Proof(document.kind, document.sha256)
        if proof not in known:
            known.add(proof)
            events.append(
                EvidenceFiled(
                    kind=document.kind,
                    title=document.title,
                    sha256=document.sha256,
                    dated=document.dated,
                    filed_on=today,
                    filed_by=by,
                    filed_for=filed_for,
                )
            )
    return events


def _check_document(document: Document, rulebook: EvidenceRulebook, today: date) -> Rejection | None:
    if document.kind not in rulebook.kinds:
        return Rejection(
            "unknown-document-kind",
            f"材料种类“{document.kind}”不在要件清单中。",
            f"The rulebook knows no kind of document {document.kind!r}.",
            details={"kind": document.kind, "known": sorted(rulebook.kinds)},
            field="kind",
        )
    return (
        check_hash(document.sha256)
        or check_free_text(title=document.title)
        or check_date("材料日期", "dated", document.dated, today)
    )


def withdraw(command: WithdrawEvidence, state: Project) -> Decision:
    """A document filed by mistake is withdrawn with a reason, unless a stage rests on it: that is taken back first."""
    proof = Proof(command.kind, command.sha256)
    if proof not in state.filed:
        return Rejection("unknown-document", "该材料未归档或已撤回。", "No such document is filed.", status=404)
    resting = [stage for stage, proofs in state.proofs.items() if proof in proofs]
    if resting:
        stage = resting[0]
        return Rejection(
            "document-in-use",
            f"“{STAGE_ZH[stage]}”以该材料为依据，须先更正阶段再撤回材料。",
            f"The stage {stage} rests on this document; take the stage back first.",
            details={"stages": [str(one) for one in resting]},
            status=409,
        )
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [EvidenceWithdrawn(command.kind, command.sha256, command.reason, command.today, command.by)]


def check_stage_evidence(
    stage: Stage, project_type: ProjectType, filed: tuple[Proof, ...], rulebook: EvidenceRulebook
) -> Rejection | None:
    """No stage without its evidence, by stage and type of project; the error names what is missing (mechanism,
    «Projects»)."""
    missing = rulebook.missing(stage, project_type, filed)
    if not missing:
        return None
    zh, en = "、".join(map(rulebook.zh, missing)), ", ".join(map(rulebook.en, missing))
    return Rejection(
        "evidence-missing",
        f"进入“{STAGE_ZH[stage]}”缺少：{zh}。",
        f"The stage {stage} lacks: {en}.",
        rule=rulebook.version,
        details={
            "stage": str(stage),
            "project_type": str(project_type),
            "missing": [
                {"any_of": list(need.any_of), "zh": rulebook.zh(need), "en": rulebook.en(need)} for need in missing
            ],
        },
    )
