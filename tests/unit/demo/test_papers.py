"""Papers that are sent in: true PDFs, the same each time, and plainly simulated."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from sevenx.demo.papers import Paper
from sevenx.documents.kinds import check_content, read_kinds

PDF = read_kinds().kinds["pdf"]
titles = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=60)


@given(titles, st.dates())
def test_a_paper_is_a_pdf_and_the_same_paper_has_the_same_bytes(title: str, on: date) -> None:
    one, again = Paper(title, on), Paper(title, on)
    check_content(PDF, BytesIO(one.content))
    assert one.sha256 == again.sha256
    assert "模拟数据".encode("utf-16-be").hex().encode() in one.content
    assert one.name.endswith("（模拟）.pdf")


@given(titles, st.dates())
def test_its_table_of_objects_says_where_each_begins(title: str, on: date) -> None:
    """ISO 32000-1, 7.5.4."""
    content = Paper(title, on).content
    table = int(content.split(b"startxref\n")[1].split(b"\n")[0])
    assert content[table:].startswith(b"xref\n0 8\n")
    for number, entry in enumerate(content[table:].split(b"\n")[3:10], 1):
        assert content[int(entry[:10]) :].startswith(b"%d 0 obj" % number)


def test_papers_of_another_day_or_title_are_others() -> None:
    day = date(2026, 5, 1)
    assert len({Paper("甲", day).sha256, Paper("乙", day).sha256, Paper("甲", date(2026, 5, 2)).sha256}) == 3
