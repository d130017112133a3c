"""What a cell says: a day, an amount in yuan, a word with its code, a line of text. Whatever it is not is a WrongCell
in both languages; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from services.projects.sheet_table import Computed
from sevenx.kernel.bodies import is_plain

UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
"""What an amount is written in, in yuan."""
FORMS = {
    "YYYY-MM-DD": re.compile(r"^(\d{4})-(\d{2})-(\d{2})$"),
    "YYYY-M-D": re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$"),
    "YYYY/M/D": re.compile(r"^(\d{4})/(\d{1,2})/(\d{1,2})$"),
    "YYYY.M.D": re.compile(r"^(\d{4})\.(\d{1,2})\.(\d{1,2})$"),
    "YYYY年M月D日": re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$"),
    "YYYYMMDD": re.compile(r"^(\d{4})(\d{2})(\d{2})$"),
}
"""How a day may be written as text."""
_AMOUNT = re.compile(r"^(-?[0-9]{1,3}(?:[,，][0-9]{3})*|-?[0-9]+)(\.[0-9]+)?\s*(元|万元|亿元)?$")
_LARGEST = Decimal(10) ** 18
_FEN = Decimal("0.01")
_EXACT = 10**15
"""From here on a spreadsheet has lost digits of a number."""


class WrongCell(ValueError):
    """What is wrong with a cell and how it is mended."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def said_of(value: Any) -> str:
    """A value as an error shows it: not more of it than a line."""
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def not_computed(value: Any) -> Any:
    """The value of a cell, unless it is a formula or an error value."""
    if isinstance(value, Computed):
        raise WrongCell(
            "单元格是公式或错误值；请复制后“选择性粘贴—数值”",
            "the cell is a formula or an error value; paste it as a value",
        )
    return value


def text_of(value: Any, longest: int) -> str:
    """A text of at most so many characters; a number is its digits (a code that a spreadsheet made a number)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise WrongCell(f"“{said_of(value)}”不是文字，请填文字", f"{said_of(value)!r} is no text; a text is needed")
    if not isinstance(value, str) and abs(value) >= _EXACT:
        raise WrongCell(
            "超过15位的数字在 Excel 中已丢失尾数；请把单元格设为文本格式后重新填写",
            "a spreadsheet keeps 15 digits of a number; make the cell text and enter it again",
        )
    text = format(value, ".15g") if isinstance(value, float) else str(value)
    if len(text) > longest or not is_plain(text):
        raise WrongCell(
            f"文字超过 {longest} 字或含控制字符，请删改",
            f"the text is longer than {longest} characters or holds control characters; shorten it",
        )
    return text


def day_of(value: Any, forms: Iterable[str]) -> date:
    """A day: of a date cell, or a text in one of these FORMS."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text, written = str(value), list(forms)
    for form in written:
        if found := FORMS[form].match(text):
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                break
    raise WrongCell(
        f"“{said_of(text)}”不是日期；请写作 {'、'.join(written)}，或设为日期格式",
        f"{said_of(text)!r} is no day; write it as {', '.join(written)}, or make it a date cell",
    )


def yuan_of(value: Any, unit: str) -> Decimal:
    """An amount in yuan: a number in the column's unit, or a text with a unit of its own (`1,200 万元`)."""
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


def choice_of(value: Any, words: Mapping[str, str], what: str, what_en: str) -> str:
    """What a word stands for; the code itself will do."""
    said = text_of(value, 200)
    if said in words:
        return words[said]
    if said in words.values():
        return said
    near = get_close_matches(said, list(words), n=5, cutoff=0.3) or list(words)[:8]
    raise WrongCell(
        f"没有名为“{said_of(said)}”的{what}；可填：{'、'.join(near)}",
        f"there is no {what_en} {said_of(said)!r}; near it: {', '.join(near)}",
    )
