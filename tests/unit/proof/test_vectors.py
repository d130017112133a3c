"""The golden vectors: an outside program reads them by the published schemas alone, and they are what we encode."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sevenx.declaration import ROOT
from tests.vectors import make

CHECK = ROOT / "tests" / "vectors" / "check.py"


def run(vectors: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The outside program in an empty folder: it finds nothing of ours to import."""
    argv = [sys.executable, "-I", str(CHECK), str(ROOT / "schemas" / "avro"), str(vectors)]
    return subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_outside_program_imports_nothing_of_ours() -> None:
    assert "sevenx" not in CHECK.read_text("utf-8").split('"""', 2)[2]


def test_every_vector_holds_by_the_published_schemas_alone(tmp_path: Path) -> None:
    done = run(make.FILE, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith(" 0 faults\n")


def test_the_vectors_are_what_the_kernel_encodes() -> None:
    assert make.text() == make.FILE.read_text("utf-8"), "run `python -m tests.vectors.make` if the schemas changed"


@pytest.mark.parametrize(
    ("field", "value"),
    [("partition", 9), ("hash", "00" * 32), ("name", "Other"), ("event", {}), ("value", "c301" + "00" * 60)],
)
def test_a_vector_that_does_not_hold_is_told(tmp_path: Path, field: str, value: Any) -> None:
    vectors = json.loads(make.FILE.read_text("utf-8"))
    vectors[0][field] = value
    (tmp_path / "vectors.json").write_text(json.dumps(vectors), "utf-8")
    done = run(tmp_path / "vectors.json", tmp_path)
    assert done.returncode == 1
    assert "vector 0" in done.stdout
