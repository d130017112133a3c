"""`sevenx schemas`: the files in `schemas/avro` and the event dataclasses, held against each other."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from sevenx.declaration import services
from sevenx.kernel.avro import SCHEMAS, Catalog
from sevenx.kernel.decider import Decider
from sevenx.kernel.event_types import schema_of
from sevenx.kernel.kernel_events import KERNEL_EVENTS

LOCK = "released.lock"


def declared_events() -> Iterator[tuple[str, type]]:
    """(area, dataclass) of every event: the kernel's own, then those of each declared service's DECIDERS."""
    yield from (("kernel", event) for event in KERNEL_EVENTS)
    for service in services():
        name = f"services.{service.area}.deciders"
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name in (name, f"services.{service.area}"):
                continue
            raise
        deciders: tuple[Decider[Any], ...] = module.DECIDERS
        for event in dict.fromkeys(event for decider in deciders for event in decider.events):
            yield service.area, event


def text_of(area: str, event: type) -> str:
    """What the file of an event's newest version holds."""
    return json.dumps(schema_of(event, f"sevenx.{area}"), indent=2, ensure_ascii=False) + "\n"


def newest(folder: Path, area: str, event: type) -> Path | None:
    """The file of the highest version of an event, or None."""
    files = (folder / area).glob(f"{event.__name__}.v*.avsc")
    return max(files, key=version_of, default=None)


def version_of(path: Path) -> int:
    """3 of `Event.v3.avsc`."""
    return int(path.name.rsplit(".v", 1)[1].removesuffix(".avsc"))


def released(folder: Path = SCHEMAS) -> dict[str, str]:
    """SHA-256 (hex) of each released file by its path under `schemas/avro`; empty before the first release."""
    lock = folder / LOCK
    lines = lock.read_text("utf-8").splitlines() if lock.exists() else []
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def write(folder: Path = SCHEMAS) -> list[Path]:
    """Write what is missing and renew what is not released; a changed released event gets its next version."""
    locked = released(folder)
    changed = []
    for area, event in declared_events():
        text = text_of(area, event)
        path = newest(folder, area, event)
        if path is not None and json.loads(path.read_text("utf-8")) == json.loads(text):
            continue
        if path is None:
            path = folder / area / f"{event.__name__}.v1.avsc"
        elif path.relative_to(folder).as_posix() in locked:
            path = path.with_name(f"{event.__name__}.v{version_of(path) + 1}.avsc")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        changed.append(path)
    return changed


def problems(folder: Path = SCHEMAS) -> list[str]:
    """What is wrong between the dataclasses, the files and the lock; empty when all is well."""
    found = []
    declared: set[tuple[str, str]] = set()
    for area, event in declared_events():
        declared.add((area, event.__name__))
        path = newest(folder, area, event)
        if path is None:
            found.append(f"{area}.{event.__name__} has no schema: run `sevenx schemas write`")
        elif json.loads(path.read_text("utf-8")) != json.loads(text_of(area, event)):
            found.append(f"{path.relative_to(folder)} differs from its dataclass: run `sevenx schemas write`")
    for path in sorted(folder.glob("*/*.avsc")):
        if (path.parent.name, path.name.split(".")[0]) not in declared:
            found.append(f"{path.relative_to(folder)} belongs to no decider's event")
    for name, digest in released(folder).items():
        if not (folder / name).exists():
            found.append(f"{name} is released and was removed")
        elif sha256(folder / name) != digest:
            found.append(f"{name} is released and was changed: put it back and add a version")
    try:
        Catalog(folder)
    except ValueError as error:
        found.append(str(error))
    return found


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@click.group()
def schemas() -> None:
    """The contract on the bus: schemas/avro/<area>/<Event>.v<N>.avsc."""


@schemas.command("write")
def write_command() -> None:
    """Write the schema of every new event; of a changed one anew while it is not released, else its next version."""
    for path in write():
        click.echo(f"wrote {path.relative_to(SCHEMAS)}")


@schemas.command("check")
def check_command() -> None:
    """Hold files, dataclasses and released.lock against each other; exit 1 with what is wrong."""
    found = problems()
    for line in found:
        click.echo(line, err=True)
    if found:
        raise SystemExit(1)


@schemas.command("lock")
def lock_command() -> None:
    """Name every present file in released.lock: from now on none of them may change."""
    found = problems()
    if found:
        raise click.ClickException("\n".join(found))
    files = [SCHEMAS / "Meta.avsc", *sorted(SCHEMAS.glob("*/*.avsc"))]
    lines = [f"{sha256(path)}  {path.relative_to(SCHEMAS).as_posix()}\n" for path in files]
    (SCHEMAS / LOCK).write_text("".join(lines), "utf-8")
    click.echo(f"{len(lines)} files are released")


if __name__ == "__main__":
    schemas()
