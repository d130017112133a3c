"""What may happen to an enterprise (客商). A contact person is an id; nobody's name, number or address is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.enterprise.values import Alias, ForeignRegistration, Ground, Listing
from services.projects.domain.values import Origin
from sevenx.kernel.types import Ratio


@dataclass(frozen=True, slots=True)
class EnterpriseRegistered:
    """An enterprise entered the district's register of investors. It has a unified social credit code (GB 32100), or,
    outside the mainland, the registration of its own country or region."""

    enterprise: str
    """Its own id: a merge tells by it which of the two it is."""
    name: str
    origin: Origin
    place: str
    """Province, city or country that it comes from, as written."""
    registered_for: str
    """The unit or group for which it was registered."""
    registered_on: date
    registered_by: str
    code: str | None = None
    foreign: ForeignRegistration | None = None
    aliases: tuple[Alias, ...] = ()
    lists: tuple[Listing, ...] = ()
    industry_code: str | None = None
    """GB/T 4754-2017, such as `C3252`."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EnterpriseCorrected:
    """What was registered was wrong or incomplete: what holds from now on, as a whole. `previous_name` is the name that
    stood there by mistake; it is no former name."""

    name: str
    previous_name: str
    origin: Origin
    place: str
    reason: str
    corrected_on: date
    corrected_by: str
    foreign: ForeignRegistration | None = None
    industry_code: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EnterpriseRenamed:
    """The enterprise itself took another name; the previous one stays as a former name (曾用名)."""

    name: str
    previous: str
    since: date
    recorded_on: date
    recorded_by: str


@dataclass(frozen=True, slots=True)
class EnterpriseAliasAdded:
    """Another name under which the enterprise is met."""

    alias: Alias
    added_on: date
    added_by: str


@dataclass(frozen=True, slots=True)
class EnterpriseAliasRemoved:
    """A name was taken for the enterprise's by mistake."""

    name: str
    reason: str
    removed_on: date
    removed_by: str


@dataclass(frozen=True, slots=True)
class CreditCodeAssigned:
    """The enterprise's unified social credit code (GB 32100), where it had none or another by mistake."""

    code: str
    previous: str | None
    reason: str
    assigned_on: date
    assigned_by: str


@dataclass(frozen=True, slots=True)
class ListingAdded:
    """The enterprise stands on a published list; the same list and year again corrects the rank."""

    listing: Listing
    added_on: date
    added_by: str


@dataclass(frozen=True, slots=True)
class ListingRemoved:
    """A list was entered by mistake."""

    list_name: str
    year: int
    reason: str
    removed_on: date
    removed_by: str


@dataclass(frozen=True, slots=True)
class EnterpriseContactAdded:
    """A contact person is known, by an id. Who that is stands in a table that is no event and can be erased."""

    contact: str
    holder: str
    """The unit or group that keeps the contact; others do not see who it is."""
    added_on: date
    added_by: str


@dataclass(frozen=True, slots=True)
class EnterpriseContactErased:
    """What was kept of a contact person was erased for good. The event is the receipt: which kinds of details there
    were, not what they were. No event ever held them, so that every hash stays valid."""

    contact: str
    receipt: str
    erased: tuple[str, ...]
    erased_on: date
    erased_by: str


@dataclass(frozen=True, slots=True)
class DuplicateSuspected:
    """The enterprise looks like another that was registered before it. The Commerce Bureau decides whether they are
    one; nothing is merged by itself."""

    other: str
    score: Ratio
    """1 is the same; see `likeness.py` in services/projects."""
    ground: Ground
    suspected_on: date


@dataclass(frozen=True, slots=True)
class DuplicateDismissed:
    """The Commerce Bureau found that the other is another enterprise. It is not proposed again."""

    other: str
    reason: str
    dismissed_on: date
    dismissed_by: str


@dataclass(frozen=True, slots=True)
class EnterprisesMerged:
    """The Commerce Bureau found two to be one: what is known of the absorbed holds of the survivor, and the absorbed
    stays readable. The event stands in the streams of both and in that of the groups of companies, where no circle may
    close; whoever counts merges counts it in the stream of the absorbed."""

    survivor: str
    absorbed: str
    reason: str
    merged_on: date
    merged_by: str


@dataclass(frozen=True, slots=True)
class MergeUndone:
    """Two had been merged by mistake and are two again, and are not proposed as one any more; it stands where the merge
    stands."""

    survivor: str
    absorbed: str
    reason: str
    undone_on: date
    undone_by: str


ENTERPRISE_EVENTS = (
    EnterpriseRegistered,
    EnterpriseCorrected,
    EnterpriseRenamed,
    EnterpriseAliasAdded,
    EnterpriseAliasRemoved,
    CreditCodeAssigned,
    ListingAdded,
    ListingRemoved,
    EnterpriseContactAdded,
    EnterpriseContactErased,
    DuplicateSuspected,
    DuplicateDismissed,
    EnterprisesMerged,
    MergeUndone,
)
