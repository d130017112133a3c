"""The declaration of the services, read from `services/services.toml`, and what is derived from it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AUDIT = "audit"


@dataclass(frozen=True)
class Service:
    """One service: its area, the areas it reads, and its place in the list (from which local ports are derived)."""

    area: str
    follows: tuple[str, ...]
    ordinal: int
    writes: bool = True
    """False for a service without events: it has a read model and no log, so no events topic, relay, clock or
    cut-off."""

    @property
    def module(self) -> str:
        """The module whose `main()` runs the service."""
        return f"services.{self.area}.main"

    @property
    def database(self) -> str:
        return f"sevenx_{self.area}"

    @property
    def owner_role(self) -> str:
        """The PostgreSQL role that owns the log's tables and runs the migrations."""
        return f"{self.area}_owner"

    @property
    def app_role(self) -> str:
        """The PostgreSQL role of the running service: INSERT and SELECT on events, all of its projections."""
        return f"{self.area}_app"

    def reads(self) -> tuple[str, ...]:
        """Every area whose events topic this service consumes: what it follows, its own if it writes, and audit's."""
        own = (self.area,) if self.writes else ()
        return tuple(dict.fromkeys((*self.follows, *own, AUDIT)))


@cache
def services() -> tuple[Service, ...]:
    """All declared services in their order.

    Raises ValueError when a service follows an area that is not declared or has no events.
    """
    declared = tomllib.loads((ROOT / "services" / "services.toml").read_text("utf-8"))
    return declared_in(declared)


def declared_in(declared: Mapping[str, Mapping[str, Any]]) -> tuple[Service, ...]:
    """The services of a declaration that was read; ValueError as `services` says."""
    writing = [area for area, entry in declared.items() if entry.get("writes", True)]
    for area, entry in declared.items():
        for followed in entry.get("follows", []):
            if followed not in writing:
                raise ValueError(
                    f"services/services.toml: [{area}] follows {followed!r}, which is not declared or has no events; "
                    f"areas with events are {', '.join(writing)}"
                )
    return tuple(
        Service(area=area, follows=tuple(entry.get("follows", [])), ordinal=n, writes=bool(entry.get("writes", True)))
        for n, (area, entry) in enumerate(declared.items())
    )


def writing_services() -> tuple[Service, ...]:
    """The services that have events: each owns an area of the log."""
    return tuple(one for one in services() if one.writes)


def service(area: str) -> Service:
    """The declared service of an area; KeyError that lists the areas when there is none."""
    for one in services():
        if one.area == area:
            return one
    raise KeyError(f"no service owns the area {area!r}; areas are {', '.join(s.area for s in services())}")
