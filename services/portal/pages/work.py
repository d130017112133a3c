"""`/work` and `/reviews`: what waits for the visitor, over all areas, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from services.portal.pages import leads as lead_pages
from services.portal.pages import plans as plan_pages
from services.portal.pages import report_steps, view
from services.portal.pages.matters import problem_actions, procedure_actions
from services.portal.pages.outreach import trip_actions
from services.portal.pages.supervision import directive_actions
from services.portal.pages.transfers import transfer_actions
from services.portal.pages.wording import Names, day, period, yuan
from services.portal.queries import matters, plans, transfers, work
from services.portal.visit import Visit, Visitor
from sevenx.kernel.http import ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter()
_REPORT_STEPS = {
    "draft": ("起草月报", "Draft the report"),
    "review": ("审核月报", "Review the report"),
    "sign_off": ("签发月报", "Sign off the report"),
    "accept": ("接收月报", "Accept the report"),
    "contribute": ("为月报供稿", "Contribute to the report"),
}
_DIRECTIVE_STEPS = {
    "issue": ("交办", "Issue"),
    "acknowledge": ("签收", "Acknowledge"),
    "feedback": ("反馈办理情况", "Give feedback"),
    "extension": ("答复延期申请", "Answer the extension"),
    "verify": ("核验", "Verify"),
    "close": ("销号", "Close"),
}
_PLAN_STEPS = {
    "submitted": ("approve", "审批行动方案", "Decide on the action plan"),
    "approved": ("adopt", "施行行动方案", "Put the action plan in force"),
    "returned": ("draft", "修改行动方案", "Draft the action plan anew"),
}
"""By where a version stands: the step that it waits for."""
_PROCEDURE_STEPS = {
    "grant": ("办理手续", "Answer the procedure"),
    "accept": ("受理手续", "Accept the procedure"),
    "give": ("补正手续材料", "Give the material"),
}
_LEVELS = ("commerce_bureau", "district_office")
"""Offices to which problems are passed up."""


@dataclass(frozen=True)
class Item:
    """One thing to do: what, of which thing, where, by when."""

    zh: str
    en: str
    what: str
    link: str
    due: date | None = None


@router.get("/work")
@router.get("/reviews")
async def work_page(request: Request, visit: Visitor, reads: ReadModel) -> Response:
    """What the visitor may do next, by the same rules as the forms on each page."""
    names = await view.names_for(reads, visit)
    items = [
        *await report_items(reads, visit, names),
        *await plan_items(reads, visit, names),
        *await project_items(reads, visit, names),
        *await transfer_items(reads, visit, names),
        *await matter_items(reads, visit),
        *await other_items(reads, visit),
    ]
    items.sort(key=lambda item: (item.due is None, item.due or date.max))
    return await view.show(request, "work.html", visit, names, items=items)


async def report_items(reads: Reads, visit: Visit, names: Names) -> list[Item]:
    rows = await work.open_reports(reads, visit.now)
    done = await work.contributed(reads, [row["stream"] for row in rows])
    found = []
    for row in rows:
        offered = report_steps.actions_for(visit, row)
        if offered["contribute"] and all((row["stream"], unit) in done for unit in offered["contribute"]):
            del offered["contribute"]
        if offered["draft"] and row["status"] not in ("open", "sent_back", "returned"):
            del offered["draft"]
        what = f"{names(row['group_id'])} · {period(row['period'], visit.language)}"
        link = f"/reports/{row['group_id']}/{row['period']}"
        found += [Item(*_REPORT_STEPS[step], what, link, row["due_day"]) for step in offered if step in _REPORT_STEPS]
    return found


async def plan_items(reads: Reads, visit: Visit, names: Names) -> list[Item]:
    """三(二): a submitted plan waits for who may approve it, an approved one to be put in force; one that was returned
    for the group's liaison, and for who had drafted or submitted it."""
    found = list[Item]()
    for row in await plans.waiting(reads, visit.today.year):
        step, zh, en = _PLAN_STEPS[row["status"]]
        in_force = None if row["in_force"] is None else {"version": row["in_force"]}
        mine = visit.subject in (row["drafted_by"], row["submitted_by"]) or row["stream"] in visit.scopes("liaison")
        if plan_pages.offered(visit, row["stream"], row, in_force, latest=True)[step] and (step != "draft" or mine):
            which = visit.either(f"{row['year']}年第{row['version']}版", f"{row['year']}, version {row['version']}")
            link = f"/plans/{row['stream']}/{row['year']}?version={row['version']}"
            found.append(Item(zh, en, f"{names(row['stream'])} · {which}", link))
    return found


