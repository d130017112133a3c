"""The year's old ledger (历史台账): the service reads every row of it, and what is said of a row fits it."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from services.projects.baseline_file import LedgerFile, read_rows
from services.projects.baseline_mapping import LedgerMapping, read_mapping
from services.projects.baseline_rows import Importing, ReadRow, commands_of
from services.projects.domain.values import OVER, Stage
from services.projects.roster import Roster
from services.projects.rulebooks import evidence_rulebook
from sevenx.demo.agenda import Act
from sevenx.demo.district import ROSTER
from sevenx.demo.plan import Plan
from sevenx.demo.scenario import SCENARIOS, Scenario
from sevenx.district.settings import DistrictSettings

TODAY = date(2026, 1, 20)


@pytest.fixture(scope="module")
def year() -> Plan:
    return Plan.of(Scenario.named("year"))


@pytest.fixture(scope="module")
def rows(year: Plan) -> dict[int, ReadRow]:
    story = year.scenario.stories["ledger"]
    mapping = read_mapping((SCENARIOS / story["mapping"]).read_text("utf-8"))
    assert isinstance(mapping, LedgerMapping), mapping
    file = LedgerFile(story["file"], (SCENARIOS / story["file"]).read_bytes())
    cells, errors = read_rows(file, mapping)
    importing = Importing(file, mapping, roster(year), evidence_rulebook(), "410804", TODAY, "410804-operator")
    found, more = commands_of(cells, importing)
    assert [*errors, *more] == []
    return {one.row.number: one for one in found}


def roster(plan: Plan) -> Roster:
    industries = yaml.safe_load((ROSTER / "industries.yaml").read_text("utf-8"))["industries"]
    return Roster(
        unit_kinds={one.id: one.kind for one in plan.district.units.values()},
        groups=[one.id for one in plan.district.groups],
        industries=[one["id"] for one in industries],
        published=DistrictSettings.of([]),
        leads=[],
    )


def of_rows(plan: Plan) -> list[Act]:
    return [act for act in plan.acts if act.deed.startswith("ledger.") and "row" in act.facts]


def test_a_dozen_rows_of_all_groups_come_in_whole(rows: dict[int, ReadRow]) -> None:
    assert len(rows) == 12
    assert {one.command.group for one in rows.values()} == {f"410804-G-{n}" for n in range(1, 8)}
    assert all("（模拟）" in one.command.name and "（模拟）" in one.command.investor.name for one in rows.values())


def test_the_rejected_row_is_one_of_it_and_nothing_more_is_done_about_it(year: Plan, rows: dict[int, ReadRow]) -> None:
    rejected = year.scenario.stories["ledger"]["rejected"]
    assert rejected in rows
    assert rejected not in {act.facts["row"] for act in of_rows(year)}


def test_each_row_is_worked_on_by_its_own_group_and_one_lands(year: Plan, rows: dict[int, ReadRow]) -> None:
    for act in of_rows(year):
        command = rows[act.facts["row"]].command
        assert command.group == f"410804-G-{act.facts['group']}"
        assert command.status not in OVER
    [landed] = [act for act in of_rows(year) if act.deed == "ledger.land"]
    command = rows[landed.facts["row"]].command
    assert (command.stage, command.project_type) == (Stage.SIGNED, landed.facts["type"])
