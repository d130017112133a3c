"""A ninth service is added as docs/guide/new-service.md says: a folder, a folder of schemas, a line of declaration.

It is done in a copy of the project, with the very text of the guide.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from sevenx.declaration import ROOT, services
from sevenx.local.home import Home
from sevenx.local.tokens import token
from tests.chaos.system import free_base

GUIDE = ROOT / "docs" / "guide" / "new-service.md"
BLOCK = re.compile(r"^```(?:toml|python) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COPIED = ("sevenx", "services", "schemas", "data", "docs", "deploy", "tests", "pyproject.toml", "docker-compose.yml",
          "requirements.lock")  # fmt: skip
COMMERCE = "410804-commerce-bureau"


@dataclass(frozen=True)
class Copy:
    """The project with the service of the guide in it."""

    root: Path

    def run(self, *argv: str, seconds: float = 240) -> str:
        """What a command prints, run in the copy and with the copy's code."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        done = subprocess.run(
            [sys.executable, "-m", *argv],
            cwd=self.root,
            env={**env, "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(argv)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def files(self) -> dict[str, bytes]:
        """Every file by its path but Python's own, to see what a step changes."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for top in ("services", "schemas", "docs", "deploy/helm", "docker-compose.yml")
            for path in ([self.root / top] if (self.root / top).is_file() else (self.root / top).rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    root = tmp_path_factory.mktemp("copy") / "sevenx"
    ignored = shutil.ignore_patterns("__pycache__", "libs", "target", ".libs*")
    root.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=ignored)
        else:
            shutil.copy(source, root / name)
    (root / "deploy" / "local" / "libs").symlink_to(ROOT / "deploy" / "local" / "libs")
    for path, text in BLOCK.findall(GUIDE.read_text("utf-8")):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as out:
            out.write(f"\n{text}" if path.endswith(".toml") else text)
    for folder in ("services/premises", "services/premises/domain", "tests/unit/premises"):
        (root / folder / "__init__.py").touch()
    shutil.copy(root / "services" / "registry" / "README.md", root / "services" / "premises" / "README.md")
    return Copy(root)


def test_the_commands_of_the_guide_write_the_rest_and_all_rules_of_the_project_hold(copy: Copy) -> None:
    before = copy.files()
    copy.run("sevenx.cli", "schemas", "write")
    copy.run("sevenx.cli", "permissions", "--write")
    copy.run("sevenx.cli", "deployment", "--write")
    after = copy.files()
    written = sorted(path for path, content in after.items() if before.get(path) != content)
    assert written == [
        "deploy/helm/sevenx/values.yaml",
        "docker-compose.yml",
        "docs/guide/permissions.md",
        "schemas/avro/premises/PremisesListed.v1.avsc",
        "schemas/avro/premises/PremisesReleased.v1.avsc",
        "schemas/avro/premises/PremisesReserved.v1.avsc",
    ]
    tests = ["tests/architecture", "tests/unit/premises", "--ignore=tests/architecture/test_docs.py"]
    copy.run("pytest", "-q", "-p", "no:cacheprovider", *tests)


@pytest.fixture(scope="module")
def system(copy: Copy) -> Iterator[Home]:
    folder = copy.root.parent / "home"
    where = ["--home", str(folder)]
    copy.run("sevenx.cli", "schemas", "write")
    try:
        copy.run("sevenx.cli", "up", "--detach", "--port-base", str(free_base()), *where)
        yield Home.open(folder)
    finally:
        copy.run("sevenx.cli", "down", *where)


def test_the_service_takes_commands_and_its_events_are_verified_with_all_others(copy: Copy, system: Home) -> None:
    assert "premises" not in {one.area for one in services()}
    with httpx.Client(base_url=system.gateway_url, trust_env=False, timeout=30) as client:
        client.headers["Authorization"] = f"Bearer {token(system, COMMERCE)}"
        listed = post(client, "", {"name": "标准化厂房3号（模拟）", "unit": "410804-U-industry-zone", "area_m2": 12000})
        kept = {"project": "410804-P-2026-0001", "until": "2099-01-01"}
        reserved = post(client, f"/{listed['id']}/reserve", kept)
        shown = client.get("/api/premises/premises", params={"after": reserved["position"]}).raise_for_status().json()
        assert [(row["stream"], row["project"]) for row in shown] == [(listed["id"], kept["project"])]
        again = client.post(f"/api/premises/premises/{listed['id']}/reserve", json=kept,
                            headers={"Idempotency-Key": "another-key"})  # fmt: skip
        assert (again.status_code, again.json()["type"]) == (409, "urn:sevenx:problem:premises-reserved")
    report = json.loads(copy.run("sevenx.cli", "verify", "--json", "--home", str(system.path)))
    assert report["problems"] == 0, report["findings"]
    assert "premises" in json.dumps(report)


def post(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    key = {"Idempotency-Key": f"new-service-{path or 'list'}".replace("/", "-")}
    answer: dict[str, Any] = (
        client.post(f"/api/premises/premises{path}", json=body, headers=key).raise_for_status().json()
    )
    return answer
