"""`sevenx import roster` and `sevenx roster` against a running registry, as at a deployment with its own issuer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from services.registry.service import SERVICE
from sevenx.cli.main import main
from sevenx.declaration import ROOT
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.roster_texts import roster_body
from tests.integration.service_process import RunningService, running


@pytest.fixture(scope="module")
def registry(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[RunningService]:
    with running(SERVICE, postgres, kafka) as service:
        yield service


def sevenx(service: RunningService, *arguments: str, role: str = "district_office") -> Result:
    token = service.token(f"{service.district}-{role}", f"{role}@{service.district}")
    return CliRunner().invoke(main, [*arguments, "--url", service.url], env={"SEVENX_TOKEN": token})


def folder_of(tmp_path: Path, service: RunningService, *changes: tuple[str, str, str]) -> str:
    for name, text in roster_body(service.district, *changes)["files"].items():
        (tmp_path / name).write_text(text, "utf-8")
    return str(tmp_path)


def test_a_wrong_roster_is_told_by_file_and_line_in_both_languages(registry: RunningService, tmp_path: Path) -> None:
    wrong = folder_of(tmp_path, registry, ("groups.yaml", "区财政局, 统计局", "区财整局, 统记局"))
    said = sevenx(registry, "import", "roster", wrong)
    assert said.exit_code == 1
    lines = said.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["groups.yaml:14", "groups.yaml:14"]
    assert all("没有名为" in line and "/ No unit is named" in line for line in lines)


def test_a_roster_is_shown_imported_and_not_imported_twice(registry: RunningService, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, registry)
    shown = sevenx(registry, "import", "roster", folder, "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert "dry run, nothing stored" in shown.stdout
    assert "groups.yaml:14" in shown.stdout
    done = sevenx(registry, "import", "roster", folder, "--simulated-from", "2026-06-26")
    assert f"registry/{registry.district}-D@" in done.stdout
    registry.wait_drained()
    again = sevenx(registry, "import", "roster", folder)
    assert "nothing to change" in again.stdout

    table = sevenx(registry, "roster").stdout
    assert "simulated time" in table
    for words in ("招商一组", "康春生", "卢小成", "区发改委（铝精深加工制造产业）", "招商七组", "秦金玲"):
        assert words in table


def test_a_roster_is_written_as_files_that_change_nothing_when_they_come_back(
    registry: RunningService, tmp_path: Path
) -> None:
    folder, excel = tmp_path / "out", tmp_path / "books" / "roster.xlsx"
    done = sevenx(registry, "export", "roster", str(folder), "--excel", str(excel))
    assert done.exit_code == 0, done.output
    assert (folder / "calendars" / "CN-2026.yaml").exists()
    assert "模拟数据" in (folder / "groups.yaml").read_text("utf-8").splitlines()[0]
    assert "模拟数据" in load_workbook(excel).worksheets[0].cell(1, 1).value
    again = sevenx(registry, "import", "roster", str(folder), "--calendars", str(folder / "calendars"))
    assert "nothing to change" in again.stdout, again.output
    refused = sevenx(registry, "export", "roster", str(excel / "under"))
    assert (refused.exit_code, "cannot be written" in refused.stderr) == (1, True)


def test_a_refusal_is_shown_in_both_languages(registry: RunningService, tmp_path: Path) -> None:
    refused = sevenx(registry, "import", "roster", folder_of(tmp_path, registry), role="auditor")
    assert refused.exit_code == 1
    assert "您没有执行此操作" in refused.stderr
    assert "You may not do this" in refused.stderr


def test_a_url_needs_a_token_and_a_folder(registry: RunningService) -> None:
    without = CliRunner().invoke(main, ["roster", "--url", registry.url], env={"SEVENX_TOKEN": ""})
    assert (without.exit_code, "SEVENX_TOKEN" in without.stderr) == (1, True)
    nameless = sevenx(registry, "import", "roster")
    assert (nameless.exit_code, "data/districts" in nameless.stderr) == (1, True)


def test_a_folder_without_a_roster_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "groups.yaml").write_bytes(b"\xff\xfe")
    arguments = ["import", "roster", str(tmp_path), "--url", "http://127.0.0.1:9"]
    said = CliRunner().invoke(main, arguments, env={"SEVENX_TOKEN": "x"})
    assert (said.exit_code, "groups.yaml" in said.stderr) == (1, True)
    texts = str(ROOT / "data" / "notice")
    empty = CliRunner().invoke(main, ["import", "roster", texts, "--url", "http://x"], env={"SEVENX_TOKEN": "x"})
    assert (empty.exit_code, "holds no YAML file" in empty.stderr) == (1, True)
