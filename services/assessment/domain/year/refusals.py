"""Refusals that several rules share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from services.assessment.domain.values import Ranked
from services.assessment.domain.year.state import PHASE_ZH, Phase, Year
from sevenx.kernel.errors import Rejection

CLAUSE = "三(五)"


def wrong_phase(state: Year, verb_zh: str, verb_en: str, *, wanted: Iterable[Phase]) -> Rejection:
    """The year does not stand where this can be done; says where it stands and where it must."""
    phases = tuple(wanted)
    must = "、".join(f"“{PHASE_ZH[one]}”" for one in phases)
    return Rejection(
        "wrong-phase",
        zh=f"本年度考核现为“{PHASE_ZH[state.phase]}”，{must}时才能{verb_zh}。",
        en=f"The assessment is {state.phase}; one can {verb_en} only while it is {' or '.join(phases)}.",
        rule=CLAUSE,
        details={"phase": state.phase, "wanted": list(phases)},
        status=409,
    )


def not_assessed(state: Year, subject: str) -> Rejection:
    """The subject is in no cohort of the rulebook."""
    subjects = [one.subject for one in state.ranking]
    return Rejection(
        "not-assessed",
        zh=f"{subject} 不在本年度考核对象之列；考核对象以考核办法所列为准。",
        en=f"{subject} is not assessed this year: the rulebook says who is.",
        rule=CLAUSE,
        details={"subject": subject, "subjects": subjects},
        status=404,
    )


def reason_missing(field: str = "reason") -> Rejection:
    return Rejection(
        "reason-missing",
        zh=f"请在 {field} 中写明理由。",
        en=f"Say why in `{field}`.",
        rule=CLAUSE,
        field=field,
    )


def own_matter(zh: str, en: str) -> Rejection:
    return Rejection("own-matter", zh=zh, en=en, rule=CLAUSE, status=403)


def document_missing() -> Rejection:
    return Rejection(
        "document-missing",
        zh="请在 document_number 中填写文号（如 马文〔2027〕3号）。",
        en="Give the number of the document in `document_number`.",
        rule=CLAUSE,
        field="document_number",
    )


def with_total(ranking: Iterable[Ranked], subject: str, total: Decimal) -> list[Ranked]:
    """The ranking's lines with another total for one subject; places are not yet made anew."""
    return [replace(one, total=total) if one.subject == subject else one for one in ranking]
