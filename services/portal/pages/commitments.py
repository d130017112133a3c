"""What a project's page shows of its gates before the contract and of its promises, and which forms it offers for them.
It reads the same rulebook as the projects' service; the service alone decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from services.portal.pages.view import Row
from sevenx.declaration import ROOT

Rows = list[dict[str, Any]]
PRELIMINARY = "preliminary"
_ORDER = ("overdue", "open", "fulfilled", "broken", "withdrawn")
LIVE = ("overdue", "open")


@cache
def _rulebook() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "data" / "rulebooks" / "gates.yaml").read_text("utf-8"))
    return found


def required(project: Row) -> set[str]:
    """The gates of a project by its type and amount: the contract's, before it the planned investment."""
    needs = _rulebook()["needs"]
    amount: Decimal | None = project["contract_amount"] or project["planned_investment"]
    lines = [*needs["all"], *needs.get(project["project_type"], ())]
    return {line["gate"] for line in lines if amount is None or amount >= line.get("from", 0)}


def gate_rows(project: Row, parts: dict[str, Rows]) -> Rows:
    """Each gate that the project needs or has held, in their order: whether it is needed, `state` (passed, conditional,
    failed or missing), and its records, the latest first. What was held after the signature does not bear it out."""
    needed = required(project)
    signed = next((one["reached_on"] for one in parts["stages"] if one["stage"] == "signed"), date.max.isoformat())
    found: Rows = []
    for gate in _rulebook()["gates"]:
        held = [one for one in parts["gates"] if one["gate"] == gate]
        held.sort(key=lambda one: (one["held_on"], one["number"]), reverse=True)
        holds = next((one for one in held if not one["taken_back"] and one["held_on"] <= signed), None)
        if held or gate in needed:
            state = holds["outcome"] if holds else "missing"
            found.append({"gate": gate, "needed": gate in needed, "state": state, "held": held})
    return found


def promise_rows(promises: Iterable[dict[str, Any]]) -> Rows:
    """The overdue first, then the open ones, then those that have ended, each by due date."""
    rows = [{**one, "due": date.fromisoformat(one["due"])} for one in promises]
    return sorted(rows, key=lambda one: (_ORDER.index(one["state"]), one["due"], one["promise"]))


def gate_actions(offices: bool, judges: bool, held: Rows) -> dict[str, Any]:
    """Gates that the visitor may record, and records that he may take back. `offices`: he is of the Commerce Bureau or
    of the district office; `judges`: he heads a lead unit of the group."""
    recordable = list(_rulebook()["gates"]) if offices else [PRELIMINARY] if judges else []
    return {"gate": recordable, "gate_back": offices and [one for one in held if not one["taken_back"]]}


def promise_actions(works: bool, daily: bool, offices: bool, over: bool) -> dict[str, bool]:
    """What the visitor may do in the ledger. `works`: he does the group's daily work or is of the Commerce Bureau;
    `daily`: the same, or he is of the landing unit; `over`: the project is lost or terminated."""
    return {
        "promise": works and not over,
        "promise_amend": works and not over,
        "promise_fulfil": daily,
        "promise_break": works or offices,
        "promise_withdraw": offices,
    }
