"""Enterprises are looked up by index, among many: duplicates by marks of the brand, a search by pieces of the name."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import postgresql

from services.projects import enterprise_queries as q
from services.projects.domain.enterprise.likeness import Mention
from services.projects.domain.enterprise.names import compact, grams, marks
from services.projects.enterprise_likes import likes
from services.projects.projections import projections
from sevenx.kernel import read_schema
from sevenx.kernel.projection import READ
from sevenx.kernel.reads import Reads, reads_engine
from tests.conftest import Database, SharedPostgres

MANY = 30_000
FIRST = "云海天星金玉青白玄明瑞鸿德安嘉和永盛华光"
SECOND = "帆晏枢河禾圭梧泽鸟远丰泰利澜裕润昌达章曜"
THIRD = "源林峰川洲屿汀岸桥渡驿"
TRADES = ("铝材", "机械", "食品", "医药", "物流", "电子", "化工", "纺织", "软件", "建材")
PLACES = ("浙江", "江苏", "山东", "广东", "河南", "湖北", "安徽")


def names() -> Iterator[str]:
    """So many names of enterprises that do not exist (模拟数据)."""
    for n in range(MANY):
        place, first, second = PLACES[n % 7], FIRST[n // 7 % 20], SECOND[n // 140 % 20]
        yield f"{place}{first}{second}{THIRD[n // 2800 % 11]}{TRADES[n % 10]}有限公司"


@pytest.fixture(scope="module")
def database(postgres: SharedPostgres) -> Database:
    made = postgres.create_database("projects")
    with psycopg.connect(made.owner_url, autocommit=True) as connection:
        read_schema.create(connection, projections, READ)
        with (
            connection.cursor() as cursor,
            cursor.copy(b"COPY read.enterprise_name (stream, name, kind, compact, grams, marks) FROM STDIN") as copy,
        ):
            for n, name in enumerate(names(), 1):
                row = (f"410804-E-2026-{n:05d}", name, "name", compact(name), sorted(grams(name)), sorted(marks(name)))
                copy.write_row(row)
        connection.execute(
            b"INSERT INTO read.enterprise (stream, name, origin, place, note, registered_for, registered_on,"
            b" registered_by) SELECT stream, name, 'province_external', '-', '', '-', '2026-07-20', '-'"
            b" FROM read.enterprise_name"
        )
        connection.execute(b"VACUUM ANALYZE read.enterprise_name")
        connection.execute(b"VACUUM ANALYZE read.enterprise")
    return made


def plan(database: Database, query: Select[Any]) -> str:
    text = str(query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))  # type: ignore[no-untyped-call]
    with psycopg.connect(database.owner_url) as connection:
        return "\n".join(row[0] for row in connection.execute(f"EXPLAIN {text}".encode()))


def test_candidates_come_from_the_index(database: Database) -> None:
    assert "enterprise_name_by_marks" in plan(database, q.sharing(marks("浙江星河源铝材有限公司")))


def test_a_search_goes_by_the_index(database: Database) -> None:
    assert "enterprise_name_by_grams" in plan(database, q.page("星河源铝", None, None, None, "newest", None, 50))


async def test_a_duplicate_is_found_among_many_at_once(database: Database) -> None:
    reads = Reads(reads_engine(database.owner_url))
    try:
        await likes(reads, Mention(("江苏星河源铝材有限公司",)))
        began = time.perf_counter()
        found = await likes(reads, Mention(("星禾源机械股份有限公司",)), least=0.5)
        took = time.perf_counter() - began
    finally:
        await reads.engine.dispose()
    assert [one.found.likely for one in found[:1]] == [True]
    assert found[0].name.endswith("星河源机械有限公司") or found[0].name.endswith("星禾源机械有限公司")
    assert took < 2, f"{took:.2f} s"
