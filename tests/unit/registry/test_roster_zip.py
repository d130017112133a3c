"""A roster in a zip file comes out of it as it went in, and whatever else is sent is refused with what to do."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.domain.roster.document import RosterDocument
from services.registry.domain.roster.outline import Outline
from services.registry.roster_file import FILES, read_texts
from services.registry.roster_yaml import calendars_of, files_of
from services.registry.roster_zip import Sent, read_sent, zipped

from .roster_samples import after, planned, real_roster

DAY, NAME = date(2026, 7, 10), "roster.zip"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=200)
CALENDARS = st.integers(2000, 2100).map(lambda year: f"CN-{year}.yaml")


def packed(*parts: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for path, content in parts:
            made.writestr(path, content)
    return file.getvalue()


def said(sent: Sent) -> list[tuple[str, int, str]]:
    return [(one.at.file, one.at.line, one.zh) for one in sent.errors]


@given(st.dictionaries(st.sampled_from(FILES), TEXTS, min_size=1), st.dictionaries(CALENDARS, TEXTS, max_size=3))
def test_every_text_comes_out_as_it_went_in(files: dict[str, str], calendars: dict[str, str]) -> None:
    with zipped("410804", files, calendars, DAY) as file:
        assert read_sent(NAME, file.read()) == Sent(files, calendars)


def test_the_roster_goes_out_in_a_zip_file_and_comes_back_without_a_difference() -> None:
    states = after(planned(real_roster(), {}), {})
    outline = Outline(states)
    files, calendars = files_of(outline, "模拟"), calendars_of(outline, "模拟")
    with zipped("410804", files, calendars, DAY) as file, zipped("410804", files, calendars, DAY) as other:
        first = file.read()
        assert first == other.read(), "the same roster of the same day"
    assert "410804/calendars/CN-2026.yaml" in zipfile.ZipFile(io.BytesIO(first)).namelist()
    sent = read_sent(NAME, first)
    roster = read_texts(sent.files, sent.calendars)
    assert isinstance(roster, RosterDocument)
    again = planned(roster, dict(states))
    assert (sent.errors, again.errors, again.steps, again.differences) == ((), (), (), ())


def test_folders_do_not_matter_and_what_an_archiver_adds_is_left_out() -> None:
    content = packed(
        ("名册（副本）/people.yaml", b"people: []"),
        ("名册（副本）\\calendars\\CN-2027.yaml", b"year: 2027"),
        ("__MACOSX/._people.yaml", b"\x00"),
        ("名册（副本）/.DS_Store", b"\x00"),
    )
    assert read_sent(NAME, content) == Sent({"people.yaml": "people: []"}, {"CN-2027.yaml": "year: 2027"})


def test_a_single_file_is_known_by_its_name() -> None:
    assert read_sent("people.yaml", "\ufeffpeople: []".encode()) == Sent({"people.yaml": "people: []"})
    assert read_sent("CN-2027.yaml", b"year: 2027") == Sent({}, {"CN-2027.yaml": "year: 2027"})


@pytest.mark.parametrize(
    ("name", "content", "file", "line", "words"),
    [
        (NAME, b"", NAME, 1, "文件为空"),
        ("名册.doc", b"people: []", "名册.doc", 1, ".yaml 文件"),
        (NAME, b"PK\x03\x04 and then nothing", NAME, 1, "已损坏"),
        (NAME, packed(), NAME, 1, "没有文件"),
        ("名册.xlsx", packed(("[Content_Types].xml", b"<x/>")), "名册.xlsx", 1, "Excel"),
        (NAME, packed(("a/people.yaml", b"1"), ("b/people.yaml", b"2")), "people.yaml", 1, "同名"),
        (NAME, packed(("people.yaml", "people:\n  - zh: 甲".encode("gb18030"))), "people.yaml", 2, "UTF-8"),
        (NAME, packed(("people.yaml", b" " * (5 << 20))), NAME, 1, "解压后超过 4 MiB"),
        (NAME, packed(*((f"{n}.yaml", b"1") for n in range(201))), NAME, 1, "200 个文件"),
    ],
)
def test_what_is_no_roster_is_refused_with_what_to_do(
    name: str, content: bytes, file: str, line: int, words: str
) -> None:
    found = said(read_sent(name, content))
    assert [one[:2] for one in found] == [(file, line)]
    assert words in found[0][2]


def test_a_zip_file_with_a_password_is_refused() -> None:
    content = bytearray(packed(("people.yaml", b"people: []")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    assert "密码" in said(read_sent(NAME, bytes(content)))[0][2]


def test_a_zip_file_that_lies_about_its_sizes_is_refused_unread() -> None:
    """What it states is small, what it holds would fill the memory."""
    content = packed(("people.yaml", b" " * (3 << 20)))
    honest = (3 << 20).to_bytes(4, "little")
    lying = content.replace(honest, (10).to_bytes(4, "little"))
    assert lying != content
    assert "已损坏" in said(read_sent(NAME, lying))[0][2]


@settings(max_examples=200)
@given(st.data())
def test_no_damage_to_a_zip_file_makes_us_fail(data: st.DataObject) -> None:
    content = bytearray(packed(("people.yaml", b"people: []\n" * 20), ("CN-2027.yaml", b"year: 2027")))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(2, len(content) - 1))] = data.draw(st.integers(0, 255))
    sent = read_sent(NAME, bytes(content[: data.draw(st.integers(2, len(content)))]))
    assert sent.errors or sent.files or sent.calendars
