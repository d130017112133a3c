"""The district's settings, read with their types.

The registry publishes each as SettingChanged(key, value, type, clause), the value as text. What was never published has
the default below, which is the one of `data/districts/<code>/settings.yaml` (a test compares them). A published value
that cannot be read as its type is an error that names the key: the registry refuses such a value before it publishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction


@dataclass(frozen=True)
class Default:
    """What holds until the district publishes otherwise."""

    value: str
    type: str
    """How the text is read: `fraction` is a/b, `list` is separated by commas, `choice` is one of a few words."""
    clause: str
    """The clause of the notice whose rule has the figure."""
    one_of: tuple[str, ...] = ()
    """For a choice: the words that are allowed."""


_REPORT = "三（三）"
_OUTSIDE = "三（一）"
_FIRST_REPORT = "二（二）"
NEVER = "never"
"""What a setting that names a day says as long as there is none."""

DEFAULTS: Mapping[str, Default] = {
    "report.due_day": Default("25", "int", _REPORT),
    "report.due_reading": Default("until_day_end", "choice", _REPORT, ("until_day_end", "before_day")),
    "report.non_working_day": Default(
        "next_working_day", "choice", _REPORT, ("next_working_day", "previous_working_day", "no_move")
    ),
    "report.timezone": Default("Asia/Shanghai", "text", _REPORT),
    "report.clock_stops_at": Default("sign_off", "choice", _REPORT, ("draft", "review", "sign_off", "submit")),
    "report.contribution_day": Default("20", "int", _REPORT),
    "report.reminder_days_before": Default("5,2,0", "list", _REPORT),
    "report.escalation_days_after": Default("1,3", "list", _REPORT),
    "report.period_first_day": Default("26", "int", _REPORT),
    "report.period_last_day": Default("25", "int", _REPORT),
    "report.december_last_day": Default("31", "int", _REPORT),
    "liaison.per_group": Default("1", "int", _REPORT),
    "liaison.per_responsible_unit": Default("1", "int", _REPORT),
    "hearing.months": Default("2,4,6,8,10,12", "list", _OUTSIDE),
    "hearing.cover_day": Default("25", "int", _OUTSIDE),
    "hearing.working_days_after": Default("2", "int", _OUTSIDE),
    "directive.reminder_days_before": Default("3", "list", "三（五）"),
    "outreach.principal_quota": Default("1/4", "fraction", _OUTSIDE),
    "outreach.denominator": Default(
        "calendar_days_in_post", "choice", _OUTSIDE, ("calendar_days_in_post", "working_days_in_post")
    ),
    "outreach.outside_of": Default("410800", "text", _OUTSIDE),
    "outreach.named_enterprises": Default("1", "int", _OUTSIDE),
    "outreach.result_working_days": Default("5", "int", _OUTSIDE),
    "outreach.not_counted": Default("meeting,training,transit", "list", _OUTSIDE),
    "outreach.principal_kinds": Default("sub_district,department,office", "list", _OUTSIDE),
    "outreach.forecast_after_days": Default("60", "int", _OUTSIDE),
    "protection.months": Default("6", "int", _FIRST_REPORT),
    "protection.extensions": Default("1", "int", _FIRST_REPORT),
    "protection.warn_days": Default("30", "int", _FIRST_REPORT),
    "protection.release_days": Default("60", "int", _FIRST_REPORT),
    "protection.contest_working_days": Default("5", "int", _FIRST_REPORT),
    "protection.decision_working_days": Default("10", "int", _FIRST_REPORT),
    "credit.finder_share": Default("0.3", "decimal", "二（一）"),
    "credit.landing_share": Default("0.7", "decimal", "二（一）"),
    "gates.required_from": Default("never", "text", "三（五）"),
    "contract.rate_days": Default("5", "int", "三（五）"),
    "documents.required": Default("false", "bool", "三（五）"),
    "funds.monthly_basis": Default("first_checked", "choice", _REPORT, ("claimed", "first_checked", "recognised")),
    "funds.assessment_basis": Default("recognised", "choice", "三（五）", ("claimed", "first_checked", "recognised")),
    "reception.companions": Default("3", "int", "三（四）"),
    "reception.companions_guests": Default("10", "int", "三（四）"),
    "reception.companions_share": Default("1/3", "fraction", "三（四）"),
    "assessment.public_working_days": Default("5", "int", "三（五）"),
    "audit.back_dating_days": Default("30", "int", "三（五）"),
    "audit.closed_month_grace_days": Default("5", "int", "三（五）"),
    "audit.answer_days": Default("10", "int", "三（五）"),
}


class WrongSetting(ValueError):
    """A value that is not of its setting's type; the message names the key, the value and what is allowed."""


@dataclass(frozen=True)
class DistrictSettings:
    """The values that hold: the published ones over the defaults."""

    published: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, published: Iterable[tuple[str, str]]) -> DistrictSettings:
        """Settings from (key, value) pairs; of two for one key the later holds."""
        return cls(dict(published))

    def text(self, key: str) -> str:
        """The value as it is written; KeyError for a key that is neither published nor known here."""
        if key in self.published:
            return self.published[key]
        if key not in DEFAULTS:
            raise KeyError(f"there is no setting {key!r}: it has no default and was not published")
        return DEFAULTS[key].value

    def integer(self, key: str) -> int:
        """A whole number."""
        try:
            return int(self.text(key))
        except ValueError:
            raise WrongSetting(f"setting {key} is {self.text(key)!r}, which is no whole number") from None

    def decimal(self, key: str) -> Decimal:
        """A decimal number, exactly as written."""
        try:
            return Decimal(self.text(key))
        except InvalidOperation:
            raise WrongSetting(f"setting {key} is {self.text(key)!r}, which is no decimal number") from None

    def fraction(self, key: str) -> Fraction:
        """A fraction such as 1/4."""
        try:
            return Fraction(self.text(key))
        except (ValueError, ZeroDivisionError):
            raise WrongSetting(f"setting {key} is {self.text(key)!r}, which is no fraction like 1/4") from None

    def day(self, key: str) -> date | None:
        """A day such as 2027-01-01; None where it says `never`."""
        value = self.text(key).strip()
        if value == NEVER:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise WrongSetting(
                f"setting {key} is {value!r}, which is neither a day like 2027-01-01 nor {NEVER}"
            ) from None

    def flag(self, key: str) -> bool:
        """A yes or no, written true or false."""
        value = self.text(key).lower()
        if value not in ("true", "false"):
            raise WrongSetting(f"setting {key} is {value!r}; it must be true or false")
        return value == "true"

    def items(self, key: str) -> tuple[str, ...]:
        """The items of a list, in order, without blanks around them."""
        return tuple(item.strip() for item in self.text(key).split(",") if item.strip())

    def integers(self, key: str) -> tuple[int, ...]:
        """The items of a list of whole numbers."""
        try:
            return tuple(int(item) for item in self.items(key))
        except ValueError:
            raise WrongSetting(f"setting {key} is {self.text(key)!r}; its items must be whole numbers") from None

    def choice(self, key: str) -> str:
        """One of the words that its default allows."""
        value, allowed = self.text(key), DEFAULTS[key].one_of
        if value not in allowed:
            raise WrongSetting(f"setting {key} is {value!r}; it must be one of {', '.join(allowed)}")
        return value
