"""The picture of a chain of referrals shows each party once, by its generation, and a line for each referral."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from services.portal.pages.referral_chart import chain_chart, in_order, spots
from services.portal.queries.parties import Party
from services.portal.queries.referrals import Chain, Node


def named(n: int, shown: bool = True) -> Party:
    return Party(f"91000000MA{n:08d}", f"企业{n}（模拟）" if shown else "（未签约，已隐去）", shown)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Some above the party that the chain is of, in a row; below it a tree, each brought by one before it."""
    above, below = draw(st.integers(0, 4)), draw(st.integers(0, 20))
    nodes = [Node(named(n), n - above, named(n - 1).key if n else None) for n in range(above + 1)]
    for n in range(above + 1, above + 1 + below):
        by = draw(st.sampled_from(nodes[above:]))
        nodes.append(Node(named(n, draw(st.booleans())), by.level + 1, by.party.key))
    return Chain(sorted(nodes, key=lambda one: one.level), None, more=False)


@given(chains())
def test_every_party_has_a_spot_of_its_own_right_of_who_brought_it(chain: Chain) -> None:
    at = {one.node.party.key: one for one in spots(chain.nodes)}
    assert at.keys() == {one.party.key for one in chain.nodes}
    assert len({(one.column, one.row) for one in at.values()}) == len(at)
    for one in at.values():
        if one.node.above is not None:
            assert one.column == at[one.node.above].column + 1


@given(chains())
def test_the_table_tells_each_party_once_under_who_brought_it(chain: Chain) -> None:
    told = in_order(chain.nodes)
    assert sorted(one.party.key for _, one in told) == sorted(one.party.key for one in chain.nodes)
    path: list[str] = []
    for depth, one in told:
        del path[depth:]
        assert (path[-1] if path else None) == one.above
        path.append(one.party.key)


@given(chains())
def test_a_picture_draws_each_referral_and_tells_no_key(chain: Chain) -> None:
    """A party's key is its credit code, which says who it is: none leaves with the picture, of masked ones least."""
    option = chain_chart(spots(chain.nodes), {}, "zh")
    breaks = sum(one == [None, None] for one in option["series"][0]["data"])
    assert breaks == sum(one.above is not None for one in chain.nodes)
    drawn = json.dumps(option, ensure_ascii=False)
    assert not any(one.party.key in drawn for one in chain.nodes)


@given(chains())
def test_a_masked_party_is_drawn_without_its_name(chain: Chain) -> None:
    drawn = json.dumps(chain_chart(spots(chain.nodes), {}, "en"), ensure_ascii=False)
    assert ("unsigned, not shown" in drawn) == any(not one.party.open for one in chain.nodes)
