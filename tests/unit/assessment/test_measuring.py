"""What events add to a year's indicators, and for whom."""

from __future__ import annotations

from decimal import Decimal

from services.assessment.domain.measuring.measure import Measured, measure
from services.assessment.domain.measuring.measures import ABOUT, Measure
from services.assessment.happenings import KEPT
from sevenx.kernel.avro import catalog

from .given import FINDER, G1, G2, LANDING, OTHER, PROJECT, YEAR_2026, Log

M = Measure


def measured(log: Log, policy: frozenset[str] = frozenset()) -> Measured:
    return measure(log.happenings, YEAR_2026, policy)


def values(found: Measured, wanted: Measure) -> dict[str, Decimal]:
    return {subject: found.value(name, subject) for name, subject in found.facts if name is wanted}


def test_each_measure_is_named_in_both_languages() -> None:
    assert set(ABOUT) == set(Measure)
    assert all(one.zh and one.en and one.unit for one in ABOUT.values())


def test_the_fields_that_are_measured_stand_in_the_events_schemas() -> None:
    newest = {(one.namespace, one.name): {f["name"] for f in one.source["fields"]} for one in catalog().schemas()}
    lacking = {
        name: sorted(set(fields) - newest.get((name.partition(".")[0], name.partition(".")[2]), set()))
        for name, fields in KEPT.items()
    }
    assert {name: fields for name, fields in lacking.items() if fields} == {}
    assert [name for name in KEPT if tuple(name.split(".")) not in newest] == []


def test_a_fact_names_its_event_its_share_and_where_the_share_was_settled() -> None:
    log = Log()
    log.opened()
    log.signed(amount="520000000")
    log.landed()
    (fact,) = measured(log).of(M.SIGNED_AMOUNT, LANDING)
    assert fact.position == f"projects/{PROJECT}@2"
    assert (fact.whole, fact.share, fact.value) == (Decimal(520000000), Decimal("0.7"), Decimal(364000000))
    assert fact.share_position == f"projects/{PROJECT}@4"
    assert "5.2亿元" in fact.zh


def test_finder_and_landing_unit_share_among_units_and_the_group_has_the_whole_among_groups() -> None:
    """二(一): shares sum to one within one cohort and indicator."""
    log = Log()
    log.opened()
    log.signed()
    log.landed()
    found = measured(log)
    assert values(found, M.LANDED_COUNT) == {FINDER: Decimal("0.3"), LANDING: Decimal("0.7"), G1: Decimal(1)}


def test_until_shares_are_settled_the_whole_stands_with_the_finder_and_the_group() -> None:
    log = Log()
    log.opened()
    log.signed()
    assert values(measured(log), M.SIGNED_COUNT) == {FINDER: Decimal(1), G1: Decimal(1)}


def test_shares_settled_for_one_indicator_hold_for_it_alone() -> None:
    """二(一): a dispute about funds is decided apart."""
    log = Log()
    log.opened()
    log.signed()
    log.landed()
    log.shared(PROJECT, "units", (OTHER, "0.5"), (LANDING, "0.5"), indicator="funds_recognised")
    log.recognised(amount="10000000")
    found = measured(log)
    assert set(values(found, M.FUNDS_RECOGNISED)) == {OTHER, LANDING, G1}
    assert set(values(found, M.LANDED_COUNT)) == {FINDER, LANDING, G1}


def test_only_recognised_funds_count_and_what_is_reversed_counts_off() -> None:
    """三(五): 到位资金 is recognised by those who did not claim it, never merely claimed."""
    log = Log()
    log.opened()
    log.signed()
    log.landed()
    log.tell("projects.FundsClaimed", PROJECT, amount="90000000")
    log.tell("projects.FundsChecked", PROJECT, amount="80000000")
    log.recognised(amount="50000000")
    log.tell("projects.FundsReversed", PROJECT, off_recognised="20000000")
    assert measured(log).value(M.FUNDS_RECOGNISED, G1) == Decimal(30000000)
    assert "projects.FundsClaimed" not in KEPT
    assert "projects.FundsChecked" not in KEPT


