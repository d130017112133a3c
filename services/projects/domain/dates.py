"""Dates that rules of several aggregates check or compute."""

from __future__ import annotations

import calendar
from datetime import date

from sevenx.kernel.errors import Rejection


def check_date(zh: str, field: str, on: date, today: date, not_before: date | None = None) -> Rejection | None:
    """A thing that is recorded has happened, and not before what it follows. `zh` is what the day is called."""
    if on > today:
        return Rejection(
            "date-in-future",
            f"{zh} {on} 晚于今天 {today}；尚未发生的事项不能登记。",
            f"`{field}`, {on}, lies after today, {today}; what has not happened cannot be recorded.",
            field=field,
        )
    if not_before is not None and on < not_before:
        return Rejection(
            "date-out-of-order",
            f"{zh} {on} 早于前一环节的日期 {not_before}。",
            f"`{field}`, {on}, lies before the step that it follows, {not_before}.",
            details={"not_before": not_before.isoformat()},
            field=field,
        )
    return None


def check_reason(reason: str, field: str = "reason") -> Rejection | None:
    """What changes or corrects the record says why."""
    if reason.strip():
        return None
    return Rejection("reason-missing", "须写明原因。", "A reason is needed.", field=field)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; a day that the month lacks is its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
