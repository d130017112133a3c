"""The list of units shows every unit once, whatever the log says of who stands under whom."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.portal.pages.unit_tree import Line, sections, tree

UNITS = [f"U-{n}" for n in range(6)]
PLACES = st.lists(
    st.tuples(st.none() | st.sampled_from([*UNITS, "U-unknown"]), st.none() | st.sampled_from(UNITS)),
    min_size=len(UNITS),
    max_size=len(UNITS),
)


KINDS = ["department", "sub_district", "zone"]


@given(PLACES)
def test_every_unit_stands_once_and_after_the_one_above_it(places: list[tuple[str | None, str | None]]) -> None:
    rows = [{"stream": unit, "parent": up, "into": into} for unit, (up, into) in zip(UNITS, places, strict=True)]
    lines = tree(rows)
    assert sorted(row["stream"] for _, row in lines) == UNITS
    at = {row["stream"]: n for n, (_, row) in enumerate(lines)}
    depth = {row["stream"]: deep for deep, row in lines}
    for row in rows:
        above = row["into"] or row["parent"]
        if above in at and depth[row["stream"]] > 0:
            assert at[above] < at[row["stream"]]
            assert depth[above] == depth[row["stream"]] - 1


@given(PLACES, st.lists(st.sampled_from([*KINDS, "of-tomorrow"]), min_size=len(UNITS), max_size=len(UNITS)))
def test_every_unit_stands_in_one_section_that_of_the_one_on_top_of_it(
    places: list[tuple[str | None, str | None]], kinds: list[str]
) -> None:
    """A kind that nobody knew when this was written is shown as well."""
    given_kinds = zip(UNITS, places, kinds, strict=True)
    rows = [{"stream": unit, "parent": up, "into": into, "kind": kind} for unit, (up, into), kind in given_kinds]
    lines = tree(rows)
    found = sections(lines, KINDS, lambda row: [row["stream"]])
    said: list[Line] = [line for one in found for line in one.lines]
    assert sorted(row["stream"] for _, row in said) == UNITS
    assert [one.vacant for one in found] == [len(one.lines) for one in found]
    known = [one.kind for one in found if one.kind in KINDS]
    assert known == [kind for kind in KINDS if kind in known], "in their order, and none twice"
    for one in found:
        assert one.lines[0][0] == 0
        assert {row["kind"] for depth, row in one.lines if depth == 0} == {one.kind}
