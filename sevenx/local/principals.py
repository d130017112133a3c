"""Who the local issuer knows when nobody has told it otherwise: the offices of the district."""

from __future__ import annotations

OFFICES = {
    "commerce_bureau": "商务局",
    "finance_bureau": "财政局",
    "statistics_bureau": "统计局",
    "supervision_office": "督查室",
    "assessment_office": "考核办",
    "district_office": "政府办",
    "district_leader": "区领导",
    "auditor": "审计",
    "city": "市级",
    "operator": "系统运维",
}
"""The roles that an office holds for the whole district; the issuer is seeded with one principal for each."""


def seed_principals(district: str) -> dict[str, dict[str, object]]:
    """One principal for each office: `410804-commerce-bureau` holds `commerce_bureau@410804`."""
    return {
        f"{district}-{role.replace('_', '-')}": {"name": name, "grants": [f"{role}@{district}"], "district": district}
        for role, name in OFFICES.items()
    }
