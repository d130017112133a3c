"""`/reports`: a year's reports of the groups, and one report from draft to sign-off."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from services.portal.pages import view
from services.portal.pages.report_steps import actions_for, path_of
from services.portal.pages.sentences import sentence
from services.portal.pages.wording import Names, quantity, word
from services.portal.queries import figures, reports, roster, timeline
from services.portal.tables.events import MILESTONES
from services.portal.visit import Visit, Visitor
from sevenx.kernel.http import ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter()

_TOLD = 20
"""Events that the first text tells of at most."""

GroupId = Annotated[str, Path(pattern=r"^[0-9]{6}-G-[1-9][0-9]?$")]
Period = Annotated[str, Path(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]


@router.get("/reports")
async def report_matrix(
    request: Request, visit: Visitor, reads: ReadModel, year: Annotated[int | None, Query(ge=2000, le=2100)] = None
) -> Response:
    """Twelve months by seven groups: where each report stands and whether it was late."""
    names = await view.names_for(reads, visit)
    years = await reports.years(reads)
    shown = year or int(visit.period[:4])
    rows = await reports.of_year(reads, shown)
    return await view.show(
        request,
        "reports.html",
        visit,
        names,
        year=shown,
        years=sorted({*years, shown}, reverse=True),
        groups=await roster.groups(reads),
        periods=[f"{shown}-{month:02d}" for month in range(1, 13)],
        reports=view.by(rows, "period", "group_id"),
        may_open=visit.may(("commerce_bureau", "district_office", "operator")) and not years,
    )


@router.get("/reports/{group}/{period}")
async def report_page(request: Request, visit: Visitor, reads: ReadModel, group: GroupId, period: Period) -> Response:
    """A group's report: figures beside what the events say, words, path, and the step that is the visitor's."""
    row = await reports.one(reads, group, period)
    names = await view.names_for(reads, visit)
    if row is None:
        if group not in names.by_id:
            raise view.unknown("小组", "group", group)
        return await view.show(request, "report_not_open.html", visit, names, group=group, period=period)
    stated = await reports.stated_figures(reads, row["stream"])
    steps = await timeline.events_of(reads, row["stream"])
    current = await figures.figures_of(reads, row)
    known = view.by(await reports.contributions(reads, row["stream"]), "unit")
    happened = await timeline.of_group(reads, visit.principal, group, row["starts_at"], row["ends_at"])
    return await view.show(
        request,
        "report.html",
        visit,
        names,
        report=row,
        lines=figure_lines(current, stated),
        contributions=[(unit, known.get(unit)) for unit in row["responsible_units"]],
        path=path_of(row, steps),
        events=await view.timeline(reads, names, steps),
        happened=[
            (one["occurred_at"], one["stream"], one["subject"], sentence(one["area"], one["name"], one["data"], names))
            for one in happened
        ],
        suggestion=suggestion(current, happened, names),
        actions=await actions(reads, visit, row),
        indicators=figures.INDICATORS,
    )


async def actions(reads: Reads, visit: Visit, row: view.Row) -> view.Offered:
    """The steps that the visitor may take, and whom a leader may name as his delegate."""
    found = actions_for(visit, row)
    if "delegate" in found:
        found["delegate"] = await roster.possible_delegates(reads, row["group_id"], row["lead_units"], visit.today)
    return found


def figure_lines(current: list[dict[str, Any]], stated: list[view.Row]) -> list[dict[str, Any]]:
    """One line an indicator: the draft's figures, the frozen ones, and what the events say now."""
    drafted = view.by([row for row in stated if row["source"] == "draft"], "indicator")
    frozen = view.by([row for row in stated if row["source"] == "frozen"], "indicator")
    lines = []
    for now in current:
        name = now["indicator"]
        draft, closed = drafted.get(name), frozen.get(name)
        shown = closed or draft or now
        lines.append(
            {
                **{key: shown[key] for key in ("month", "cumulative", "last_year", "target", "completion")},
                "indicator": name,
                "claimed": draft["claimed"] if draft else None,
                "borne_out": draft["month"] if draft else None,
                "explanation": draft["explanation"] if draft else None,
                "drafted": draft["month"] if draft and closed and draft["month"] != closed["month"] else None,
                "before": closed["before_restatement"] if closed else None,
                "now": now["month"] if draft and not closed and now["month"] != draft["month"] else None,
            }
        )
    return lines


def suggestion(current: list[dict[str, Any]], happened: list[view.Row], names: Names) -> str:
    """A first text of the report from what was recorded, for the liaison to go on from: what the figures count before
    anything else, in the order of time, each with what it is about."""
    parts = [
        f"{word('indicator', one['indicator'], 'zh')}{quantity(one['indicator'], one['month'], 'zh')}"
        for one in current
        if one["month"]
    ]
    weighty = sorted(happened, key=lambda one: one["name"] not in MILESTONES)[:_TOLD]
    told = [f"{n}. {_told(one, names)}" for n, one in enumerate((one for one in happened if one in weighty), 1)]
    head = f"本月{'，'.join(parts)}。" if parts else "本月无新增签约、落地、开工、投产项目和到位资金。"
    return "\n".join([head, *(["主要工作："] if told else []), *told])


def _told(one: view.Row, names: Names) -> str:
    """An event's sentence, with the name of its lead or project before it where it does not say that itself."""
    text = sentence(one["area"], one["name"], one["data"], Names("zh", names.by_id))
    return text if one["subject"] in text else f"{one['subject']}：{text}"
