"""Reactions: run once the event is shown, never rewound, set aside when they fail, given again by redrive."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from sevenx.kernel.envelope import Recorded
from sevenx.kernel.quarantine import entries, redrive
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import Reads
from sevenx.kernel.rebuild import rebuild
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.testing.sample import Deposited, Opened, entry_table, sample_service
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.reading import Place, eventually, reading

TEN, FIVE = Decimal("10.00"), Decimal("5.00")


class Noted:
    """A service whose reaction notes the deposits that it sees in the projections, and fails on some."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Decimal]] = []
        self.tried = 0
        self.refused: Decimal | None = FIVE

    async def note(self, event: Recorded, reads: Reads, _desk: Desk) -> None:
        self.tried += 1
        if event.data["amount"] == self.refused:
            raise ValueError("not this one")
        query = select(entry_table.c.amount).where(
            entry_table.c.stream == event.stream, entry_table.c.version == event.version
        )
        self.seen.append((event.position, await reads.scalar(query)))

    def service(self) -> ServiceDefinition:
        return sample_service(reactions=(Reaction("note", ("bank.Deposited",), self.note),))


async def test_a_reaction_sees_each_event_once_it_is_shown_and_a_failing_one_is_set_aside_for_redrive(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place, noted = Place.fresh(postgres, kafka), Noted()
    place.bus.write("A-1", Opened("王五"), Deposited(TEN), Deposited(FIVE), Deposited(TEN))

    async with reading(place, noted.service(), handler=object()) as live:  # type: ignore[arg-type]

        async def through() -> bool:
            return len(noted.seen) == 2 and not place.rows("SELECT FROM ops.reaction_queue")

        await eventually(through)
        assert noted.seen == [("bank/A-1@2", TEN), ("bank/A-1@4", TEN)]
        assert place.aside() == [("reaction", "A-1", 3, "open")]
        assert noted.tried == 6
        noted.refused = None
        with place.connect() as connection:
            assert redrive(connection, place.side(noted.service()), entries(connection)).reactions == 1

        async def again() -> bool:
            return len(noted.seen) == 3

        await eventually(again)
        assert noted.seen[-1] == ("bank/A-1@3", FIVE)
        await live.state("running")
    assert place.compared()["equal"]


async def test_neither_a_rebuild_nor_a_lost_read_model_gives_an_event_to_a_reaction_again(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place, noted = Place.fresh(postgres, kafka), Noted()
    place.bus.write("A-1", Opened("王五"), Deposited(TEN), Deposited(TEN))

    async def two() -> bool:
        return len(noted.seen) == 2

    async with reading(place, noted.service(), handler=object()) as live:  # type: ignore[arg-type]
        await live.caught_up()
        await eventually(two)
        with place.connect() as connection:
            rebuild(connection, place.side(noted.service()))
    with place.connect() as connection:
        connection.execute("DROP SCHEMA read CASCADE")
    async with reading(place, noted.service(), handler=object()) as live:  # type: ignore[arg-type]
        await live.reached("bank/A-1@3")
        place.bus.write("A-1", Deposited(TEN))
        await live.reached("bank/A-1@4")

        async def three() -> bool:
            return len(noted.seen) >= 3 and not place.rows("SELECT FROM ops.reaction_queue")

        await eventually(three)
    assert [position for position, _ in noted.seen] == ["bank/A-1@2", "bank/A-1@3", "bank/A-1@4"]


async def test_an_event_that_does_not_concern_a_reaction_is_not_given_to_it(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place, noted = Place.fresh(postgres, kafka), Noted()
    noted.refused = None
    large = Reaction("note", ("bank.Deposited",), noted.note, when=lambda event: event.data["amount"] > FIVE)
    place.bus.write("A-1", Opened("王五"), Deposited(FIVE), Deposited(TEN))

    async with reading(place, sample_service(reactions=(large,)), handler=object()):  # type: ignore[arg-type]

        async def through() -> bool:
            return len(noted.seen) == 1 and not place.rows("SELECT FROM ops.reaction_queue")

        await eventually(through)
    assert noted.seen == [("bank/A-1@3", TEN)]


async def test_a_reaction_that_cannot_tell_whether_an_event_concerns_it_gets_it_and_the_reader_goes_on(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place, noted = Place.fresh(postgres, kafka), Noted()
    noted.refused = None
    confused = Reaction("note", ("bank.Deposited",), noted.note, when=lambda event: bool(event.data["no such field"]))
    place.bus.write("A-1", Opened("王五"), Deposited(FIVE), Deposited(TEN))

    async with reading(place, sample_service(reactions=(confused,)), handler=object()):  # type: ignore[arg-type]

        async def through() -> bool:
            return len(noted.seen) == 2 and not place.rows("SELECT FROM ops.reaction_queue")

        await eventually(through)
    assert [position for position, _ in noted.seen] == ["bank/A-1@2", "bank/A-1@3"]
