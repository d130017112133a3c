"""The commands that say everything a roster says, in the order in which they can be given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.registry.domain.district.commands import (
    DefineSetting,
    EstablishDistrict,
    ListIndustry,
    PublishCalendar,
    RecordNotice,
)
from services.registry.domain.district.events import ClockKind, IndustryClaim, SettingType
from services.registry.domain.group.commands import (
    AppointDeputy,
    AppointLeader,
    AssignLeadUnit,
    AssignResponsibleUnit,
    DesignateLiaison,
    FormGroup,
    ReleaseDeputy,
    ReleaseLeader,
    SetDuties,
)
from services.registry.domain.lineage import above
from services.registry.domain.names import NamesOfUnits, after_mergers, resolve
from services.registry.domain.person.commands import RegisterPerson
from services.registry.domain.unit.commands import (
    AppointUnitHead,
    DesignateUnitLiaison,
    MergeUnit,
    RegisterUnit,
    ReleaseUnitHead,
    SetUnitParent,
)
from services.registry.domain.unit.events import UnitKind
from services.registry.domain.unit.state import Unit

from .document import (
    At,
    GroupEntry,
    IndustryEntry,
    Name,
    PersonEntry,
    PostEntry,
    RosterDocument,
    RosterError,
    SettingEntry,
    mergers,
)


@dataclass(frozen=True, slots=True)
class Genesis:
    """What the deployment says about its time; it stands in the district's first event."""

    clock: ClockKind = ClockKind.WALL
    simulated_from: datetime | None = None
    local_issuer: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A command for a stream, and the place in the roster that asks for it."""

    stream: str
    command: Any
    at: At
    holder: str | None = None
    """Given only while this person holds the post, and not where it has ended already."""


def parents_first(industries: Iterable[IndustryEntry]) -> Iterator[IndustryEntry]:
    """The industries so that each comes after the one under which it stands; those of a circle last."""
    waiting, listed = list(industries), set[str]()
    while waiting:
        ready = [one for one in waiting if one.parent is None or one.parent.text in listed] or waiting
        yield from ready
        listed |= {one.id for one in ready}
        waiting = [one for one in waiting if one.id not in listed]


class Desire:
    """Draws the commands from a roster; names that don't resolve are collected in `errors`.

    `known` has the units as they stand in the log: a unit that was merged since the roster was written is taken for
    the one that goes on.
    """

    def __init__(
        self, roster: RosterDocument, genesis: Genesis, known: Mapping[str, Unit], today: date = date.max
    ) -> None:
        """`today`: no merger of a later day is taken in."""
        self.roster, self.today = roster, today
        self.genesis = genesis
        self.errors: list[RosterError] = []
        self._known = known
        self.merged = {stream: unit.merged_into for stream, unit in known.items() if unit.merged_into is not None}
        self._named = {unit.id: unit.names() for unit in roster.units}
        self.gone = {**mergers(roster), **self.merged}
        """Merged in the log or by the roster."""
        self._units = after_mergers(self._named, self.gone)
        self._everybody = tuple(
            unit.id for unit in roster.units if unit.kind is UnitKind.SUB_DISTRICT and unit.id not in self.gone
        )
        self._group_ids = {group.number: group.id for group in roster.groups}

    def steps(self) -> list[Step]:
        parts = (self._district, self._units_and_people, self._parents, self._groups, self._posts, self._mergers)
        return [step for part in parts for step in part()]

    def _district(self) -> Iterator[Step]:
        district, genesis, stream = self.roster.district, self.genesis, self.roster.district_stream
        yield Step(
            stream,
            EstablishDistrict(
                district.code,
                district.zh,
                district.en,
                district.level,
                district.city_code,
                district.city_zh,
                genesis.clock,
                genesis.simulated_from,
                genesis.local_issuer,
            ),
            district.at,
        )
        notice = RecordNotice(
            district.notice_number,
            district.notice_issued,
            district.notice_issued_assumed,
            self.roster.every_sub_district,
        )
        yield Step(stream, notice, district.at)
        for c in self.roster.calendars:
            yield Step(stream, PublishCalendar(c.year, c.provisional, c.days_off, c.workdays, c.source), c.at)
        for s in self.roster.settings:
            command = DefineSetting(s.key, self._value(s), s.type, s.one_of, s.clause, s.stated, s.note)
            yield Step(stream, command, s.at)
        for i in parents_first(self.roster.industries):
            claims = tuple(
                IndustryClaim(self._group_ids[claim.group], claim.kind, claim.names)
                for claim in i.claims
                if claim.group in self._group_ids
            )
            parent = None if i.parent is None else i.parent.text
            listing = ListIndustry(i.id, i.zh, i.en, i.indicator, claims, parent, i.keywords, i.keywords_source)
            yield Step(stream, listing, i.at)

    def _units_and_people(self) -> Iterator[Step]:
        for u in self.roster.units:
            command = RegisterUnit(u.zh, u.en, u.kind, u.aliases, u.in_x_department, u.name_source)
            yield Step(u.id, command, u.at)
        for p in self.roster.people:
            yield Step(p.id, RegisterPerson(p.zh, p.en, p.basis or self.roster.district.notice_number), p.at)

    def _parents(self) -> Iterator[Step]:
        """The units that belong under others; one that was merged belongs nowhere any more."""
        district = self.roster.district
        entries = [
            unit
            for unit in self.roster.units
            if unit.parent is not None and unit.merged is None and unit.id not in self.merged
        ]
        found = {unit.id: parent for unit in entries if unit.parent for parent in self._resolve(unit.parent)}
        parents = {stream: unit.parent for stream, unit in self._known.items()} | found
        for unit in entries:
            if unit.id in found and unit.parent is not None:
                parent = found[unit.id]
                command = SetUnitParent(
                    unit.id, parent, district.notice_issued, district.notice_number, above(parent, parents)
                )
                yield Step(unit.id, command, unit.parent.at)

    def _groups(self) -> Iterator[Step]:
        district = self.roster.district
        since, assumed = district.notice_issued, district.notice_issued_assumed
        for group in self.roster.groups:
            forming = FormGroup(group.number, group.zh, group.en, group.clause, since, assumed)
            yield Step(group.id, forming, group.at)
            yield Step(group.id, SetDuties(group.duties, group.duty_items, group.clause), group.at)
            for lead in group.lead_units:
                for unit in self._resolve(lead.name):
                    assigning = AssignLeadUnit(unit, lead.name.text, lead.industry, since)
                    yield Step(group.id, assigning, lead.name.at)
            yield from self._responsible_units(group)

    def _responsible_units(self, group: GroupEntry) -> Iterator[Step]:
        """一: 各街道办事处 stands for every sub-district."""
        for name in group.responsible_units:
            units = self._everybody if name.text == self.roster.every_sub_district else self._resolve(name)
            for unit in units:
                assigning = AssignResponsibleUnit(unit, name.text, self.roster.district.notice_issued)
                yield Step(group.id, assigning, name.at)

    def _posts(self) -> Iterator[Step]:
        """The posts of all people, each post's earlier holder before the later one; an end after whoever held it."""
        posts = [
            (stream, post, person)
            for person in self.roster.people
            for post in person.posts
            for stream in self._holders_stream(post)
        ]
        begins = {(stream, post.post, post.since) for stream, post, _ in posts}
        dated = [(post.since, self._begin(stream, post, person)) for stream, post, person in posts]
        for stream, post, person in posts:
            if post.until is not None and (stream, post.post, post.until) not in begins:
                dated += [(post.until, step) for step in self._end(stream, post, person)]
        yield from (step for _, step in sorted(dated, key=lambda pair: pair[0]))

    def _begin(self, stream: str, post: PostEntry, person: PersonEntry) -> Step:
        return Step(stream, self._appointing(post, person), post.at)

    def _end(self, stream: str, post: PostEntry, person: PersonEntry) -> Iterator[Step]:
        """The release of a holder whom nobody follows on that day; a liaison has none, a merger ends his time."""
        command = {"leader": ReleaseLeader, "deputy": ReleaseDeputy, "head": ReleaseUnitHead}.get(post.post)
        if command is not None and post.until is not None:
            reason = post.basis or self.roster.district.notice_number
            yield Step(stream, command(post.until, reason), post.at, holder=person.id)

    def _mergers(self) -> Iterator[Step]:
        for unit in self.roster.units:
            if unit.merged is not None:
                for into in self._resolve(unit.merged.into, self._named):
                    zh = next((one.zh for one in self.roster.units if one.id == into), "")
                    command = MergeUnit(unit.id, into, unit.merged.on, unit.merged.reason, self.today, zh)
                    yield Step(unit.id, command, unit.at)

    def _holders_stream(self, post: PostEntry) -> tuple[str, ...]:
        """Where the post is; none for a post in a unit that was merged since: the survivor's posts are others."""
        if post.unit is not None:
            return tuple(unit for unit in self._resolve(post.unit, self._named) if unit not in self.merged)
        return (self._group_ids[post.group],) if post.group in self._group_ids else ()

    def _appointing(self, post: PostEntry, person: PersonEntry) -> Any:
        basis = post.basis or self.roster.district.notice_number
        match (post.unit is None, post.post):
            case (True, "leader"):
                return AppointLeader(person.id, person.zh, post.since, post.assumed, basis)
            case (True, "deputy"):
                return AppointDeputy(person.id, person.zh, post.since, post.assumed, basis)
            case (True, _):
                return DesignateLiaison(person.id, person.zh, post.since, basis)
            case (False, "head"):
                return AppointUnitHead(person.id, person.zh, post.since, post.assumed, basis)
            case _:
                return DesignateUnitLiaison(person.id, person.zh, post.since, basis)

    def _value(self, setting: SettingEntry) -> str:
        """A setting's value; where it names units, their ids."""
        if setting.type not in (SettingType.UNIT, SettingType.UNITS):
            return setting.value
        names = [Name(part, setting.at) for part in setting.value.split(",")]
        return ",".join(unit for name in names for unit in self._resolve(name))

    def _resolve(self, name: Name, names: NamesOfUnits | None = None) -> tuple[str, ...]:
        """The unit that bears the name; none, with the error noted, when there is no such unit or are several."""
        found = resolve(name.text, self._units if names is None else names)
        if isinstance(found, str):
            return (found,)
        rejection = found.rejection()
        self.errors.append(RosterError(name.at, rejection.zh, rejection.en))
        return ()
