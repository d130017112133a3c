"""The rulebook's text: right, or wrong with the place and how to mend it."""

from __future__ import annotations

import json
from datetime import date

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.assessment.deciders import BOOK
from services.assessment.domain.book.commands import PublishRulebook
from services.assessment.domain.book.events import RulebookPublished
from services.assessment.domain.measuring.measures import Measure
from services.assessment.domain.rulebook import Formula, Unit, members
from services.assessment.rulebook_file import SCHEMA, read_rulebook, unknown_units
from services.assessment.rulebook_yaml import RulebookError
from sevenx.declaration import ROOT
from sevenx.kernel.errors import Rejection

from .given import OFFICE

FILE = ROOT / "data" / "rulebooks" / "assessment-2026.yaml"
TEXT = FILE.read_text("utf-8")


def errors(text: str) -> tuple[RulebookError, ...]:
    read = read_rulebook(text)
    assert (read.rulebook is None) is bool(read.errors)
    return read.errors


def changed(old: str, new: str) -> tuple[RulebookError, ...]:
    assert old in TEXT
    return errors(TEXT.replace(old, new, 1))


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


def test_the_districts_own_rulebook_is_right_and_names_units_of_the_roster() -> None:
    read = read_rulebook(TEXT)
    assert read.errors == ()
    assert read.rulebook is not None
    assert [cohort.id for cohort in read.rulebook.cohorts] == ["groups", "sub_districts", "district_units"]
    folder = ROOT / "data" / "districts" / "410804"
    roster = yaml.safe_load((folder / "units.yaml").read_text("utf-8"))["units"]
    units = [Unit(one["id"], one["zh"], one["kind"]) for one in roster]
    assert unknown_units(TEXT, units, []) == ()


def test_agencies_and_companies_stand_in_no_cohort_of_the_districts_own_rulebook() -> None:
    """三(五): only where the rulebook lists them, and it does not."""
    book = read_rulebook(TEXT).rulebook
    assert book is not None
    folder = ROOT / "data" / "districts" / "410804"
    roster = yaml.safe_load((folder / "units.yaml").read_text("utf-8"))["units"]
    units = [Unit(one["id"], one["zh"], one["kind"]) for one in roster]
    kinds = {one.id: one.kind for one in units}
    assessed = [member.id for cohort in book.cohorts for member in members(cohort, [], units)]
    assert len(assessed) > 25
    assert {kinds[one] for one in assessed} == {"department", "office", "institution", "zone"}


def test_every_veto_names_a_rule_of_a_higher_level() -> None:
    """三(五): 一票否决."""
    book = read_rulebook(TEXT).rulebook
    assert book is not None
    assert book.vetoes
    assert all(one.basis for one in book.vetoes)


def test_the_schema_knows_every_measure_and_formula() -> None:
    definitions = json.loads(SCHEMA.read_text("utf-8"))["$defs"]
    assert definitions["measure"]["enum"] == list(Measure)
    assert definitions["indicator"]["properties"]["formula"]["enum"] == list(Formula)


@pytest.mark.parametrize(
    ("old", "new", "path", "says"),
    [
        ("year: 2026", "year: 1999", "year", "2020"),
        ("marks: 15, target", "marks: abc, target", "cohorts[0].indicators[0].marks", "数字"),
        ("marks: 15, target", "marks: -1, target", "cohorts[0].indicators[0].marks", "大于 0"),
        ("formula: completion", "formula: compl", "cohorts[0].indicators[0].formula", "relative"),
        ("measure: signed_amount", "measure: claimed_funds", "cohorts[0].indicators[0].measure", "funds_recognised"),
        ("marks: 15, target", "mark: 15, target", "cohorts[0].indicators[0].mark", "marks"),
        ("full_marks: 100", "full_marks: 99", "cohorts[0].full_marks", "100"),
        ("basis: 中华人民共和国统计法", "base: 中华人民共和国统计法", "vetoes[0].basis", "basis"),
        ("members: {groups: all}", "members: {groups: some}", "cohorts[0].members.groups", "all"),
        ("[sub_district, zone]", "[sub_district, company]", "cohorts[1].members.unit_kinds[1]", "institution"),
        ("of: signed_count, marks", "of: landed_count, marks", "cohorts[0].indicators[2].of", "相同"),
        ("of: signed_count, marks", "each: 2, marks", "cohorts[0].indicators[2].each", "of"),
        ("{id: signed_count,", "{id: signed_amount,", "cohorts[0].indicators[1].id", "重复"),
        ("id: sub_districts", "id: groups", "cohorts[1].id", "重复"),
    ],
    ids=lambda value: value[:30],
)
def test_a_slip_is_named_with_its_place_and_what_is_allowed(old: str, new: str, path: str, says: str) -> None:
    found = changed(old, new)
    (error,) = [one for one in found if one.path == path]
    assert error.line == line_of(old)
    assert says in error.zh
    assert error.en.endswith(".")


