"""The year's assessment: rulebooks, scores with their explanation, ranking, appeals."""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, Date, Integer, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.portal.tables.base import INSTANT, metadata
from sevenx.kernel.projection import projection_table

_POINTS = Numeric(12, 2)

rulebook = projection_table(
    "rulebook",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("published_on", Date, nullable=False),
)
score = projection_table(
    "score",
    metadata,
    Column("year", Integer, nullable=False, index=True),
    Column("cohort", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("subject_name", Text, nullable=False),
    Column("rulebook", Integer, nullable=False),
    Column("calculation", Integer, nullable=False),
    Column("total", _POINTS, nullable=False),
    Column("items", JSONB, nullable=False, comment="each indicator with its points, formula and facts"),
    Column("as_of", INSTANT, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("scale", Numeric(12, 6), nullable=False),
)
"""A subject's latest score."""
score_facts = projection_table(
    "score_facts",
    metadata,
    Column("indicator", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("calculation", Integer, nullable=False),
    Column("facts", JSONB, nullable=False),
)
"""Facts of items that have more than the score itself holds; those of an earlier calculation don't count."""
score_correction = projection_table(
    "score_correction",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("calculation", Integer, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("was", _POINTS, nullable=False),
    Column("now", _POINTS, nullable=False),
    Column("reason", Text, nullable=False),
    Column("corrected_by", Text, nullable=False),
    Column("corrected_on", Date, nullable=False),
    Column("appeal", Integer),
)
assessment = projection_table(
    "assessment",
    metadata,
    Column("year", Integer, nullable=False, index=True),
    Column("phase", Text, nullable=False, comment="provisional, rated, public, notice_ended, settled or frozen"),
    Column("calculation", Integer),
    Column("rulebook", Integer),
    Column("as_of", INSTANT),
    Column("ranking", JSONB, comment="of the phase; while provisional, of the latest calculation"),
    Column("calculated_ranking", JSONB),
    Column("publicized_on", Date),
    Column("until", Date),
    Column("until_at", INSTANT),
    Column("document_number", Text),
    Column("version", Integer, comment="of the frozen result"),
)
appeal = projection_table(
    "appeal",
    metadata,
    Column("appeal", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("appellant", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("indicator", Text),
    Column("grounds", Text, nullable=False),
    Column("evidence", ARRAY(Text), nullable=False),
    Column("filed_by", Text, nullable=False),
    Column("filed_on", Date, nullable=False),
    Column("state", Text, nullable=False, comment="open, upheld or dismissed"),
    Column("correction", JSONB),
    Column("reason", Text),
    Column("reviewed_by", Text),
    Column("reviewed_on", Date),
)
veto = projection_table(
    "veto",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("veto", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("document_number", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("lifted", Boolean, nullable=False),
)
commendation = projection_table(
    "commendation",
    metadata,
    Column("commendation", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("subject_name", Text, nullable=False),
    Column("person", Text),
    Column("reason", Text, nullable=False),
)
