"""Fields of the console's forms, as a template's `m.field` makes them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from services.portal.render import environment

OUTCOMES = [("true", "成立"), ("false", "不成立")]


def field(**arguments: Any) -> str:
    """The field in Chinese."""
    source = '{% import "macros.html" as m with context %}{{ m.field("outcome", "结果", **arguments) }}'
    return environment().from_string(source).render(arguments=arguments, either=lambda zh, _: zh, t=str)


def choices(html: str) -> list[tuple[str, bool, str]]:
    """Value, whether it is selected, and text of each choice."""
    found = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)</option>', html)
    return [(value, bool(selected), text) for value, selected, text in found]


@pytest.mark.parametrize("options", [OUTCOMES, OUTCOMES[:1], dict(OUTCOMES).items()])
@pytest.mark.parametrize("value", ["", "withdrawn"])
def test_a_required_choice_that_nobody_made_is_not_made_by_its_order(options: Any, value: str) -> None:
    first, *offered = choices(field(options=options, value=value, required=True))
    assert first == ("", False, "请选择")
    assert offered == [(key, False, text) for key, text in options]


def test_a_required_choice_that_is_made_cannot_be_left_empty() -> None:
    made = choices(field(options=OUTCOMES, value="false", required=True))
    assert made == [("true", False, "成立"), ("false", True, "不成立")]


def test_a_choice_that_is_not_required_may_be_left_empty() -> None:
    assert choices(field(options=OUTCOMES)) == [("", False, ""), ("true", False, "成立"), ("false", False, "不成立")]
