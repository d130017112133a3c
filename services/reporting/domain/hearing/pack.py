"""The briefing pack: prepared from the events, and known by its digest."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from services.reporting.domain.hearing.commands import PreparePack
from services.reporting.domain.hearing.events import BriefingPackPrepared
from services.reporting.domain.hearing.state import Hearing, HearingStatus
from services.reporting.domain.hearing.values import Pack
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(一)"


def prepare(command: PreparePack, state: Hearing) -> Decision:
    """三(一): the district hears what happened since the hearing before. The same pack again changes nothing, and once
    the hearing is over its pack stays as it was shown."""
    if state.status is not HearingStatus.SCHEDULED:
        return Rejection(
            "hearing-over",
            zh="听取汇报已召开，汇报材料不再变更。",
            en="The hearing is over; its briefing pack stays as it was shown.",
            rule=CLAUSE,
            details={"status": state.status},
            status=409,
        )
    pack = command.pack
    if (pack.covers_from, pack.covers_until) != (state.covers_from, state.covers_until):
        return Rejection(
            "pack-covers-another-time",
            zh="汇报材料的统计时段与本次听取汇报不符，请重新生成。",
            en="The pack covers another time than the hearing does; prepare it anew.",
            rule=CLAUSE,
            status=409,
        )
    found = digest(pack)
    if found == state.pack_sha256:
        return []
    return [
        BriefingPackPrepared(
            pack=state.pack + 1,
            covers_from=pack.covers_from,
            covers_until=pack.covers_until,
            as_of=pack.as_of,
            sha256=found,
            groups=pack.groups,
            units=pack.units,
            reports=pack.reports,
            projects=pack.projects,
            directives=pack.directives,
            prepared_by=command.by,
        )
    ]


def digest(pack: Pack) -> str:
    """SHA-256 of the pack as JSON: UTF-8, keys in order, no blanks; amounts with two digits, instants in UTC."""
    text = json.dumps(asdict(pack), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    match value:
        case Decimal():
            return f"{value:.2f}"
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
    raise TypeError(f"a pack holds no {type(value).__name__}")
