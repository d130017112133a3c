"""What holds of every enterprise, whatever is asked. Each check answers with a Rejection or None."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from services.projects.domain.enterprise.values import Alias, ForeignRegistration, Listing
from services.projects.domain.identity import check_free_text, check_industry_code, check_party
from services.projects.domain.values import Origin, Party
from sevenx.kernel.errors import Rejection

_COUNTRY = re.compile(r"^[A-Z]{2}$")
_FIRST_LIST = 1950


def check_identity(
    name: str, code: str | None, foreign: ForeignRegistration | None, origin: Origin
) -> Rejection | None:
    """«Identity»: a unified social credit code that holds (GB 32100), or for an enterprise outside the mainland the
    registration of its own country or region (ISO 3166-1)."""
    if foreign is not None and origin is not Origin.FOREIGN:
        return Rejection(
            "not-foreign",
            f"“{name}”的来源不是境外，不应填写境外注册信息；请改填来源，或改填统一社会信用代码。",
            f"{name} is not from outside the mainland, so it has no foreign registration: "
            "mend its origin, or give its unified social credit code.",
            details={"field": "foreign"},
        )
    if foreign is not None and not (_COUNTRY.match(foreign.country) and foreign.number.strip()):
        return Rejection(
            "foreign-registration-wrong",
            f"境外注册信息须有国家（地区）两位代码（如 DE、HK）和注册号；现为 {foreign.country}、{foreign.number}。",
            "A foreign registration has the two letters of its country or region, such as DE or HK, and a number; "
            f"this one is {foreign.country}, {foreign.number}.",
            rule="ISO 3166-1",
            details={"field": "foreign"},
        )
    if code is None and origin is Origin.FOREIGN and foreign is None:
        return Rejection(
            "identity-missing",
            f"“{name}”既无统一社会信用代码，也无境外注册信息；请填写其一。",
            f"{name} has neither a unified social credit code nor a foreign registration; give one of them.",
            details={"field": "foreign"},
        )
    return check_party(Party(name, code), origin)


def check_words(
    place: str, note: str, industry_code: str | None, aliases: Iterable[Alias] = (), name: str = ""
) -> Rejection | None:
    """No contact details in any text; an industry by GB/T 4754; no name twice."""
    wrong = check_free_text(place=place, note=note) or check_industry_code(industry_code)
    known = {name.strip()}
    for alias in aliases:
        wrong = wrong or check_alias(alias, known)
        known.add(alias.name.strip())
    return wrong


def check_alias(alias: Alias, known: Iterable[str]) -> Rejection | None:
    """Another name is a name that the enterprise has not yet."""
    if not alias.name.strip():
        return Rejection("alias-empty", "别名不能为空。", "Another name cannot be empty.", details={"field": "aliases"})
    if alias.name.strip() in known:
        return Rejection(
            "alias-known",
            f"该企业已有名称“{alias.name}”，无需重复登记。",
            f"The enterprise has the name {alias.name} already; it need not be entered again.",
            details={"field": "aliases", "name": alias.name},
        )
    return check_free_text(aliases=alias.name)


def check_listing(listing: Listing, today: date) -> Rejection | None:
    """A list that is out, by name and year; a rank counts from 1."""
    if not listing.list_name.strip():
        return Rejection("list-unnamed", "须写明榜单名称。", "A list has a name.", details={"field": "list_name"})
    if not _FIRST_LIST <= listing.year <= today.year:
        return Rejection(
            "list-year-wrong",
            f"榜单“{listing.list_name}”的年份 {listing.year} 应在 {_FIRST_LIST} 至 {today.year} 之间。",
            f"The year of the list {listing.list_name}, {listing.year}, lies from {_FIRST_LIST} to {today.year}.",
            details={"field": "year"},
        )
    if listing.rank is not None and listing.rank < 1:
        return Rejection(
            "list-rank-wrong",
            f"榜单“{listing.list_name}”的名次从1起，现为 {listing.rank}。",
            f"A rank on {listing.list_name} counts from 1; this one is {listing.rank}.",
            details={"field": "rank"},
        )
    return check_free_text(list_name=listing.list_name)


def code_taken(code: str, by: str) -> Rejection:
    """One legal person is registered once: whoever has the code is that enterprise."""
    return Rejection(
        "enterprise-exists",
        f"统一社会信用代码 {code} 已登记为企业 {by}；同一法人只登记一次，请直接使用该企业，名称不同的登记为其别名。",
        f"The unified social credit code {code} is that of enterprise {by}; a legal person is registered once. "
        "Use that one, and enter another name as its alias.",
        rule="GB 32100-2015",
        details={"enterprise": by, "code": code},
        status=409,
    )
