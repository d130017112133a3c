"""The demonstration on a real system: the month plays to its end, proves itself, and is the same month each time."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from sevenx.cli._log import deployment
from sevenx.cli.verify import verify_live
from sevenx.declaration import services
from sevenx.demo.client import Gateway
from sevenx.demo.plan import Plan
from sevenx.demo.run import Played, play_scenario
from sevenx.demo.scenario import Scenario
from sevenx.demo.summary import show
from sevenx.kernel.envelope import Recorded
from sevenx.local.home import Home
from tests.chaos.books import Books
from tests.chaos.system import whole_system

AREAS = tuple(one.area for one in services())
NUMBERED = re.compile(r"(410804-[A-Z]{1,2}-2[0-9]{3}-)[0-9]{4,}(@[0-9]+)?|@[0-9]+|\b[0-9a-f]{32,}\b")
"""Running numbers, versions and hashes: they depend on who came first within a morning."""
OF_THE_DAY = ("audit",)
"""What seals say depends on the bytes, and so on ids and times of recording."""
PIPELINE = {
    "EnterpriseRegistered", "EnterpriseRenamed", "ListingAdded", "ParentAssigned", "DuplicateSuspected",
    "EnterprisesMerged", "DuplicateDismissed", "EnterpriseContactErased", "InvestorIdentified", "ReferralRecorded",
    "ReferralWithdrawn", "LeadTransferred", "LeadTransferEnded", "ProtectionExtended", "ProtectionReleased",
    "ReleaseDeclined", "IntentDecided", "IntentSigned", "ContractAmended", "ExtensionAdded", "StatisticsRecorded",
    "StatisticsCorrected", "GateHeld", "GateTakenBack", "PromiseMade", "PromiseFulfilled", "PromiseBroken",
    "PromiseOverdue", "ProcedureGranted", "ProcedureRefused", "ProcedureOverdue", "SupplementAsked",
    "ProblemEscalated", "ProblemClosed", "ProblemReopened", "DocumentStored", "FileImported", "ProjectBaselined",
    "BaselineApproved", "BaselineRejected", "StageCorrected", "EvidenceWithdrawn", "StallEnded", "MergeUndone",
    "CreditCodeAssigned",
}  # fmt: skip
"""What the year plays of the pipeline around its projects."""


@pytest.mark.timeout(600)
def test_the_month_proves_itself_and_is_the_same_month_each_time(tmp_path: Path) -> None:
    one, text = played(tmp_path / "one", "month")
    assert "模拟数据" in text
    assert "月报" in text
    assert "410804-commerce-bureau" in text
    other, _ = played(tmp_path / "other", "month")
    for area in one:
        difference = {key: n - other[area][key] for key, n in one[area].items() if n != other[area][key]}
        difference |= {key: -n for key, n in other[area].items() if key not in one[area]}
        assert difference == {}, area


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_year_proves_itself(tmp_path: Path) -> None:
    shapes, _ = played(tmp_path / "year", "year")
    names = {area: {name for name, _, _ in shape} for area, shape in shapes.items()}
    events = sum(count for shape in shapes.values() for (name, _, _), count in shape.items() if name != "PeriodClosed")
    assert 15_000 <= events <= 20_000
    assert {"LeadQueued", "ContestDecided", "ProjectStalled", "LightChanged", "FundsReversed"} <= names["projects"]
    assert names["projects"] >= PIPELINE
    assert {"PlanReturned", "PlanAdopted", "MonthlyTargetsSet", "TargetSet"} <= names["registry"]
    assert {"DeadlineMissed", "ReportReturned", "HearingHeld", "DirectiveClosed", "DirectiveOverdue"} <= names[
        "reporting"
    ]
    assert {"TripCompleted", "QuotaShortfallNoted", "ExpensePaid", "BudgetAllocated"} <= names["outreach"]
    assert {"RulebookPublished", "AppealUpheld", "AssessmentFrozen"} <= names["assessment"]
    assert {"LogSealed", "FindingRaised"} <= names["audit"]


def played(folder: Path, scenario: str) -> tuple[dict[str, Counter[Any]], str]:
    """Play on a fresh system and verify it: the shapes of each area's events, and what was shown."""
    out = StringIO()
    with whole_system(folder) as system:
        asyncio.run(play(system.home, scenario, Console(file=out, width=140)))
        books = Books.of(system.home)
        books.nothing_is_parked_or_waits()
        return {area: Counter(map(shape, log)) for area, log in books.logs.items()}, out.getvalue()


async def play(home: Home, scenario: str, console: Console) -> Played:
    async with Gateway(home) as gateway:
        done = await play_scenario(gateway, console, Plan.of(Scenario.named(scenario)))
        report = await asyncio.to_thread(verify_live, deployment(home.path))
        await show(console, gateway, done, home.gateway_url, report)
    assert report.problems == []
    assert {area: answer["equal"] for area, answer in report.projections.items()} == dict.fromkeys(AREAS, True)
    assert all(seal["holds"] for seal in report.seals)
    return done


def shape(event: Recorded) -> tuple[str, str, str]:
    """What happened, when in the district's time, and what it says: all but running numbers and hashes."""
    if event.area in OF_THE_DAY:
        return event.name, "", ""
    said = json.dumps(event.data, default=str, sort_keys=True, ensure_ascii=False)
    return event.name, event.meta.occurred_at.isoformat(), NUMBERED.sub(r"\1#", said)
