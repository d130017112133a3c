"""Trips, the principal heads' quotas, and budgets."""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, Date, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.portal.tables.base import metadata, yuan
from sevenx.kernel.projection import projection_table

trip = projection_table(
    "trip",
    metadata,
    Column("traveller", Text, nullable=False),
    Column("traveller_name", Text, nullable=False),
    Column("unit", Text),
    Column("group_id", Text),
    Column("kind", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("destinations", JSONB, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("companions", ARRAY(Text), nullable=False),
    Column("enterprises", ARRAY(Text), nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("approval", Text, nullable=False),
    yuan("estimate"),
    Column("state", Text, nullable=False, comment="requested, approved, rejected, cancelled or completed"),
    Column("approved_by", Text),
    Column("result_due_on", Date),
    Column("overdue", Boolean, nullable=False),
    Column("reason", Text),
    Column("result", Text),
    Column("in_time", Boolean),
    Column("filed_on", Date),
    Column("counted_days", ARRAY(Text), nullable=False),
)
Index("trip_by_traveller", trip.c.traveller, trip.c.stream)
Index("trip_by_group", trip.c.group_id, trip.c.stream)
Index("trip_by_state", trip.c.state, trip.c.stream)

visit = projection_table(
    "visit",
    metadata,
    Column("visit", Integer, primary_key=True),
    Column("visited_on", Date, nullable=False),
    Column("enterprise", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("outside_city", Boolean, nullable=False),
    Column("people_met", Integer, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("summary", Text, nullable=False),
    Column("lead", Text),
    Column("withdrawn", Boolean, nullable=False),
)

quota = projection_table(
    "quota",
    metadata,
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("from_date", Date, nullable=False),
    Column("until_date", Date, nullable=False),
    Column("required_days", Integer, nullable=False),
    Column("counted_days", Integer, nullable=False),
    Column("fulfilled", Boolean, nullable=False),
    Column("as_of", Date),
    Column("required_by_now", Integer),
    Column("forecast_days", Integer),
    Column("shortfall_days", Integer, comment="foreseen at the year's end; null: none"),
)
"""What a principal head owes and has (三(一)); a row with zero days is a row."""
Index("quota_by_year", quota.c.year, quota.c.unit)

budget = projection_table(
    "budget",
    metadata,
    Column("fund", Text, nullable=False),
    Column("unit", Text),
    Column("year", Integer, nullable=False, index=True),
    Column("document_number", Text, nullable=False),
    yuan("allocated"),
)
commitment = projection_table(
    "commitment",
    metadata,
    Column("commitment", Integer, primary_key=True),
    Column("unit", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("trip", Text),
    yuan("amount"),
    Column("committed_on", Date, nullable=False),
    Column("released", Boolean, nullable=False),
    yuan("released_amount"),
)
expense = projection_table(
    "expense",
    metadata,
    Column("expense", Integer, primary_key=True),
    Column("unit", Text, nullable=False),
    Column("trip", Text),
    Column("commitment", Integer),
    Column("kind", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    yuan("claimed"),
    yuan("amount"),
    Column("claimed_by", Text, nullable=False),
    Column("claimed_on", Date, nullable=False),
    Column("breaches", JSONB, nullable=False),
    Column("state", Text, nullable=False, comment="claimed, approved, rejected, paid or reversed"),
    Column("reason", Text),
    Column("rule", Text),
    Column("voucher_number", Text),
    Column("paid_on", Date),
)
"""`amount` is what was approved; before that, what is claimed."""
Index("expense_by_state", expense.c.state, expense.c.claimed_on)
