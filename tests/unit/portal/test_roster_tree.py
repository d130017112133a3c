"""The tree of units shows every unit once, whatever the log says of who stands under whom."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.portal.pages.roster import tree

UNITS = [f"U-{n}" for n in range(6)]
PLACES = st.lists(
    st.tuples(st.none() | st.sampled_from([*UNITS, "U-unknown"]), st.none() | st.sampled_from(UNITS)),
    min_size=len(UNITS),
    max_size=len(UNITS),
)


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
