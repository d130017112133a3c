"""`data/notices.yaml` holds against the schemas: what a rule asks of an event is in the event."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from services.notifier.domain.recipients import Selector
from services.notifier.domain.rules import ANY_AREA, EscalationRule, Rule, Rules, WrongRules
from services.notifier.domain.texts import FIELD
from services.notifier.known import facts_of
from services.notifier.projections import MORE, PARTS, SETTLING, SUBJECTS
from services.notifier.reactions import reactions
from services.notifier.rulebook import PATH, rules
from sevenx.cli.schemas import SCHEMAS
from sevenx.declaration import service
from sevenx.district.settings import DEFAULTS

ALWAYS = {"stream", "position", "area", *facts_of("its", None)}
OF_PARTS = set(facts_of("item", None))


def fields(name: str) -> dict[str, Any]:
    """The fields of an event's newest schema and their types."""
    area, _, event = name.partition(".")
    folder = SCHEMAS / ("kernel" if area == ANY_AREA else area)
    files = sorted(folder.glob(f"{event}.v*.avsc"))
    assert files, f"no schema of {name}"
    return {one["name"]: one["type"] for one in json.loads(files[-1].read_text("utf-8"))["fields"]}


def asked_by(rule: Rule) -> set[str]:
    return {*rule.asks, *rule.when, rule.of, rule.item} - {""}


@pytest.mark.parametrize("rule", rules().notices, ids=lambda rule: rule.kind)
def test_a_rule_asks_only_for_what_its_event_says(rule: Rule) -> None:
    for name in rule.events:
        known = set(fields(name)) | ALWAYS | (OF_PARTS if rule.item else set())
        assert asked_by(rule) - known == set()


@pytest.mark.parametrize("rule", rules().notices, ids=lambda rule: rule.kind)
def test_both_languages_say_something_and_neither_says_a_field_of_the_other(rule: Rule) -> None:
    for text in (rule.name, rule.title, rule.body):
        assert text.zh.strip()
        assert text.en.strip()
        assert not any(field.endswith("_en") for field in FIELD.findall(text.zh))
        assert not any(field.endswith("_zh") for field in FIELD.findall(text.en))


@pytest.mark.parametrize("rule", rules().escalations, ids=lambda rule: rule.kind)
def test_an_escalation_asks_only_for_what_the_miss_says(rule: EscalationRule) -> None:
    known = set(fields(rule.missed)) | ALWAYS
    asked = rule.title.fields() | set(FIELD.findall(rule.link)) | {rule.due, rule.group, rule.unit} - {""}
    assert asked - known == set()
    assert rule.reason.fields() <= {"title", "working_days", "group", "unit"}
    assert {one.field for level in rule.levels for one in level if one.field} <= {"group", "unit"}
    assert rule.days_setting in DEFAULTS
    area = rule.missed.partition(".")[0]
    assert all(fields(name) and name.startswith(f"{area}.") for name in rule.settled_by)
    assert rule.whom(len(rule.levels) + 5) == rule.levels[-1]


def test_what_things_are_called_is_read_from_events_that_say_it() -> None:
    columns = {name.removeprefix("its_") for name in facts_of("its", None)}
    for names in (SUBJECTS, MORE):
        for name, told in names.items():
            assert set(told) <= columns
            assert set(told.values()) <= set(fields(name)), name
    for name, (number, of_part) in PARTS.items():
        said = [one for of in of_part.values() for one in (of if isinstance(of, tuple) else (of,))]
        assert {number, *said} <= set(fields(name)), name


def test_what_settles_in_the_table_settles_in_the_read_model() -> None:
    assert set(SETTLING) == {name for rule in rules().escalations for name in rule.settled_by}


def test_every_area_whose_events_are_told_is_followed() -> None:
    followed = service("notifier").reads()
    for reaction in reactions():
        assert {name.partition(".")[0] for name in reaction.events} <= set(followed)
    told = next(one for one in reactions() if one.name == "tell").events
    assert {f"{area}.StreamForkFound" for area in followed} <= set(told)


