"""The table of rules: which event is told to whom, by which channels, in which words. Read from `data/notices.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services.notifier.domain.notice.events import Channel
from services.notifier.domain.recipients import Selector
from services.notifier.domain.texts import FIELD, Names, Text

ANY_AREA = "*"
EMPTY = "empty"


class WrongRules(ValueError):
    """The table cannot be read; the message names the rule and what is wrong with it."""


@dataclass(frozen=True)
class Rule:
    """One line of the table."""

    kind: str
    """Its name, which every notice carries."""
    events: tuple[str, ...]
    """`area.Event`; `*.Event` for an event that every area may write."""
    name: Text
    """What such notices are called, in a list or as the subject of several."""
    to: tuple[Selector, ...]
    otherwise: tuple[Selector, ...]
    """Told when `to` names nobody, because a post is vacant."""
    channels: tuple[Channel, ...]
    join: bool
    """Whether e-mails of this kind that fall into one window go out as one."""
    title: Text
    body: Text
    link: str
    when: Mapping[str, str]
    """Fields of the event and the value that each must have, `empty` for one that says nothing; empty: always."""
    item: str
    """The field of the event that names a part, whose facts are then known as `item_…`; empty: none."""
    of: str
    """The field that names another stream, whose facts are then known as `its_…`; empty: the event's own."""

    @cached_property
    def asks(self) -> frozenset[str]:
        """Every field for which its selectors and texts ask."""
        selectors = {one.field for one in (*self.to, *self.otherwise)} - {""}
        return frozenset(selectors | self.title.fields() | self.body.fields() | set(FIELD.findall(self.link)))

    @cached_property
    def asks_beyond(self) -> bool:
        """Whether it asks for what the event itself does not say: facts of what it is about."""
        return any(field.startswith(("its_", "item_")) for field in self.asks)

    def holds(self, data: Mapping[str, Any]) -> bool:
        """Whether the event is one that the rule means."""
        return all(_is(data.get(name), value) for name, value in self.when.items())


@dataclass(frozen=True)
class EscalationRule:
    """What happens after a miss: who is told at each level, until an event settles it."""

    kind: str
    missed: str
    settled_by: tuple[str, ...]
    days_setting: str
    """The registry's setting that holds the working days after which each level is told."""
    due: str
    """The field that holds the due time, or the due day."""
    title: Text
    reason: Text
    """Why a level is told; `{title}` and `{working_days}` stand beside the miss's own facts."""
    link: str
    group: str
    unit: str
    """Fields that name the group and the unit concerned; empty: none."""
    levels: tuple[tuple[Selector, ...], ...]
    """The last one holds for all further levels."""

    def whom(self, level: int) -> tuple[Selector, ...]:
        """The selectors of a level, counted from 1."""
        return self.levels[min(level, len(self.levels)) - 1]


@dataclass(frozen=True)
class Rules:
    """The whole table."""

    notices: tuple[Rule, ...]
    escalations: tuple[EscalationRule, ...]
    labels: Names
    """Words of events to what is read for them."""
    join_minutes: int
    """The window within which e-mails of one kind to one person are joined."""

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> Rules:
        """WrongRules when the document is not such a table."""
        notices = tuple(_read(_rule, entry) for entry in document["notices"])
        kinds = [rule.kind for rule in notices]
        twice = sorted({kind for kind in kinds if kinds.count(kind) > 1})
        if twice:
            raise WrongRules(f"two rules are called {', '.join(twice)}")
        labels = {word: (text["zh"], text["en"]) for word, text in document.get("labels", {}).items()}
        escalations = tuple(_read(_escalation, entry) for entry in document["escalations"])
        return cls(notices, escalations, labels, int(document["join_minutes"]))

    def of(self, area: str, event: str) -> tuple[Rule, ...]:
        """The rules for an event, in their order."""
        names = (f"{area}.{event}", f"{ANY_AREA}.{event}")
        return tuple(rule for rule in self.notices if any(name in rule.events for name in names))

    def kind(self, kind: str) -> Rule | None:
        """The rule of that name, if it is still in the table."""
        return next((rule for rule in self.notices if rule.kind == kind), None)

    def escalation(self, kind: str) -> EscalationRule | None:
        """The escalation of that name, if it is still in the table."""
        return next((rule for rule in self.escalations if rule.kind == kind), None)


def _is(value: Any, wanted: str) -> bool:
    return not value if wanted == EMPTY else str(value) == wanted


def _read(reader: Any, entry: Mapping[str, Any]) -> Any:
    try:
        return reader(entry)
    except (KeyError, TypeError, ValueError) as error:
        raise WrongRules(f"rule {entry.get('kind', entry)!r}: {error}") from error


def _rule(entry: Mapping[str, Any]) -> Rule:
    _only(entry, "kind event name to else channels join title body link when item of")
    return Rule(
        kind=entry["kind"],
        events=_several(entry["event"]),
        name=_text(entry["name"]),
        to=_selectors(entry["to"]),
        otherwise=_selectors(entry.get("else", ())),
        channels=tuple(Channel(one) for one in entry.get("channels", ("inbox", "email"))),
        join=bool(entry.get("join", False)),
        title=_text(entry["title"]),
        body=_text(entry["body"]),
        link=entry["link"],
        when={name: str(value) for name, value in entry.get("when", {}).items()},
        item=entry.get("item", ""),
        of=entry.get("of", ""),
    )


def _escalation(entry: Mapping[str, Any]) -> EscalationRule:
    _only(entry, "kind missed settled_by days_setting due title reason link group unit levels")
    return EscalationRule(
        kind=entry["kind"],
        missed=entry["missed"],
        settled_by=_several(entry["settled_by"]),
        days_setting=entry["days_setting"],
        due=entry["due"],
        title=_text(entry["title"]),
        reason=_text(entry["reason"]),
        link=entry["link"],
        group=entry.get("group", ""),
        unit=entry.get("unit", ""),
        levels=tuple(_selectors(level) for level in entry["levels"]),
    )


def _only(entry: Mapping[str, Any], known: str) -> None:
    unknown = set(entry) - set(known.split())
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(map(str, unknown)))}; known are {known}")


def _text(entry: Mapping[str, str]) -> Text:
    return Text(entry["zh"], entry["en"])


def _selectors(entry: Iterable[str]) -> tuple[Selector, ...]:
    return tuple(Selector.parse(one) for one in entry)


def _several(entry: str | Iterable[str]) -> tuple[str, ...]:
    return (entry,) if isinstance(entry, str) else tuple(entry)