def test_only_groups_owe_reports_and_only_units_have_a_quota() -> None:
    """三(三), 三(一)"""
    reports = changed("measure: trip_days, formula: completion", "measure: reports_in_time, formula: completion")
    assert [one.path for one in reports if "三（三）" in one.zh] == ["cohorts[1].indicators[4].measure"]
    quota = changed("measure: signed_count, formula", "measure: trip_days, formula")
    assert [one.path for one in quota if "三（一）" in one.zh] == ["cohorts[0].indicators[1].measure"]


def test_a_unit_that_the_roster_lacks_is_named_with_its_line() -> None:
    wrong = TEXT.replace("410804-U-staffing", "410804-U-stafing")
    units = [Unit(f"410804-U-{name}", name, "office") for name in ("staffing", "audit")]
    found = [one for one in unknown_units(wrong, units, []) if "stafing" in one.zh]
    assert [(one.line, "410804-U-staffing" in one.en) for one in found] == [(line_of("410804-U-staffing"), True)]


@pytest.mark.parametrize(
    "text",
    ["", "a: [", "a: &x 1\nb: *x", "- 1", "{a: 1, a: 2}", "? [a]\n: b", "x: !!python/object:os.system 1", "\x00",
     "[" * 3000, "year: .nan", "year: 1_000", "year: 1" + "0" * 40],
    ids=lambda text: text[:12].encode().hex(),
)  # fmt: skip
def test_what_is_no_rulebook_at_all_is_refused_with_a_line(text: str) -> None:
    assert all(one.line >= 1 and one.zh and one.en for one in errors(text))
    assert errors(text)


LINES = TEXT.split("\n")


@settings(max_examples=30, deadline=None)
@given(
    line=st.integers(0, len(LINES) - 1),
    junk=st.text(st.characters(codec="utf-8"), max_size=12)
    | st.sampled_from(["{", "[", ": ", "- ", "  ", "null", "1e9"]),
    where=st.integers(0, 60),
)
@example(line=14, junk="\t", where=0)
def test_no_text_makes_the_reader_fail(line: int, junk: str, where: int) -> None:
    broken = LINES[line][:where] + junk + LINES[line][where:]
    read = read_rulebook("\n".join([*LINES[:line], broken, *LINES[line + 1 :]]))
    assert (read.rulebook is None) is bool(read.errors)


def publish(sha: str = "a" * 64, reason: str = "", public: bool = False) -> PublishRulebook:
    return PublishRulebook(2026, "办法", sha, "year: 2026", OFFICE, date(2026, 1, 5), reason, public)


def test_versions_follow_one_another_with_a_reason_and_the_same_text_is_no_version() -> None:
    first = BOOK.decide(publish(), BOOK.initial)
    assert isinstance(first, list)
    assert [type(one) for one in first] == [RulebookPublished]
    state = BOOK.fold(first)
    assert BOOK.decide(publish(), state) == []
    refused = BOOK.decide(publish("b" * 64), state)
    assert isinstance(refused, Rejection)
    assert refused.code == "reason-missing"
    second = BOOK.decide(publish("b" * 64, "区委核定分值"), state)
    assert isinstance(second, list)
    assert second[0].version == 2


def test_no_rulebook_is_published_once_the_result_is_public() -> None:
    """三(五): the rules stand before the result."""
    refused = BOOK.decide(publish(public=True), BOOK.initial)
    assert isinstance(refused, Rejection)
    assert refused.code == "result-already-public"
