"""Funds in place (到位资金)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.values import Conversion, Referee
from sevenx.kernel.types import Money


@dataclass(frozen=True, slots=True)
class Voucher:
    """A payment voucher: number, amount in yuan, date of payment, payer, and the SHA-256 of its scan. `conversion` is
    there where it was paid in another currency, at the rate of that day."""

    number: str
    amount: Money
    paid_on: date
    payer: str
    sha256: str
    conversion: Conversion | None = None


@dataclass(frozen=True, slots=True)
class FundsClaimed:
    """到位资金 was claimed for a month. `claim` counts within the project: 1, 2, 3 …"""

    claim: int
    claimant: str
    """The unit: the landing unit or a lead unit of the group."""
    claimed_by: str
    amount: Money
    month: str
    vouchers: tuple[Voucher, ...]
    claimed_on: date
    referee: Referee
    """Who decides on it: the district office where the Commerce Bureau or its group is a party."""
    note: str = ""
    conversion: Conversion | None = None


@dataclass(frozen=True, slots=True)
class FundsChecked:
    """First check (初审): the amount that counts in monthly figures, at most what was claimed."""

    claim: int
    claimed: Money
    amount: Money
    month: str
    checked_on: date
    checked_by: str
    referee: Referee
    reason: str = ""
    """Why it is less than claimed."""


@dataclass(frozen=True, slots=True)
class FundsRecognised:
    """Joint recognition (联合认定): the amount that counts in assessment, at most what the first check left."""

    claim: int
    checked: Money
    amount: Money
    month: str
    bodies: tuple[str, ...]
    """The units that recognised; the claimant is never among them."""
    referee: Referee
    minutes_sha256: str
    recognised_on: date
    recognised_by: str
    reason: str = ""
    """Why it is less than checked."""
    excess_note: str = ""
    """Why the project's recognised funds may stand above the contract amount."""


@dataclass(frozen=True, slots=True)
class FundsReversed:
    """Funds that had counted no longer do. `amount` leaves the checked figure and `off_recognised` the recognised one;
    what is left of the claim in both stands beside it."""

    claim: int
    amount: Money
    off_recognised: Money
    checked_left: Money
    recognised_left: Money
    reason: str
    reversed_on: date
    reversed_by: str
    referee: Referee
