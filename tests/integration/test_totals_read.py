"""A read model with a total on the real bus: read live, rebuilt, folded again, and compared with a replay."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Numeric, Text, select

from sevenx.declaration import AUDIT
from sevenx.kernel.envelope import Recorded, value_hash
from sevenx.kernel.projection import READ, Changes, Projections, projection_table
from sevenx.kernel.rebuild import rebuild
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.testing.bus import Written
from sevenx.kernel.testing.sample import AREA, Deposited, Opened, Withdrawn, sample_service
from sevenx.kernel.totals import total_table
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.reading import Place, reading
from tests.integration.test_reader_crashes import write_some
from tests.integration.test_reader_rules import discard

TEN, FIVE = Decimal("10.00"), Decimal("5.00")


def bank() -> ServiceDefinition:
    """The sample bank, with what each owner has in all of his accounts."""
    metadata = MetaData(schema=READ)
    account = projection_table("account", metadata, Column("owner", Text, nullable=False))
    entry = projection_table(
        "entry", metadata, Column("version", Integer, primary_key=True), Column("amount", Numeric(20, 2))
    )
    moved = select(account.c.stream, account.c.owner, entry.c.amount).join(entry, entry.c.stream == account.c.stream)
    total_table("balance", metadata, moved, ["amount"])
    model = Projections(metadata)

    @model.on("bank.Opened")
    def opened(event: Recorded, rows: Changes) -> None:
        rows.put(account, owner=event.data["owner"])

    @model.on("bank.Deposited", "bank.Withdrawn")
    def was_moved(event: Recorded, rows: Changes) -> None:
        amount = event.data["amount"]
        rows.put(entry, event.version, amount=amount if event.name == "Deposited" else -amount)

    return sample_service(model)


def balances(place: Place) -> dict[str, Any]:
    rows = place.rows("SELECT owner, sum(amount) AS amount FROM read.balance GROUP BY owner")
    return {row["owner"]: row["amount"] for row in rows}


async def test_a_total_follows_its_rows_live_and_in_a_rebuild(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    place, service = Place.fresh(postgres, kafka), bank()
    write_some(place.bus, 10, 400, seed=1)
    async with reading(place, service) as live:
        await live.caught_up()
        before = balances(place)
        with place.connect() as connection:
            rebuild(connection, place.side(service))
        assert balances(place) == before
        place.bus.write("Z-1", Opened("钱七"), Deposited(TEN), Withdrawn(FIVE))
        await live.reached("bank/Z-1@3")
        assert balances(place) == {**before, "钱七": FIVE}
    assert place.compared(service)["equal"]


async def test_a_total_is_without_what_was_folded_out(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    place, service = Place.fresh(postgres, kafka), bank()
    place.bus.write("A-1", Opened("王五"))
    head = place.bus.heads[AREA, "A-1"]
    forged = place.bus.encode("A-1", Deposited(Decimal("1000000.00")), after=Written(head.version, head.hash))
    place.bus.send([("A-1", forged)])
    place.bus.write("A-1", Deposited(TEN), Withdrawn(FIVE))
    async with reading(place, service) as live:
        await live.caught_up()
        assert balances(place) == {"王五": Decimal("1000000.00")}
        assert value_hash(forged).hex() in {fork.found_hash for fork in live.forks}
        place.bus.write("410804-T-1", discard(place, forged, "A-1", 2), area=AUDIT)
        await live.reached("bank/A-1@3")
        assert balances(place) == {"王五": FIVE}
    assert place.compared(service)["equal"]


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        ("UPDATE read.balance SET amount = amount + 1", "columns"),
        ("DELETE FROM read.balance", "missing"),
        ("INSERT INTO read.balance (owner, part, counted, amount) VALUES ('钱七', 1, 1, 1)", "missing"),
    ],
)
async def test_a_comparison_finds_a_total_that_was_tampered_with(
    postgres: SharedPostgres, kafka: KafkaLogin, tamper: str, found: str
) -> None:
    place, service = Place.fresh(postgres, kafka), bank()
    place.bus.write("A-1", Opened("王五"), Deposited(TEN))
    async with reading(place, service) as live:
        await live.reached("bank/A-1@2")
    assert place.compared(service)["equal"]
    with place.connect() as connection:
        connection.execute(tamper.encode())
    report = place.compared(service)
    assert [name for name, one in report["tables"].items() if not one["equal"]] == ["balance"]
    assert found in report["tables"]["balance"]["first"][0]
