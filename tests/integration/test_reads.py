"""Reading goes on by itself when the database was started anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from sevenx.kernel.reads import Reads, reads_engine
from sevenx.local.postgres import Postgres


async def test_a_read_after_a_restart_of_the_database_is_answered(tmp_path: Path) -> None:
    with Postgres(tmp_path / "pg") as server:
        reads = Reads(reads_engine(server.url()))
        try:
            assert await reads.scalar(text("SELECT 1")) == 1
            server.kill9()
            with pytest.raises(OperationalError):
                await reads.scalar(text("SELECT 2"))
            server.start()
            assert await reads.scalar(text("SELECT 3")) == 3
            backend = await reads.scalar(text("SELECT pg_backend_pid()"))
            other = Reads(reads_engine(server.url()))
            await other.scalar(text("SELECT pg_terminate_backend(:pid)").bindparams(pid=backend))
            await other.engine.dispose()
            assert await reads.rows(text("SELECT 4 AS n")) == [{"n": 4}], "a dead connection is replaced"
        finally:
            await reads.engine.dispose()
