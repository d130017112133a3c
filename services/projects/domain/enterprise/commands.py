"""What may be asked of an enterprise. `same_code` is a fact of the read model: who has that code already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.projects.domain.enterprise.values import Alias, ForeignRegistration, Ground, Listing
from services.projects.domain.values import Origin


@dataclass(frozen=True, slots=True)
class RegisterEnterprise:
    """Register an enterprise; `enterprise` is the id that it gets."""

    enterprise: str
    name: str
    origin: Origin
    place: str
    registered_for: str
    today: date
    by: str
    code: str | None = None
    foreign: ForeignRegistration | None = None
    aliases: tuple[Alias, ...] = ()
    lists: tuple[Listing, ...] = ()
    industry_code: str | None = None
    note: str = ""
    same_code: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectEnterprise:
    """What holds from now on, as a whole; what is left out no longer stands."""

    name: str
    origin: Origin
    place: str
    reason: str
    today: date
    by: str
    foreign: ForeignRegistration | None = None
    industry_code: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RenameEnterprise:
    name: str
    since: date
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class AddEnterpriseAlias:
    alias: Alias
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class RemoveEnterpriseAlias:
    name: str
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class AssignCreditCode:
    """Enter the code; `reason` is needed where it replaces another."""

    code: str
    today: date
    by: str
    reason: str = ""
    same_code: str | None = None


@dataclass(frozen=True, slots=True)
class AddListing:
    listing: Listing
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class RemoveListing:
    list_name: str
    year: int
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class AddEnterpriseContact:
    """Make an id for a contact person."""

    holder: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class EraseEnterpriseContact:
    """Record that what was kept of a contact person is erased; the table says what kinds of details there were."""

    contact: str
    receipt: str
    erased: tuple[str, ...]
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """An enterprise that was registered before, and how much this one looks like it."""

    other: str
    score: Decimal
    ground: Ground


@dataclass(frozen=True, slots=True)
class SuspectDuplicates:
    """The reaction that looks for duplicates has found these."""

    found: tuple[Suspect, ...]
    today: date


@dataclass(frozen=True, slots=True)
class DismissDuplicate:
    other: str
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class MergeEnterprises:
    """Find two to be one. It is given to both and to the groups of companies, all or nothing. `codes` are facts: those
    of the two; that they differ is taken in only where the Commerce Bureau says so (`despite_codes`)."""

    survivor: str
    absorbed: str
    reason: str
    today: date
    by: str
    codes: tuple[str | None, str | None] = (None, None)
    despite_codes: bool = False


@dataclass(frozen=True, slots=True)
class UndoMerge:
    survivor: str
    absorbed: str
    reason: str
    today: date
    by: str


EnterpriseCommand = (
    RegisterEnterprise
    | CorrectEnterprise
    | RenameEnterprise
    | AddEnterpriseAlias
    | RemoveEnterpriseAlias
    | AssignCreditCode
    | AddListing
    | RemoveListing
    | AddEnterpriseContact
    | EraseEnterpriseContact
    | SuspectDuplicates
    | DismissDuplicate
    | MergeEnterprises
    | UndoMerge
)
