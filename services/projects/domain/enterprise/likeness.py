"""How much two enterprises look like one, from 0 to 1.

A code of its own tells a legal person: equal codes are 1, different ones at most DIFFERENT_CODES. Else the most alike
pair of their names decides. A name is taken apart (`names.py`) and

    likeness = brand x trade x place,      at most BRANCH where only one is a branch, or they are different ones.

- brand: 1 - edits / length, or for a long one the Dice share of its bigrams where that is more (words in another
  order). An edit is a character put in or left out; 1.3 of one is another character, a half two neighbours that have
  changed places, three tenths a character that sounds the same, as a slip of who types by sound does. A numeral or a
  point of the compass in another's place makes them two. So the brand, the rare part of a name, weighs most: over the
  whole name, trades that everybody has would outweigh it.
- trade: 1 where both say the same; TRADE_LEFT_OUT where one lacks only words that any enterprise could have (科技,
  发展); SHORT_NAME where a short name says nothing of it; less where they say different things: sisters of one brand.
- place: 1 where both say the same; PLACE_LEFT_OUT where one says less; OTHER_PLACE where they contradict each other.

Threshold: from LIKELY on two are proposed as one. Nothing is merged by itself.
Sources: F. Damerau, CACM 7 (1964), for the edits; L. Dice, Ecology 26 (1945), for the share of common parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from services.projects.domain.enterprise import vocabulary as v
from services.projects.domain.enterprise.names import NameParts, compact, name_parts
from services.projects.domain.enterprise.sounds import blurred, syllable
from services.projects.domain.enterprise.values import Ground

LIKELY = 0.75
"""From here on two enterprises are proposed as one."""
DIFFERENT_CODES = 0.3
BRANCH = 0.35
TRADE_LEFT_OUT = 0.92
SHORT_NAME = 0.88
TRADE_MISSPELT = 0.9
NARROWER_TRADE = 0.7
OTHER_GENERIC = 0.68
NO_TRADE = 0.6
OTHER_TRADE = 0.4
PLACE_LEFT_OUT = 0.97
OTHER_PLACE = 0.5
_EXCHANGED = 1.3
_SOUNDS_ALIKE = 0.3
_BLURRED = 0.45
_TRANSPOSED = 0.5
_LONG = 4
"""Characters from which on a brand has bigrams enough to count them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An enterprise as it is compared: all its names, and the registrations that it has."""

    names: tuple[str, ...]
    codes: frozenset[str] = frozenset()
    foreign: frozenset[tuple[str, str]] = frozenset()
    """Country or region, and number there."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The score, the ground for it, and the names by which they are most alike."""

    score: float
    ground: Ground
    by: tuple[str, str] = ("", "")

    @property
    def likely(self) -> bool:
        return self.score >= LIKELY


def likeness(one: Mention, other: Mention) -> Likeness:
    """How much two enterprises look like one."""
    if one.codes & other.codes:
        return Likeness(1.0, Ground.SAME_CODE)
    if one.foreign & other.foreign:
        return Likeness(1.0, Ground.SAME_FOREIGN_REGISTRATION)
    found = max(
        (_of_names(mine, theirs) for mine in one.names for theirs in other.names),
        key=lambda each: each.score,
        default=Likeness(0.0, Ground.LIKE_NAME),
    )
    if one.codes and other.codes:
        return Likeness(min(found.score, DIFFERENT_CODES), found.ground, found.by)
    return found


def _of_names(one: str, other: str) -> Likeness:
    if compact(one) == compact(other):
        return Likeness(1.0, Ground.SAME_NAME, (one, other))
    score = name_likeness(name_parts(one), name_parts(other))
    return Likeness(score, Ground.SAME_NAME if score == 1.0 else Ground.LIKE_NAME, (one, other))


def name_likeness(one: NameParts, other: NameParts) -> float:
    """How much two names, taken apart, look like those of one enterprise."""
    if one.latin is not other.latin:
        return 0.0
    brand, trade = _brand_and_trade(one, other)
    score = brand * trade * _place(one.place, other.place)
    return round(min(score, BRANCH) if _other_branch(one.branch, other.branch) else score, 6)


def _brand_and_trade(one: NameParts, other: NameParts) -> tuple[float, float]:
    """Where a trade is misspelt it is taken for part of the brand: then it is held against the other's trade."""
    brand, trade = _alike(one.brand, other.brand, one.latin), _trade(one, other)
    best = brand, trade
    for longer, shorter in ((one, other), (other, one)):
        extra = longer.brand.removeprefix(shorter.brand)
        if shorter.brand and extra and len(extra) < len(longer.brand) and shorter.trades:
            written, meant = extra + "".join(longer.trades), "".join(shorter.trades)
            if _alike(written, meant, one.latin) >= _enough(meant) and best[0] * best[1] < TRADE_MISSPELT:
                best = 1.0, TRADE_MISSPELT
    return best


