"""The store held against a log: damaged, missing and unreferenced documents are found, each by its name."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.projects.domain.document.events import DocumentStored, Paper
from services.projects.domain.project.events import EvidenceFiled, FundsClaimed, Voucher
from services.projects.domain.values import Referee
from services.registry.domain.district.events import SettingChanged, SettingType
from sevenx.cli.main import main
from sevenx.documents.folder import FolderStore
from sevenx.documents.verify import Report, read_names, verify_documents
from sevenx.kernel.avro import catalog
from sevenx.proof.dump import DumpSource
from tests.unit.proof.a_log import DISTRICT, Log, write

PROJECT, TODAY = f"{DISTRICT}-P-2026-0001", date(2026, 7, 20)


class Kept:
    """A log and the store beside it."""

    def __init__(self, folder: Path) -> None:
        self.log, self.folder = Log(), folder
        self.store = FolderStore(folder / "documents")

    def bytes_of(self, text: str) -> str:
        with self.store.receive() as incoming:
            incoming.write(text.encode())
            incoming.keep()
        return incoming.sha256

    def said(self, sha256: str) -> str:
        event = DocumentStored(sha256, 5, "application/pdf", PROJECT, Paper.EVIDENCE, "t", TODAY)
        self.log.append("projects", f"{DISTRICT}-DOC-{sha256}", event)
        return sha256

    def filed(self, sha256: str) -> str:
        self.log.append("projects", PROJECT, EvidenceFiled("x", "title", sha256, TODAY, TODAY, "t", None))
        return sha256

    def required(self, value: str) -> None:
        event = SettingChanged("documents.required", value, SettingType.BOOL, (), "三（五）", False, None, "模拟")
        self.log.append("registry", f"{DISTRICT}-D", event)

    def dump(self) -> Path:
        return write(self.log, self.folder / "dump")

    def report(self) -> Report:
        return verify_documents(self.store, read_names(DumpSource(self.dump()), catalog()))

    def damage(self, sha256: str) -> None:
        path = self.store.path(sha256)
        path.chmod(0o640)
        path.write_bytes(b"other")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_a_store_that_has_what_the_log_says_is_in_order(kept: Kept) -> None:
    kept.filed(kept.said(kept.bytes_of("contract")))
    assert kept.report() == Report(documents=1)
    assert kept.report().ok


def test_damaged_missing_and_unreferenced_documents_are_named(kept: Kept) -> None:
    damaged, gone = kept.said(kept.bytes_of("damaged")), kept.said("c" * 64)
    kept.damage(damaged)
    left = kept.bytes_of("its writer was killed before the event")
    report = kept.report()
    assert (report.damaged, report.unreferenced, report.ok) == ([damaged], [left], False)
    assert report.missing == {gone: f"projects/{DISTRICT}-DOC-{gone}@1"}


def test_bytes_that_no_event_names_are_no_fault(kept: Kept) -> None:
    kept.bytes_of("left")
    assert kept.report().ok


def test_a_digest_alone_is_a_fault_only_where_it_was_filed_while_documents_were_demanded(kept: Kept) -> None:
    kept.filed("a" * 64)
    kept.required("true")
    kept.filed("a" * 64)
    after = kept.filed("b" * 64)
    report = kept.report()
    assert report.missing == {after: f"projects/{PROJECT}@3"}
    assert report.digest_only == 1
    kept.required("false")
    assert kept.report().ok


def test_a_hash_is_found_wherever_it_stands_in_an_event(kept: Kept) -> None:
    voucher = Voucher("1号", Decimal(100), TODAY, "星河铝材（模拟）有限公司", "d" * 64)
    claim = FundsClaimed(1, "u", "t", Decimal(100), "2026-07", (voucher,), TODAY, Referee.COMMERCE_BUREAU)
    kept.log.append("projects", PROJECT, claim)
    assert kept.report().digest_only == 1


def test_the_command_ends_with_1_where_something_is_wrong(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = kept.said(kept.bytes_of("contract"))
    arguments = ["documents", "verify", "--log", str(kept.dump()), "--home", str(kept.folder / "none")]
    refused = CliRunner().invoke(main, arguments)
    assert refused.exit_code == 1
    assert "SEVENX_DOCUMENTS is not set" in refused.output
    monkeypatch.setenv("SEVENX_DOCUMENTS", str(kept.store.root))
    good = CliRunner().invoke(main, arguments)
    assert (good.exit_code, "no problem" in good.output) == (0, True)
    kept.damage(digest)
    bad = CliRunner().invoke(main, arguments)
    assert bad.exit_code == 1
    assert digest in bad.output
    told = json.loads(CliRunner().invoke(main, [*arguments, "--json"]).output.partition("{")[2].join(("{", "")))
    assert (told["ok"], told["damaged"]) == (False, [digest])
