"""What a cell of an old ledger says: a day, an amount in yuan, a word with its code, a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from services.projects.baseline_mapping import UNITS, LedgerMapping, said_of
from sevenx.kernel.bodies import is_plain

_FORMS = {
    "YYYY-MM-DD": re.compile(r"^(\d{4})-(\d{2})-(\d{2})$"),
    "YYYY-M-D": re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$"),
    "YYYY/M/D": re.compile(r"^(\d{4})/(\d{1,2})/(\d{1,2})$"),
    "YYYY.M.D": re.compile(r"^(\d{4})\.(\d{1,2})\.(\d{1,2})$"),
    "YYYY年M月D日": re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$"),
    "YYYYMMDD": re.compile(r"^(\d{4})(\d{2})(\d{2})$"),
}
_AMOUNT = re.compile(r"^(-?[0-9]{1,3}(?:[,，][0-9]{3})*|-?[0-9]+)(\.[0-9]+)?\s*(元|万元|亿元)?$")
_LARGEST = Decimal(10) ** 18
_FEN = Decimal("0.01")
_LONGEST = {"content": 2000}


class WrongCell(ValueError):
    """What is wrong with a cell and how it is mended."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def day_of(value: Any, mapping: LedgerMapping) -> date:
    """A day: of a date cell, or written as the mapping says."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value)
    for form in mapping.dates:
        if found := _FORMS[form].match(text):
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                break
    forms = "、".join(mapping.dates)
    raise WrongCell(
        f"“{said_of(text)}”不是日期；请写作 {forms}，或设为日期格式",
        f"{said_of(text)!r} is no day; write it as {', '.join(mapping.dates)}, or make it a date cell",
    )


def yuan_of(value: Any, unit: str) -> Decimal:
    """An amount in yuan: a number in the mapping's unit, or a text with a unit of its own (`1,200 万元`)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _no_amount(value, unit)
    if isinstance(value, str):
        found = _AMOUNT.match(value)
        if found is None:
            raise _no_amount(value, unit)
        digits, unit = f"{found[1]}{found[2] or ''}".replace(",", "").replace("，", ""), found[3] or unit
    else:
        digits = format(value, ".15g") if isinstance(value, float) else str(value)
    try:
        amount = Decimal(digits) * UNITS[unit]
    except InvalidOperation:
        raise _no_amount(value, unit) from None
    if not amount.is_finite() or abs(amount) >= _LARGEST:
        raise _no_amount(value, unit)
    if amount != amount.quantize(_FEN):
        raise WrongCell(
            f"金额“{said_of(value)}”{unit}不足一分的部分须舍入到分",
            f"the amount {said_of(value)} {unit} has parts of a fen; round it to the fen",
        )
    return amount.quantize(_FEN)


def _no_amount(value: Any, unit: str) -> WrongCell:
    return WrongCell(
        f"“{said_of(value)}”不是金额；请填数字（{unit}），或写明单位如 1200万元",
        f"{said_of(value)!r} is no amount; give a number ({unit}), or one with its unit such as 1200万元",
    )


def code_of(value: Any, kind: str, mapping: LedgerMapping, codes: Iterable[str]) -> str:
    """The code that a word stands for; a code itself will do."""
    word, known = text_of(value, kind), list(codes)
    code = mapping.words.code(kind, word) or word
    if code in known:
        return code
    if code != word:
        raise WrongCell(
            f"映射把“{word}”写作 {said_of(code)}，没有这个代码；请更正映射 words.{kind}",
            f"the mapping has {said_of(code)} for {word!r}, which is no code; mend words.{kind} of the mapping",
        )
    words = "、".join(mapping.words.known(kind)[:20]) or "、".join(known[:20])
    raise WrongCell(
        f"“{said_of(word)}”没有对应的代码；可用：{words}。请更正单元格，或在映射 words.{kind} 中补上",
        f"{said_of(word)!r} has no code; known: {words}. Mend the cell, or add it to words.{kind} of the mapping",
    )


def id_of(value: Any, kind: str, mapping: LedgerMapping, district: str, ids: Iterable[str]) -> str:
    """The id of a unit or group: a word of the mapping with `U-…` or `G-…`, or the whole id."""
    word = text_of(value, kind)
    said = mapping.words.code(kind, word) or word
    one = said if said.startswith(f"{district}-") else f"{district}-{said}"
    if one in ids:
        return one
    raise WrongCell(
        f"“{said_of(word)}”不在名册中；请在映射 words.{kind} 中写明其编号（如 U-industry-zone、G-1）",
        f"{said_of(word)!r} is not in the roster; give its id under words.{kind} (U-industry-zone, G-1)",
    )


def text_of(value: Any, field: str) -> str:
    """A line of text; a whole number is its digits."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    longest = _LONGEST.get(field, 200)
    if len(text) > longest or not is_plain(text):
        raise WrongCell(
            f"文字超过 {longest} 字或含控制字符，请删改",
            f"the text is longer than {longest} characters or holds control characters; shorten it",
        )
    return text
