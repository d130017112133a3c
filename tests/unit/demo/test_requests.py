"""Every request that the year makes is one that the API takes, with a body that its model reads."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, cast

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel

from services.projects import api as projects
from services.projects.sheet_columns import LEADS
from services.projects.sheet_reader import sheet_table
from services.registry import api as registry
from sevenx.demo.agenda import carry_out
from sevenx.demo.client import Gateway
from sevenx.demo.papers import Paper
from sevenx.demo.plan import Plan
from sevenx.demo.run import deeds_of
from sevenx.demo.scenario import Scenario

KINDS = {"leads": "L", "negotiate": "P", "enterprises": "E", "procedures": "H", "problems": "O"}
ROWS = range(3, 15)
"""Of the old ledger."""


def routes(module: ModuleType) -> list[APIRoute]:
    parts = (one.router.routes for name, one in vars(module).items() if name.startswith("api_"))
    return [route for part in parts for route in part if isinstance(route, APIRoute) and "POST" in route.methods]


ROUTES = {"projects": routes(projects), "registry": routes(registry)}


def model_of(route: APIRoute) -> type[BaseModel] | None:
    """The model of a route's body."""
    named = inspect.get_annotations(route.endpoint, eval_str=True)
    return cast(type[BaseModel] | None, named.get("body"))


@dataclass
class Reader:
    """In the gateway's place: reads each request as the API would, and answers with ids of its own."""

    read: Counter[str] = field(default_factory=Counter)

    def as_(self, _: str) -> Reader:
        return self

    async def post(self, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        area, _, rest = path.partition("?")[0].removeprefix("/").partition("/")
        for route in ROUTES.get(area, ()):
            if route.path_regex.match(f"/{rest}"):
                self.read[f"{area} {route.path}"] += 1
                if model := model_of(route):
                    model.model_validate_json(json.dumps(body))
                return self._answer(path)
        assert area not in ROUTES, f"no route takes {path}"
        return self._answer(path)

    def _answer(self, path: str) -> dict[str, Any]:
        last, number = path.rpartition("/")[2], self.read.total() + 1
        one = f"410804-{KINDS.get(last, 'X')}-2026-{number:05d}"
        rows = [{"row": row, "project": f"410804-P-0000-{row:09d}", "name": f"第{row}行（模拟）"} for row in ROWS]
        contact = f"410804-C-2026-{number:04d}-1"
        position = f"projects/{one}@1"
        return {
            "id": one,
            "position": position,
            "after": [position],
            "events": [],
            "contact": contact,
            "projects": rows,
        }

    async def get(self, path: str, **_: Any) -> Any:
        if path.endswith("/referrals"):
            return {"items": [{"referral": 1, "referred": {"name": "星河铝材（模拟）有限公司"}}]}
        if path.endswith("/ranking"):
            return {"ranking": [{"cohort": "groups", "rank": 1, "subject": "410804-G-1"}]}
        return [] if path.startswith("/audit") else {"items": []}

    async def refused(self, *_: Any) -> dict[str, Any]:
        return {}

    async def store(self, paper: Paper, subject: str, kind: str) -> None:
        assert re.fullmatch("410804-[LPH]-2026-[0-9]+", subject), (paper.title, kind)

    async def bring(self, path: str, content: bytes, name: str) -> None:
        assert path == "/projects/leads/import"
        assert len(sheet_table(content, LEADS).rows) == 4, name


@pytest.fixture(scope="module")
def read() -> Counter[str]:
    plan, reader = Plan.of(Scenario.named("year")), Reader()
    deeds = deeds_of(cast(Gateway, reader), plan.cast)[1]

    async def play() -> None:
        for day in plan.days:
            await carry_out(day, deeds)

    asyncio.run(play())
    return reader.read


def test_each_is_read(read: Counter[str]) -> None:
    assert read.total() > 2_000


@pytest.mark.parametrize(
    "part",
    [
        "/plans", "/enterprises", "/referrals", "/transfers", "/amendments", "/statistics", "/gates", "/promises",
        "/procedures", "/problems", "/baseline", "/intents", "/industries/{industry}/decision", "/handover",
    ],
)  # fmt: skip
def test_the_year_uses_each_part_of_the_pipeline(read: Counter[str], part: str) -> None:
    assert any(part in path for path in read)
