"""Pieces of names by which a search finds them with an index: characters and pairs of neighbours."""

from __future__ import annotations

import unicodedata


def compact(text: str) -> str:
    """Letters and digits alone, in one width and case."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def grams(text: str) -> list[str]:
    """Each character and each pair of the compact text, sorted: a part of a name has all its own among the name's."""
    plain = compact(text)
    return sorted({*plain, *(plain[n : n + 2] for n in range(len(plain) - 1))})
