"""The import of a roster."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request

from services.registry.api_models import RosterImportBody
from services.registry.deciders import DECIDERS
from services.registry.domain.district.commands import EstablishDistrict
from services.registry.domain.roster.desired import Genesis
from services.registry.domain.roster.differences import Difference, describe
from services.registry.domain.roster.document import RosterDocument
from services.registry.import_views import ChangeView, ImportAnswer
from services.registry.permissions import PERMISSIONS
from services.registry.roster_import import Input, carry_out, counts_of, founding_scope, plan_of, simulated_start
from sevenx.kernel.auth import authorize
from sevenx.kernel.desk import Answer
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.event_types import from_record
from sevenx.kernel.http import Commands, runtime_of

router = APIRouter(tags=["roster 名册"])
_EVENTS = {event.__name__: event for decider in DECIDERS for event in decider.events}


@router.post("/roster/import")
async def import_roster(request: Request, body: RosterImportBody, desk: Commands) -> ImportAnswer:
    """Bring the registry to what a district's files say: units, people, groups, posts, industries, settings, calendars.

    With `dry_run` the difference is shown and nothing stored. All of it is stored or, with an error anywhere, nothing;
    the problem `roster-invalid` lists every error with file and line. The same roster a second time changes nothing.
    The first import founds the deployment and may be given by the operator; every other by the district office.
    """
    source = Input(body.files, body.calendars)
    earlier = await desk.earlier()
    if earlier is not None:
        answer, events = earlier
        roster = await source.document(desk.principal.district)
        shown = [_caused(event) for event in events if event.name != "RosterImported"]
        return _answer(body, source, roster, shown, answer)
    founding = await founding_scope(desk)
    authorize(desk.principal, PERMISSIONS[EstablishDistrict], founding, "ImportRoster")
    roster = await source.document(desk.principal.district)
    runtime = runtime_of(request)
    genesis = Genesis(body.genesis.clock, body.genesis.begins(), runtime.settings.local_issuer)
    plan = await plan_of(desk, source, roster, genesis)
    given = None if body.dry_run else await carry_out(desk, source, roster, plan, genesis, founding)
    if given is not None and (start := simulated_start(genesis, founding)):
        await runtime.business_time.begin(start)
    return _answer(body, source, roster, map(_planned, plan.differences), given)


def _answer(
    body: RosterImportBody,
    source: Input,
    roster: RosterDocument,
    differences: Iterable[ChangeView],
    given: Answer | None,
) -> ImportAnswer:
    shown = list(differences)
    return ImportAnswer(
        position=given.position if given else None,
        dry_run=body.dry_run,
        replayed=bool(given and given.replayed),
        sha256=source.sha256,
        counts={
            **counts_of(roster),
            "changes": sum(change.mark == "+" for change in shown),
        },
        differences=shown,
    )


def _planned(one: Difference) -> ChangeView:
    return ChangeView(mark=one.mark, stream=one.stream, zh=one.zh, en=one.en, at=str(one.at), text=str(one))


def _caused(event: Recorded) -> ChangeView:
    """A change that was stored before; the files that asked for it are not in the log."""
    zh, en = describe(from_record(_EVENTS[event.name])(event.data))
    return ChangeView(mark="+", stream=event.stream, zh=zh, en=en, at=None, text=f"+ {event.stream}  {zh} / {en}")