def _enough(meant: str) -> float:
    return 0.8 if len(meant) > 2 else 0.7


def _trade(one: NameParts, other: NameParts) -> float:
    if one.trades == other.trades:
        return 1.0
    generic = v.LATIN_GENERIC if one.latin else v.GENERIC
    mine, theirs = (frozenset(x for x in each.trades if x not in generic) for each in (one, other))
    if mine == theirs:
        return _generic(one, other)
    less = one if mine < theirs else other
    if mine < theirs or theirs < mine:
        if _short_for(less, one if less is other else other):
            return SHORT_NAME
        return NARROWER_TRADE if mine and theirs else NO_TRADE
    if _short_for(one, other) or _short_for(other, one):
        return SHORT_NAME
    written, meant = "".join(one.trades), "".join(other.trades)
    if len(written) > 2 and len(meant) > 2 and _alike(written, meant, one.latin) >= 0.85:
        return TRADE_MISSPELT
    common = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    return OTHER_TRADE + (NARROWER_TRADE - OTHER_TRADE) * common


def _short_for(short: NameParts, full: NameParts) -> bool:
    """A name without a form, all of whose trade stands in the other's, in this order."""
    letters = iter("".join(full.trades))
    return not short.has_form and all(one in letters for one in "".join(short.trades))


def _generic(one: NameParts, other: NameParts) -> float:
    """The same trade, apart from words that any enterprise could have."""
    mine, theirs = set(one.trades), set(other.trades)
    if mine == theirs:
        return 1.0
    if not (mine < theirs or theirs < mine):
        return OTHER_GENERIC
    less = one if mine < theirs else other
    return TRADE_LEFT_OUT if less.trades else (SHORT_NAME if not less.has_form else OTHER_GENERIC)


def _place(one: Iterable[str], other: Iterable[str]) -> float:
    pairs = list(zip(one, other, strict=True))
    if any(mine and theirs and mine != theirs for mine, theirs in pairs):
        return OTHER_PLACE
    return 1.0 if all(mine == theirs for mine, theirs in pairs) else PLACE_LEFT_OUT


def _other_branch(one: str, other: str) -> bool:
    if bool(one) != bool(other):
        return True
    return one != other and one not in other and other not in one


def _alike(one: str, other: str, latin: bool) -> float:
    longest = max(len(one), len(other))
    if longest == 0 or _counted_apart(one, other):
        return float(longest == 0)
    slips = max(0.0, 1 - _edits(one, other, latin) / longest)
    return max(slips, _dice(one, other)) if min(len(one), len(other)) >= _LONG else slips


def _counted_apart(one: str, other: str) -> bool:
    """Whether each has a numeral or the like that the other lacks: 第一 and 第二, 东方 and 南方."""
    mine, theirs = (Counter(each for each in text if each in v.COUNTERS) for text in (one, other))
    return bool(mine - theirs) and bool(theirs - mine)


def _dice(one: str, other: str) -> float:
    """Twice the bigrams in common over the bigrams of both."""
    mine, theirs = ([text[n : n + 2] for n in range(len(text) - 1)] for text in (one, other))
    common = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * common / (len(mine) + len(theirs))


def _edits(one: str, other: str, latin: bool) -> float:
    """What it costs to make one text of the other (optimal string alignment)."""
    rows = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for n in range(len(one) + 1):
        rows[n][0] = float(n)
    for n in range(len(other) + 1):
        rows[0][n] = float(n)
    for i, mine in enumerate(one, 1):
        for j, theirs in enumerate(other, 1):
            cost = min(
                rows[i - 1][j] + 1,
                rows[i][j - 1] + 1,
                rows[i - 1][j - 1] + _exchange(mine, theirs, latin),
            )
            if i > 1 and j > 1 and mine == other[j - 2] and theirs == one[i - 2] and mine != theirs:
                cost = min(cost, rows[i - 2][j - 2] + _TRANSPOSED)
            rows[i][j] = cost
    return rows[-1][-1]


def _exchange(mine: str, theirs: str, latin: bool) -> float:
    if mine == theirs:
        return 0.0
    one, other = ("", "") if latin else (syllable(mine), syllable(theirs))
    if not one or not other:
        return _EXCHANGED
    if one == other:
        return _SOUNDS_ALIKE
    return _BLURRED if blurred(one) == blurred(other) else _EXCHANGED
