"""Amounts in other currencies: how they become yuan, and which day's rate holds. The currencies are data
(`data/rulebooks/currencies.yaml`); here stands only how they are used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from services.projects.domain.identity import check_free_text
from services.projects.domain.values import Conversion
from sevenx.district.calendar import WorkCalendar
from sevenx.district.yuan import yuan_en, yuan_zh
from sevenx.kernel.errors import Rejection

YUAN = "CNY"
UNITS = (1, 100)
"""For how many units of a currency a rate is published."""
_FEN = Decimal("0.01")
_LIMIT = Decimal(10) ** 18
"""Money has so many digits before the point at most."""


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency in both languages; `minor_units` are the digits that its amounts may have after the point."""

    zh: str
    en: str
    minor_units: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """The currencies that are known, and by how many working days a contract's rate may be older than its signature
    (setting `contract.rate_days`)."""

    currencies: Mapping[str, Currency] = field(default_factory=dict)
    rate_days: int = 0
    calendar: WorkCalendar = field(default_factory=WorkCalendar)


NO_EXCHANGE = Exchange()
"""Knows yuan alone."""


def in_yuan(conversion: Conversion) -> Decimal:
    """Yuan = amount x rate / units, rounded half up to the fen: the one rule by which an amount is converted."""
    with localcontext() as exact:
        exact.prec = 60
        return (conversion.amount * conversion.rate / conversion.per).quantize(_FEN, ROUND_HALF_UP)


def amount_of(amount: Decimal | None, conversion: Conversion | None, exchange: Exchange) -> Decimal | Rejection:
    """The amount in yuan: as given, or computed from the other currency. One that is given beside a conversion is
    what the conversion makes."""
    if conversion is None:
        return amount if amount is not None else _missing()
    wrong = check_conversion(conversion, exchange)
    if wrong is not None:
        return wrong.within("conversion")
    yuan = in_yuan(conversion)
    if yuan >= _LIMIT or yuan <= 0:
        return Rejection(
            "amount-out-of-range",
            "折合人民币的金额超出可登记的范围，请核对金额、汇率和单位（1 或 100）。",
            "The amount in yuan is out of range; check amount, rate and its units (1 or 100).",
            field="conversion.amount",
        )
    if amount is None or amount == yuan:
        return yuan
    rate = f"{conversion.rate}/{conversion.per}" if conversion.per != 1 else f"{conversion.rate}"
    return Rejection(
        "conversion-wrong",
        f"{conversion.amount} {conversion.currency} 按 {rate} 折合{yuan_zh(yuan)}，与所填{yuan_zh(amount)}不符；"
        "人民币金额可以不填，由系统计算。",
        f"{conversion.amount} {conversion.currency} at {rate} make {yuan_en(yuan)}, not {yuan_en(amount)}; "
        "leave the amount in yuan out to have it computed.",
        details={"expected": str(yuan)},
        field="amount",
    )


def check_conversion(conversion: Conversion, exchange: Exchange) -> Rejection | None:
    """A known currency other than yuan, an amount within its minor units, a rate for 1 or 100 units, and its source."""
    if conversion.currency == YUAN:
        return Rejection(
            "yuan-has-no-rate",
            "人民币金额不填汇率。",
            "An amount in yuan has no rate; leave the conversion out.",
            field="currency",
        )
    currency = exchange.currencies.get(conversion.currency)
    if currency is None:
        return Rejection(
            "unknown-currency",
            f"币种 {conversion.currency} 不在币种表中；可选：{'、'.join(exchange.currencies)}。",
            f"The currency {conversion.currency} is not listed; listed are {', '.join(exchange.currencies)}.",
            details={"known": sorted(exchange.currencies)},
            field="currency",
        )
    if conversion.amount <= 0 or conversion.rate <= 0:
        name = "amount" if conversion.amount <= 0 else "rate"
        return Rejection(
            "amount-not-positive", "外币金额和汇率须大于零。", f"`{name}` must be greater than zero.", field=name
        )
    if conversion.amount != conversion.amount.quantize(Decimal(1).scaleb(-currency.minor_units)):
        return Rejection(
            "minor-units-wrong",
            f"{currency.zh}金额最多 {currency.minor_units} 位小数。",
            f"An amount in {currency.en} has at most {currency.minor_units} digits after the point.",
            rule="ISO 4217",
            field="amount",
        )
    if conversion.per not in UNITS:
        return Rejection(
            "rate-units-wrong",
            "汇率须按 1 或 100 单位外币填写。",
            "A rate is for 1 or for 100 units of the currency.",
            field="per",
        )
    if not conversion.source.strip():
        return Rejection(
            "rate-source-missing",
            "须写明汇率来源（如中国人民银行授权公布的中间价）。",
            "Name the source of the rate, such as the central parity of the People's Bank of China.",
            field="source",
        )
    return check_free_text(source=conversion.source)


def check_contract_rate(conversion: Conversion | None, signed_on: date, exchange: Exchange) -> Rejection | None:
    """The rate of a contract is that of its day or of at most `contract.rate_days` working days before."""
    if conversion is None:
        return None
    earliest = exchange.calendar.add_working_days(signed_on, -exchange.rate_days) if exchange.rate_days else signed_on
    return _check_day(conversion, earliest, signed_on, "签订日期", "signature", "contract.rate_days")


def check_payment_rate(conversion: Conversion | None, paid_on: date, exchange: Exchange) -> Rejection | None:
    """The rate of a payment is that of the day on which it was made; on a day without a rate, because nobody works,
    that of the last working day before."""
    if conversion is None:
        return None
    return _check_day(conversion, exchange.calendar.previous_working_day(paid_on), paid_on, "付款日期", "payment", "")


def _check_day(
    conversion: Conversion, earliest: date, latest: date, zh: str, en: str, setting: str
) -> Rejection | None:
    if earliest <= conversion.rate_on <= latest:
        return None
    return Rejection(
        "rate-day-wrong",
        f"汇率日期 {conversion.rate_on} 须在 {earliest} 至{zh} {latest} 之间。",
        f"The rate's day, {conversion.rate_on}, lies between {earliest} and the {en}, {latest}.",
        rule=setting,
        details={"earliest": earliest.isoformat(), "latest": latest.isoformat()},
        field="conversion.rate_on",
    )


def _missing() -> Rejection:
    return Rejection(
        "amount-missing",
        "须填写人民币金额，或外币金额及其汇率。",
        "Give the amount in yuan, or that in another currency with its rate.",
        field="amount",
    )
