"""Search in lists: texts cut into characters and pairs of neighbours, an array each, with a GIN index over them.

Chinese has no word boundaries to index by, and PostgreSQL's own parsers find none: a text that stands in another has
all its own characters and pairs among the other's, so the index leaves few rows, and the text itself decides.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sqlalchemy import Column, ColumnElement, Index, MetaData, Table, Text, select
from sqlalchemy.dialects.postgresql import ARRAY

from sevenx.kernel.projection import Changes, projection_table

_NUMBER = re.compile(r"^[0-9]{6}-[A-Z]{1,2}(-[0-9]+)+$")


def compact(text: str) -> str:
    """Letters and digits alone, in one width and case."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def grams(text: str) -> list[str]:
    """Each character and each pair of the compact text, sorted."""
    plain = compact(text)
    return sorted({*plain, *(plain[n : n + 2] for n in range(len(plain) - 1))})


def probes(words: str) -> list[str]:
    """As few pieces as cover the words: every further one would have the planner believe in fewer rows, as if pieces
    of one word were independent of each other."""
    plain = compact(words)
    if len(plain) < 2:
        return list(plain)
    return sorted({plain[n : n + 2] for n in (*range(0, len(plain) - 1, 2), len(plain) - 2)})


def searched_texts(name: str, metadata: MetaData) -> Table:
    """A projection table of the texts that a list is searched by: a row for each `field` of a stream."""
    table = projection_table(
        name,
        metadata,
        Column("field", Text, primary_key=True),
        Column("compact", Text, nullable=False),
        Column("grams", ARRAY(Text), nullable=False),
    )
    Index(f"{name}_by_grams", table.c.grams, postgresql_using="gin")
    return table


def tell(rows: Changes, table: Table, **fields: str | None) -> None:
    """The stream is found by these texts from now on; one that is None takes the field away."""
    for field, text in fields.items():
        if text is None:
            rows.delete(table, field)
        else:
            rows.put(table, field, compact=compact(text), grams=grams(text))


def stands(pieces: ColumnElement[Any], whole: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Whether a compact text stands in another one, of which there are the pieces and the whole. One or two characters
    are a piece. No character of a compact text means anything in a pattern; of LIKE, unlike strpos(), the planner knows
    how many rows to expect."""
    found = pieces.contains(probes(text))
    return found if len(text) <= 2 else found & whole.like(f"%{text}%")


def holds(table: Table, words: str) -> ColumnElement[bool]:
    """Rows of the table in whose text the words stand; none where the words have neither letter nor digit."""
    c, text = table.c, compact(words)
    return stands(c.grams, c.compact, text) if text else c.compact == text


def number(words: str) -> str | None:
    """The number of a stream, `410804-P-2026-0001`, if the words are one: a list looks for that alone then."""
    text = words.strip().upper()
    return text if _NUMBER.match(text) else None


def found(table: Table, words: str, stream: ColumnElement[str]) -> ColumnElement[bool]:
    """Streams in one of whose texts the words stand."""
    return stream.in_(select(table.c.stream).where(holds(table, words)))
