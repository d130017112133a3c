"""A sheet comes in once, and its rows are decided as their single requests would be, in order. 模拟数据."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.deciders import FILE_IMPORT, PROTECTION
from services.projects.domain.file_import.commands import ImportFile
from services.projects.domain.file_import.events import FileImported, ImportKind
from services.projects.domain.values import Party
from services.projects.import_desk import Step, rehearse
from services.projects.lead_desk import registration
from sevenx.kernel.auth import Scopes
from sevenx.kernel.errors import Problem, Rejection
from tests.unit.given import Told
from tests.unit.projects.protections import TERMS
from tests.unit.projects.stories import LIAISON, TODAY, credit_code, register_lead, sha

DISTRICT = "410804"


def bringing(**changes: Any) -> ImportFile:
    facts: dict[str, Any] = {
        "kind": ImportKind.LEADS, "file": "线索（模拟）.xlsx", "sha256": sha("sheet"), "rows": 3, "today": TODAY,
        "by": LIAISON,
    }  # fmt: skip
    return ImportFile(**{**facts, **changes})


def test_a_sheet_is_said_with_its_hash_and_rows() -> None:
    (said,) = Told(FILE_IMPORT, bringing()).then(FileImported)
    assert said == FileImported(ImportKind.LEADS, "线索（模拟）.xlsx", sha("sheet"), 3, TODAY, LIAISON)


def test_a_sheet_comes_in_once_whatever_it_is_called() -> None:
    refused = Told(FILE_IMPORT, bringing(), bringing(file="改名（模拟）.xlsx")).refused("file-imported")
    assert (refused.status, refused.details["file"]) == (409, "线索（模拟）.xlsx")


def test_a_workbook_may_hold_a_sheet_of_either_kind() -> None:
    Told(FILE_IMPORT, bringing(), bringing(kind=ImportKind.PROJECTS)).then(FileImported)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rows": 0}, "file-without-rows"),
        ({"sha256": "abc"}, "hash-wrong"),
        ({"file": "张某13800138000.xlsx"}, "contact-details"),
    ],
)
def test_what_is_no_sheet_of_ours_is_refused(changes: dict[str, Any], code: str) -> None:
    Told(FILE_IMPORT, bringing(**changes)).refused(code)


def anybody(_: type, __: Scopes) -> None:
    """Everybody may do everything."""


def steps_of(investors: list[int], wrong: frozenset[int] = frozenset()) -> list[Step]:
    """A row for each investor, by number; those that are wrong have a code that does not hold."""
    steps = []
    for row, number in enumerate(investors):
        code = "91000000MA0000001X" if row in wrong else credit_code(number)
        lead = register_lead(investor=Party(f"星河铝材{number}（模拟）有限公司", code))
        steps.append(Step(row, registration(DISTRICT, f"{DISTRICT}-L-0000-{row}", lead, TERMS), {}))
    return steps


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.frozensets(st.integers(0, 11)))
def test_exactly_the_rows_are_refused_that_would_be_alone(investors: list[int], wrong: frozenset[int]) -> None:
    refusals = rehearse(steps_of(investors, wrong), {}, anybody)
    assert [one.row for one in refusals] == [row for row in range(len(investors)) if row in wrong]


@given(st.lists(st.integers(0, 2), min_size=1, max_size=10))
def test_the_first_row_of_an_investor_and_intent_is_protected(investors: list[int]) -> None:
    steps = steps_of(investors)
    assert rehearse(steps, {}, anybody) == []
    states: dict[str, Any] = {}
    protected = []
    for step in steps:
        for decider, stream, command in step.commands:
            decided = decider.decide(command, states.get(stream, decider.initial))
            assert not isinstance(decided, Rejection)
            states[stream] = decider.fold(decided, states.get(stream, decider.initial))
            if decider is PROTECTION and "ProtectionGranted" in {type(event).__name__ for event in decided}:
                protected.append(step.row)
    assert protected == [row for row, one in enumerate(investors) if one not in investors[:row]]


def test_each_row_is_asked_for_its_permission() -> None:
    def nobody(command: type, scopes: Scopes) -> None:
        raise Problem(403, "not-allowed", "没有权限", f"no {command.__name__} for {scopes}")

    refusals = rehearse(steps_of([1, 2]), {}, nobody)
    assert [one.row for one in refusals] == [0, 1]
    assert all(isinstance(one.wrong, Problem) for one in refusals)