def test_policy_funds_of_higher_levels_are_never_funds_in_place() -> None:
    """一(四), 一(六): 上级政策性资金争取 is an indicator of its own."""
    log = Log()
    log.opened(industry="higher-level-policy-funds")
    log.signed()
    log.recognised(amount="50000000")
    found = measured(log, frozenset({"higher-level-policy-funds"}))
    assert found.value(M.FUNDS_RECOGNISED, G1) == 0
    assert found.value(M.POLICY_FUNDS, G1) == Decimal(50000000)
    assert found.value(M.SIGNED_AMOUNT, G1) == 0
    (fact,) = found.of(M.SIGNED_AMOUNT, G1)
    assert "不计招商项目" in fact.zh


def test_a_stage_taken_back_no_longer_counts_and_reached_again_counts_once() -> None:
    log = Log()
    log.opened()
    log.signed(amount="100000000")
    log.landed()
    log.corrected("negotiating", "landed", void=[("units", "all"), ("groups", "all")])
    log.signed(amount="60000000")
    found = measured(log)
    assert found.value(M.SIGNED_COUNT, G1) == 1
    assert found.value(M.SIGNED_AMOUNT, G1) == Decimal(60000000)
    assert found.value(M.LANDED_COUNT, G1) == 0
    assert [one.value for one in found.of(M.SIGNED_COUNT, G1)] == [1, -1, 1]
    assert values(found, M.SIGNED_COUNT) == {FINDER: 1, G1: 1}, "the shares that landing had settled are void"


def test_an_amendment_counts_by_what_it_changes_and_goes_with_its_signature() -> None:
    """«Projects», contracts: an amendment is a fact of its own day."""
    log = Log()
    log.opened()
    log.signed(amount="100000000")
    change = {"number": "补1号", "amount_was": "100000000", "amount": "80000000"}
    log.tell("projects.ContractAmended", PROJECT, **change)
    assert values(measured(log), Measure.SIGNED_AMOUNT)[G1] == Decimal(80_000_000)
    log.corrected("negotiating", "signed")
    assert values(measured(log), Measure.SIGNED_AMOUNT)[G1] == 0
    assert values(measured(log), Measure.SIGNED_COUNT)[G1] == 0


def test_an_extension_counts_its_increment_and_no_project() -> None:
    """«Projects», identity: one project counts once; an extension (增资) counts its increment."""
    log, more = Log(), "410804-P-2026-0002"
    log.opened()
    log.signed(amount="100000000")
    log.opened(more)
    log.tell("projects.ProjectSigned", more, amount="30000000", signed_on="2026-03-02", extends=PROJECT)
    log.tell("projects.ProjectLanded", more, landed_on="2026-03-02", agreed_on=None, extends=PROJECT)
    found = measured(log)
    assert values(found, Measure.SIGNED_COUNT)[G1] == 1
    assert values(found, Measure.SIGNED_AMOUNT)[G1] == Decimal(130_000_000)
    assert G1 not in values(found, Measure.LANDED_COUNT)
    log.corrected("negotiating", "landed", more)
    assert values(measured(log), Measure.SIGNED_AMOUNT)[G1] == Decimal(100_000_000)


def test_a_project_of_an_old_ledger_gives_no_credit_and_counts_from_then_on() -> None:
    """历史台账 come in with their real dates, earning no new credit; the next stage is credited as any other's."""
    log = Log()
    data = {"name": "旧铝箔项目（模拟）", "group": G1, "finder": FINDER, "industry": "aluminium"}
    log.tell("projects.ProjectBaselined", PROJECT, **data)
    log.tell("projects.BaselineApproved", PROJECT)
    assert all(not any(values(measured(log), one).values()) for one in Measure)
    log.tell("projects.ConstructionStarted", PROJECT, started_on="2026-05-02", agreed_on=None)
    log.recognised(amount="20000000")
    found = measured(log)
    assert values(found, Measure.STARTED_COUNT)[G1] == 1
    assert values(found, Measure.FUNDS_RECOGNISED)[G1] == Decimal(20_000_000)
    log.corrected("signed", "started")
    assert values(measured(log), Measure.STARTED_COUNT)[G1] == 0
    assert not values(measured(log), Measure.LANDED_COUNT).get(G1)


