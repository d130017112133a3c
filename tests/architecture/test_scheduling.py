"""The workers of a test run: what shares something that is expensive to start is shared by one of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import defaultdict

import pytest

from sevenx.declaration import ROOT
from tests.scheduling import group_of

FILES = ("tests/unit/kernel/test_lag.py", "tests/unit/kernel/test_search.py", "tests/unit/kernel/test_slices.py")


def test_a_files_tests_run_on_one_worker() -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-v", "-n", "2", "-p", "no:cacheprovider", *FILES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, env=own)
    assert done.returncode == 0, done.stdout + done.stderr
    workers = defaultdict[str, set[str]](set)
    for worker, file in re.findall(r"^\[(gw\d)\] .* PASSED (\S+?)::", done.stdout, re.MULTILINE):
        workers[file].add(worker)
    assert set(workers) == set(FILES)
    assert {len(some) for some in workers.values()} == {1}


@pytest.mark.parametrize(
    ("test", "group"),
    [
        ("tests/console/test_login.py::test_one", "console"),
        ("tests/chaos/test_demo.py::test_one", "whole system"),
        ("tests/integration/test_new_service.py::test_one[a::b]", "whole system"),
        ("tests/integration/test_relay.py::test_one[tests/console/]", "tests/integration/test_relay.py"),
    ],
)
def test_the_console_and_the_whole_system_are_groups_of_their_own(test: str, group: str) -> None:
    assert group_of(test) == group
