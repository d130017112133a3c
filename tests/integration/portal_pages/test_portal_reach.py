"""Whom a referrer reached through others is what the graph of referrals says, whatever was recorded and withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.portal.projections import projections
from services.portal.tables.totals import referral_reach
from services.projects.deciders import REFERRALS
from services.projects.domain.parties import party_key
from services.projects.domain.referral.commands import RecordReferral, WithdrawReferral
from services.projects.domain.values import Party
from sevenx.district.referrals import generations
from sevenx.kernel import read_schema
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.errors import Rejection
from sevenx.kernel.projection import READ, Changes
from sevenx.kernel.row_writer import write_changes
from sevenx.kernel.totals import summed, total_of
from tests.conftest import Database
from tests.unit.portal_read_model.test_commuting import recorded
from tests.unit.projects.stories import credit_code

ON, BY = date(2026, 8, 12), "410804-N-liaison"
PARTIES = [Party(f"示例{n}（模拟）有限公司", credit_code(n + 600)) for n in range(7)]
_RECORD = st.builds(lambda a, b: RecordReferral(PARTIES[a], PARTIES[b], ON, BY), st.integers(0, 6), st.integers(0, 6))
_WITHDRAW = st.builds(lambda n: WithdrawReferral(n, "登记有误", ON, BY), st.integers(1, 9))


def told(commands: list[Any]) -> tuple[list[Recorded], dict[str, str]]:
    """The events of what was not refused, and who was brought by whom in the end."""
    state, events = REFERRALS.initial, list[Any]()
    for command in commands:
        decided = REFERRALS.decide(command, state)
        if not isinstance(decided, Rejection):
            events += decided
            state = REFERRALS.fold(decided, state)
    return [recorded("projects", "410804-W-1", n, event) for n, event in enumerate(events, 1)], dict(state.brought_by)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_RECORD | _WITHDRAW, max_size=14), st.integers(1, 5))
def test_the_reach_of_every_referrer_is_the_graphs(
    databases: tuple[Database, Database], commands: list[Any], size: int
) -> None:
    events, brought_by = told(commands)
    total = total_of(referral_reach)
    assert total is not None
    with psycopg.connect(databases[1].owner_url, autocommit=True) as connection:
        read_schema.create(connection, projections, READ)
        for first in range(0, len(events), size):
            changes = Changes()
            for event in events[first : first + size]:
                projections.apply(event, changes)
            with connection.transaction():
                write_changes(connection, changes, READ)
        stored, fresh = summed(connection, total)
        found = set(connection.execute("SELECT root, generation, party, above FROM read.referral_reach"))
    assert stored == fresh
    assert found == {
        (root, generation, party, brought_by[party])
        for root in set(brought_by.values())
        for generation, parties in enumerate(generations(brought_by, root), 1)
        for party in parties
    }
    assert {root for root, *_ in found} <= {party_key(one) for one in PARTIES}
