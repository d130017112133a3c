"""What the kernel itself must know of a district: whether its business time is simulated, and when its months close.

Both stand in the district's own stream of the registry, whose genesis event every service reads.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Integer, Table

from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import READ, Changes, Projections, projection_table

_DEFAULTS = {"month_last_day": 25, "december_last_day": 31}
_DAYS = {"report.period_last_day": "month_last_day", "report.december_last_day": "december_last_day"}


def deployment_table(projections: Projections) -> Table:
    """The table `deployment` of a read model (one row: the district's stream). Every service has it: its definition
    calls this, and a second call changes nothing."""
    table = projections.metadata.tables.get(f"{READ}.deployment")
    if table is None:
        table = projection_table(
            "deployment",
            projections.metadata,
            Column("simulated", Boolean),
            Column("established_at", DateTime(timezone=True)),
            Column("month_last_day", Integer),
            Column("december_last_day", Integer),
        )
    if projections.first_time("deployment"):
        _register(projections, table)
    return table


def _register(projections: Projections, table: Table) -> None:
    @projections.on("registry.DistrictEstablished")
    def established(event: Recorded, rows: Changes) -> None:
        rows.put(
            table,
            simulated=event.data["clock"] == "simulated",
            established_at=event.data.get("simulated_from") or event.meta.occurred_at,
            **_DEFAULTS,
        )

    @projections.on("registry.SettingChanged")
    def setting_changed(event: Recorded, rows: Changes) -> None:
        column = _DAYS.get(event.data["key"])
        if column:
            rows.set(table, **{column: int(event.data["value"])})

    @projections.on("registry.SettingWithdrawn")
    def setting_withdrawn(event: Recorded, rows: Changes) -> None:
        column = _DAYS.get(event.data["key"])
        if column:
            rows.set(table, **{column: _DEFAULTS[column]})
