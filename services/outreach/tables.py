"""The tables of outreach's read model. Each can be dropped and filled again from the bus."""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, Date, DateTime, Index, Integer, MetaData, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB

from sevenx.district.posts import posts
from sevenx.district.published import published_calendars, published_settings
from sevenx.district.units import units_and_groups
from sevenx.kernel.projection import READ, projection_table

metadata = MetaData(schema=READ)
POSTS = posts(metadata)
"""Who holds which post; whom a command is permitted to is found here."""
SETTINGS = published_settings(metadata)
CALENDARS = published_calendars(metadata)
UNITS = units_and_groups(metadata)
unit, work_group = UNITS.unit, UNITS.work_group
_yuan = Numeric(20, 2)

# The registry's other facts, in the stream of the district or of a person.
city = projection_table("city", metadata, Column("zh", Text, nullable=False))
person = projection_table("person", metadata, Column("zh", Text, nullable=False))

# Trips, each in its own stream.
trip = projection_table(
    "trip",
    metadata,
    Column("status", Text, nullable=False),
    Column("traveller", Text, nullable=False),
    Column("traveller_name", Text, nullable=False),
    Column("unit", Text),
    Column("group", Text),
    Column("kind", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("destinations", JSONB, nullable=False),
    Column("outside", Boolean, nullable=False, comment="a destination lies outside the city"),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("companions", ARRAY(Text), nullable=False),
    Column("enterprises", ARRAY(Text), nullable=False),
    Column("approval", Text, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("abroad_document", Text),
    Column("budget", Text),
    Column("estimate", _yuan),
    Column("decided_by", Text, comment="who approved, rejected or cancelled"),
    Column("decided_on", Date),
    Column("reason", Text, comment="of a rejection, a cancellation or the last correction"),
    Column("result_due_on", Date),
    Column("result_overdue", Boolean, nullable=False),
    Column("result", Text),
    Column("filed_on", Date),
    Column("in_time", Boolean),
    Column("counted", Integer, nullable=False, comment="days that count towards a quota"),
    Column("corrected", Boolean, nullable=False),
)
Index("trip_by_traveller", trip.c.traveller, trip.c.starts_on)
Index("trip_by_unit", trip.c.unit, trip.c.starts_on)
Index("trip_by_status", trip.c.status, trip.c.starts_on)
visit = projection_table(
    "visit",
    metadata,
    Column("visit", Integer, primary_key=True),
    Column("visited_on", Date, nullable=False),
    Column("enterprise", Text, nullable=False),
    Column("code", Text),
    Column("place", Text, nullable=False),
    Column("outside_city", Boolean, nullable=False),
    Column("people_met", Integer, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("summary", Text, nullable=False),
    Column("lead", Text),
    Column("recorded_by", Text, nullable=False),
    Column("withdrawn", Text, comment="the reason"),
)
trip_day = projection_table(
    "trip_day",
    metadata,
    Column("day", Date, primary_key=True, comment="a day that counts"),
    Column("traveller", Text, nullable=False),
)
Index("trip_day_by_traveller", trip_day.c.traveller, trip_day.c.day)

# Quotas, one stream a head, unit and year, and one a year.
quota = projection_table(
    "quota",
    metadata,
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("spans", JSONB, nullable=False, comment="days in the post: [from, until], both included"),
    Column("base_days", Integer, nullable=False),
    Column("required_days", Integer, nullable=False),
    Column("counted_days", Integer, nullable=False),
    Column("fulfilled", Boolean, nullable=False),
    Column("shortfall_days", Integer, nullable=False, comment="as last noted"),
    Column("noted_on", Date, comment="as of when a shortfall was last noted or cleared"),
)
Index("quota_by_year", quota.c.year, quota.c.unit)
Index("quota_by_person", quota.c.person, quota.c.year)

# Budgets, one stream a fund, unit and year.
budget = projection_table(
    "budget",
    metadata,
    Column("fund", Text, nullable=False),
    Column("unit", Text),
    Column("year", Integer, nullable=False),
    Column("allocated", _yuan, nullable=False),
)
budget_document = projection_table(
    "budget_document",
    metadata,
    Column("document_number", Text, primary_key=True),
    Column("amount", _yuan, nullable=False, comment="negative for a reduction"),
    Column("reason", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("by", Text, nullable=False),
)
commitment = projection_table(
    "commitment",
    metadata,
    Column("commitment", Integer, primary_key=True),
    Column("unit", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("trip", Text),
    Column("amount", _yuan, nullable=False),
    Column("released", Boolean, nullable=False),
    Column("committed_on", Date, nullable=False),
)
expense = projection_table(
    "expense",
    metadata,
    Column("expense", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("trip", Text),
    Column("commitment", Integer),
    Column("kind", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("claimed", _yuan, nullable=False),
    Column("amount", _yuan, nullable=False, comment="claimed, then approved, then paid"),
    Column("claimed_by", Text, nullable=False),
    Column("claimed_on", Date, nullable=False),
    Column("breaches", JSONB, nullable=False),
    Column("rulebook", Text, nullable=False),
    Column("details", JSONB, comment="the reception or the journey"),
    Column("decided_by", Text),
    Column("decided_on", Date),
    Column("reason", Text),
    Column("rule", Text, comment="by which it was rejected"),
    Column("voucher_number", Text),
    Column("paid_on", Date),
)
Index("expense_by_state", expense.c.state, expense.c.unit)
Index("expense_by_voucher", expense.c.voucher_number)

deadline = projection_table(
    "deadline",
    metadata,
    Column("name", Text, primary_key=True, comment="result of a trip, forecast of a year"),
    Column("due_at", DateTime(timezone=True), nullable=False),
)
Index("deadline_due", deadline.c.due_at)
