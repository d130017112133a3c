"""A name of an enterprise taken apart: place, brand (字号), trade (行业), form, branch.

Source of the structure: 企业名称登记管理规定, article 6 (行政区划、字号、行业或者经营特点、组织形式).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from services.projects.domain.enterprise import vocabulary as v

_BRACKETS = str.maketrans("【】〔〕〈〉[]《》「」{}", "()()()()()()()")
_INSIDE = re.compile(r"\(([^()]*)\)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_UNKNOWN_PLACE = re.compile(r"^[\u3400-\u9fff]{2,3}?(?:自治县|自治州|省|市|县|区)(?=..)")
_NUMBER = re.compile(r"第?[一二三四五六七八九十0-9]+$")
_SHORTEST = 2
"""Characters that must be left where a place or trade is taken off."""


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a name says. `place` is province, city and what lies below, empty where it doesn't say; `has_form`: whether
    it is a full name and not a short one; `branch` names the branch, if it is one."""

    place: tuple[str, str, str]
    brand: str
    trades: tuple[str, ...]
    branch: str
    has_form: bool
    latin: bool

    @property
    def core(self) -> str:
        """Brand and trade, as they are written together."""
        return self.brand + "".join(self.trades)


def plain(name: str) -> str:
    """One width, one case, one script, accents off."""
    wide = unicodedata.normalize("NFKC", name).casefold().translate(v.SIMPLIFY)
    return "".join(one for one in unicodedata.normalize("NFKD", wide) if not unicodedata.combining(one))


def compact(name: str) -> str:
    """Letters and digits of the plain name alone: two names that differ in nothing else are one."""
    return "".join(one for one in plain(name) if one.isalnum())


def grams(name: str) -> frozenset[str]:
    """Each character and each pair of neighbours: a text that stands in the name has all its own among them."""
    text = compact(name)
    return frozenset(text) | frozenset(_pairs(text))


def marks(name: str) -> frozenset[str]:
    """By what a duplicate is looked up: pairs of the brand's characters with its edges, in a Latin name threes."""
    parts = name_parts(name)
    if parts.latin:
        edged = f"^^{parts.brand}$"
        return frozenset(edged[n : n + 3] for n in range(len(edged) - 2))
    return frozenset(_pairs(f"^{parts.brand}$"))


def _pairs(text: str) -> Iterator[str]:
    return (text[n : n + 2] for n in range(len(text) - 1))


@lru_cache(maxsize=4096)
def name_parts(name: str) -> NameParts:
    """The name taken apart."""
    text = plain(name).translate(_BRACKETS)
    return _han_parts(text) if _HAN.search(text) else _latin_parts(text)


def _han_parts(text: str) -> NameParts:
    insides = ["".join(filter(str.isalnum, one)) for one in _INSIDE.findall(text)]
    body = "".join(filter(str.isalnum, _INSIDE.sub("", text)))
    body, branch = _branch(body)
    body, has_form = _without_form(body)
    places, body = _places(body)
    for inside in insides:
        more, rest = _places(inside, whole=True)
        if not rest:
            places += more
        elif rest.endswith(v.BRANCHES):
            branch = branch or rest
        elif rest in v.FORMS:
            has_form = True
    brand, trades = _brand_and_trades(body)
    if not brand:
        brand, trades = (places.pop(), trades) if places else (trades[0], trades[1:]) if trades else (body, ())
    return NameParts(_joined(places), brand, trades, branch, has_form, latin=False)


def _branch(body: str) -> tuple[str, str]:
    """Head and branch: what follows the head's form; without one, the place before the word for a branch."""
    word = next((one for one in v.BRANCHES if body.endswith(one)), "")
    if not word:
        return body, ""
    before = body[: -len(word)]
    numbered = _NUMBER.search(before)
    if numbered and numbered.start() >= _SHORTEST:
        before, word = before[: numbered.start()], numbered[0] + word
    for form in ("公司", "集团", "厂", "银行"):
        head, found, rest = before.rpartition(form)
        if found and len(head) >= _SHORTEST:
            return head + found, (rest + word)
    for length in (4, 3, 2):
        if len(before) >= length + _SHORTEST and _place_named(before[-length:]):
            return before[:-length], before[-length:] + word
    return before, word


