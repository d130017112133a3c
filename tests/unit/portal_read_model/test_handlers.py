"""Every event of every area is taken by the portal's handlers as its schema has it."""

from __future__ import annotations

import pytest

from services.portal.pages.sentences import sentence
from services.portal.pages.wording import EN, ZH, Names
from services.portal.projections import projections
from sevenx.kernel.avro import catalog
from sevenx.kernel.projection import Changes
from tests.unit.portal_read_model.samples import event_of

NEWEST = {(schema.namespace, schema.name): schema for schema in catalog().schemas()}
STAGES = {"from_stage": "landed", "to_stage": "signed"}


@pytest.mark.parametrize(("area", "name"), sorted(NEWEST), ids=lambda part: str(part))
def test_each_event_becomes_rows_and_a_sentence(area: str, name: str) -> None:
    said = STAGES if name == "StageCorrected" else {}
    event = event_of(NEWEST[area, name], "registry" if area == "kernel" else area, "410804-X-1", **said)
    changes = Changes()
    projections.apply(event, changes)
    rows = {table.name: found for table, found in changes.by_table.items()}
    told = rows["event"]["410804-X-1", 1]
    for language in (ZH, EN):
        assert sentence(event.area, name, told.values["data"], Names(language)) not in ("", name)
    for table, found in changes.by_table.items():
        for change in found.values():
            assert set(change.values) <= {column.name for column in table.c}


def test_no_handler_waits_for_an_event_that_nobody_writes() -> None:
    unknown = [key for key in projections.handled() if key not in NEWEST and ("kernel", key[1]) not in NEWEST]
    assert unknown == []
