"""Commands on a year's assessment (年度考核): from calculation to freeze and beyond."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter

from services.assessment import api_models as m
from services.assessment import queries
from services.assessment.api_types import AppealNumber, AssessedYear
from services.assessment.calculating import calculate, rulebook_missing, rulebook_of
from services.assessment.correcting import corrected_scores, one_correction
from services.assessment.deciders import SCORE, YEAR
from services.assessment.domain.year import commands as c
from services.assessment.domain.year.state import Year
from services.assessment.ids import score_id, year_id
from sevenx.kernel.cut_offs import day_end
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(tags=["assessment 年度考核"])
_DAY = timedelta(days=1)


@router.post("/assessments/{year}/calculate")
async def calculate_year(year: AssessedYear, body: m.CalculateBody, desk: Commands, reads: ReadModel) -> Answer:
    """Score everybody as of an instant (测算), by the latest rulebook, from the events before it. It is provisional
    until every area has closed the year. All scores are recorded together, each in its own stream."""
    earlier = await desk.earlier()
    if earlier is not None:
        return earlier[0]
    as_of = body.as_of or desk.now()
    if as_of > desk.now():
        raise Problem(
            422,
            "as-of-in-future",
            "测算时点 as_of 不能晚于当前时间。",
            "`as_of` lies in the future; give an instant that has passed.",
            details={"now": desk.now().isoformat()},
        )
    calculation = await calculate(reads, year, as_of)
    if calculation.as_of <= calculation.since:
        raise Problem(
            422,
            "as-of-before-year",
            f"测算时点 as_of 早于{year}年度开始，没有可测算的内容。",
            f"`as_of` lies before {year} begins; there is nothing to calculate.",
            details={"year_begins": calculation.since.isoformat()},
        )
    state: Year = await desk.state(YEAR, _stream(desk, year))
    commands = calculation.commands(desk.principal.district, state.calculation + 1, desk.principal.subject)
    return await desk.give_all(commands)


@router.post("/assessments/{year}/rate")
async def make_first_rating(year: AssessedYear, desk: Commands) -> Answer:
    """初评: the assessment office rates by its latest calculation, which must be of the whole year."""
    return await desk.give(YEAR, _stream(desk, year), c.MakeFirstRating(desk.principal.subject, desk.today()))


@router.post("/assessments/{year}/publicize")
async def publicize(year: AssessedYear, desk: Commands, reads: ReadModel) -> Answer:
    """公示, for the working days of the setting `assessment.public_working_days` after today."""
    days = (await queries.settings(reads)).integer("assessment.public_working_days")
    calendar, today = await queries.work_calendar(reads), desk.today()
    until = calendar.add_working_days(today, days)
    looked_at = [today + n * _DAY for n in range((until - today).days + 1)]
    command = c.Publicize(
        by=desk.principal.subject,
        today=today,
        until=until,
        until_at=day_end(until),
        working_days=days,
        provisional_calendar=any(calendar.is_provisional(day) for day in looked_at),
    )
    return await desk.give(YEAR, _stream(desk, year), command)


@router.post("/assessments/{year}/appeals", status_code=201)
async def file_appeal(year: AssessedYear, body: m.AppealBody, desk: Commands) -> Answer:
    """Appeal while the result is public (申诉), in the name of a group or unit that is assessed, by one who holds a
    post in it."""
    subject = body.subject or body.appellant
    if body.indicator is not None:
        await _check_indicator(desk, year, subject, body.indicator)
    command = c.FileAppeal(
        at=desk.now(),
        by=desk.principal.subject,
        today=desk.today(),
        appellant=body.appellant,
        subject=subject,
        grounds=body.grounds,
        indicator=body.indicator,
        evidence=tuple(body.evidence),
        sha256=body.sha256,
    )
    return await desk.give(YEAR, _stream(desk, year), command, {"appellant": body.appellant})


async def _check_indicator(desk: CommandDesk, year: int, subject: str, indicator: str) -> None:
    score = await desk.state(SCORE, score_id(year, subject))
    if score.items and indicator not in score.items:
        known = list(score.items)
        raise Problem(
            422,
            "unknown-indicator",
            f"该得分没有指标 {indicator}；可选：{'、'.join(known)}。",
            f"This score has no indicator {indicator}; it has {', '.join(known)}.",
            details={"indicators": known},
        )


@router.post("/assessments/{year}/appeals/{appeal}/uphold")
async def uphold_appeal(year: AssessedYear, appeal: AppealNumber, body: m.UpholdBody, desk: Commands) -> Answer:
    """The appeal is right (支持): the item's points are corrected, in the ranking and in the subject's own score."""
    earlier = await desk.earlier()
    if earlier is not None:
        return earlier[0]
    by, today = desk.principal.subject, desk.today()
    stream, commands = await one_correction(desk, year, appeal, body.indicator, body.points, body.reason)
    found = c.UpholdAppeal(by, today, appeal, commands.correction, body.reason)
    return await desk.give_all([(YEAR, _stream(desk, year), found), (SCORE, stream, commands.command)])


@router.post("/assessments/{year}/appeals/{appeal}/dismiss")
async def dismiss_appeal(year: AssessedYear, appeal: AppealNumber, body: m.ReasonBody, desk: Commands) -> Answer:
    """The appeal is not right (驳回), with the reason."""
    command = c.DismissAppeal(desk.principal.subject, desk.today(), appeal, body.reason)
    return await desk.give(YEAR, _stream(desk, year), command)


@router.post("/assessments/{year}/vetoes", status_code=201)
async def apply_veto(year: AssessedYear, body: m.VetoBody, desk: Commands, reads: ReadModel) -> Answer:
    """一票否决: by a veto of the rulebook, which names the higher level's rule, and the document of this case."""
    row = await queries.rulebook(reads, year)
    if row is None:
        raise rulebook_missing(year)
    book = rulebook_of(row)
    rule = book.veto(body.veto)
    if rule is None:
        known = [one.id for one in book.vetoes]
        raise Problem(
            422,
            "unknown-veto",
            f"考核办法没有一票否决事项 {body.veto}；可选：{'、'.join(known) or '无'}。",
            f"The rulebook has no veto {body.veto}; it has {', '.join(known) or 'none'}.",
            details={"vetoes": known},
        )
    command = c.ApplyVeto(
        by=desk.principal.subject,
        today=desk.today(),
        subject=body.subject,
        veto=rule.id,
        title=rule.zh,
        basis=rule.basis,
        document_number=body.document_number,
        reason=body.reason,
    )
    return await desk.give(YEAR, _stream(desk, year), command)


