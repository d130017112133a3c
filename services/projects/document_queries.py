"""SELECTs of stored documents."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select

from services.projects import tables as t
from services.projects.document_tables import document
from services.projects.matter_tables import procedure

SENT_AT_MOST = 200
"""Times that one document was sent in, of which the reader's right is looked for."""


def with_subjects(stream: str, reader: str) -> Select[Any]:
    """A document with all that decides who may read it: each thing for which it was sent in, with the group, finder,
    landing unit and stage of its project or lead, of a lead those of the project that it became, and the unit of a
    procedure. What the reader sent in himself comes first."""
    d, p, lead = document.c, t.project.c, t.lead.c
    joined = (
        document.outerjoin(procedure, procedure.c.stream == d.subject)
        .outerjoin(t.lead, lead.stream == d.subject)
        .outerjoin(t.project, p.stream == func.coalesce(procedure.c.project, lead.project, d.subject))
        .outerjoin(t.evidence, and_(t.evidence.c.stream == p.stream, t.evidence.c.sha256 == d.sha256))
    )
    return (
        select(
            document,
            p.stage,
            p.landing_unit,
            func.coalesce(p.group_id, lead.group_id).label("group_id"),
            func.coalesce(p.finder, lead.finder).label("finder"),
            lead.found_by,
            lead.found_group,
            procedure.c.unit,
            t.evidence.c.title,
        )
        .select_from(joined)
        .where(d.stream == stream)
        .order_by((d.stored_by != literal(reader)), d.subject, d.stored_by)
        .limit(SENT_AT_MOST)
    )


def of_subject(subject: str, limit: int) -> Select[Any]:
    """The documents that were sent in for a lead, project or procedure; of a project those of its procedures and of its
    lead too. One
    row a document, thing and sender."""
    d = document.c
    procedures = select(procedure.c.stream).where(procedure.c.project == subject)
    lead = select(t.project.c.lead).where(t.project.c.stream == subject)
    return (
        select(document)
        .where(or_(d.subject == subject, d.subject.in_(procedures), d.subject.in_(lead)))
        .order_by(d.subject, d.sha256, d.stored_by)
        .limit(limit)
    )
