"""From an event to the notices that it makes: who is told, in which words, by which channels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from services.notifier.domain.notice.commands import QueueNotice
from services.notifier.domain.notice.events import Channel
from services.notifier.domain.recipients import Addressee, addressees
from services.notifier.domain.roster import Roster
from services.notifier.domain.rules import Rule, Rules
from services.notifier.domain.texts import link

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Message:
    """What a person is told, whatever the channel."""

    rule: Rule
    to: Addressee
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    link: str


def messages(
    rules: Iterable[tuple[Rule, Mapping[str, Any]]],
    names: Mapping[str, tuple[str, str]],
    roster: Roster,
    district: str,
    actor: str,
) -> tuple[Message, ...]:
    """What the rules tell, each with its own facts. Nobody is told what he did himself (`actor`), and of one event each
    person is told once, by the first rule that names him."""
    told: dict[str, Message] = {}
    for rule, facts in rules:
        whom = addressees(rule.to, facts, roster, district) or addressees(rule.otherwise, facts, roster, district)
        for to in whom:
            if to.person != actor and to.person not in told:
                told[to.person] = _message(rule, to, facts, names)
    return tuple(told.values())


def _message(rule: Rule, to: Addressee, facts: Mapping[str, Any], names: Mapping[str, tuple[str, str]]) -> Message:
    title, body = rule.title.filled(facts, names), rule.body.filled(facts, names)
    return Message(rule, to, title.zh, title.en, body.zh, body.en, link(rule.link, facts))


def commands(
    told: Iterable[Message], about: str, now: datetime, by_email: frozenset[str], rules: Rules
) -> tuple[QueueNotice, ...]:
    """The notices of an event: for the inbox always, by e-mail to those who want it (`by_email`)."""
    return tuple(
        QueueNotice(
            at=now,
            person=one.to.person,
            channel=channel,
            kind=one.rule.kind,
            about=about,
            told_as=one.to.told_as,
            title_zh=one.title_zh,
            title_en=one.title_en,
            body_zh=one.body_zh,
            body_en=one.body_en,
            link=one.link,
            queued_for=_when(now, channel, one.rule, rules.join_minutes),
        )
        for one in told
        for channel in one.rule.channels
        if channel is Channel.INBOX or one.to.person in by_email
    )


def _when(now: datetime, channel: Channel, rule: Rule, minutes: int) -> datetime:
    """At once; an e-mail that may be joined waits for the end of the window in which it falls."""
    return window_end(now, minutes) if channel is Channel.EMAIL and rule.join else now


def window_end(now: datetime, minutes: int) -> datetime:
    """The end of the fixed window that `now` lies in: later than now, by at most `minutes`. Windows are the same for
    everybody, so that what falls into one is known without looking at what else is queued."""
    window = timedelta(minutes=minutes)
    return _EPOCH + ((now - _EPOCH) // window + 1) * window
