"""Order across streams is not given: whatever the interleaving, a batch leaves the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.portal.projections import projections
from services.projects.domain.lead.events import LeadConverted, LeadQualified
from services.projects.domain.project.events import LightChanged, LightReason
from services.projects.domain.values import Light, Stage
from services.registry.domain.district.events import SettingChanged, SettingType
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import GENESIS, Meta, Recorded, uuid7
from sevenx.kernel.projection import Changes
from tests.integration.reporting_model import GROUP, LEAD_UNITS, back, landed, lead, opened, signed
from tests.unit.given import at

ON = date(2026, 8, 12)
STREAMS: dict[tuple[str, str], Sequence[Any]] = {
    ("projects", "410804-L-2026-0001"): (
        lead(),
        LeadQualified(ON, "410804-N-lead"),
        LeadConverted("410804-P-2026-0001", ON, "410804-N-lead"),
    ),
    ("projects", "410804-P-2026-0001"): (
        opened(),
        signed(Decimal(5_000_000)),
        LightChanged(Light.YELLOW, Light.GREEN, (LightReason("idle", "停滞", "idle"),), "1", ON, GROUP, LEAD_UNITS[0]),
        landed(),
        back(Stage.LANDED, Stage.SIGNED),
    ),
    ("projects", "410804-P-2026-0002"): (opened(), signed(Decimal(7_000_000)), back(Stage.SIGNED, Stage.NEGOTIATING)),
    ("registry", "410804-D"): (
        SettingChanged("report.due_day", "24", SettingType.INT, (), "三（三）", True, None, "模拟"),
        SettingChanged("report.due_day", "25", SettingType.INT, (), "三（三）", True, "24", "模拟"),
    ),
}


def recorded(area: str, stream: str, version: int, event: Any) -> Recorded:
    when = at("2026-08-12 09:00")
    meta = Meta(GENESIS, uuid7(), version, "410804", stream, when, when, "t", None, bytes(32), bytes(16), None)
    return catalog().decode(area, catalog().encode(area, event, meta))


READ = {key: [recorded(*key, n, event) for n, event in enumerate(events, 1)] for key, events in STREAMS.items()}


def rows(events: Sequence[Recorded]) -> dict[str, Any]:
    changes = Changes()
    for event in events:
        projections.apply(event, changes)
    return {table.name: dict(sorted(found.items())) for table, found in changes.by_table.items()}


@given(st.data())
def test_any_interleaving_of_the_streams_leaves_the_same_rows(data: st.DataObject) -> None:
    left = {key: list(events) for key, events in READ.items()}
    mixed: list[Recorded] = []
    while any(left.values()):
        key = data.draw(st.sampled_from([key for key, events in left.items() if events]))
        mixed.append(left[key].pop(0))
    assert rows(mixed) == rows([event for events in READ.values() for event in events])


def test_every_event_of_a_stream_stands_on_its_timeline() -> None:
    told = rows([event for events in READ.values() for event in events])["event"]
    assert {key for key, _ in told} == {stream for _, stream in READ}
    assert len(told) == sum(map(len, READ.values()))
