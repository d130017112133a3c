"""The read model's tables. A row belongs to one stream; rows are joined when they are read, and totals summed or
kept (`total_tables`)."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, MetaData, Numeric, Text, case, false, func
from sqlalchemy.dialects.postgresql import JSONB

from services.projects.domain.values import Light, Status
from sevenx.district.posts import posts
from sevenx.district.published import published_calendars, published_settings
from sevenx.district.units import units_and_groups
from sevenx.kernel.projection import READ, projection_table
from sevenx.kernel.search import searched_texts

metadata = MetaData(schema=READ)
POSTS = posts(metadata)
"""Who holds which post; whom a command is permitted to is found here."""
SETTINGS = published_settings(metadata)
CALENDARS = published_calendars(metadata)
UNITS = units_and_groups(metadata)
UNDER_WAY = (Status.ACTIVE.value, Status.DELAYED.value, Status.DORMANT.value)
"""Statuses in which a project shows a light."""


def _yuan(name: str) -> Column[object]:
    return Column(name, Numeric(20, 2))


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
    Column("industry_code", Text),
    Column("group_id", Text, nullable=False),
    Column("finder", Text, nullable=False),
    _yuan("expected_investment"),
    Column("contact", Text),
    Column("registered_on", Date, nullable=False),
    Column("registered_by", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("qualified_on", Date),
    Column("talked_on", Date),
    Column("closed_on", Date),
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
Index("lead_by_investor_key", lead.c.investor_key, lead.c.stream)
Index("lead_by_status", lead.c.status, lead.c.stream)
Index("lead_by_finder", lead.c.finder, lead.c.stream)
Index("lead_by_industry", lead.c.industry, lead.c.stream)
LEAD_INVESTMENT = func.coalesce(lead.c.expected_investment, 0)
"""What leads are sorted by where nobody has said what is expected."""
Index("lead_by_investment", LEAD_INVESTMENT, lead.c.stream)
lead_text = searched_texts("lead_text", metadata)
"""Title and investor."""

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
    Column("origin", Text, nullable=False),
    Column("origin_place", Text, nullable=False),
    Column("industry", Text, nullable=False),
    Column("industry_code", Text),
    Column("group_id", Text, nullable=False),
    Column("finder", Text, nullable=False),
    _yuan("planned_investment"),
    Column("opened_on", Date, nullable=False),
    Column("stage", Text, nullable=False),
    Column("stage_since", Date),
    Column("status", Text, nullable=False),
    Column("status_since", Date),
    Column("status_reason", Text),
    Column("landing_unit", Text),
    Column("contract_number", Text),
    _yuan("contract_amount"),
    _yuan("signed_amount"),
    Column("conversion", JSONB),
    Column("extends", Text),
    Column("company_name", Text),
    Column("company_code", Text),
    Column("company_on", Date),
    Column("project_code", Text),
    Column("filed_on", Date),
    Column("intent_on", Date),
    Column("code_on", Date),
    Column("funds_on", Date),
    Column("talked_on", Date),
    Column("resumed_on", Date),
    Column("gated_on", Date),
    Column("stalled_since", Date),
    Column("light", Text, nullable=False),
    Column("light_since", Date, nullable=False),
    Column("light_reasons", JSONB, nullable=False),
    Column("baseline_standing", Text, comment="of one of an old ledger: pending, approved or rejected"),
)
"""`…_on` is the latest day of a kind of progress; the latest of them all is the project's progress."""
PROJECT_PROGRESS = func.greatest(
    *(project.c[f"{kind}_on"] for kind in ("opened", "filed", "intent", "company", "code", "funds", "talked")),
    *(project.c[name] for name in ("resumed_on", "gated_on", "stage_since")),
)
"""PostgreSQL's greatest() passes over nulls."""
PROJECT_STANDS = project.c.baseline_standing.is_(None) | (project.c.baseline_standing == "approved")
"""Whether a project is one of the district's: an old ledger's is after its approval."""
PROJECT_CARRIER = func.coalesce(project.c.landing_unit, project.c.finder)
"""The unit that has to move the project on."""
PROJECT_GRAVITY = func.coalesce(case({one.value: one.gravity for one in Light}, value=project.c.light), 0)
Index("project_by_light", project.c.light, project.c.group_id)
Index("project_by_base", project.c.extends)
Index("project_by_lead", project.c.lead)
Index("project_by_enterprise", project.c.investor_id)
Index("project_by_company", project.c.company_code)
Index("project_by_type", project.c.project_type, project.c.stream)
Index("project_by_group", project.c.group_id, project.c.stream)
Index("project_by_stage", project.c.stage, project.c.stream)
Index("project_by_industry", project.c.industry, project.c.stream)
Index("project_by_status", project.c.status, project.c.stream)
Index("project_by_landing_unit", project.c.landing_unit, project.c.stream)
PROJECT_AMOUNT = func.coalesce(project.c.contract_amount, 0)
"""What projects are sorted by, also before a contract."""
Index("project_by_amount", PROJECT_AMOUNT, project.c.stream)
PROJECT_STAGE_SINCE = func.coalesce(project.c.stage_since, project.c.opened_on)
_UNDER_WAY = project.c.status.in_(UNDER_WAY)
Index("project_by_gravity", PROJECT_GRAVITY.desc(), PROJECT_PROGRESS, project.c.stream, postgresql_where=_UNDER_WAY)
Index("project_by_progress", project.c.light, PROJECT_PROGRESS, project.c.stream, postgresql_where=_UNDER_WAY)
Index("project_by_carrier", PROJECT_CARRIER, project.c.stream, postgresql_where=_UNDER_WAY)
Index("project_stalled", PROJECT_PROGRESS, project.c.stream, postgresql_where=project.c.stalled_since.is_not(None))
Index("project_by_stage_since", PROJECT_STAGE_SINCE, project.c.stream)
project_text = searched_texts("project_text", metadata)
"""Name, investor, company and project code."""

