"""Every list, search, page and sum of projects and the console over a large pipeline, at the database.

Each GET route is asked as its readers ask it: bare, with each filter, each sorting, words that many, some, one and no
row holds, and the page after; by an office that sees all and by a liaison for whom rows are masked. The statements that
the route sends are then run again with EXPLAIN ANALYZE, which times them and shows how they come to their rows. A new
list is measured without another line here; a parameter of a new kind has to be told a value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import product
from statistics import median
from typing import Any
from urllib.parse import unquote

import httpx
import psycopg
from fastapi import FastAPI, Request
from sqlalchemy import event

from benchmarks.bench import Bench
from benchmarks.databases import Database
from benchmarks.harness import Figure, Goal, Series, WrongResult, expect
from benchmarks.pipeline import DISTRICT, MONTH, Pipeline, fill
from services.portal import visit as visits
from services.portal.projections import projections as portal_projections
from services.portal.site import page_routers
from services.portal.visit import Freshness, Visit
from services.projects.projections import projections
from services.projects.service import SERVICE
from sevenx.kernel import http
from sevenx.kernel.auth import Principal
from sevenx.kernel.problems import answer_with_problems
from sevenx.kernel.reads import Reads, reads_engine
from sevenx.kernel.totals import totals_of
from tests.unit.given import at

BIG = 5_000
"""Rows of a table from which on a list must not look at every one."""
SUMS = frozenset(
    [
        "/summary",
        "/overview",
        "/groups",
        "/procedures/units",
        "/problems/units",
        "/referrals",
        "/referrals/top",
        "/referrals/chain",
        "/work",
        "/reviews",
    ]
)
"""Answers that count or add up the whole pipeline."""
NO_LISTS = ("/documents-taken",)
"""What tells of the service itself. A sheet is no list either: it goes out row by row, all of them."""
READERS = {
    "an office": Principal("410804-N-auditor", DISTRICT, frozenset({f"auditor@{DISTRICT}"})),
    "a liaison": Principal("410804-N-liaison", DISTRICT, frozenset({f"liaison@{DISTRICT}-G-1"})),
}
WORDS = ("铝", "有限公司", "天帆源机械", "没有这样的名字")
VALUES: dict[str, tuple[str, ...]] = {
    "group": (f"{DISTRICT}-G-1",),
    "finder": (f"{DISTRICT}-U-unit-3",),
    "unit": (f"{DISTRICT}-U-unit-3",),
    "owner": (f"{DISTRICT}-U-unit-3",),
    "landing_unit": (f"{DISTRICT}-U-industry-zone",),
    "q": WORDS,
    "month": ("2026-07",),
    "year": ("2026",),
    "since": ("2026-01-01",),
    "until": ("2026-12-31",),
    "due_before": ("2026-12-31",),
    "list": ("示例百强",),
    "mine": ("yes",),
    "late": ("yes",),
    "open": ("true",),
    "overdue": ("true",),
    "proposed": ("true",),
    "least": ("0.9",),
    "fill": (f"{DISTRICT}-G-1/liaison",),
}
_OF_PATH: dict[tuple[str, str], tuple[str, ...]] = {
    ("/enterprises", "industry"): ("C3252", "C"),
    ("/funds", "step"): ("claimed", "recognised"),
}
_INDUSTRIES = ("industry-1",)
PAGES = {
    "/groups/{group}": f"/groups/{DISTRICT}-G-1",
    "/roster/groups/{group}": f"/roster/groups/{DISTRICT}-G-1",
    "/roster/units/{unit}": f"/roster/units/{DISTRICT}-U-unit-3",
    "/reports/{group}/{period}": f"/reports/{DISTRICT}-G-1/{MONTH}",
    "/referrals/{referral}": "/referrals/1",
    "/events/{area}/{stream}": "/events/projects/{project}",
}
"""Pages that are of other things than leads, projects, enterprises, procedures and problems."""


@dataclass
class Asked:
    """One request of one reader, and what it took in each turn."""

    url: str
    reader: str
    statements: list[tuple[str, Any]] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)

    @property
    def sums(self) -> bool:
        return self.url.partition("?")[0] in SUMS

    def __str__(self) -> str:
        return f"{unquote(self.url)} for {self.reader}"


def measure(bench: Bench) -> Iterator[Figure]:
    """Milliseconds at the database of the slowest request, and how many look at every row of a big table."""
    pipeline = Pipeline(bench.size(100_000, 500))
    for name, model, app in (("projects", projections, _api()), ("console", portal_projections, _pages())):
        database = bench.database()
        events = fill(database, model, pipeline)
        bench.say(f"{name}: {events:,} events, {pipeline.leads:,} leads, {pipeline.projects:,} projects")
        asked = bench.run(_ask(app, database, pipeline))
        expect(f"{name}: requests", len(asked) > 50, True)
        _time(database, asked, bench.turns.runs, {total.table.name for total in totals_of(model.metadata)})
        for one in sorted(asked, key=lambda one: -median(one.took))[:5]:
            bench.say(f"{median(one.took):7.1f} ms {one}")
        lists = [one for one in asked if not one.sums]
        for what, some in (("lists and searches", lists), ("sums", [one for one in asked if one.sums])):
            slowest = max(some, key=lambda one: median(one.took))
            title = f"{name}: slowest of {len(some)} {what}"
            yield Figure(title, str(slowest), Series(slowest.url, " ms", tuple(slowest.took)), Goal(50, at_least=False))
        scans = [f"{one}: {', '.join(sorted(one.whole))}" for one in asked if one.whole]
        for one in scans:
            bench.say(f"looks at every row: {one}")
        found = Series("requests", "", (float(len(scans)),))
        yield Figure(f"{name}: requests that look at every row", "EXPLAIN", found, Goal(0, at_least=False))


# -- asking -----------------------------------------------------------------------------------------------------------


def _api() -> FastAPI:
    app = FastAPI()
    app.include_router(SERVICE.router)
    return app


def _pages() -> FastAPI:
    app = FastAPI()
    app.state.served_paths = {}
    for router in page_routers():
        app.include_router(router)
    return app


async def _ask(app: FastAPI, database: Database, pipeline: Pipeline) -> list[Asked]:
    """Every request once, with the statements it sent."""
    answer_with_problems(app)
    engine = reads_engine(database.owner_url)
    reads, sent = Reads(engine), list[tuple[str, Any]]()
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *it: sent.append((it[2], it[3])))
    now = list(READERS.values())[:1]

    async def model() -> Reads:
        return reads

    async def asking() -> Principal:
        return now[0]

    async def visitor(request: Request) -> Visit:
        made = Visit(now[0], "zh", "csrf", at("2026-08-12 09:00"), True, None, Freshness("running", 0, 0.0))
        request.state.visit = made
        return made

    app.dependency_overrides = {http._reads: model, http._principal: asking, visits._visit: visitor}
    transport, asked = httpx.ASGITransport(app), list[Asked]()
    async with httpx.AsyncClient(transport=transport, base_url="http://lists") as client:
        for (reader, who), url in product(READERS.items(), list(_urls(app, pipeline))):
            now[0] = who
            sent.clear()
            answer = await client.get(url)
            if answer.status_code in (303, 403) or (answer.status_code == 422 and "?" not in url):
                continue  # not for this reader, or not without a parameter
            expect(f"{url} for {reader}", answer.status_code, 200)
            asked.append(Asked(url, reader, list(sent)))
            if "json" in answer.headers["content-type"] and answer.json().get("next"):
                more = httpx.URL(url).copy_merge_params({"cursor": answer.json()["next"]})
                sent.clear()
                expect(f"{more} for {reader}", (await client.get(more)).status_code, 200)
                asked.append(Asked(str(more), reader, list(sent)))
    await engine.dispose()
    return asked


def _urls(app: FastAPI, pipeline: Pipeline) -> Iterator[str]:
    """The lists with each of their parameters, sorted ones with each sorting; one page of each kind."""
    described = app.openapi()
    for path, ways in described["paths"].items():
        if "get" not in ways or path in NO_LISTS or path.endswith(".xlsx"):
            continue
        asked = [one for one in ways["get"].get("parameters", ()) if one["in"] == "query"]
        known = {one["name"]: _resolved(described, one["schema"]) for one in asked}
        if "{" in path:
            page = _page(path, pipeline)
            if page:
                yield page
            continue
        yield path
        values = {name: _values(path, name, schema, pipeline) for name, schema in known.items()}
        for name, some in values.items():
            for value in some:
                yield _url(path, {name: value})
        if "sort" in values:
            narrowed = [("q", value) for value in WORDS] + [("group", value) for value in values.get("group", ())]
            for sort, (name, value) in product(values["sort"], narrowed):
                yield _url(path, {"sort": sort, name: value})


def _resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The alternatives of a parameter's schema, each written out."""
    options = schema.get("anyOf", [schema])
    named = described.get("components", {}).get("schemas", {})
    return {"anyOf": [named[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in options]}


def _url(path: str, asked: dict[str, str]) -> str:
    return str(httpx.URL(path, params=asked))


def _values(path: str, name: str, schema: dict[str, Any], pipeline: Pipeline) -> tuple[str, ...]:
    """What a parameter is asked with: every value of a closed set, or those that are named above."""
    if name == "after":
        return ()
    middle = pipeline.leads // 2
    by_path: dict[tuple[str, str], tuple[str, ...]] = {
        **_OF_PATH,
        ("/leads", "before"): (pipeline.lead_id(middle),),
        ("/projects", "before"): (pipeline.project_id(pipeline.projects // 2),),
        ("/enterprises", "before"): (f"{DISTRICT}-E-2026-{pipeline.leads // 6:06d}",),
        ("/referrals/chain", "lead"): (pipeline.lead_id(3),),
    }
    if (path, name) in by_path:
        return by_path[path, name]
    options = schema["anyOf"]
    most = next((one["maximum"] for one in options if name == "limit" and "maximum" in one), None)
    if most is not None:
        return (str(most),)
    enum = next((one["enum"] for one in options if "enum" in one), None)
    if enum is not None:
        return tuple(str(one) for one in enum if one != "")
    if name in ("cursor", "before", "party"):
        return ()
    if name in ("project", "about", "extends"):
        return (pipeline.project_id(pipeline.projects // 2),)
    if name == "industry":
        return _INDUSTRIES
    if name in VALUES:
        return VALUES[name]
    closed = next((one["pattern"] for one in options if "|" in one.get("pattern", "")), None)
    if closed is not None:
        return tuple(closed.strip("^$()?").split("|"))
    if name in ("stage", "light", "status", "state", "origin", "level", "standing"):
        return ("signed", "red", "active", "running", "foreign", "group", "active")[
            ("stage", "light", "status", "state", "origin", "level", "standing").index(name)
        ],  # fmt: skip
    raise WrongResult(f"{path} takes `{name}`: tell in benchmarks/rows/lists.py with what it is to be asked")


def _page(path: str, pipeline: Pipeline) -> str | None:
    """One of the pages behind the lists."""
    if path in PAGES:
        return PAGES[path].format(project=pipeline.project_id(pipeline.projects - 3))
    numbers: dict[str, Callable[[], str]] = {
        "lead_id": lambda: pipeline.lead_id(pipeline.leads // 2),
        "project_id": lambda: pipeline.project_id(pipeline.projects - 3),
        "enterprise": lambda: f"{DISTRICT}-E-2026-{pipeline.leads // 6:06d}",
        "enterprise_id": lambda: f"{DISTRICT}-E-2026-{pipeline.leads // 6:06d}",
        "procedure": lambda: f"{DISTRICT}-H-2026-{pipeline.projects // 8:06d}",
        "procedure_id": lambda: f"{DISTRICT}-H-2026-{pipeline.projects // 8:06d}",
        "problem": lambda: f"{DISTRICT}-O-2026-{pipeline.projects // 8:06d}",
        "problem_id": lambda: f"{DISTRICT}-O-2026-{pipeline.projects // 8:06d}",
    }
    name = path.partition("{")[2].partition("}")[0]
    if name not in numbers or path.endswith("/contacts"):
        return None
    return path.replace("{" + name + "}", numbers[name]())


# -- timing -----------------------------------------------------------------------------------------------------------


def _time(database: Database, asked: list[Asked], turns: int, totals: Collection[str]) -> None:
    """Totals are there to be added up: of them no request looks at too many rows."""
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        found = connection.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [BIG])
        big = {str(row[0]) for row in found} - set(totals)
        for turn in range(-1, turns):
            for one in asked:
                took = 0.0
                for statement, values in one.statements:
                    explain = f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}"
                    row = connection.execute(explain.encode(), values).fetchone()
                    plan: Any = row[0][0] if row is not None else {}
                    took += plan["Planning Time"] + plan["Execution Time"]
                    one.whole |= set(_scanned(plan["Plan"])) & big
                if turn >= 0:
                    one.took.append(took)


def _scanned(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _scanned(part)
