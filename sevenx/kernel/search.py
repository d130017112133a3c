"""Search in lists: texts cut into characters and pairs of neighbours, an array each, with a GIN index over them.

Chinese has no word boundaries to index by, and PostgreSQL's own parsers find none: a text that stands in another has
all its own characters and pairs among the other's, so the index leaves few rows, and the text itself decides.
"""

from __future__ import annotations

import unicodedata

from sqlalchemy import Column, ColumnElement, Index, MetaData, Table, Text, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from sevenx.kernel.projection import Changes, projection_table


def compact(text: str) -> str:
    """Letters and digits alone, in one width and case."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def grams(text: str) -> list[str]:
    """Each character and each pair of the compact text, sorted."""
    plain = compact(text)
    return sorted({*plain, *(plain[n : n + 2] for n in range(len(plain) - 1))})


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


def holds(table: Table, words: str) -> ColumnElement[bool]:
    """Rows of the table in whose text the words stand; none where the words have neither letter nor digit."""
    c, text = table.c, compact(words)
    return (c.grams.contains(grams(words)) & (func.strpos(c.compact, text) > 0)) if text else c.compact == text


def found(table: Table, words: str, stream: ColumnElement[str]) -> ColumnElement[bool]:
    """Streams in one of whose texts the words stand."""
    return stream.in_(select(table.c.stream).where(holds(table, words)))
