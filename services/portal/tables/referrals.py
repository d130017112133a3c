"""Referrals (以企引企): who brought whom."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Text

from services.portal.tables.base import metadata
from sevenx.kernel.projection import projection_table

referral = projection_table(
    "referral",
    metadata,
    Column("referral", Integer, primary_key=True),
    Column("referrer_key", Text, nullable=False),
    Column("referrer_name", Text, nullable=False),
    Column("referrer_id", Text),
    Column("referred_key", Text, nullable=False),
    Column("referred_name", Text, nullable=False),
    Column("referred_id", Text),
    Column("lead", Text),
    Column("note", Text, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("withdrawn_on", Date),
    Column("reason", Text, comment="why it was withdrawn"),
)
"""A party's key is its credit code, else a hash of its name (`sevenx.district.parties`)."""
Index("referral_by_referrer", referral.c.referrer_key)
Index("referral_by_referred", referral.c.referred_key)
