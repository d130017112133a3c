"""The rules from settlement on: vetoes, settlement, freeze, corrections as new versions, advice to commend."""

from __future__ import annotations

from services.assessment.domain.values import Ranked, ranked
from services.assessment.domain.year.appeals import check_positions
from services.assessment.domain.year.commands import (
    AdviseCommendation,
    ApplyVeto,
    CorrectAssessment,
    Freeze,
    LiftVeto,
    Settle,
)
from services.assessment.domain.year.events import (
    AssessmentCorrected,
    AssessmentFrozen,
    AssessmentSettled,
    CommendationAdvised,
    CommendationKind,
    VetoApplied,
    VetoLifted,
)
from services.assessment.domain.year.rating import closes, rated_by_same
from services.assessment.domain.year.refusals import (
    CLAUSE,
    document_missing,
    not_assessed,
    reason_missing,
    with_total,
    wrong_phase,
)
from services.assessment.domain.year.state import Phase, Year
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

_BEFORE_SETTLED = (Phase.CALCULATED, Phase.RATED, Phase.PUBLIC)


def apply_veto(command: ApplyVeto, state: Year) -> Decision:
    """三(五): 一票否决 needs a rule of a higher level, which the rulebook names, and the document of this case."""
    if state.phase not in _BEFORE_SETTLED:
        return wrong_phase(state, "一票否决", "apply a veto", wanted=_BEFORE_SETTLED)
    if state.place_of(command.subject) is None:
        return not_assessed(state, command.subject)
    if not command.basis.strip():
        return Rejection(
            "veto-without-basis",
            zh="一票否决须有上级规定依据；考核办法未列明依据的事项不得一票否决。",
            en="A veto names the higher level's rule on which it rests; what has none in the rulebook is no veto.",
            rule=CLAUSE,
        )
    if not command.document_number.strip():
        return document_missing()
    if not command.reason.strip():
        return reason_missing()
    if (command.subject, command.veto) in state.vetoes:
        return []
    return [
        VetoApplied(
            year=state.year,
            subject=command.subject,
            veto=command.veto,
            title=command.title,
            basis=command.basis,
            document_number=command.document_number.strip(),
            reason=command.reason.strip(),
            applied_by=command.by,
            applied_on=command.today,
        )
    ]


def lift_veto(command: LiftVeto, state: Year) -> Decision:
    """A veto is lifted with the reason, until the result is settled."""
    if state.phase not in _BEFORE_SETTLED:
        return wrong_phase(state, "撤销一票否决", "lift a veto", wanted=_BEFORE_SETTLED)
    if not command.reason.strip():
        return reason_missing()
    if (command.subject, command.veto) not in state.vetoes:
        return []
    return [
        VetoLifted(state.year, command.subject, command.veto, command.reason.strip(), command.by, command.today),
    ]


def settle(command: Settle, state: Year) -> Decision:
    """三(五): the district committee and government settle after the public notice, when every appeal is reviewed."""
    if state.phase is not Phase.PUBLIC:
        return wrong_phase(state, "审定", "settle it", wanted=(Phase.PUBLIC,))
    if command.at < state.until_at:
        return Rejection(
            "public-notice-running",
            zh="公示期未满，不能审定。",
            en="The public notice is not over yet: the result cannot be settled.",
            rule=CLAUSE,
            details={"until_at": state.until_at.isoformat()},
            status=409,
        )
    pending = state.open_appeals()
    if pending:
        return Rejection(
            "appeals-open",
            zh=f"尚有申诉未复核：{'、'.join(map(str, pending))}；请先复核。",
            en=f"Appeals are still open: {', '.join(map(str, pending))}. Review them first.",
            rule=CLAUSE,
            details={"appeals": list(pending)},
            status=409,
        )
    if not command.document_number.strip():
        return document_missing()
    return rated_by_same(state, command.by) or [
        AssessmentSettled(
            state.year,
            state.calculation,
            state.ranking,
            command.document_number.strip(),
            command.by,
            command.today,
        )
    ]


def freeze(command: Freeze, state: Year) -> Decision:
    """三(五): the settled result is frozen once every area has said that nothing of the year is still to come."""
    if state.phase is not Phase.SETTLED:
        return []
    if not closes(command.cut, state.ends_at):
        return Rejection(
            "period-not-closed",
            zh="尚有领域未完成年度关账，不能定格。",
            en="Not every area has closed the year; the result cannot be frozen yet.",
            rule=CLAUSE,
            status=409,
        )
    return [
        AssessmentFrozen(
            year=state.year,
            version=1,
            calculation=state.calculation,
            rulebook=state.rulebook,
            ranking=state.ranking,
            cut=command.cut,
        )
    ]


def correct(command: CorrectAssessment, state: Year) -> Decision:
    """三(五): a correction of a frozen result is a new version with reason, basis and approval; the old one stays."""
    if state.phase is not Phase.FROZEN:
        return wrong_phase(state, "以新版本更正", "correct it by a new version", wanted=(Phase.FROZEN,))
    if not command.reason.strip():
        return reason_missing()
    if not command.document_number.strip():
        return document_missing()
    wrong = check_positions(command.basis)
    if wrong is not None:
        return wrong
    totals: list[Ranked] = list(state.ranking)
    for fix in command.corrections:
        place = next((one for one in totals if one.subject == fix.subject), None)
        if place is None:
            return not_assessed(state, fix.subject)
        if place.total != fix.total_was:
            return Rejection(
                "score-moved-on",
                zh="得分刚被另一项更正改变，请刷新后重新提交。",
                en="The score was changed by another correction; reload it and try again.",
                rule=CLAUSE,
                details={"subject": fix.subject, "total": str(place.total)},
                status=409,
            )
        totals = with_total(totals, fix.subject, fix.total_now)
    if all(fix.was == fix.now for fix in command.corrections):
        return []
    return [
        AssessmentCorrected(
            year=state.year,
            version=state.version + 1,
            corrections=command.corrections,
            ranking=ranked(totals),
            reason=command.reason.strip(),
            basis=command.basis,
            document_number=command.document_number.strip(),
            corrected_by=command.by,
            corrected_on=command.today,
        )
    ]


def advise_commendation(command: AdviseCommendation, state: Year) -> Decision:
    """三(五): 单位和干部 are commended on advice, never by the ranking itself; not where a veto stands."""
    if state.phase is not Phase.FROZEN:
        return wrong_phase(state, "提出表彰建议", "advise a commendation", wanted=(Phase.FROZEN,))
    place = state.place_of(command.subject)
    if place is None:
        return not_assessed(state, command.subject)
    if place.vetoed:
        return Rejection(
            "vetoed",
            zh=f"{place.subject_name}本年度被一票否决，不得提出表彰建议。",
            en=f"A veto stands against {place.subject_name} this year: it is not commended.",
            rule=CLAUSE,
            status=409,
        )
    if (command.kind is CommendationKind.CADRE) != (command.person is not None):
        return Rejection(
            "person-missing",
            zh="表彰干部须填写 person，表彰单位则不填。",
            en="A cadre is named in `person`; for a unit it is left out.",
            rule=CLAUSE,
            field="person",
        )
    if not command.reason.strip():
        return reason_missing()
    if (command.subject, command.person) in state.commended:
        return []
    return [
        CommendationAdvised(
            year=state.year,
            commendation=len(state.commended) + 1,
            kind=command.kind,
            subject=command.subject,
            subject_name=place.subject_name,
            person=command.person,
            reason=command.reason.strip(),
            advised_by=command.by,
            advised_on=command.today,
        )
    ]
