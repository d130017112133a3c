"""A small service for the kernel's own tests: the area `bank` with one aggregate, the account.

    catalog = sample_catalog()
    definition = sample_service()

Its schemas are derived when they are asked for, beside the project's own, and stand in no released folder.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from shutil import copytree

from fastapi import APIRouter
from sqlalchemy import Column, Integer, MetaData, Numeric, Text

from sevenx.kernel.avro import SCHEMAS, Catalog
from sevenx.kernel.decider import Decider, Decision
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.errors import Rejection
from sevenx.kernel.event_types import schema_of
from sevenx.kernel.projection import READ, Changes, Projections, projection_table
from sevenx.kernel.reaction import Reaction
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.types import Money

AREA = "bank"


@dataclass(frozen=True, slots=True)
class Opened:
    """An account was opened."""

    owner: str


@dataclass(frozen=True, slots=True)
class Deposited:
    """Money was paid in."""

    amount: Money


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Money was taken out."""

    amount: Money


@dataclass(frozen=True, slots=True)
class Open:
    owner: str


@dataclass(frozen=True, slots=True)
class Deposit:
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Withdraw:
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """The state; without an owner it is not open."""

    owner: str | None = None
    balance: Decimal = Decimal(0)


NOT_OPEN = Rejection("account-not-open", "账户尚未开立", "the account is not open")


def decide(command: object, account: Account) -> Decision:
    """Opening again with the same owner changes nothing; the balance never falls below zero."""
    match command:
        case Open(owner):
            if account.owner is None:
                return [Opened(owner)]
            return [] if account.owner == owner else Rejection("account-open", "账户已开立", "the account is open")
        case Deposit(amount):
            return [Deposited(amount)] if account.owner else NOT_OPEN
        case Withdraw(amount):
            if account.owner is None:
                return NOT_OPEN
            if amount > account.balance:
                return Rejection(
                    "balance-too-low", "余额不足", "the balance is too low", details={"balance": account.balance}
                )
            return [Withdrawn(amount)]
    raise TypeError(f"not a command of an account: {command!r}")


def evolve(account: Account, event: object) -> Account:
    match event:
        case Opened(owner):
            return replace(account, owner=owner)
        case Deposited(amount):
            return replace(account, balance=account.balance + amount)
        case Withdrawn(amount):
            return replace(account, balance=account.balance - amount)
    return account


ACCOUNT: Decider[Account] = Decider("account", Account(), decide, evolve, (Opened, Deposited, Withdrawn))

metadata = MetaData(schema=READ)
account_table = projection_table(
    "account", metadata, Column("owner", Text, nullable=False), Column("last_version", Integer, nullable=False)
)
entry_table = projection_table(
    "entry",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("amount", Numeric(20, 2), nullable=False),
)


def read_model(version: int = 1) -> Projections:
    """`read.account` (one row an account) and `read.entry` (one row a movement, withdrawals negative)."""
    projections = Projections(metadata, version)

    @projections.on("bank.Opened")
    def opened(event: Recorded, rows: Changes) -> None:
        rows.put(account_table, owner=event.data["owner"], last_version=event.version)

    @projections.on("bank.Deposited")
    def deposited(event: Recorded, rows: Changes) -> None:
        rows.put(entry_table, event.version, amount=event.data["amount"])
        rows.set(account_table, last_version=event.version)

    @projections.on("bank.Withdrawn")
    def withdrawn(event: Recorded, rows: Changes) -> None:
        rows.put(entry_table, event.version, amount=-event.data["amount"])
        rows.set(account_table, last_version=event.version)

    return projections


def sample_service(projections: Projections | None = None, reactions: tuple[Reaction, ...] = ()) -> ServiceDefinition:
    """The definition of the service `bank`."""
    return ServiceDefinition(
        area=AREA,
        title="Sample bank",
        title_zh="示例银行",
        router=APIRouter(),
        deciders=(ACCOUNT,),
        projections=projections or read_model(),
        permissions={},
        reactions=reactions,
    )


@cache
def sample_catalog() -> Catalog:
    """The project's schemas and the bank's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "avro"
        copytree(SCHEMAS, folder)
        (folder / AREA).mkdir()
        for event in ACCOUNT.events:
            schema = schema_of(event, f"sevenx.{AREA}")
            (folder / AREA / f"{event.__name__}.v1.avsc").write_text(json.dumps(schema), "utf-8")
        return Catalog(folder)
