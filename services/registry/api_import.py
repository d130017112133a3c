"""The import of a roster."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from fastapi import APIRouter, Request

from services.registry.api_models import GenesisBody, RosterImportBody
from services.registry.deciders import DECIDERS
from services.registry.domain.district.commands import EstablishDistrict
from services.registry.domain.roster.desired import Genesis
from services.registry.domain.roster.differences import Difference, describe
from services.registry.domain.roster.document import RosterDocument
from services.registry.import_views import ChangeView, ImportAnswer
from services.registry.permissions import PERMISSIONS
from services.registry.roster_import import Input, carry_out, counts_of, founding_scope, plan_of, simulated_start
from sevenx.kernel.auth import authorize
from sevenx.kernel.desk import Answer, CommandDesk
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.event_types import from_record
from sevenx.kernel.http import Commands, runtime_of

router = APIRouter(tags=["roster 名册"])
_EVENTS = {event.__name__: event for decider in DECIDERS for event in decider.events}
Source = Callable[[], Awaitable[Input]]


@router.post("/roster/import")
async def import_roster(request: Request, body: RosterImportBody, desk: Commands) -> ImportAnswer:
    """Bring the registry to what a district's files say: units, people, groups, posts, industries, settings, calendars.

    With `dry_run` the difference is shown and nothing stored. All of it is stored or, with an error anywhere, nothing;
    the problem `roster-invalid` lists every error with file and line. The same roster a second time changes nothing.
    The first import founds the deployment and may be given by the operator; every other by the district office.
    """

    async def source() -> Input:
        return Input(body.files, body.calendars)

    return await bring_in(request, desk, source, body.genesis, body.dry_run)


async def bring_in(
    request: Request, desk: CommandDesk, source_of: Source, asked: GenesisBody, dry_run: bool
) -> ImportAnswer:
    """Carry an import out, or show what it would do. The files are looked at once it is known that he may import."""
    earlier = await desk.earlier()
    if earlier is not None:
        source = await source_of()
        roster = await source.document(desk.principal.district)
        shown = [_caused(event) for event in earlier[1] if event.name != "RosterImported"]
        return _answer(dry_run, source, roster, shown, earlier, replayed=True)
    founding = await founding_scope(desk)
    authorize(desk.principal, PERMISSIONS[EstablishDistrict], founding, "ImportRoster")
    source = await source_of()
    roster = await source.document(desk.principal.district)
    runtime = runtime_of(request)
    genesis = Genesis(asked.clock, asked.begins(), runtime.settings.local_issuer)
    plan = await plan_of(desk, source, roster, genesis)
    given = None if dry_run else await carry_out(desk, source, roster, plan, genesis, founding)
    if given is not None and (start := simulated_start(genesis, founding)):
        await runtime.business_time.begin(start)
    told = None if given is None else await desk.earlier()
    return _answer(dry_run, source, roster, map(_planned, plan.differences), told, given is not None and given.replayed)


def _answer(
    dry_run: bool,
    source: Input,
    roster: RosterDocument,
    differences: Iterable[ChangeView],
    told: tuple[Answer, Sequence[Recorded]] | None,
    replayed: bool,
) -> ImportAnswer:
    """`told`: what was stored, the import under its number among it."""
    shown = list(differences)
    imported = None if told is None else next(event for event in told[1] if event.name == "RosterImported")
    return ImportAnswer(
        position=None if imported is None else imported.position,
        after=[] if told is None else told[0].after,
        number=None if imported is None else imported.data["number"],
        dry_run=dry_run,
        replayed=replayed,
        sha256=source.sha256,
        counts={
            **counts_of(roster),
            "changes": sum(change.mark == "+" for change in shown),
        },
        differences=shown,
    )


def _planned(one: Difference) -> ChangeView:
    return ChangeView(
        mark=one.mark, kind=one.kind, stream=one.stream, zh=one.zh, en=one.en, at=str(one.at), text=str(one)
    )


def _caused(event: Recorded) -> ChangeView:
    """A change that was stored before; the files that asked for it are not in the log."""
    zh, en = describe(from_record(_EVENTS[event.name])(event.data))
    text = f"+ {event.stream}  {zh} / {en}"
    return ChangeView(mark="+", kind=None, stream=event.stream, zh=zh, en=en, at=None, text=text)
