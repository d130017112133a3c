"""Tampering: what of it is found and named. A small sealed log is changed in one place at a time, and verified.

Not a measure of speed: the figure is a share, and its goal all.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.harness import Figure, Goal, Series, expect
from sevenx.kernel.topics import schemas_topic
from sevenx.proof.dump import DumpedRecord
from sevenx.proof.seal_statement import read_public_key
from sevenx.proof.source import Extent, Place, Record, Topic
from sevenx.proof.verify import Report, verify_log
from sevenx.proof.wire import meta_of
from tests.unit.proof.a_log import AREAS, DISTRICT, Log, build, changed, published_schemas, renumber

Records = dict[Place, list[DumpedRecord]]
Edit = Callable[[random.Random, Records, DumpedRecord], None]
"""Changes a copy of the log at one sealed event."""


class Memory:
    """A log as a source without files."""

    district = DISTRICT

    def __init__(self, records: Records) -> None:
        schemas = schemas_topic(DISTRICT)
        self._records: Records = {**records, (schemas, 0): published_schemas(schemas)}
        names = {f"{DISTRICT}.{area}.events": 6 for area in AREAS} | {schemas: 1}
        self.topics: Sequence[Topic] = [
            Topic(name, "bench", tuple(Extent(0, len(self._records.get((name, n), ()))) for n in range(width)))
            for name, width in names.items()
        ]

    def read(self, places: Collection[Place]) -> Iterator[Sequence[Record]]:
        for place in places:
            if self._records.get(place):
                yield self._records[place]

    def damage(self) -> Sequence[tuple[Place, str]]:
        return ()


def measure(bench: Bench) -> Iterator[Figure]:
    """Percent of the changes that were found and named."""
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        seals = Path(folder) / "seals"
        log, _, _ = build(seals)
        expect("problems of the sound log", _verify(log.records, seals).problems, [])
        sealed = _sealed(log)
        dice = random.Random(37)
        for what, edit in (
            ("a byte changed", _change),
            ("an event dropped", _drop),
            ("an event moved before its predecessor", _move),
            ("a forged event added", _add),
        ):
            victims = [one for one in sealed if edit is not _move or _version(one) > 1]
            chosen = dice.sample(victims, min(len(victims), bench.size(200, 20)))
            found = sum(_is_found(log, seals, edit, dice, victim) for victim in chosen)
            yield _share(f"{what}: found and named, of {len(chosen)}", found, len(chosen))
        again = [_counted(log, seals, dice.choice(sealed)) for _ in range(bench.size(50, 5))]
        yield _share(f"an identical record resent: a counted duplicate, of {len(again)}", sum(again), len(again))


def _sealed(log: Log) -> list[DumpedRecord]:
    """All but the last LogSealed, which the next seal covers."""
    records = log.all()
    last = max(n for n, one in enumerate(records) if one.raw_key == f"{DISTRICT}-S-seals".encode())
    return [one for n, one in enumerate(records) if n != last]


def _is_found(log: Log, seals: Path, edit: Edit, dice: random.Random, victim: DumpedRecord) -> bool:
    """Whether a problem names the event's stream and version."""
    records = {place: list(of_place) for place, of_place in log.records.items()}
    edit(dice, records, victim)
    meta = meta_of(victim.raw_value or b"")
    assert meta is not None
    return any((one.stream, one.version) == (meta.stream, meta.version) for one in _verify(records, seals).problems)


def _change(dice: random.Random, records: Records, victim: DumpedRecord) -> None:
    value = bytearray(victim.raw_value or b"")
    value[dice.randrange(len(value))] ^= dice.randrange(1, 256)
    records[victim.place][victim.at] = changed(victim, raw_value=bytes(value))


def _drop(_: random.Random, records: Records, victim: DumpedRecord) -> None:
    del records[victim.place][victim.at]
    records[victim.place] = renumber(records[victim.place])


def _move(_: random.Random, records: Records, victim: DumpedRecord) -> None:
    of_place = records[victim.place]
    predecessor = max(n for n, one in enumerate(of_place[: victim.at]) if one.raw_key == victim.raw_key)
    of_place.insert(predecessor, of_place.pop(victim.at))
    records[victim.place] = renumber(of_place)


def _add(dice: random.Random, records: Records, victim: DumpedRecord) -> None:
    """Another event at the same place of the chain: the same prev and version, other content."""
    value = bytearray(victim.raw_value or b"")
    value[-1] ^= dice.randrange(1, 128)
    of_place = records[victim.place]
    of_place.insert(dice.randrange(victim.at + 1, len(of_place) + 1), changed(victim, raw_value=bytes(value)))
    records[victim.place] = renumber(of_place)


def _counted(log: Log, seals: Path, victim: DumpedRecord) -> bool:
    records = {place: list(of_place) for place, of_place in log.records.items()}
    records[victim.place] = renumber([*records[victim.place], victim])
    report = _verify(records, seals)
    return (report.problems, report.duplicates) == ([], 1)


def _verify(records: Records, seals: Path) -> Report:
    return verify_log(Memory(records), seals, read_public_key(seals / "seal.pub"))


def _version(record: DumpedRecord) -> int:
    meta = meta_of(record.raw_value or b"")
    return meta.version if meta else 0


def _share(what: str, found: int, of: int) -> Figure:
    return Figure(what, "", Series(what, "%", (100 * found / of,)), Goal(100))
