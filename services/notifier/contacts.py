"""Contacts: the one table of notifier that no event can bring back, because none may hold an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.envelope import uuid7

_FIND = "SELECT email, opted_out, updated_at FROM ops.contact WHERE person = %s"
_SET = """
INSERT INTO ops.contact (person, email, opted_out) VALUES (%s, %s, %s)
ON CONFLICT (person) DO UPDATE
SET email = EXCLUDED.email, opted_out = EXCLUDED.opted_out, updated_at = clock_timestamp()
RETURNING email, opted_out, updated_at
"""
_ERASE = """
WITH erased AS (DELETE FROM ops.contact WHERE person = %(person)s RETURNING email, opted_out)
INSERT INTO ops.contact_erasure (receipt, person, erased_by, erased)
SELECT %(receipt)s, %(person)s, %(by)s, coalesce((
    SELECT array_remove(ARRAY[
        CASE WHEN email IS NOT NULL THEN 'email' END, CASE WHEN opted_out <> '{}' THEN 'opted_out' END
    ], NULL) FROM erased
), '{}')
RETURNING receipt, person, erased, erased_at
"""


async def find(pool: AsyncConnectionPool, person: str) -> Mapping[str, Any] | None:
    """What is kept of a person, if anything."""
    return await _one(pool, _FIND, (person,))


async def put(pool: AsyncConnectionPool, person: str, email: str | None, opted_out: Sequence[str]) -> Mapping[str, Any]:
    """Keep this of a person from now on, and nothing else."""
    return await _one(pool, _SET, (person, email, list(opted_out))) or {}


async def erase(pool: AsyncConnectionPool, person: str, by: str) -> Mapping[str, Any]:
    """Erase what is kept of a person. The receipt says what kinds of things were there, not what they were."""
    given = {"person": person, "by": by, "receipt": UUID(bytes=uuid7())}
    return await _one(pool, _ERASE, given) or {}


async def _one(pool: AsyncConnectionPool, query: str, arguments: Any) -> Mapping[str, Any] | None:
    async with pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query.encode(), arguments)
        return await cursor.fetchone()
