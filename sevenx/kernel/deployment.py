"""What the kernel itself must know of a district: whether its business time is simulated, and when its months close.

Both stand in the district's own stream of the registry, whose genesis event every service reads.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Integer, Table

from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections, projection_table

_DAYS = {"report.period_last_day": "month_last_day", "report.december_last_day": "december_last_day"}


def deployment_table(projections: Projections) -> Table:
    """The table `deployment` of a read model (one row: the district's stream), with its handlers registered once."""
    metadata = projections.metadata
    known = metadata.tables.get("read.deployment")
    if known is not None:
        return known
    table = projection_table(
        "deployment",
        metadata,
        Column("simulated", Boolean),
        Column("established_at", DateTime(timezone=True)),
        Column("month_last_day", Integer),
        Column("december_last_day", Integer),
    )

    @projections.on("registry.DistrictEstablished")
    def established(event: Recorded, rows: Changes) -> None:
        rows.put(
            table,
            simulated=event.data["clock"] == "simulated",
            established_at=event.data.get("simulated_from") or event.meta.occurred_at,
            month_last_day=25,
            december_last_day=31,
        )

    @projections.on("registry.SettingChanged")
    def setting_changed(event: Recorded, rows: Changes) -> None:
        column = _DAYS.get(event.data["key"])
        if column:
            rows.set(table, **{column: int(event.data["value"])})

    return table
