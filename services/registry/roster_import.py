"""The import of a roster: what it would change, and then all of it in one transaction or nothing."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.registry.deciders import BY_LETTER, DISTRICT, decider_of
from services.registry.domain.district.commands import RecordImport
from services.registry.domain.district.events import ClockKind
from services.registry.domain.district.state import District
from services.registry.domain.roster.desired import Genesis
from services.registry.domain.roster.document import RosterDocument, RosterError
from services.registry.domain.roster.plan import Plan, plan
from services.registry.roster_file import Texts, read_texts
from sevenx.kernel.auth import Scopes
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.desk import Answer, CommandDesk
from sevenx.kernel.errors import Problem


@dataclass(frozen=True)
class Input:
    """The files that a roster is read from. `standing` are the roster as it stands as files: they take the place of
    those that were not given."""

    files: Texts
    calendars: Texts
    standing: Texts = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """SHA-256 of the JSON of {calendars, files} with sorted keys and no blanks, as UTF-8: of what was given."""
        whole = {"calendars": dict(self.calendars), "files": dict(self.files)}
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    async def document(self, district: str) -> RosterDocument:
        """The roster of the files; Problem 422 `roster-invalid` with everything that is wrong in them."""
        found = await asyncio.to_thread(read_texts, {**self.standing, **self.files}, self.calendars)
        if isinstance(found, tuple):
            raise self.refused(found)
        if found.district.code != district:
            wrong = RosterError(
                found.district.at,
                f"名册属于区划{found.district.code}，本系统服务于{district}。",
                f"the roster is of district {found.district.code}; this deployment serves {district}.",
            )
            raise self.refused([wrong])
        return found

    def refused(self, errors: Sequence[RosterError]) -> Problem:
        """The problem that lists every error with its place."""
        told = [self._told(error) for error in errors]
        listed: list[dict[str, Any]] = [
            {"file": error.at.file, "line": error.at.line, "zh": error.zh, "en": error.en} for error in told
        ]
        first = told[0]
        return Problem(
            422,
            "roster-invalid",
            f"名册有{len(errors)}处错误，未存入任何内容。第一处：{first.at}：{first.zh}",
            f"The roster has {len(errors)} error(s) and nothing was stored. The first: {first.at}: {first.en}",
            details={"errors": listed, "sha256": self.sha256},
        )

    def _told(self, error: RosterError) -> RosterError:
        """An error in a file that nobody sent says so: it comes of what was sent, and the file is the export's."""
        if error.at.file in self.files or error.at.file not in self.standing:
            return error
        zh = f"{error.zh}（未上传此文件，按现有名册核对；行号以导出的文件为准）"
        en = f"{error.en} (this file was not sent: the roster as it stands, with the lines of its export)"
        return RosterError(error.at, zh, en)


async def founding_scope(desk: CommandDesk) -> Scopes:
    """The scope `founding`: the district while it is not established yet, else nothing."""
    state: District = await desk.state(DISTRICT, f"{desk.principal.district}-D")
    return {"founding": desk.principal.district if state.genesis is None else None}


async def plan_of(desk: CommandDesk, source: Input, roster: RosterDocument, genesis: Genesis) -> Plan:
    """What the roster would change, by the states of all streams that it names and of all units: a spelling belongs to
    one unit, be it in the roster or not. Problem 422 `roster-invalid` when it contradicts itself or them."""
    streams = dict.fromkeys([*roster.streams(), *await desk.streams("U")])
    states = await desk.states([(BY_LETTER[letter], s) for s in streams if (letter := _letter(s)) in BY_LETTER])
    found = await asyncio.to_thread(plan, roster, states, BY_LETTER, genesis, desk.today())
    if found.errors:
        raise source.refused(found.errors)
    return found


async def carry_out(
    desk: CommandDesk, source: Input, roster: RosterDocument, found: Plan, genesis: Genesis, founding: Scopes
) -> Answer | None:
    """Give the plan's commands, all or nothing, and record the import under the next number; None when there is nothing
    to do. The founding import of a simulated deployment occurs when its simulated time begins."""
    if not found.steps:
        return None
    begins = simulated_start(genesis, founding)
    record = RecordImport(
        source.sha256,
        desk.principal.subject,
        begins.astimezone(SHANGHAI).date() if begins else desk.today(),
        **counts_of(roster),
        changes=sum(difference.mark == "+" for difference in found.differences),
    )
    return await desk.give_all(
        [
            *((decider_of(step.stream), step.stream, step.command) for step in found.steps),
            (DISTRICT, roster.district_stream, record),
        ],
        founding,
        occurred_at=begins,
    )


def counts_of(roster: RosterDocument) -> dict[str, int]:
    """What a roster holds, by kind."""
    return {
        "units": len(roster.units),
        "groups": len(roster.groups),
        "people": len(roster.people),
        "industries": len(roster.industries),
        "settings": len(roster.settings),
        "calendars": len(roster.calendars),
    }


def simulated_start(genesis: Genesis, founding: Scopes) -> datetime | None:
    """When simulated time begins, where this import founds a deployment that simulates it."""
    return genesis.simulated_from if founding["founding"] and genesis.clock is ClockKind.SIMULATED else None


def _letter(stream: str) -> str:
    """The letter in a stream's id; what is no id (the plan will say so) has none."""
    return stream.split("-")[1] if "-" in stream else ""
