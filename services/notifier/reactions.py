"""Events that make notices, and misses that are taken to the next levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from services.notifier import metrics
from services.notifier.deciders import ESCALATION, NOTICE
from services.notifier.domain.escalation.commands import ResolveEscalation, ScheduleEscalation
from services.notifier.domain.escalation.decide import escalation_id, levels
from services.notifier.domain.notice.decide import notice_id
from services.notifier.domain.notice.events import Channel
from services.notifier.domain.rules import ANY_AREA, Rule
from services.notifier.domain.telling import Message, commands, messages
from services.notifier.domain.texts import link
from services.notifier.known import facts_of, known, subjects, wanting_email
from services.notifier.mail_settings import mail_is_set
from services.notifier.rulebook import rules
from sevenx.declaration import service
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import Reads

_DAY = timedelta(days=1)


async def tell(event: Recorded, reads: Reads, desk: Desk) -> None:
    """All notices of one event in one commit: whom the rules name, by the roster of the day on which it occurred."""
    holding = [rule for rule in rules().of(event.area, event.name) if rule.holds(event.data)]
    if not holding:
        return
    about = await known(reads)
    asked = list(zip(holding, await _facts(event, reads, holding), strict=True))
    district, roster = event.meta.district, about.roster(event.meta.occurred_at)
    told = messages(asked, about.words, roster, district, event.meta.actor)
    if not told:
        if not messages(asked, about.words, roster, district, actor=""):
            metrics.UNADDRESSED.labels(holding[0].kind).inc()
        return
    given = commands(told, event.position, desk.now(), await _by_email(told, reads), rules())
    caused = await desk.give_all(
        [(NOTICE, notice_id(district, one.about, one.person, one.channel), one) for one in given]
    )
    if caused:
        for one in given:
            metrics.QUEUED.labels(one.channel).inc()
            if one.channel is Channel.INBOX:
                metrics.DELIVERED.labels(one.channel).inc()


async def _facts(event: Recorded, reads: Reads, holding: list[Rule]) -> list[dict[str, Any]]:
    """For each rule what its texts and selectors may ask for; no query where the event says it all."""
    keys = [(_its(event, rule), (event.stream, str(event.data[rule.item]) if rule.item else "")) for rule in holding]
    beyond = any(rule.asks_beyond for rule in holding)
    found = await subjects(reads, [key for its, item in keys for key in ((its, ""), item)]) if beyond else {}
    own = {**event.data, "stream": event.stream, "position": event.position, "area": event.area}
    return [
        {**own, **facts_of("its", found.get((its, ""))), **(facts_of("item", found.get(item)) if item[1] else {})}
        for its, item in keys
    ]


def _its(event: Recorded, rule: Rule) -> str:
    return str(event.data[rule.of]) if rule.of else event.stream


async def _by_email(told: tuple[Message, ...], reads: Reads) -> frozenset[str]:
    """Who is told by e-mail as well; nobody, and no query, where no mail server is set."""
    persons = [one.to.person for one in told if Channel.EMAIL in one.rule.channels]
    return await wanting_email(reads, persons) if persons and mail_is_set() else frozenset()


async def escalate(event: Recorded, reads: Reads, desk: Desk) -> None:
    """三(三): a deadline was missed. The next levels are due by the calendar and the setting as they stand now."""
    rule = next(one for one in rules().escalations if one.missed == f"{event.area}.{event.name}")
    about = await known(reads)
    found = await subjects(reads, [(event.stream, "")])
    facts = {**event.data, "stream": event.stream, **facts_of("its", found.get((event.stream, "")))}
    due_at = _due_at(event.data[rule.due])
    title = rule.title.filled(facts, about.words)
    command = ScheduleEscalation(
        about=event.position,
        obligation=event.stream,
        kind=rule.kind,
        title_zh=title.zh,
        title_en=title.en,
        group=facts[rule.group] if rule.group else None,
        unit=facts[rule.unit] if rule.unit else None,
        link=link(rule.link, facts),
        due_at=due_at,
        steps=levels(due_at, about.settings.integers(rule.days_setting), about.calendar),
    )
    await desk.give(ESCALATION, escalation_id(event.meta.district, event.stream), command)


def _due_at(due: datetime | date) -> datetime:
    """A due day lasts until its 24:00."""
    return due if isinstance(due, datetime) else datetime.combine(due + _DAY, time(0), SHANGHAI)


async def settle(event: Recorded, _: Reads, desk: Desk) -> None:
    """What may have been overdue in this stream is done."""
    command = ResolveEscalation(event.meta.occurred_at, event.position)
    await desk.give(ESCALATION, escalation_id(event.meta.district, event.stream), command)


def _events(of: Callable[[Any], tuple[str, ...]], entries: tuple[Any, ...]) -> tuple[str, ...]:
    """The events of rules, `*.Event` being that of every area which is read here."""
    areas = service("notifier").reads()
    named = [name.partition(".") for entry in entries for name in of(entry)]
    spread = [(area, event) for whose, _, event in named for area in (areas if whose == ANY_AREA else (whose,))]
    return tuple(dict.fromkeys(f"{area}.{event}" for area, event in spread))


def reactions() -> tuple[Reaction, ...]:
    """The reactions that the table of rules asks for."""
    table = rules()
    missed: Mapping[str, str] = {one.missed: one.kind for one in table.escalations}
    return (
        Reaction("tell", _events(lambda rule: rule.events, table.notices), tell),
        Reaction("escalate", tuple(missed), escalate),
        Reaction("settle", _events(lambda rule: rule.settled_by, table.escalations), settle),
    )
