"""The benchmarks' harness works, and a run whose result is wrong is never a figure. No time is asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.harness import Figure, Goal, Series, Side, Turns, WrongResult, expect, ratio
from benchmarks.history import History
from sevenx.declaration import ROOT
from sevenx.kernel.envelope import GENESIS, value_hash
from sevenx.kernel.testing.sample import AREA, sample_catalog


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)


def test_a_row_runs_through_the_harness_and_keeps_its_figures_with_their_goals(tmp_path: Path) -> None:
    done = run("commands", "--quick", "--results", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (kept,) = tmp_path.glob("*-quick.json")
    found = json.loads(kept.read_text("utf-8"))
    figures = {(f["what"], f["against"]): f for f in found["rows"]["commands"]["figures"]}
    bare = figures["command, 1 writer", "bare INSERT"]
    assert bare["goal"] == {"at_least": 0.7}
    assert len(bare["figure"]["values"]) == 2
    assert found["machine"]["cores"] >= 1
    assert "command, 16 writers" in done.stdout


def test_a_row_that_does_not_exist_is_refused() -> None:
    done = run("nosuchrow")
    assert done.returncode == 2
    assert "nosuchrow" in done.stderr


def test_a_side_with_a_wrong_result_has_no_figure() -> None:
    def half() -> float:
        expect("events", 50, 100)
        return 1000.0

    with pytest.raises(WrongResult, match="events: 50, expected 100"):
        Turns(warmups=0, runs=5).take([Side("half the work", half)])


def test_sides_take_turns_and_the_ratio_is_taken_turn_by_turn() -> None:
    order: list[str] = []

    def side(name: str, values: list[float]) -> Side:
        def run() -> float:
            order.append(name)
            return values.pop(0)

        return Side(name, run)

    found = Turns(warmups=1, runs=3).take([side("a", [9.0, 4.0, 20.0, 6.0]), side("b", [1.0, 2.0, 10.0, 2.0])])
    assert order == ["a", "b"] * 4
    figure = ratio("what", found["a"], found["b"], Goal(2))
    assert figure.figure.values == (2.0, 2.0, 3.0)
    assert (figure.figure.median, figure.figure.spread, figure.met) == (2.0, (2.0, 3.0), True)


def test_a_goal_is_met_or_missed_on_its_own_side() -> None:
    slow = Figure("start", "", Series("start", "s", (14.0, 16.0, 17.0)), Goal(15, at_least=False))
    assert slow.met is False
    assert Figure("no goal", "", Series("x", "s", (1.0,))).met is None


def test_a_history_is_a_valid_log_of_the_sample_bank() -> None:
    history = History(3, "900000")
    heads: dict[str, tuple[int, bytes]] = {}
    for stream, version, command, value in history:
        event = sample_catalog().decode(AREA, value)
        before, head = heads.get(stream, (0, GENESIS))
        assert (event.stream, event.version, event.meta.command) == (stream, version, command)
        assert (before + 1, head) == (version, event.meta.prev)
        heads[stream] = version, value_hash(value)
    assert len(heads) == history.streams
    assert sum(version for version, _ in heads.values()) == history.events
