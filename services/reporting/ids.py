"""The readable ids of reports: `410804-R-2026-07-G1`."""

from __future__ import annotations

import re

from services.reporting.domain.periods import Period

_GROUP = re.compile(r"^(?P<district>[0-9]{6})-G-(?P<number>[0-9]+)$")
REPORT_ID = r"^[0-9]{6}-R-[0-9]{4}-(0[1-9]|1[0-2])-G[0-9]+$"
"""The form of a report's id."""
GROUP_ID = _GROUP.pattern


def report_id(group: str, period: Period) -> str:
    """The stream of a group's report; ValueError when the group's id has another form."""
    match = _GROUP.match(group)
    if match is None:
        raise ValueError(f"{group!r} is no group's id like 410804-G-1")
    return f"{match['district']}-R-{period}-G{match['number']}"


HEARING_ID = r"^[0-9]{6}-HD-[0-9]{4}-(0[1-9]|1[0-2])$"
"""The form of a hearing's id: its year and month."""
DIRECTIVE_ID = r"^[0-9]{6}-V-[0-9]{4}-[0-9]{4,}$"
"""The form of a directive's id."""


def hearing_id(district: str, month: Period) -> str:
    """The stream of a month's hearing."""
    return f"{district}-HD-{month}"
