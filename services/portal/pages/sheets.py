"""Leads and projects as Excel: where a list's page leads to its export, its template and its import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from services.portal.visit import Visit

REGISTRARS = ("liaison", "lead_unit_head", "group_leader", "group_deputy", "unit_liaison", "unit_head")
"""Posts that register leads for their group or unit; the Commerce Bureau does for every one."""
_SORTS = {"": "newest", "oldest": "number", "longest": "stage_since"}
_LARGEST = {"leads": "investment", "projects": "amount"}


@dataclass(frozen=True)
class Sheets:
    """The addresses that a page offers; `may_import` for whom it offers the import as well."""

    kind: str
    export: str
    template: str
    imports: str
    may_import: bool


def sheets_of(visit: Visit, kind: str, asked: Mapping[str, str]) -> Sheets:
    """Those of `leads` or `projects`; an export is narrowed and sorted as the page was asked to be."""
    sort = _LARGEST[kind] if asked["sort"] == "amount" else _SORTS[asked["sort"]]
    narrowed = {name: value.strip() for name, value in asked.items() if value.strip() and name != "sort"}
    api = f"/api/projects/{kind}"
    return Sheets(
        kind=kind,
        export=f"{api}.xlsx?{urlencode({**narrowed, 'sort': sort})}",
        template=f"{api}/template.xlsx",
        imports=f"{api}/import",
        may_import=visit.may((*REGISTRARS, "commerce_bureau")),
    )
