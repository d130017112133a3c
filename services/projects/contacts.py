"""Contact persons of enterprises: the one table of projects that no event can bring back, because none may hold a
person's name or number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.envelope import uuid7

DETAILS = ("name", "position", "telephone", "email", "note")
_FIND = """
SELECT contact, name, position, telephone, email, note, updated_at FROM ops.contact
WHERE contact = ANY(%s) AND receipt IS NULL
"""
_PUT = """
INSERT INTO ops.contact (contact, enterprise, name, position, telephone, email, note, updated_by)
VALUES (%(contact)s, %(enterprise)s, %(name)s, %(position)s, %(telephone)s, %(email)s, %(note)s, %(by)s)
ON CONFLICT (contact) DO UPDATE
SET name = EXCLUDED.name, position = EXCLUDED.position, telephone = EXCLUDED.telephone, email = EXCLUDED.email,
    note = EXCLUDED.note, updated_by = EXCLUDED.updated_by, updated_at = clock_timestamp()
WHERE ops.contact.receipt IS NULL
RETURNING contact, name, position, telephone, email, note, updated_at
"""
_ERASE = """
INSERT INTO ops.contact AS c (contact, enterprise, updated_by, receipt, erased, erased_by, erased_at)
VALUES (%(contact)s, %(enterprise)s, %(by)s, %(receipt)s, '{}', %(by)s, clock_timestamp())
ON CONFLICT (contact) DO UPDATE
SET name = NULL, position = NULL, telephone = NULL, email = NULL, note = NULL,
    receipt = EXCLUDED.receipt, erased_by = EXCLUDED.erased_by, erased_at = EXCLUDED.erased_at,
    erased = array_remove(ARRAY[
        CASE WHEN c.name IS NOT NULL THEN 'name' END, CASE WHEN c.position IS NOT NULL THEN 'position' END,
        CASE WHEN c.telephone IS NOT NULL THEN 'telephone' END, CASE WHEN c.email IS NOT NULL THEN 'email' END,
        CASE WHEN c.note IS NOT NULL THEN 'note' END
    ], NULL)
WHERE c.receipt IS NULL
"""
_RECEIPT = "SELECT receipt, contact, erased, erased_by, erased_at FROM ops.contact WHERE contact = %s"


async def find(pool: AsyncConnectionPool, contacts: Sequence[str]) -> list[Mapping[str, Any]]:
    """What is kept of these contacts, of those that are not erased."""
    async with pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_FIND.encode(), (list(contacts),))
        return list(await cursor.fetchall())


async def put(
    pool: AsyncConnectionPool, contact: str, enterprise: str, by: str, details: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """Keep this of a contact from now on, and nothing else. None where it is erased: that is for good."""
    given = {**{key: details.get(key) for key in DETAILS}, "contact": contact, "enterprise": enterprise, "by": by}
    return await _one(pool, _PUT, given)


async def erase(pool: AsyncConnectionPool, contact: str, enterprise: str, by: str) -> Mapping[str, Any]:
    """Erase what is kept of a contact, once; the receipt says what kinds of details there were, not what they were.
    Asked again, it is the same receipt."""
    given = {"contact": contact, "enterprise": enterprise, "by": by, "receipt": UUID(bytes=uuid7())}
    async with pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_ERASE.encode(), given)
        await cursor.execute(_RECEIPT.encode(), (contact,))
        found = await cursor.fetchone()
    if found is None:
        raise LookupError(f"the receipt of {contact} is not there")
    return found


async def _one(pool: AsyncConnectionPool, query: str, arguments: Any) -> Mapping[str, Any] | None:
    async with pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query.encode(), arguments)
        return await cursor.fetchone()
