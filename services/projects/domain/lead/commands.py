"""What may be asked of a lead. Dates and persons are facts that the caller knows; `decide` has no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.projects.domain.lead.events import CloseReason
from services.projects.domain.lead.transfer_commands import TransferCommand
from services.projects.domain.values import LeadSource, Origin, Party


@dataclass(frozen=True, slots=True)
class RegisterLead:
    """Register a lead completely. The units, group and industry were found in the registry by the caller."""

    title: str
    intent: str
    investor: Party
    origin: Origin
    origin_place: str
    source: LeadSource
    industry: str
    group: str
    finder: str
    today: date
    by: str
    industry_code: str | None = None
    expected_investment: Decimal | None = None
    referred_by: Party | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class QualifyLead:
    today: date
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CloseLead:
    today: date
    by: str
    reason: CloseReason
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConvertLead:
    """Begin to negotiate: `project` is the project that the same request opens."""

    project: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class RecordTalk:
    """Record a talk or visit; `sha256` of its minutes or of the investor's confirmation, where there is one."""

    held_on: date
    place: str
    summary: str
    today: date
    by: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class IdentifyInvestor:
    """Say which enterprise the investor is; `code` is a fact of it: its unified social credit code."""

    enterprise: str
    code: str | None
    today: date
    by: str


LeadCommand = RegisterLead | QualifyLead | CloseLead | ConvertLead | RecordTalk | IdentifyInvestor | TransferCommand