@router.post("/assessments/{year}/vetoes/lift")
async def lift_veto(year: AssessedYear, body: m.LiftVetoBody, desk: Commands) -> Answer:
    """A veto no longer holds (撤销一票否决), with the reason."""
    command = c.LiftVeto(desk.principal.subject, desk.today(), body.subject, body.veto, body.reason)
    return await desk.give(YEAR, _stream(desk, year), command)


@router.post("/assessments/{year}/settle")
async def settle(year: AssessedYear, body: m.SettleBody, desk: Commands) -> Answer:
    """审定 by the district committee and government, after the public notice and with no appeal open. The result
    freezes by itself once every area has closed the year."""
    command = c.Settle(desk.now(), desk.principal.subject, desk.today(), body.document_number)
    return await desk.give(YEAR, _stream(desk, year), command)


@router.post("/assessments/{year}/corrections", status_code=201)
async def correct(year: AssessedYear, body: m.CorrectionBody, desk: Commands) -> Answer:
    """Correct a frozen result by a new version (更正), with reason, basis and approval; the old version stays."""
    earlier = await desk.earlier()
    if earlier is not None:
        return earlier[0]
    wanted = [(one.subject, one.indicator, one.points) for one in body.corrections]
    corrections, scores = await corrected_scores(desk, year, wanted, body.reason)
    command = c.CorrectAssessment(
        by=desk.principal.subject,
        today=desk.today(),
        corrections=corrections,
        reason=body.reason,
        basis=tuple(body.basis),
        document_number=body.document_number,
    )
    return await desk.give_all([(YEAR, _stream(desk, year), command), *scores])


@router.post("/assessments/{year}/commendations", status_code=201)
async def advise_commendation(year: AssessedYear, body: m.CommendationBody, desk: Commands) -> Answer:
    """Advise to commend a unit or a cadre (表彰建议). Nothing follows by itself; not where a veto stands."""
    command = c.AdviseCommendation(
        desk.principal.subject, desk.today(), body.kind, body.subject, body.reason, body.person
    )
    return await desk.give(YEAR, _stream(desk, year), command)


def _stream(desk: CommandDesk, year: int) -> str:
    return year_id(desk.principal.district, year)
