"""The readable ids of outreach: `410804-T-2026-0001`, `410804-Q-2026-U-commerce-N-name`, `410804-B-2026-special`."""

from __future__ import annotations

from services.outreach.domain.values import Fund

_SLUG = r"[a-z][a-z0-9-]*"
TRIP_ID = r"^[0-9]{6}-T-[0-9]{4}-[0-9]{4,}$"
QUOTA_ID = rf"^[0-9]{{6}}-Q-[0-9]{{4}}-U-{_SLUG}-N-{_SLUG}$"
BUDGET_ID = rf"^[0-9]{{6}}-B-[0-9]{{4}}-(special|own-{_SLUG})$"
UNIT_ID = rf"^[0-9]{{6}}-U-{_SLUG}$"
GROUP_ID = r"^[0-9]{6}-G-[1-9][0-9]?$"
PERSON_ID = rf"^[0-9]{{6}}-N-{_SLUG}$"
LEAD_ID = r"^[0-9]{6}-L-[0-9]{4}-[0-9]{4,}$"


def quota_id(unit: str, person: str, year: int) -> str:
    """The stream of a head's quota; the letters part unit and person, whose own names have no capitals."""
    district, _, unit_name = unit.split("-", 2)
    return f"{district}-Q-{year}-U-{unit_name}-N-{person.split('-', 2)[2]}"


def quota_year_id(district: str, year: int) -> str:
    """The stream of a year of quotas."""
    return f"{district}-Q-{year}"


def budget_id(district: str, fund: Fund, unit: str | None, year: int) -> str:
    """The stream of a budget: one a fund, unit and year."""
    name = fund.value if unit is None else f"{fund.value}-{unit.split('-', 2)[2]}"
    return f"{district}-B-{year}-{name}"
