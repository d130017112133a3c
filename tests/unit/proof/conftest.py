"""The log that the tests of tampering change copies of."""

from __future__ import annotations

import pytest

from tests.unit.proof import a_log
from tests.unit.proof.cases import Case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("log")
    log, key, _ = a_log.build(folder / "seals")
    return Case(log, folder / "seals", folder, key)
