"""What a role finds where: the entries of the navigation, and the page that it begins with.

An entry whose page is not served is not shown, so that nothing leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.routing import Match

from services.portal.visit import Visit

EVERYBODY: tuple[str, ...] = ()
_GROUP = ("liaison", "group_leader", "group_deputy", "lead_unit_head")
_PIPELINE = (*_GROUP, "unit_head", "unit_liaison")
_MECHANISM = (
    "commerce_bureau",
    "district_office",
    "district_leader",
    "supervision_office",
    "assessment_office",
    "auditor",
    *_PIPELINE,
)
"""Those whose work the roster, the plans and the referrals are, or who look after it."""
_OFFICES = ("commerce_bureau", "district_office", "district_leader", "city", "auditor", "operator")


def own_group(visit: Visit) -> str | None:
    """The group for which the visitor holds a post: as liaison before leader, deputy and head of a lead unit."""
    for role in ("liaison", "group_leader", "group_deputy", "lead_unit_head"):
        if held := visit.scopes(role):
            return held[0]
    return None


def _own_report(visit: Visit) -> str:
    group = own_group(visit)
    return f"/reports/{group}/{visit.period}" if group else "/reports"


def _own_group(visit: Visit) -> str:
    group = own_group(visit)
    return f"/groups/{group}" if group else "/groups"


def _at(path: str) -> Callable[[Visit], str]:
    return lambda _: path


@dataclass(frozen=True)
class Entry:
    """One entry: the text `nav.<key>`, where it leads, and the roles that see it (none: everybody)."""

    key: str
    path: Callable[[Visit], str]
    roles: tuple[str, ...] = EVERYBODY
    section: str = "work"


ENTRIES = (
    Entry("overview", _at("/overview")),
    Entry("work", _at("/work"), ("commerce_bureau", "district_office", "district_leader", "supervision_office")),
    Entry("own_report", _own_report, ("liaison",)),
    Entry("reviews", _at("/reviews"), _PIPELINE),
    Entry("own_group", _own_group, _GROUP),
    Entry("projects", _at("/projects")),
    Entry("leads", _at("/leads")),
    Entry("procedures", _at("/procedures")),
    Entry("problems", _at("/problems")),
    Entry("enterprises", _at("/enterprises"), ("commerce_bureau", "district_office", "district_leader", *_PIPELINE)),
    Entry("referrals", _at("/referrals"), _MECHANISM),
    Entry("reports", _at("/reports")),
    Entry("trips", _at("/trips")),
    Entry("budgets", _at("/budgets"), ("finance_bureau", *_GROUP, "unit_head", *_OFFICES)),
    Entry("roster", _at("/roster"), _MECHANISM, "mechanism"),
    Entry("plans", _at("/plans"), _MECHANISM, "mechanism"),
    Entry("hearings", _at("/hearings"), section="oversight"),
    Entry("directives", _at("/directives"), section="oversight"),
    Entry("ranking", lambda visit: f"/ranking/{visit.today.year}", section="oversight"),
    Entry("audit", _at("/audit"), ("auditor", "supervision_office", "district_leader", "operator"), "oversight"),
    Entry("services", _at("/services"), ("operator", "auditor"), "system"),
)

_HOMES: tuple[tuple[str, Callable[[Visit], str]], ...] = (
    ("liaison", _own_report),
    ("lead_unit_head", _at("/reviews")),
    ("unit_head", _at("/reviews")),
    ("group_leader", _own_group),
    ("group_deputy", _own_group),
    ("unit_liaison", _at("/reviews")),
    ("commerce_bureau", _at("/work")),
    ("supervision_office", _at("/directives")),
    ("assessment_office", lambda visit: f"/ranking/{visit.today.year}"),
    ("auditor", _at("/audit")),
    ("finance_bureau", _at("/budgets")),
    ("operator", _at("/services")),
    ("district_leader", _at("/overview")),
    ("district_office", _at("/overview")),
    ("statistics_bureau", _at("/overview")),
    ("city", _at("/overview")),
)
"""The first role that is held decides; a post in a group comes before an office."""


def home_of(visit: Visit) -> str:
    """The page that a visitor begins with."""
    return next((path(visit) for role, path in _HOMES if role in visit.roles), "/overview")


def served(app: FastAPI, path: str) -> bool:
    """Whether a GET of the path finds a route."""
    known: dict[str, bool] = app.state.served_paths
    if path not in known:
        scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
        known[path] = any(route.matches(scope)[0] is Match.FULL for route in app.router.routes)
    return known[path]


@dataclass(frozen=True)
class Link:
    """An entry as it is shown to one visitor."""

    key: str
    path: str
    section: str
    here: bool


def links(app: FastAPI, visit: Visit, at: str) -> list[Link]:
    """The navigation of a visitor who looks at the path `at`."""
    shown = [(entry, entry.path(visit)) for entry in ENTRIES if not entry.roles or visit.may(entry.roles)]
    found = [(entry, path) for entry, path in shown if served(app, path)]
    here = max((path for _, path in found if at == path or at.startswith(f"{path}/")), key=len, default=None)
    return [Link(entry.key, path, entry.section, path == here) for entry, path in found]
