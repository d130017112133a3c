"""What commands with amounts in other currencies need to know: the currencies, the setting, the calendar."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from services.projects.domain.exchange import YUAN, Currency, Exchange
from services.projects.roster import roster_of
from services.projects.tables import CALENDARS
from sevenx.declaration import ROOT
from sevenx.kernel.reads import Reads

CURRENCIES = ROOT / "data" / "rulebooks" / "currencies.yaml"
_MOST_DIGITS = 2
"""Amounts are kept with so many digits after the point."""


@cache
def currencies(path: Path = CURRENCIES) -> dict[str, Currency]:
    """The currencies of a file. ValueError lists everything that is wrong with it: a code that is not three capitals
    or is yuan's; minor units that amounts cannot hold."""
    raw = yaml.safe_load(path.read_text("utf-8"))["kinds"]
    problems = [
        *(f"{code!r} is no code of a currency beside yuan" for code in raw if not _is_code(code)),
        *(f"{code} has {one['minor_units']!r} minor units, not 0 to {_MOST_DIGITS}" for code, one in raw.items()
          if one["minor_units"] not in range(_MOST_DIGITS + 1)),
    ]  # fmt: skip
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))
    return {code: Currency(one["zh"], one["en"], one["minor_units"]) for code, one in raw.items()}


def _is_code(code: object) -> bool:
    return isinstance(code, str) and len(code) == len(YUAN) and code.isalpha() and code.isupper() and code != YUAN


async def exchange_of(reads: Reads) -> Exchange:
    """Currencies, setting and calendar as they hold now."""
    return Exchange(currencies(), (await roster_of(reads)).rate_days(), await CALENDARS.kept(reads))