def test_a_project_of_a_transferred_lead_credits_all_who_had_it_until_shares_are_settled() -> None:
    """Leads, transfer between units (流转): both are credited; their parts sum to one."""
    log = Log()
    parts = [
        {"unit": FINDER, "group": G1, "share": "0.6"},
        {"unit": OTHER, "group": G2, "share": "0.4"},
    ]
    data = {"name": "示例（模拟）", "group": G2, "finder": OTHER, "industry": "aluminium", "parts": parts}
    log.tell("projects.ProjectOpened", PROJECT, **data)
    log.signed(amount="100000000")
    found = values(measured(log), Measure.SIGNED_AMOUNT)
    assert (found[G1], found[G2]) == (Decimal(60_000_000), Decimal(40_000_000))
    assert (found[FINDER], found[OTHER]) == (Decimal(60_000_000), Decimal(40_000_000))


def test_one_project_counts_once_whatever_it_is_called() -> None:
    log = Log()
    twin = "410804-P-2026-0002"
    for stream in (PROJECT, twin):
        log.opened(stream)
        log.signed(stream)
    for stream in (PROJECT, twin):
        log.tell("projects.ProjectCodeAssigned", stream, code="2603-410804-04-01-000001")
    found = measured(log)
    assert found.value(M.SIGNED_COUNT, G1) == 1
    shown = {one.position: one for one in found.of(M.SIGNED_COUNT, G1)}
    assert "不重复计" in shown[f"projects/{twin}@2"].zh


def test_the_year_belongs_to_when_an_event_occurred() -> None:
    """三(三): what comes after the cut-off falls into the next period; what is taken back counts off when it is."""
    log = Log()
    log.opened(when="2025-11-02 09:00")
    log.signed(when="2025-12-31 23:59")
    log.landed(when="2026-01-01 00:00")
    log.recognised(when="2026-12-31 23:59", amount="100")
    log.recognised(when="2027-01-01 00:00", amount="7")
    found = measured(log)
    assert found.value(M.SIGNED_COUNT, G1) == 0
    assert found.value(M.LANDED_COUNT, G1) == 1
    assert found.value(M.FUNDS_RECOGNISED, G1) == 100


def test_a_stage_is_in_time_or_late_by_the_date_that_was_agreed() -> None:
    """三(五): signed lands early, landed starts early, started produces early."""
    log = Log()
    log.opened()
    log.signed()
    log.landed(agreed="2026-04-02")
    log.tell("projects.ConstructionStarted", PROJECT, started_on="2026-06-02", agreed_on="2026-06-01")
    log.tell("projects.ProductionStarted", PROJECT, started_on="2026-08-02", agreed_on=None)
    found = measured(log)
    assert found.value(M.STAGES_IN_TIME, G1) == 1
    assert found.value(M.STAGES_LATE, G1) == 1


def test_a_report_is_judged_once_and_only_the_group_owes_it() -> None:
    """三(三)"""
    log = Log()
    for month, missed in (("2026-03", False), ("2026-04", True)):
        stream = f"410804-R-{month}-G1"
        log.tell("reporting.ReportPeriodOpened", stream, group=G1, period=month)
        if missed:
            log.tell("reporting.DeadlineMissed", stream)
        log.tell("reporting.ReportClockStopped", stream)
        log.tell("reporting.ReportReturned", stream)
    found = measured(log)
    assert {name: found.value(name, G1) for name in (M.REPORTS_DUE, M.REPORTS_IN_TIME, M.REPORTS_MISSED)} == {
        M.REPORTS_DUE: 2,
        M.REPORTS_IN_TIME: 1,
        M.REPORTS_MISSED: 1,
    }
    assert found.value(M.REPORTS_RETURNED, G1) == 2
    assert {subject for _, subject in found.facts} == {G1}
    assert not [name for name in KEPT if "Contribution" in name]


