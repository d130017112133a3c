"""What a cell of an old ledger says, by its mapping: the code of a word, the id of a unit or group, a line of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.projects import sheet_cells
from services.projects.baseline_mapping import LedgerMapping
from services.projects.sheet_cells import WrongCell, said_of

_LONGEST = {"content": 2000}


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
    return sheet_cells.text_of(value, _LONGEST.get(field, 200))