@pytest.mark.parametrize(
    "event",
    [
        "reporting.ReportPeriodOpened", "reporting.ReportReminderDue", "reporting.DeadlineMissed",
        "reporting.ContributionOverdue", "reporting.ReportReturned", "reporting.ReportAccepted",
        "reporting.ReportSentBack", "reporting.ReportDrafted", "reporting.ReportReviewed",
        "reporting.ReportSubmitted", "projects.ProjectStalled", "projects.LightChanged", "projects.FundsClaimed",
        "projects.ProtectionWarned", "projects.ReleaseProposed", "projects.LeadContested", "projects.ContestDecided",
        "projects.ContestLapsed", "projects.ContestOverdue", "projects.ReleaseDeclined", "projects.ProtectionReleased",
        "projects.ProtectionExpired", "projects.ProtectionExtended", "projects.ProtectionGranted",
        "projects.IntentDecided", "projects.LeadQualified", "projects.LeadClosed", "projects.LeadTransferAsked",
        "projects.LeadTransferred", "projects.LeadTransferEnded", "projects.FundsChecked", "projects.FundsRecognised",
        "projects.FundsReversed", "projects.GateHeld", "projects.StageCorrected", "projects.CreditShared",
        "projects.BaselineApproved", "projects.BaselineRejected", "projects.ProcedureRequested",
        "projects.SupplementAsked", "projects.SupplementGiven", "projects.PromisedDateMoved",
        "projects.ProcedureGranted", "projects.ProcedureRefused", "projects.ProcedureWithdrawn",
        "projects.ProblemRaised", "projects.ProblemHandled", "projects.ProblemClosed", "projects.ProblemReopened",
        "registry.PlanSubmitted", "registry.PlanApproved", "registry.PlanReturned", "registry.PlanAdopted",
        "outreach.TripRequested", "outreach.TripApproved", "outreach.TripRejected", "outreach.QuotaShortfallNoted",
        "outreach.ExpenseRejected", "reporting.DirectiveIssued", "reporting.DirectiveReminderDue",
        "reporting.DirectiveOverdue", "reporting.DirectiveClosed", "reporting.HearingScheduled",
        "reporting.MinutesIssued",
        "assessment.ResultPublicized", "assessment.AppealUpheld", "assessment.AppealDismissed",
        "assessment.AssessmentFrozen", "audit.FindingRaised", "audit.StreamForkFound", "notifier.EscalationRaised",
    ],
)  # fmt: skip
def test_what_somebody_must_hear_of_is_in_the_table(event: str) -> None:
    """三(二), 三(三), 三(五): who must act is told."""
    area, _, name = event.partition(".")
    assert rules().of(area, name)


def entry(**changed: Any) -> dict[str, Any]:
    text = {"zh": "题", "en": "title"}
    plain = {"kind": "a", "event": "x.Y", "name": text, "to": ["head@group"], "title": text, "body": text, "link": "/"}
    return {**plain, **changed}


def table(*notices: Mapping[str, Any]) -> dict[str, Any]:
    return {"join_minutes": 30, "notices": list(notices), "escalations": []}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"to": ["boss@group"]}, "'boss' is not one of"),
        ({"to": ["office:mayor"]}, "names no office"),
        ({"to": ["head of group"]}, "no selector"),
        ({"channels": ["pigeon"]}, "pigeon"),
        ({"titel": "x"}, "unknown: titel"),
        ({"title": {"zh": "题"}}, "'en'"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(wrong: Mapping[str, Any], says: str) -> None:
    with pytest.raises(WrongRules, match="rule 'a'") as refused:
        Rules.parse(table(entry(**wrong)))
    assert says in str(refused.value)


def test_a_rule_that_asks_for_what_the_event_does_not_say_is_known_as_such() -> None:
    (plain,) = Rules.parse(table(entry())).notices
    beyond = Rules.parse(table(entry(to=["head@its_group"]), entry(kind="b", link="/{item_unit}"))).notices
    assert (plain.asks, plain.asks_beyond) == (frozenset({"group"}), False)
    assert all(rule.asks_beyond for rule in beyond)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(WrongRules, match="two rules are called a"):
        Rules.parse(table(entry(), entry(event="x.Z")))


def test_a_key_that_yaml_reads_as_something_else_is_found() -> None:
    document = yaml.safe_load(PATH.read_text("utf-8"))
    assert all(isinstance(key, str) for rule in document["notices"] for key in rule)
    assert Selector.parse("office:auditor") == Selector("office", "", "auditor")
