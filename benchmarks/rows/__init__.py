"""The rows of the table. To add one: write `measure(bench)` in a module here, and name it below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.bench import Bench
from benchmarks.harness import Figure
from benchmarks.rows import (
    bad_input,
    chaos,
    commands,
    excel,
    growth,
    http,
    latency,
    lists,
    live,
    rebuild,
    replay,
    tampering,
    up,
    year,
)


@dataclass(frozen=True)
class Row:
    """A group of figures that are measured together."""

    name: str
    title: str
    measure: Callable[[Bench], Iterator[Figure]]


ROWS = {
    row.name: row
    for row in (
        Row("commands", "A command, no HTTP: load, decide, append, outbox", commands.measure),
        Row("http", "Commands through HTTP, sixteen clients, one process", http.measure),
        Row("live", "Live projection through Faust, checkpoint in the database", live.measure),
        Row("latency", "From a command's answer to the portal's read model, 100 commands a second", latency.measure),
        Row("replay", "Verified replay of the log from Kafka", replay.measure),
        Row("growth", "Verified replay of a long log against a short one", growth.measure),
        Row("rebuild", "Rebuild of all projections into PostgreSQL", rebuild.measure),
        Row("lists", "Every list and search over 20,000 projects and 100,000 leads, at the database", lists.measure),
        Row("excel", "An Excel sheet of five thousand leads, through the one origin", excel.measure),
        Row("tampering", "What is found of a sealed log that was changed", tampering.measure),
        Row("badinput", "APIs fuzzed from their OpenAPI, garbage on every topic", bad_input.measure),
        Row("up", "`sevenx up` from nothing to all ready", up.measure),
        Row("year", "A year of one district in the demonstration, from all ready to verified", year.measure),
        Row("chaos", "Fifty thousand commands while parts are killed at random", chaos.measure),
    )
}
