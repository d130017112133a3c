"""An Excel sheet of leads, brought in through the one origin: read, every row decided with its permission and its
protection, and all of it committed at once. Contents are made up (模拟数据)."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from io import BytesIO
from itertools import count

import httpx
from openpyxl import Workbook

from benchmarks.bench import Bench
from benchmarks.harness import Figure, Goal, Side, WrongResult, expect
from services.projects.sheet_columns import LEADS
from sevenx.demo.district import CALENDARS, ROSTER, texts
from sevenx.district.sheets import MEDIA_TYPE
from sevenx.local.home import Home
from sevenx.local.tokens import token
from tests.chaos.system import whole_system

ROWS = 5_000
_WITHIN = 180.0
_PATIENCE = 60.0


def measure(bench: Bench) -> Iterator[Figure]:
    """Seconds from the request to its answer."""
    rows, numbers = bench.size(ROWS, 50), count(1)
    bench.folder.chmod(0o755)
    with whole_system(bench.folder / "excel") as system:
        _found(system.home)
        name = f"{rows:,} leads out of Excel"
        found = bench.take(Side(name, lambda: _import(system.home, rows, next(numbers)), "s"))
    yield Figure(f"import of {rows:,} leads from an Excel sheet", "", found[name], Goal(60, at_least=False))


def _found(home: Home) -> None:
    """The district is there, and the projects' service has read it."""
    body = {"files": texts(ROSTER), "calendars": texts(CALENDARS), "genesis": {"clock": "wall"}, "dry_run": False}
    done = _post(home, "registry/roster/import", body, "district-office")
    expect("roster", done.status_code, 200)
    tried = _sheet(home.district, 1, 0)
    until = time.monotonic() + _PATIENCE
    while (answer := _send(home, tried, dry_run=True)).status_code != 200:
        if time.monotonic() > until:
            raise WrongResult(answer.text[:500])
        time.sleep(0.2)


def _import(home: Home, rows: int, turn: int) -> float:
    content = _sheet(home.district, rows, turn)
    began = time.perf_counter()
    done = _send(home, content)
    took = time.perf_counter() - began
    if done.status_code != 200:
        raise WrongResult(done.text[:500])
    expect("rows that came in", done.json()["rows"], rows)
    return took


def _sheet(district: str, rows: int, turn: int) -> bytes:
    """Foreign investors, who need no credit code; each has one lead in each turn."""
    book = Workbook(write_only=True)
    page = book.create_sheet(LEADS.name)
    page.append(["模拟数据"])
    page.append([one.heading for one in LEADS.read])
    same = {
        "intent": "新建铝板带生产线（模拟）",
        "origin": "境外",
        "origin_place": "模拟国",
        "source": "外出招商",
        "industry": "aluminium",
        "group_id": f"{district}-G-1",
        "finder": f"{district}-U-macun",
        "expected_investment": 50_000,
    }
    for n in range(rows):
        row = {**same, "title": f"模拟项目{turn}-{n}", "investor_name": f"Sample Metals {turn} No. {n} (模拟)"}
        page.append([row.get(one.field) for one in LEADS.read])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _send(home: Home, content: bytes, *, dry_run: bool = False) -> httpx.Response:
    headers = {**_bearer(home, "commerce-bureau"), "Idempotency-Key": str(uuid.uuid4()), "Content-Type": MEDIA_TYPE}
    asked = {"name": "模拟数据.xlsx", "dry_run": str(dry_run).lower()}
    url = f"{home.gateway_url}/api/projects/leads/import"
    return httpx.post(url, params=asked, content=content, headers=headers, timeout=_WITHIN, trust_env=False)


def _post(home: Home, path: str, body: object, office: str) -> httpx.Response:
    headers = {**_bearer(home, office), "Idempotency-Key": str(uuid.uuid4())}
    return httpx.post(f"{home.gateway_url}/api/{path}", json=body, headers=headers, timeout=_WITHIN, trust_env=False)


def _bearer(home: Home, office: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(home, f'{home.district}-{office}')}"}
