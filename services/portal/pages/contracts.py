"""What a project's page shows of its contract after the signature, of its extensions and of the statistics figure, and
which forms it offers for them. The projects' service alone decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from services.portal.pages.view import Row
from services.portal.visit import Visit

Rows = list[dict[str, Any]]
_ZERO = Decimal(0)


def amendment_rows(amendments: Iterable[dict[str, Any]]) -> Rows:
    """The latest first."""
    return sorted(amendments, key=lambda one: -one["amendment"])


def statistics_rows(months: Iterable[dict[str, Any]]) -> Rows:
    """By month, the latest first, each with what all months up to it come to."""
    found, total = [], _ZERO
    for one in sorted(months, key=lambda row: row["month"]):
        total += Decimal(str(one["amount"]))
        found.append({**one, "cumulative": total})
    return found[::-1]


def together(project: Row, extensions: Sequence[Row]) -> dict[str, Decimal]:
    """One project counts once: the base and the increments of what extends it. `above` is what the project's own
    recognised funds stand above its amount in force."""
    increment = sum((one["contract_amount"] or _ZERO for one in extensions), _ZERO)
    amount = project["contract_amount"] or _ZERO
    return {
        "increment": increment,
        "contract_amount": amount + increment,
        "recognised": project["recognised"] + sum((one["recognised"] for one in extensions), _ZERO),
        "above": max(_ZERO, project["recognised"] - amount),
    }


def contract_actions(project: Row, works: bool) -> dict[str, Any]:
    """What may be asked of the contract. `works`: he does the group's daily work or is of the Commerce Bureau."""
    signed = project["stage"] != "negotiating"
    return {
        "amend": works and signed,
        "extends": works and not signed and not project["extends"],
        "extends_withdraw": works and not signed and bool(project["extends"]),
    }


def statistics_action(visit: Visit, project: Row, unit: str) -> bool:
    """Whether he is of the statistics bureau, by his office or in its unit (setting `bodies.statistics_bureau`)."""
    holds, at = visit.principal.holds, [unit] if unit else []
    office = holds("statistics_bureau", [visit.principal.district])
    counts = office or holds("unit_head", at) or holds("unit_liaison", at)
    return bool(counts) and project["stage"] != "negotiating"
