"""The expense rulebook as data: what ships is whole, and what is wrong in a file is all said, with its place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from services.outreach.domain.rulebook import OnBreach, RuleId
from services.outreach.rulebooks import EXPENSES, expense_rulebook


def test_the_rulebook_that_ships_words_every_rule_in_both_languages_with_its_source() -> None:
    book = expense_rulebook()
    assert set(book.rules) == set(RuleId)
    assert all(rule.zh and rule.en and rule.source for rule in book.rules.values())
    assert {rule.on_breach for rule in book.rules.values()} == set(OnBreach)


@pytest.mark.parametrize(
    ("place", "named", "lodging"),
    [("江苏省苏州市", "苏州", 380), ("北京市朝阳区", "北京", 500), ("安徽省宿州市", "其他地区", 350)],
)
def test_a_place_is_found_by_its_name_in_the_text(place: str, named: str, lodging: int) -> None:
    found, limits = expense_rulebook().limits_at(place)
    assert (found, limits.lodging) == (named, Decimal(lodging))


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("version: expenses-1", "version: ''", "version: must be a text"),
        ("version: expenses-1", "", "the file: 'version' is missing"),
        ("on_breach: approval", "on_breach: warn", "on_breach: must be one of refuse, approval"),
        ("source: travel,", "source: trave,", "'trave' is not among the sources"),
        ("  reception.no_alcohol:", "  reception.no_beer:", "rules: 'reception.no_beer' is not known"),
        ("  reception.no_alcohol:", "  reception.no_beer:", "rules: 'reception.no_alcohol' is missing"),
        ("zh: 工作餐不上酒", "zh: 3", "rules.reception.no_alcohol.zh: must be a text"),
        ("papers: [official_letter,", "papers: [letter,", "official_reception.papers: 'letter' is none of"),
        ("meals: 2, meal_price: 150", "meals: two, meal_price: 150", "business_reception.meals: must be a whole"),
        ("meal_price: 60", "meal_price: -1", "official_reception.meal_price: -1 must be an amount"),
        ("北京: {lodging: 500,", "北京: {lodging: x,", "travel 北京.lodging: 'x' must be an amount"),
        ("default: {lodging: 350,", "default: {", "travel default.lodging: None must be an amount"),
        ("meal_price: 60}", "meal_price: 60, wine: 1}", "official_reception: 'wine' is not known"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    text = EXPENSES.read_text("utf-8")
    assert was in text
    path = tmp_path / "expenses.yaml"
    path.write_text(text.replace(was, becomes), "utf-8")
    with pytest.raises(ValueError, match=r"expenses\.yaml") as error:
        expense_rulebook(path)
    assert said in str(error.value)


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = EXPENSES.read_text("utf-8").replace("meal_price: 60", "meal_price: x").replace("meals: 2", "meals: x")
    path = tmp_path / "expenses.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"official_reception\.meal_price.*business_reception\.meals"):
        expense_rulebook(path)
