"""Identity codes hold by the national standards («Identity»)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.domain.codes import (
    credit_code_check,
    has_contact_details,
    is_credit_code,
    is_industry_code,
    is_month,
    is_project_code,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_the_published_example_is_recognised() -> None:
    """GB 32100: the example that its explanations use."""
    assert is_credit_code("91350100M000100Y43")


@given(st.text("0123456789", min_size=6, max_size=6), st.text(ALPHABET, min_size=9, max_size=9), st.data())
def test_one_wrong_character_is_always_found(region: str, body: str, data: st.DataObject) -> None:
    """GB 32100: the weights are powers of a primitive root modulo the prime 31, so no single error passes."""
    first17 = "91" + region + body
    code = first17 + credit_code_check(first17)
    assert is_credit_code(code)
    place = data.draw(st.integers(8, 17))
    other = data.draw(st.sampled_from([c for c in ALPHABET if c != code[place]]))
    assert not is_credit_code(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize("code", ["", "9135", "91350100m000100y43", "91350100I000100Y43", "91350100M000100Y431"])
def test_what_is_not_a_credit_code_is_refused(code: str) -> None:
    assert not is_credit_code(code)


@pytest.mark.parametrize("code", ["2607-410804-04-01-123456", "2018-410804-65-03-701234", "2107-410804-04-01-12345X"])
def test_project_codes_have_24_characters_in_their_structure(code: str) -> None:
    """GB/T 40058-2021: time, region, department, type, random digits and check character."""
    assert len(code) == 24
    assert is_project_code(code)


@pytest.mark.parametrize("code", ["2613-410804-04-01-123456", "2607-41080-04-01-123456", "260741080404011234567890"])
def test_a_malformed_project_code_is_refused(code: str) -> None:
    assert not is_project_code(code)


@pytest.mark.parametrize(
    ("code", "holds"), [("C3252", True), ("C32", True), ("J66", True), ("C66", False), ("Z01", False)]
)
def test_an_industry_division_lies_in_its_section(code: str, holds: bool) -> None:
    """GB/T 4754-2017."""
    assert is_industry_code(code) is holds


@pytest.mark.parametrize(
    "text", ["电话13800000000", "联系 a.b@example.cn", "0391-1234567", "证件 410804199001011234", "手机：19912345678。"]
)
def test_contact_details_are_found_in_free_text(text: str) -> None:
    assert has_contact_details(text)


@pytest.mark.parametrize(
    "text", ["投资额 150000000000 元", "统一社会信用代码 91350100M000100Y43", "2607-410804-04-01-123456"]
)
def test_amounts_and_codes_are_no_contact_details(text: str) -> None:
    assert not has_contact_details(text)


@pytest.mark.parametrize(("text", "holds"), [("2026-07", True), ("2026-13", False), ("2026-7", False)])
def test_months_are_written_with_two_digits(text: str, holds: bool) -> None:
    assert is_month(text) is holds
