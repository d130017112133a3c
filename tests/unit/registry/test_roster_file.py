"""Reading a roster's files: what is wrong is named with file, line and mending, all of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.registry.domain.roster.document import RosterDocument
from services.registry.roster_file import read_texts

from .roster_samples import DATA, copied, read, real_roster, texts_of


def test_the_districts_files_are_read_with_their_lines() -> None:
    roster = real_roster()
    assert isinstance(roster, RosterDocument)
    assert (roster.district.code, roster.every_sub_district) == ("410804", "各街道办事处")
    assert len(roster.groups) == 7
    assert str(roster.groups[0].leader.at) == "groups.yaml:9"
    assert [calendar.year for calendar in roster.calendars] == list(range(2020, 2028))
    assert [calendar.year for calendar in roster.calendars if calendar.provisional] == [2027]


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "said"),
    [
        ("district.yaml", 'code: "410804"\n', "", "district.yaml:1", "code"),
        ("district.yaml", "level: district", "level: village", "district.yaml:5", "city"),
        ("groups.yaml", "number: 1", "number: one", "groups.yaml:4", "number"),
        ("groups.yaml", "leader: 康春生", "leader: ''", "groups.yaml:9", "leader"),
        ("groups.yaml", "leader: 康春生", "leader: 康春生\n    leader: 朱兴家", "groups.yaml:10", "leader"),
        ("groups.yaml", "responsible_units: [区财政局", "responsible: [区财政局", "groups.yaml:", "responsible"),
        ("people.yaml", "from: 2020-07-01", "from: 2020-7-1", "people.yaml:4", "from"),
        ("people.yaml", "assumed: true", "assumed: perhaps", "people.yaml:4", "assumed"),
        ("people.yaml", "posts: [", "posts: nobody, more: [", "people.yaml:4", "posts"),
        ("units.yaml", "kind: zone", "kind: zoo", "units.yaml:", "zone"),
        ("units.yaml", "units:\n", "units:\n  - nothing\n", "units.yaml:", "字段列表"),
        ("settings.yaml", "settings:", "settings: [", "settings.yaml:", "YAML"),
    ],
)
def test_a_wrong_field_is_named_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, place: str, said: str
) -> None:
    errors = copied(tmp_path, file, old, new)
    assert isinstance(errors, tuple)
    assert any(str(error.at).startswith(place) and said in error.zh for error in errors), errors


def test_a_missing_folder_names_every_file(tmp_path: Path) -> None:
    errors = read(tmp_path / "nowhere", DATA / "calendars")
    assert isinstance(errors, tuple)
    assert {error.at.file for error in errors} == {
        f"{stem}.yaml" for stem in ("district", "units", "sub_districts", "groups", "people", "industries", "settings")
    }


def test_a_wrong_day_of_a_calendar_is_named(tmp_path: Path) -> None:
    (tmp_path / "CN-2026.yaml").write_text(
        "year: 2026\nprovisional: false\nsources: [{number: 国办发明电〔2025〕7号}]\n"
        "holidays:\n  - zh: 元旦\n    days_off: [2026-01-32]\n",
        "utf-8",
    )
    errors = read(DATA / "districts" / "410804", tmp_path)
    assert isinstance(errors, tuple)
    assert [str(error.at) for error in errors] == ["CN-2026.yaml:6"]


TEXTS = texts_of(DATA / "districts" / "410804")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("groups: &a [*a, *a]", "aliases"),
        ("[" * 5000, "nested too deep"),
        ("{[a]: b}", "a field's name must be a text"),
        ("a: \x00", "no YAML"),
        ("", "fields are expected here"),
        ("- 1", "fields are expected here"),
        ("groups: []\n---\ngroups: []", "no YAML"),
        ('groups: [{id: "\\0"}]', "control characters"),
        ('groups: [{id: "\\ud800"}]', "control characters"),
        (f"groups: [{{number: {'9' * 30}}}]", "must be a whole number"),
        (f"groups: [{{number: {'9' * 5000}}}]", "must be a whole number"),
    ],
)
def test_a_text_that_is_meant_to_harm_is_refused_like_a_mistake(text: str, said: str) -> None:
    errors = read_texts({**TEXTS, "groups.yaml": text}, {})
    assert isinstance(errors, tuple)
    assert any(error.at.file == "groups.yaml" and said in error.en for error in errors), errors


def test_a_file_of_another_name_is_named_with_the_known_ones() -> None:
    errors = read_texts({**TEXTS, "grups.yaml": ""}, {"2026.yaml": ""})
    assert isinstance(errors, tuple)
    said = {error.at.file: error.en for error in errors}
    assert "groups.yaml" in said["grups.yaml"]
    assert "CN-2026.yaml" in said["2026.yaml"]