async def transfer_items(reads: Reads, visit: Visit, names: Names) -> list[Item]:
    """流转: a lead that a unit or group is asked to take over."""
    return [
        Item(
            "答复线索流转",
            "Answer the transfer",
            f"{row['stream']} · {names(row['from_unit'])}",
            f"/leads/{row['stream']}",
        )
        for row in await transfers.awaiting(reads, visit.principal)
        if transfer_actions(visit, row, [row]).get("transfer_decline")
    ]


async def matter_items(reads: Reads, visit: Visit) -> list[Item]:
    """二(二), 三(二): procedures that are asked of a unit, material that is lacking, problems to solve or coordinate.
    The Commerce Bureau, which may do all of it, has in its list what was passed up to it."""
    levels = [office for office in _LEVELS if visit.may((office,))]
    own = set(visit.scopes("unit_head", "unit_liaison"))
    open_ones = await matters.waiting(reads, visit.principal, levels)
    found = []
    for row in open_ones["procedures"]:
        may = procedure_actions(visit, row)
        step = next((one for one in _PROCEDURE_STEPS if may[one] and (one == "give" or row["unit"] in own)), None)
        if step is not None:
            found.append(
                Item(*_PROCEDURE_STEPS[step], row["title"], f"/procedures/{row['stream']}", row["promised_on"])
            )
    for row in open_ones["problems"]:
        may, link = problem_actions(visit, row), f"/problems/{row['stream']}"
        if row["level"] in levels and may["give_back"]:
            found.append(Item("协调问题", "Coordinate the problem", row["title"], link, row["promised_on"]))
        elif row["unit"] in own and may["handle"]:
            found.append(Item("解决问题", "Solve the problem", row["title"], link, row["promised_on"]))
    return found


async def project_items(reads: Reads, visit: Visit, names: Names) -> list[Item]:
    offices = {role for role in ("commerce_bureau", "district_office") if visit.may((role,))}
    found = []
    for row in await work.leads_to_decide(reads, visit.principal):
        if lead_pages.actions_for(visit, row, [], [])["qualify"]:
            what = f"{row['title']} · {names(row['group_id'])} · {day(row['registered_on'], visit.language)}"
            found.append(Item("研判线索", "Qualify the lead", what, f"/leads/{row['stream']}"))
    if not offices:
        return found
    if "commerce_bureau" in offices:
        for row in await work.baselines_to_decide(reads, visit.principal):
            if row["baselined_by"] != visit.subject:
                what = f"{row['name']} · {row['file']}"
                found.append(Item("审定历史台账", "Approve the baseline", what, f"/projects/{row['stream']}"))
    for row in await work.claims_of_funds(reads, visit.principal):
        if row["referee"] in offices:
            step = ("初审到位资金", "First check") if row["step"] == "claimed" else ("联合认定到位资金", "Recognition")
            amount = yuan(row["claimed"] if row["step"] == "claimed" else row["checked"], visit.language)
            found.append(Item(*step, f"{row['name']} · {amount}", f"/projects/{row['stream']}"))
    for row in await work.open_contests(reads):
        if row["referee"] in offices:
            found.append(Item("裁定异议", "Decide the contest", row["lead"], f"/leads/{row['lead']}", row["decide_by"]))
    for row in await work.proposed_releases(reads):
        found.append(Item("决定是否释放保护", "Decide on the release", row["lead"], f"/leads/{row['lead']}"))
    return found


async def other_items(reads: Reads, visit: Visit) -> list[Item]:
    found = []
    for row in await work.running_trips(reads):
        offered, link, due = trip_actions(visit, row), f"/trips/{row['stream']}", row["result_due_on"]
        own = visit.subject in (row["traveller"], row["requested_by"])
        what = f"{row['traveller_name']} · {row['purpose']}"
        if offered["approve"]:
            found.append(Item("批准外出", "Approve the trip", what, link, row["starts_on"]))
        elif offered["result"] and own:
            found.append(Item("填报外出成果", "File the trip's result", what, link, due))
    for row in await work.running_directives(reads):
        for step in directive_actions(visit, row):
            if step in _DIRECTIVE_STEPS:
                found.append(Item(*_DIRECTIVE_STEPS[step], row["title"], f"/directives/{row['stream']}", row["due_on"]))
    mine: set[Any] = set(visit.scopes("unit_head", "unit_liaison", "lead_unit_head", "liaison", "group_leader"))
    for row in await work.open_findings(reads):
        title, link = visit.either(row["title_zh"], row["title_en"]), f"/audit/findings/{row['stream']}"
        if row["state"] == "open" and mine & {*row["units"], *row["groups"]}:
            found.append(Item("说明疑点", "Answer the finding", title, link, row["answer_by"]))
        elif row["state"] == "answered" and visit.may(("supervision_office",)):
            found.append(Item("对疑点作出结论", "Conclude the finding", title, link))
    return found