def test_a_principal_heads_days_stand_with_his_unit_and_a_day_of_two_trips_is_one() -> None:
    """三(一): the quota binds the principal heads of sub-districts and departments."""
    log, stream = Log(), "410804-Q-2026-head"
    same = {"unit": LANDING, "year": 2026}
    log.tell("outreach.QuotaOpened", stream, name="甲模拟", required_days=91, **same)
    log.tell("outreach.QuotaDaysCounted", stream, trip="410804-T-2026-0001", total=3, required_days=91, **same)
    log.tell("outreach.QuotaDaysCounted", stream, trip="410804-T-2026-0002", total=5, required_days=91, **same)
    log.tell("outreach.QuotaAdjusted", stream, required_days=60, counted_days=4, **same)
    found = measured(log)
    assert found.quotas == {LANDING: 60}
    assert [one.value for one in found.of(M.TRIP_DAYS, LANDING)] == [3, 2, -1]


def test_another_years_quota_adds_nothing() -> None:
    log, stream = Log(), "410804-Q-2025-head"
    same = {"unit": LANDING, "year": 2025, "required_days": 91}
    log.tell("outreach.QuotaOpened", stream, name="甲模拟", **same)
    log.tell("outreach.QuotaDaysCounted", stream, trip="410804-T-2025-0009", total=3, **same)
    found = measured(log)
    assert (found.value(M.TRIP_DAYS, LANDING), dict(found.quotas)) == (0, {})


def test_a_trip_counts_if_a_day_of_it_does() -> None:
    """三(一) 实质招商: meetings, training and late results count no day."""
    log = Log()
    for n, days in ((1, ["2026-03-02"]), (2, []), (3, ["2026-03-09"])):
        log.tell("outreach.TripCompleted", f"410804-T-2026-000{n}", unit=LANDING, group=G1, counted_days=days)
    log.tell("outreach.TripCompletionCorrected", "410804-T-2026-0003", unit=LANDING, group=G1, counted_days=[])
    assert values(measured(log), M.TRIPS) == {LANDING: 1, G1: 1}


def test_directives_stand_with_their_owner_and_a_withdrawn_one_was_never_given() -> None:
    """三(一), 三(五)"""
    log = Log()
    for n in (1, 2, 3):
        log.tell("reporting.DirectiveIssued", f"410804-V-2026-000{n}", title="事项", owner=LANDING, group=None)
    log.tell("reporting.DirectiveOverdue", "410804-V-2026-0001", due_on="2026-04-01")
    log.tell("reporting.DirectiveOverdue", "410804-V-2026-0001", due_on="2026-05-01")
    log.tell("reporting.DirectiveClosed", "410804-V-2026-0001", outcome="completed", late=True)
    log.tell("reporting.DirectiveClosed", "410804-V-2026-0002", outcome="completed", late=False)
    log.tell("reporting.DirectiveClosed", "410804-V-2026-0003", outcome="withdrawn", late=False)
    found = measured(log)
    wanted = (M.DIRECTIVES_ISSUED, M.DIRECTIVES_CLOSED, M.DIRECTIVES_IN_TIME, M.DIRECTIVES_OVERDUE)
    assert [found.value(name, LANDING) for name in wanted] == [2, 2, 1, 2]


def test_a_referral_counts_for_who_found_the_lead_until_it_is_withdrawn() -> None:
    """二(三) 以企引企"""
    log, lead = Log(), "410804-L-2026-0001"
    log.tell("projects.LeadRegistered", lead, group=G2, finder=FINDER)
    log.tell("projects.LeadQualified", lead)
    for number in (1, 2):
        log.tell("projects.ReferralRecorded", "410804-W-1", referral=number, lead=lead)
    log.tell("projects.ReferralWithdrawn", "410804-W-1", referral=1)
    found = measured(log)
    assert values(found, M.REFERRALS) == {G2: 1, FINDER: 1}
    assert values(found, M.LEADS_QUALIFIED) == {G2: 1, FINDER: 1}


def test_a_stalled_project_counts_for_its_group_and_unit_each_time() -> None:
    """三(五) 中心工作督查"""
    log = Log()
    log.opened()
    for _ in range(2):
        log.tell("projects.ProjectStalled", PROJECT, stage="landed", idle_days=61, group=G1, unit=LANDING)
    assert values(measured(log), M.PROJECTS_STALLED) == {G1: 2, LANDING: 2}
