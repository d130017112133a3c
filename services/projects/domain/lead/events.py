"""What may happen to a lead (线索)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.projects.domain.lead.transfer_events import TRANSFER_EVENTS
from services.projects.domain.values import LeadSource, Origin, Party
from sevenx.kernel.types import Money


class CloseReason(StrEnum):
    """Why a lead is given up."""

    INVESTOR_WITHDREW = "investor_withdrew"
    NOT_GENUINE = "not_genuine"
    NOT_SUITABLE = "not_suitable"
    DUPLICATE = "duplicate"
    NO_CONTACT = "no_contact"


@dataclass(frozen=True, slots=True)
class LeadRegistered:
    """A lead was registered completely: the first report (首报) when no earlier one tells of the same investor and
    intent. `contact` is an id; the person behind it never stands on the bus."""

    title: str
    intent: str
    """What the investor wants to build or do, in a few sentences."""
    investor: Party
    origin: Origin
    origin_place: str
    """Province, city or country that the investor comes from, as written."""
    source: LeadSource
    industry: str
    """The registry's industry id, such as `aluminium`."""
    group: str
    """The group whose duties cover it, such as `410804-G-1`."""
    finder: str
    """The unit that found it."""
    registered_on: date
    registered_by: str
    """Person id."""
    industry_code: str | None = None
    """GB/T 4754-2017, such as `C3252`."""
    expected_investment: Money | None = None
    referred_by: Party | None = None
    """Who brought it, where the source is a referral (clause 二(三))."""
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class LeadQualified:
    """Somebody else than its registrar found the lead genuine and worth negotiating."""

    qualified_on: date
    qualified_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeadClosed:
    """The lead was given up, with the reason."""

    closed_on: date
    closed_by: str
    reason: CloseReason
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeadConverted:
    """Negotiation began: the lead lives on as this project."""

    project: str
    converted_on: date
    converted_by: str


@dataclass(frozen=True, slots=True)
class TalkRecorded:
    """A talk or visit about a lead took place. Nobody who took part is named; `sha256` is that of its minutes or of the
    investor's confirmation, where the talk is proved by one."""

    talk: int
    """Counts within the lead: 1, 2, 3 …"""
    held_on: date
    place: str
    summary: str
    recorded_by: str
    recorded_on: date
    latest_on: date
    """The day of the latest talk recorded so far, which is the progress that counts."""
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class InvestorIdentified:
    """Which enterprise of the register the lead's investor is, found after the registration."""

    enterprise: str
    previous: str | None
    identified_on: date
    identified_by: str


LEAD_EVENTS = (
    LeadRegistered,
    LeadQualified,
    LeadClosed,
    LeadConverted,
    TalkRecorded,
    InvestorIdentified,
    *TRANSFER_EVENTS,
)
