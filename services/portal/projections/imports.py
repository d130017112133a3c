"""Imports of the roster, and what the events of one command share: by it an import's changes are found."""

from __future__ import annotations

from services.portal.tables import metadata
from services.portal.tables import registry as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.event_names import every_event
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)


@projections.on(*(name for name in every_event() if name.startswith("registry.")))
def caused(event: Recorded, rows: Changes) -> None:
    rows.put(t.registry_command, event.version, command=event.meta.command)


@projections.on("registry.RosterImported")
def roster_imported(event: Recorded, rows: Changes) -> None:
    same = ("sha256", "imported_by", "imported_on", "changes")
    told = {name: event.data[name] for name in same}
    rows.put(t.roster_import, event.data["number"], version=event.version, **told)


@projections.on("registry.ImportRolledBack")
def import_rolled_back(event: Recorded, rows: Changes) -> None:
    told = {name: event.data[name] for name in ("rolled_back_by", "rolled_back_on", "reason")}
    rows.set(t.roster_import, event.data["number"], rollback_version=event.version, **told)
