"""The console's words in both languages, from the files in `i18n/`.

A file holds keys and pairs, nested as one likes:

    nav:
      overview: {zh: 总览, en: Overview}

and a template says `{{ t("nav.overview") }}`. What a text names in braces is given with the key:
`t("inbox.unread", n=3)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "i18n"
LANGUAGES = ("zh", "en")
CHINESE, ENGLISH = LANGUAGES
Pair = Mapping[str, str]


def pairs(content: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Pair]]:
    """(key, pair) of every text; ValueError for one that is not in exactly the two languages."""
    for name, value in content.items():
        key = f"{prefix}{name}"
        if not isinstance(value, Mapping):
            raise ValueError(f"{key} is {value!r}; a text is written {{zh: …, en: …}}")
        if set(value) & set(LANGUAGES):
            if set(value) != set(LANGUAGES) or not all(isinstance(one, str) and one for one in value.values()):
                raise ValueError(f"{key} must have a text in each of {', '.join(LANGUAGES)} and nothing else")
            yield key, value
        else:
            yield from pairs(value, f"{key}.")


@cache
def texts() -> Mapping[str, Pair]:
    """Every text by its key; ValueError when two files have one key."""
    found: dict[str, Pair] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for key, pair in pairs(yaml.safe_load(path.read_text("utf-8")) or {}):
            if key in found:
                raise ValueError(f"i18n/{path.name}: {key} stands in another file too")
            found[key] = pair
    return found


def text(language: str, key: str, **values: object) -> str:
    """The text of a key; KeyError when there is none, for a page must not show a key."""
    said = texts()[key][language]
    return said.format(**values) if values else said
