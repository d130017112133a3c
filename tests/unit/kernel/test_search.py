"""Search in lists: what stands in a text has all its pieces among the text's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sevenx.kernel.search import compact, grams, probes

NAMES = st.text(
    st.characters(categories=["L", "N", "P", "Z"]) | st.sampled_from("铝板带项目（模拟）ABＣ１"), max_size=40
)


@given(NAMES, st.data())
def test_a_part_of_a_name_has_its_pieces_among_the_names(name: str, data: st.DataObject) -> None:
    text = compact(name)
    begin = data.draw(st.integers(0, len(text)))
    part = text[begin : data.draw(st.integers(begin, len(text)))]
    assert set(grams(part)) <= set(grams(name))
    assert set(probes(part)) <= set(grams(part))
    assert not part or set("".join(probes(part))) == set(part)


@given(NAMES)
def test_the_compact_text_is_of_letters_and_digits_and_does_not_change_again(name: str) -> None:
    text = compact(name)
    assert text.isalnum() or not text
    assert set(grams(text)) == set(grams(name))


def test_width_case_and_punctuation_make_no_difference() -> None:
    assert compact("ＡＢＣ（中国）铝业 Co., Ltd.") == "abc中国铝业coltd"
    assert grams("铝 板") == ["板", "铝", "铝板"]
    assert grams("。") == []
