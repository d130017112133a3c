"""Leads, their protection, and projects."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Numeric, Text, false, func
from sqlalchemy.dialects.postgresql import JSONB

from services.portal.tables.base import INSTANT, QUANTITY, metadata, yuan
from sevenx.kernel.projection import projection_table
from sevenx.kernel.search import searched_texts

lead = projection_table(
    "lead",
    metadata,
    Column("title", Text, nullable=False),
    Column("intent", Text, nullable=False),
    Column("investor_name", Text, nullable=False),
    Column("investor_code", Text),
    Column("investor_id", Text),
    Column("investor_key", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("origin_place", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("referred_by", Text),
    Column("industry", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("finder", Text, nullable=False),
    yuan("expected_investment"),
    Column("registered_on", Date, nullable=False),
    Column("registered_by", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("closed_reason", Text),
    Column("project", Text),
    Column("found_by", Text),
    Column("found_group", Text),
    Column("parts", JSONB),
)
"""`finder` and `group_id` work on it now, `found_by` and `found_group` registered it (流转)."""
Index("lead_by_group", lead.c.group_id, lead.c.stream)
Index("lead_by_enterprise", lead.c.investor_id)
Index("lead_by_investor_code", lead.c.investor_code)
Index("lead_by_investor_key", lead.c.investor_key)
Index("lead_by_status", lead.c.status, lead.c.stream)
Index("lead_by_industry", lead.c.industry, lead.c.stream)
LEAD_INVESTMENT = func.coalesce(lead.c.expected_investment, 0)
"""What leads are sorted by where nobody has said what is expected."""
Index("lead_by_investment", LEAD_INVESTMENT, lead.c.stream)
lead_text = searched_texts("lead_text", metadata)
"""Title and investor."""

protection = projection_table(
    "protection",
    metadata,
    Column("lead", Text, primary_key=True),
    Column("intent_key", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("report", Integer, nullable=False, comment="the order of the reports of this investor: 1 is the first"),
    Column("registered_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("position", Integer, comment="in the queue, as it was when it joined"),
    Column("basis", Text),
    Column("from_date", Date),
    Column("until", Date),
    Column("extended", Boolean, nullable=False),
    Column("idle_since", Date),
    Column("idle_days", Integer),
    Column("release_proposed", Boolean, nullable=False),
    Column("talked_on", Date),
    Column("reason", Text),
)
"""Every lead of an investor's stream (首报首谈): `active` for the one that is protected within its intent, `queued` for
those kept behind it (备案), and how it ended for the others."""
Index("protection_by_lead", protection.c.lead)
Index("protection_by_state", protection.c.state, protection.c.until)

contest = projection_table(
    "contest",
    metadata,
    Column("contest", Integer, primary_key=True),
    Column("lead", Text, nullable=False),
    Column("by_unit", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("holder_unit", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("intent_key", Text, nullable=False),
    Column("grounds", Text, nullable=False),
    Column("contested_on", Date, nullable=False),
    Column("decide_by", Date, nullable=False),
    Column("referee", Text, nullable=False),
    Column("state", Text, nullable=False, comment="open, upheld, dismissed or lapsed"),
    Column("overdue", Boolean, nullable=False),
    Column("reason", Text),
    Column("decided_by", Text),
    Column("decided_on", Date),
)

project = projection_table(
    "project",
    metadata,
    Column("lead", Text, comment="null for one of an old ledger"),
    Column("name", Text, nullable=False),
    Column("project_type", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("investor_name", Text, nullable=False),
    Column("investor_code", Text),
    Column("investor_id", Text),
    Column("investor_key", Text, comment="the lead's; null for one of an old ledger"),
    Column("origin", Text, nullable=False),
    Column("origin_place", Text, nullable=False),
    Column("industry", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("finder", Text, nullable=False),
    yuan("planned_investment"),
    Column("opened_on", Date, nullable=False),
    Column("stage", Text, nullable=False),
    Column("stage_since", Date),
    Column("status", Text, nullable=False),
    Column("status_since", Date),
    Column("status_reason", Text),
    Column("landing_unit", Text),
    Column("contract_number", Text),
    yuan("contract_amount"),
    yuan("signed_amount"),
    Column("conversion", JSONB),
    Column("extends", Text),
    Column("company_name", Text),
    Column("company_code", Text),
    Column("company_on", Date),
    Column("project_code", Text),
    Column("light", Text, nullable=False, comment="green, yellow or red; green from the opening on"),
    Column("light_as_of", Date),
    Column("light_reasons", JSONB),
    Column("stalled_since", Date),
    Column("stalled_days", Integer),
    Column("stall_limit", Integer),
    Column("talked_on", Date),
    Column("baseline", Text, comment="of one of an old ledger: pending, approved or rejected"),
)
Index("project_by_group", project.c.group_id, project.c.stream)
Index("project_by_stage", project.c.stage, project.c.stream)
Index("project_by_light", project.c.light, project.c.stream)
Index("project_by_industry", project.c.industry, project.c.stream)
Index("project_by_status", project.c.status, project.c.stream)
PROJECT_AMOUNT = func.coalesce(project.c.contract_amount, 0)
"""What projects are sorted by, also before a contract."""
Index("project_by_amount", PROJECT_AMOUNT, project.c.stream)
PROJECT_STAGE_SINCE = func.coalesce(project.c.stage_since, project.c.opened_on)
Index("project_by_stage_since", PROJECT_STAGE_SINCE, project.c.stream)
PROJECT_GOES_ON = project.c.status.not_in(("lost", "terminated"))
Index("project_in_light", project.c.light, project.c.stage_since, project.c.stream, postgresql_where=PROJECT_GOES_ON)
project_text = searched_texts("project_text", metadata)
"""Name, investor, company and project code."""
Index("project_by_lead", project.c.lead)
Index("project_by_base", project.c.extends)
Index("project_by_enterprise", project.c.investor_id)
Index("project_by_company", project.c.company_code)

project_stage = projection_table(
    "project_stage",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("reached_on", Date, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("baselined", Boolean, nullable=False, server_default=false(), comment="by an old ledger, without evidence"),
)
"""The stages that hold: a correction deletes those that were taken back."""

agreed_date = projection_table(
    "agreed_date",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("agreed_on", Date, nullable=False),
    Column("previous", Date),
    Column("reason", Text, nullable=False),
)

evidence = projection_table(
    "evidence",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("dated", Date, nullable=False),
    Column("filed_on", Date, nullable=False),
    Column("filed_by", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
)

funds_claim = projection_table(
    "funds_claim",
    metadata,
    Column("claim", Integer, primary_key=True),
    Column("claimant", Text, nullable=False),
    Column("month", Text, nullable=False),
    Column("claimed_on", Date, nullable=False),
    yuan("claimed"),
    Column("vouchers", JSONB, nullable=False, comment="number and sha256 of each"),
    Column("minutes_sha256", Text),
    Column("referee", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("step", Text, nullable=False),
    yuan("checked"),
    Column("checked_on", Date),
    yuan("recognised"),
    Column("recognised_on", Date),
    yuan("reversed"),
    Column("excess_note", Text),
)
"""`checked` and `recognised` are what is left of a claim after reversals, `reversed` what the last one took away."""
Index("funds_claim_by_step", funds_claim.c.step, funds_claim.c.stream)

credit = projection_table(
    "credit",
    metadata,
    Column("cohort", Text, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("shares", JSONB, nullable=False),
    Column("basis", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

project_gate = projection_table(
    "project_gate",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("gate", Text, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("departments", JSONB, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("conditions", Text, nullable=False),
    Column("taken_back", Boolean, nullable=False),
)
"""Gates before the contract (前置程序): all that were held."""

project_promise = projection_table(
    "project_promise",
    metadata,
    Column("promise", Integer, primary_key=True),
    Column("party", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("value", Numeric(20, 4)),
    Column("unit", Text),
    Column("clause", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("state", Text, nullable=False, comment="open, overdue, fulfilled, broken or withdrawn"),
    Column("ended_on", Date),
    Column("reached", Numeric(20, 4)),
    Column("evidence_sha256", Text),
    Column("reason", Text),
    Column("gate", Integer),
    Column("basis_sha256", Text),
)
"""The ledger of promises (承诺台账)."""

work_item = projection_table("work_item", metadata, Column("group_id", Text, nullable=False, index=True))
figure_entry = projection_table(
    "figure_entry",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("at", INSTANT, nullable=False, comment="business time: decides the period"),
    Column("value", QUANTITY, comment="null: takes back the entry of this indicator that stands before it"),
)
"""What a lead or project adds to its group's figures: entries that may be summed in any order."""
