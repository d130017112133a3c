"""Area reporting as a deployment runs it: its API on the real PostgreSQL and Kafka, fed with other areas' events."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from services.reporting.domain.report.events import (
    DeadlineMissed,
    ReportFiguresFrozen,
    ReportPeriodOpened,
    ReportSubmitted,
)
from services.reporting.projections import CLOSING_AREAS
from sevenx.kernel.kernel_events import PeriodClosed
from sevenx.kernel.period_close import marker_streams
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import District, ok, refused
from tests.integration.reporting_district import ENDS, FIGURES, district, project
from tests.integration.service_process import wait_until
from tests.unit.given import at


def write(told: District, path: str, number: int = 1, **draft: Any) -> dict[str, Any]:
    """The report from draft to both reviews."""
    ok(told.person(f"liaison-{number}").post(f"{path}/draft", {"narrative": "情况（模拟数据）", **draft}))
    for unit in ("alpha", "beta"):
        reviewed = ok(told.person(f"head-{unit}").post(f"{path}/review", {"unit": told.id(f"U-{unit}")}))
    return reviewed


def test_a_months_report_from_draft_to_acceptance(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    """三(三): drafted from events, reviewed by both heads, signed off, returned, corrected, accepted."""
    with district(postgres, kafka) as told:
        bureau, liaison, leader = (
            told.service.office("commerce_bureau"),
            told.person("liaison-1"),
            told.person("leader-1"),
        )
        opened = ok(bureau.post("/periods", {}), 201)
        assert opened["events"] == ["ReportPeriodOpened", "ReportPeriodOpened"]
        report, path = opened["id"], f"/reports/{opened['id']}"
        assert report == told.id("R-2026-08-G1")
        ok(bureau.get(path, after=opened["position"]))
        bureau.get(path, after=project(told, 50_000_000)).raise_for_status()

        contact = told.person("contact-gamma")
        ok(contact.post(f"{path}/contributions", {"unit": told.id("U-gamma"), "text": "供稿（模拟数据）"}))
        refused(contact.post(f"{path}/draft", {"narrative": "x"}), 403, "not-allowed")
        refused(liaison.post(f"{path}/sign-off", {}), 403, "not-allowed")
        claim = {"indicator": "signed_count", "month": "2", "explanation": "一份在途"}
        drafted = ok(
            liaison.post(f"{path}/draft", {"narrative": "情况（模拟数据）", "claims": [claim]}, key="draft-01")
        )
        assert drafted["events"] == ["ReportDrafted", "FigureDiscrepancyNoted"]
        again = ok(liaison.post(f"{path}/draft", {"narrative": "情况（模拟数据）", "claims": [claim]}, key="draft-01"))
        assert (again["replayed"], again["position"]) == (True, drafted["position"])
        refused(liaison.post(f"{path}/draft", {"narrative": "别的"}, key="draft-01"), 409, "idempotency-key-reused")

        head = told.person("head-alpha")
        refused(head.post(f"{path}/review", {"unit": told.id("U-beta")}), 403, "not-allowed")
        ok(head.post(f"{path}/review", {"unit": told.id("U-alpha")}))
        refused(leader.post(f"{path}/sign-off", {}), 409, "review-outstanding")
        ok(told.person("head-beta").post(f"{path}/send-back", {"unit": told.id("U-beta"), "reasons": ["补充数据"]}))
        write(told, path)
        signed = ok(leader.post(f"{path}/sign-off", {}))
        assert signed["events"] == ["ReportSignedOff", "ReportClockStopped", "ReportSubmitted"]

        ok(bureau.post(f"{path}/return", {"reasons": ["请核对到位资金"]}))
        write(told, path)
        ok(leader.post(f"{path}/delegate", {"delegate": told.id("N-deputy-1"), "reason": "外出招商"}))
        ok(told.person("deputy-1").post(f"{path}/sign-off", {}))
        refused(leader.post(f"{path}/accept", {}), 403, "not-allowed")
        accepted = ok(bureau.post(f"{path}/accept", {}))

        shown = ok(bureau.get(path, after=accepted["position"]))
        assert (shown["status"], shown["submission"], shown["late_seconds"]) == ("accepted", 2, 0)
        drawn = {one["indicator"]: one for one in shown["figures_drafted"]}
        assert Decimal(drawn["signed_amount"]["month"]) == 50_000_000
        assert [one["state"] for one in shown["contributions"]] == ["submitted"]
        assert [one["period"] for one in bureau.get("/reports", group=told.id("G-1")).json()] == ["2026-08"]
        assert len(bureau.get(f"{path}/figures").json()) == FIGURES
        told.service.wait_drained()
        assert [one.data["submission"] for one in told.published(ReportSubmitted)] == [1, 2]
        compared = ok(told.service.office("auditor").get("/projections/verify"))
        assert compared["equal"] is True, compared


def test_deadlines_freezes_and_next_periods_come_by_the_clock(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    """三(三): one in time, one missed; figures freeze when every area has closed; a missed tick is caught up."""
    with district(postgres, kafka) as told:
        bureau = told.service.office("commerce_bureau")
        opened = ok(bureau.post("/periods", {"period": "2026-08"}), 201)
        path, other = f"/reports/{opened['id']}", f"/reports/{told.id('R-2026-08-G2')}"
        names = {one["name"] for one in bureau.get("/deadlines", after=opened["position"]).json()}
        assert names == {"due", "contributions", "reminder"}
        bureau.get(path, after=project(told, 1_000_000)).raise_for_status()

        told.tick(at("2026-08-24 09:00"))
        assert ok(bureau.get(other))["contributions"][0]["state"] == "overdue"
        write(told, path)
        ok(told.person("leader-1").post(f"{path}/sign-off", {}))
        told.tick(at("2026-08-28 09:00"))
        assert (ok(bureau.get(path))["missed"], ok(bureau.get(other))["missed"]) == (False, True)
        write(told, other, number=2)
        late = ok(told.person("leader-2").post(f"{other}/sign-off", {}))
        shown = ok(bureau.get(other, after=late["position"]))
        assert shown["late_seconds"] == (2 * 24 + 9) * 3600

        assert not ok(bureau.get(path))["frozen"]
        for area in CLOSING_AREAS:
            if area == "reporting":
                continue
            streams = enumerate(marker_streams(told.service.district, area))
            markers = {stream: [PeriodClosed(ENDS, "month", "2026-08", partition)] for partition, stream in streams}
            told.tell_all(area, markers, ENDS)
        wait_until(lambda: bool(ok(bureau.get(path))["frozen"]), 30)
        frozen = {one["indicator"]: one["month"] for one in ok(bureau.get(path))["figures_frozen"]}
        assert Decimal(frozen["signed_count"]) == 1
        wait_until(lambda: len(told.published(ReportFiguresFrozen)) == 2, 30)

        told.tick(at("2027-03-01 00:00"))
        periods = [one["period"] for one in bureau.get("/periods").json()]
        assert periods == ["2027-03", "2027-02", "2027-01", *(f"2026-{n:02d}" for n in (12, 11, 10, 9, 8))]
        missed = [(one.data["group"], one.data["period"]) for one in told.published(DeadlineMissed)]
        assert len(missed) == len(set(missed)) == 1 + 2 * 6
        assert len(told.published(ReportPeriodOpened)) == 2 * len(periods)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/periods", {"period": "2026-13"}, 422, "invalid-request"),
        ("/periods", {"period": "2026-10"}, 422, "period-not-current"),
        ("/periods", {"groups": ["410804-G-9"]}, 422, "unknown-group"),
        ("/periods", {"surplus": 1}, 422, "invalid-request"),
        ("/reports/410804-R-2026-08-G1/draft", {"narrative": "x"}, 404, "report-not-open"),
        ("/reports/nonsense/accept", {}, 422, "invalid-request"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(alone: District, path: str, body: Any, status: int, code: str) -> None:
    refused(alone.service.office("commerce_bureau").post(path, body), status, code)


@pytest.fixture(scope="module")
def alone(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[District]:
    """A district in which nobody reports."""
    with district(postgres, kafka) as told:
        yield told
