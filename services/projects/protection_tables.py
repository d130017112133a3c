"""The read model's tables of protections (an investor's stream) and referrals (the district's stream)."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.projects.tables import metadata
from sevenx.kernel.projection import projection_table

protection = projection_table(
    "protection",
    metadata,
    Column("lead", Text, primary_key=True),
    Column("finder", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("investor_name", Text, nullable=False),
    Column("intent", Text, nullable=False),
    Column("report", Integer, nullable=False),
    Column("registered_on", Date, nullable=False),
    Column("standing", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("from_date", Date),
    Column("until", Date),
    Column("basis", Text),
    Column("warn_days", Integer),
    Column("release_days", Integer),
    Column("extended", Boolean),
    Column("project", Text),
    Column("fulfilled", Boolean),
    Column("idle_from", Date),
    Column("warned_since", Date),
    Column("proposed_since", Date),
    Column("ended_cause", Text),
)
"""Every report of an investor: holding, queued or ended. What only a protection has is null for those that wait."""
Index("protection_by_lead", protection.c.lead)
_END_ORDER = (protection.c.until, protection.c.stream, protection.c.report)
Index("protection_by_end", *_END_ORDER)
Index("protection_by_group", protection.c.group_id, *_END_ORDER)
Index("protection_by_finder", protection.c.finder, *_END_ORDER)
Index("protection_by_standing", protection.c.standing, *_END_ORDER)
Index("protection_proposed", *_END_ORDER, postgresql_where=protection.c.proposed_since.is_not(None))
Index("protection_by_intent", protection.c.stream, protection.c.intent, protection.c.report)

first_talk = projection_table(
    "first_talk",
    metadata,
    Column("intent", Text, primary_key=True),
    Column("lead", Text, nullable=False),
    Column("finder", Text, nullable=False),
    Column("talked_on", Date, nullable=False),
    Column("sha256", Text, nullable=False),
)

contest = projection_table(
    "contest",
    metadata,
    Column("contest", Integer, primary_key=True),
    Column("lead", Text, nullable=False),
    Column("finder", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("holder_unit", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("intent", Text, nullable=False),
    Column("grounds", Text, nullable=False),
    Column("evidence", JSONB, nullable=False),
    Column("contested_on", Date, nullable=False),
    Column("decide_by", Date, nullable=False),
    Column("referee", Text, nullable=False),
    Column("state", Text, nullable=False, comment="open, upheld, dismissed or lapsed"),
    Column("overdue", Boolean, nullable=False),
    Column("closed_on", Date),
    Column("reason", Text),
)
Index("contest_by_state", contest.c.state, contest.c.decide_by)

referral = projection_table(
    "referral",
    metadata,
    Column("referral", Integer, primary_key=True),
    Column("referrer_name", Text, nullable=False),
    Column("referrer_key", Text, nullable=False),
    Column("referred_name", Text, nullable=False),
    Column("referred_key", Text, nullable=False),
    Column("lead", Text),
    Column("note", Text, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("withdrawn_on", Date),
)
REFERRAL_HOLDS = referral.c.withdrawn_on.is_(None)
Index("referral_by_referrer", referral.c.referrer_key, referral.c.referral, postgresql_where=REFERRAL_HOLDS)
Index("referral_by_referred", referral.c.referred_key, referral.c.referral, postgresql_where=REFERRAL_HOLDS)
Index("referral_that_holds", referral.c.referral, postgresql_where=REFERRAL_HOLDS)
