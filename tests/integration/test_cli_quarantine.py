"""`sevenx quarantine` beside a running reader."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal

from click.testing import CliRunner, Result

from sevenx.cli.quarantine import command
from sevenx.kernel.projection import Changes, Projections
from sevenx.kernel.testing.sample import Deposited, Opened, metadata, read_model, sample_service
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.reading import Place, reading

TEN = Decimal("10.00")


async def test_an_operator_lists_shows_and_redrives_what_is_set_aside(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place, refusing = Place.fresh(postgres, kafka), True
    model = Projections(metadata, include=[read_model()])

    @model.on("bank.Deposited")
    def refuse(_event: object, _rows: Changes) -> None:
        if refusing:
            raise ValueError("not today")

    async def call(*arguments: str) -> Result:
        options = ["--database", place.settings.database]
        return await asyncio.to_thread(CliRunner().invoke, command, [arguments[0], "bank", *arguments[1:], *options])

    place.bus.write("A-1", Opened("王五"), Deposited(TEN), Deposited(TEN))
    async with reading(place, sample_service(model)) as live:
        assert "nothing is set aside" in (await call("list")).output
        await live.reached("bank/A-1@1")
        await live.caught_up()
        listed = json.loads((await call("list", "--json")).output)
        assert [(one["kind"], one["version"], one["reason"]) for one in listed] == [
            ("parked", 2, "ValueError: not today"),
            ("parked", 3, "its stream is parked"),
        ]
        first = str(listed[0]["id"])
        assert json.loads((await call("show", first)).output)["hash"] == listed[0]["hash"]
        failed = await call("redrive", first)
        assert failed.exit_code == 1
        assert "not today" in failed.output
        refusing = False
        done = await call("redrive", "--all")
        assert done.exit_code == 0
        assert "2 redriven, 0 left" in done.output
        await live.reached("bank/A-1@3")
        unknown = await call("show", "999")
        assert unknown.exception is not None
        assert "no entry 999" in str(unknown.exception)
