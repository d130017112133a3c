"""Area notifier as a deployment runs it, for its tests: fed with other areas' events over the real bus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from services.notifier.service import SERVICE
from services.reporting.domain.report.events import DeadlineMissed, ReportPeriodOpened, ReportSubmitted
from services.reporting.domain.report.values import Step
from sevenx.kernel.settings import Settings
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import District, ok, tell_roster
from tests.integration.service_process import Caller, running, wait_until
from tests.unit.given import at

BEGIN = at("2026-08-03 09:00")
DUE = at("2026-08-26 00:00")


class Notified(District):
    """A running notifier, and the bus on which the other areas' events are told to it."""

    def report(self, group: int, period: str = "2026-08") -> str:
        return self.id(f"R-{period}-G{group}")

    def settle(self, *positions: str) -> None:
        """Until these events have been read and everything they caused stands in our read model."""
        reader = self.service.office("operator")
        for position in positions:
            wait_until(lambda at=position: reader.get("/rules", after=at).status_code == 200, 30)  # type: ignore[misc]
            ok(reader.get("/escalations", after=position))
        self.service.wait_drained()

    def opened(self, group: int, period: str = "2026-08", when: datetime = BEGIN) -> str:
        """A group owes the report of a period."""
        return self.tell("reporting", self.report(group, period), self.opening(group, period), when=when)

    def opening(self, group: int, period: str = "2026-08") -> ReportPeriodOpened:
        return ReportPeriodOpened(
            group=self.id(f"G-{group}"),
            period=period,
            starts_at=BEGIN,
            ends_at=DUE,
            due_at=DUE,
            due_day=date(2026, 8, 25),
            nominal_day=date(2026, 8, 25),
            contribution_due_at=at("2026-08-21 00:00"),
            clock_stops_at=Step.SIGN_OFF,
            reminders=(),
            lead_units=(self.id("U-alpha"), self.id("U-beta")),
            responsible_units=(self.id("U-gamma"),),
            settings=(),
            calendars=(),
            provisional=False,
        )

    def missed(self, group: int) -> str:
        event = DeadlineMissed(self.id(f"G-{group}"), "2026-08", DUE, Step.SIGN_OFF, Step.DRAFT)
        return self.tell("reporting", self.report(group), event, when=DUE)

    def submitted(self, group: int, when: datetime) -> str:
        event = ReportSubmitted(self.id(f"G-{group}"), "2026-08", 1, 1, when, DUE, when >= DUE, 0, (), 0)
        return self.tell("reporting", self.report(group), event, when=when)


@contextmanager
def district(
    postgres: SharedPostgres, kafka: KafkaLogin, settings: Settings | None = None, told: Notified | None = None
) -> Iterator[Notified]:
    """Simulated time stands at 3 August 2026, 09:00; groups one and two have one liaison, and the roster was read. With
    the `settings` and what was `told` of one that ran before: on what that one left."""
    with running(SERVICE, postgres, kafka, settings=settings) as service:
        if told is not None:
            yield Notified(service, kafka, BEGIN, told.bus)
            return
        new = Notified(service, kafka, BEGIN)
        last, operator = tell_roster(new, liaison="liaison"), service.office("operator")
        wait_until(lambda: operator.get("/escalations", after=last).status_code == 200, 30)
        new.wait_simulated()
        yield new


def titles(caller: Caller, **query: Any) -> list[str]:
    """What stands in somebody's inbox, in English."""
    return [one["title_en"] for one in ok(caller.get("/inbox", **query))["items"]]