def _without_form(body: str) -> tuple[str, bool]:
    found = False
    while form := next((one for one in v.FORMS if body.endswith(one) and len(body) - len(one) >= _SHORTEST), ""):
        body, found = body[: -len(form)], True
    return body, found


def _place_named(text: str) -> tuple[str, str] | None:
    for level in ("", *v.LEVELS):
        if level and not text.endswith(level):
            continue
        found = v.PLACES.get(text[: len(text) - len(level)] if level else text)
        if found:
            return found
    return None


def _places(body: str, whole: bool = False) -> tuple[list[str], str]:
    """Places at the beginning, in their order, and what follows them. With `whole` nothing need follow."""
    places: list[str] = []
    least = 0 if whole else _SHORTEST
    while True:
        step = _leading_place(body, least)
        if step is None:
            return places, body
        place, body = step
        if place:
            places.append(place)


def _leading_place(body: str, least: int) -> tuple[str, str] | None:
    for word in v.EVERYWHERE:
        if body.startswith(word) and len(body) - len(word) >= least:
            return "", body[len(word) :]
    for length in (6, 5, 4, 3, 2):
        name = body[:length]
        if len(name) == length and name in v.PLACES:
            rest = body[length:]
            level = next((one for one in v.LEVELS if rest.startswith(one) and len(rest) - len(one) >= least), "")
            if len(rest) - len(level) >= least:
                return name, rest[len(level) :]
    unknown = _UNKNOWN_PLACE.match(body)
    if unknown and len(body) - unknown.end() >= max(least, _SHORTEST):
        return unknown[0], body[unknown.end() :]
    return None


def _joined(places: list[str]) -> tuple[str, str, str]:
    province = city = below = ""
    for place in places:
        if place in v.PLACES:
            known_province, known_city = v.PLACES[place]
            province, city = province or known_province, city or known_city
        else:
            below = below or place
    return province, city, below


def _brand_and_trades(body: str) -> tuple[str, tuple[str, ...]]:
    """Trades are taken off the end, the longest first; what is left is the brand."""
    trades: list[str] = []
    while body:
        word = next((one for one in (*v.SAME_TRADE, *v.TRADES) if body.endswith(one)), "")
        if not word:
            break
        body = body[: -len(word)]
        trades.insert(0, word)
    if len(body) == 1 and trades:
        body, trades = body + trades[0], trades[1:]
    return body, tuple(v.SAME_TRADE.get(one, one) for one in trades)


def _latin_parts(text: str) -> NameParts:
    inside = " ".join(_INSIDE.findall(text))
    words = _words(_INSIDE.sub(" ", text))
    inner = _words(inside)
    branch = " ".join(one for one in (*words, *inner) if one in ("branch", "office"))
    has_form = any(one in v.LATIN_FORMS for one in words)
    places, rest = _latin_places([one for one in words if one not in v.LATIN_FORMS and one not in ("branch", "office")])
    more = [v.LATIN_PLACES[one] for one in inner if one in v.LATIN_PLACES]
    trades: list[str] = []
    while rest and rest[-1] in v.LATIN_TRADES:
        trades.insert(0, v.LATIN_SAME.get(rest[-1], rest[-1]))
        rest = rest[:-1]
    if not rest:
        rest, trades = trades[:1], trades[1:]
    spots = places + more
    province, city = spots[0] if spots else ("", "")
    city = city or next((one for _, one in spots if one), "")
    return NameParts((province, city, ""), "".join(rest), tuple(trades), branch, has_form, latin=True)


def _words(text: str) -> list[str]:
    """Words of a Latin name; letters parted by points are one word (G.m.b.H.)."""
    together = re.sub(r"\b(?:[a-z]\.){2,}", lambda match: match[0].replace(".", "") + " ", text.replace("'", ""))
    return re.findall(r"[a-z0-9]+", together)


def _latin_places(words: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Places before and after the brand, and the words between."""
    spots = []
    rest = [one for one in words if one not in v.LATIN_EVERYWHERE] or words
    while len(rest) > 1 and rest[0] in v.LATIN_PLACES:
        spots.append(v.LATIN_PLACES[rest[0]])
        rest = rest[1:]
    while len(rest) > 1 and rest[-1] in v.LATIN_PLACES:
        spots.append(v.LATIN_PLACES[rest[-1]])
        rest = rest[:-1]
    return spots, rest
