"""Bodies and answers of audit's API."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

Hash = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the record's value, hex", examples=["0f" * 32])


class SealBody(BaseModel):
    """Which seal to make."""

    period: str | None = Field(
        None,
        pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$",
        description="A month that all areas have closed; without it everything read so far is sealed now, on demand",
        examples=["2026-07"],
    )


class ConcludeBody(BaseModel):
    """A conclusion about one record on the bus."""

    record_hash: str = Hash
    area: str = Field(pattern=r"^[a-z]+$", examples=["projects"])
    partition: int = Field(ge=0, le=5)
    offset: int = Field(ge=0, le=2**31 - 1)
    reason: str = Field(min_length=1, max_length=2000, examples=["模拟数据：该记录不是项目服务写入的"])
    tampering: bool = Field(False, description="The record was forged; only for one that its owner reported")
    stream: str | None = Field(None, pattern=r"^[A-Za-z0-9-]{1,128}$")
    version: int | None = Field(None, ge=1, le=2**31 - 1)


class Seal(BaseModel):
    """A seal of the log."""

    number: int
    kind: str
    period: str
    as_of: datetime
    sealed_at: datetime
    leaves: int
    tree_size: int
    root: str
    statement_hash: str
    key_id: str


class Fork(BaseModel):
    """A record that its owner reported as not its own."""

    area: str
    forked_stream: str
    forked_version: int
    partition: int
    offset: int
    found_hash: str
    own_hash: str | None
    found_at: datetime
    open: bool = Field(description="Not concluded yet")


class Conclusion(BaseModel):
    """What was concluded of a record."""

    kind: str = Field(description="`tampering` or `discarded`")
    record_hash: str
    area: str
    about: str | None = Field(description="The stream that the record claims")
    version: int | None
    topic: str
    partition: int
    offset: int
    reason: str
    decided_by: str
    decided_at: datetime


class PeriodState(BaseModel):
    """A cut-off, and which area and partition have not announced it yet."""

    kind: str
    period: str
    as_of: datetime
    missing: tuple[str, ...]
