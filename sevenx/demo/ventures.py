"""Investors, what they want to build, and what becomes of it. All of them are plainly fictional."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.projects.domain.codes import credit_code_check
from sevenx.demo.district import District, Group
from sevenx.demo.dollars import yuan_of
from sevenx.demo.scenario import Scenario

STAGES = ("negotiating", "signed", "landed", "started", "in_production", "at_capacity")
"""As far as a venture may go, beside `lead` (it stays one) and `closed`."""
_FIRST_GENERATED = 100


@dataclass(frozen=True)
class Venture:
    """One investor and what he intends."""

    story: str
    group: int
    industry: str
    type: str
    investor: str
    code: str
    origin: str
    place: str
    name: str
    amount: int
    """Yuan."""
    finder: str
    landing: str
    goes: str
    starts: int
    """The working day of the scenario on which it is registered."""
    ends_as: str = "active"
    """The status it ends with, where its way ends before the year does."""
    waits: int = 0
    """Working days more before it is negotiated."""
    contest: str = ""
    """`upheld` or `dismissed`: it contests the protection behind which it waits, and how that is decided."""
    late_entry: int = 0
    """Calendar days after the signature on which this is recorded."""
    voucher: str = ""
    """Number of the voucher of its first claim, where that is used elsewhere too."""
    referred_by: tuple[str, str] | None = None
    """Name and code of the enterprise that brought it."""
    abroad: str = ""
    """Where it is registered outside the mainland, such as `SG 2026-0001`: it has no credit code then."""
    dollars: int = 0
    """The contract's amount in US dollars, where it is signed and paid in them."""
    extends: str = ""
    """The story of the signed venture that it extends (增资)."""

    @property
    def party(self) -> dict[str, str]:
        """The investor as requests name it."""
        return {"name": self.investor} if self.abroad else {"name": self.investor, "code": self.code}


def ventures(scenario: Scenario, district: District, days: int) -> Iterator[Venture]:
    """Those of the file, those that its rates ask for, and second reports of some; always the same."""
    for number, entry in enumerate(scenario.ventures, 1):
        yield _told(f"V{number:03d}", entry, random.Random(f"{scenario.seed} told {number}"))
    made: list[Venture] = []
    for group, leads in scenario.rates.get("leads", {}).items():
        for n in range(leads):
            rng = random.Random(f"{scenario.seed} venture {group} {n}")
            story = f"V{_FIRST_GENERATED + len(made):03d}"
            made.append(_unlike(made, story, int(group), rng, scenario.rates, district, days))
    yield from made
    for number, rival in enumerate(_rivals(scenario, made, district), _FIRST_GENERATED + len(made)):
        yield replace(rival, story=f"V{number:03d}")


def _unlike(
    made: Sequence[Venture],
    story: str,
    group: int,
    rng: random.Random,
    rates: Mapping[str, Any],
    district: District,
    days: int,
) -> Venture:
    """One whose investor has a name of his own; some were brought by one of those before."""
    taken = {other.investor for other in made}
    one = _made(story, group, rng, rates, district, days)
    while one.investor in taken:
        one = _made(story, group, rng, rates, district, days)
    if made and rng.random() < rates["referred"]:
        by = rng.choice(made)
        return replace(one, referred_by=(by.investor, by.code))
    return one


def _rivals(scenario: Scenario, before: Sequence[Venture], district: District) -> Iterator[Venture]:
    """Some investors are reported a second time by another unit: kept, and waiting behind the first."""
    rng = random.Random(f"{scenario.seed} rivals")
    for one in rng.sample(before, min(len(before), scenario.rates.get("second_reports", 0))):
        finders = [unit for unit in _finders(district.group(one.group)) if unit != one.finder]
        starts, goes = one.starts + rng.randint(4, 15), rng.choice(("lead", "closed"))
        yield replace(one, finder=rng.choice(finders), starts=starts, goes=goes, referred_by=None, ends_as="active")


def _told(story: str, one: Mapping[str, Any], rng: random.Random) -> Venture:
    known = dict(one)
    known.setdefault("finder", "410804-U-industry-zone")
    known.setdefault("landing", _zone(known["group"]))
    known.setdefault("starts", rng.randrange(0, 4))
    if known.get("dollars"):
        known["amount"] = yuan_of(known["dollars"])
    if not known.get("code"):
        known["code"] = credit_code(int(story[1:]))
    return Venture(story=story, **known)


def _made(
    story: str, group: int, rng: random.Random, rates: Mapping[str, Any], district: District, days: int
) -> Venture:
    kinds = rates["industries"][group]
    kind = rng.choice(kinds)
    word, of, place = rng.choice(rates["words"]), rng.choice(kind["firms"]), rng.choice(rates["places"])
    second = rng.choice(rates["words"])
    low, high = kind["amount"]
    landing = _zone(group) if rng.random() < 0.7 else rng.choice(_sub_districts(district))
    goes = _drawn(rng, rates["goes"])
    return Venture(
        story=story,
        group=group,
        industry=kind["id"],
        type=rng.choice(kind["types"]),
        investor=f"{word}{second}{of}（模拟）有限公司",
        code=credit_code(int(story[1:])),
        origin="province" if place["province"] == "河南省" else "province_external",
        place=place["city"],
        name=f"{word}{second}{rng.choice(kind['builds'])}（模拟）",
        amount=rng.randrange(low, high) * 1_000_000,
        finder=rng.choice(_finders(district.group(group))),
        landing=landing,
        goes=goes,
        starts=int(rng.random() ** 1.15 * days * (0.93 if goes in ("lead", "closed", "negotiating") else 0.72)),
        ends_as=_drawn(rng, rates["ends_as"]) if goes in ("negotiating", "signed", "landed") else "active",
    )


def credit_code(number: int) -> str:
    """A code of the form of GB 32100 in the region 000000, which no authority has."""
    first = f"91000000MA{number:07d}"
    return first + credit_code_check(first)


def _drawn(rng: random.Random, shares: Mapping[str, float]) -> str:
    return rng.choices(list(shares), list(shares.values()))[0]


def _zone(group: int) -> str:
    return "410804-U-commercial-zone" if group in (5, 7) else "410804-U-industry-zone"


def _finders(group: Group) -> Sequence[str]:
    return [one for one in (*group.lead_units, *group.responsible_units) if one != "410804-U-commerce"]


def _sub_districts(district: District) -> Sequence[str]:
    return [one.id for one in district.units.values() if one.kind == "sub_district"]