project_stage = projection_table(
    "project_stage",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("reached_on", Date, nullable=False),
    Column("agreed_on", Date),
    Column("rulebook", Text, nullable=False),
    Column("evidence", JSONB, nullable=False),
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
    Column("set_on", Date, nullable=False),
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
    Column("filed_for", Text),
    Column("withdrawn", Boolean, nullable=False),
)

intent = projection_table(
    "intent",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("signed_on", Date, nullable=False),
    _yuan("amount"),
)

funds_claim = projection_table(
    "funds_claim",
    metadata,
    Column("claim", Integer, primary_key=True),
    Column("claimant", Text, nullable=False),
    Column("claimed_by", Text, nullable=False),
    Column("month", Text, nullable=False),
    Column("claimed_on", Date, nullable=False),
    _yuan("claimed"),
    Column("referee", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("step", Text, nullable=False),
    _yuan("first_checked"),
    Column("checked_on", Date),
    Column("check_reason", Text),
    _yuan("checked"),
    Column("recognised_on", Date),
    Column("excess_note", Text),
    _yuan("recognised"),
)
"""`checked` and `recognised` are what is left of the claim after reversals."""
_FUNDS_ORDER = (funds_claim.c.month, funds_claim.c.stream, funds_claim.c.claim)
Index("funds_claim_by_month", *_FUNDS_ORDER)
Index("funds_claim_by_step", funds_claim.c.step, *_FUNDS_ORDER)
Index("funds_claim_by_referee", funds_claim.c.referee, *_FUNDS_ORDER)

voucher = projection_table(
    "voucher",
    metadata,
    Column("claim", Integer, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("number", Text, nullable=False),
    _yuan("amount"),
    Column("paid_on", Date, nullable=False),
    Column("payer", Text, nullable=False),
)

credit = projection_table(
    "credit",
    metadata,
    Column("cohort", Text, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("shares", JSONB, nullable=False),
    Column("basis", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("shared_on", Date, nullable=False),
)

talk = projection_table(
    "talk",
    metadata,
    Column("talk", Integer, primary_key=True),
    Column("held_on", Date, nullable=False),
    Column("place", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("sha256", Text),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_on", Date, nullable=False),
)
"""Talks of leads and of projects, each in its stream."""

timeline = projection_table(
    "timeline",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("event", Text, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("data", JSONB, nullable=False),
)
"""Every event of a lead, project, enterprise, procedure or problem, as it was: a project's page is its timeline."""

industry = projection_table(
    "industry",
    metadata,
    Column("industry", Text, primary_key=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("indicator", Boolean, nullable=False),
)
