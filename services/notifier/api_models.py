"""Bodies and answers of the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from services.notifier.domain.notice.events import Channel
from services.notifier.domain.notice.state import Status
from services.notifier.mail_settings import ADDRESS
from sevenx.kernel.bodies import Body, example

NoticeId = Annotated[
    str, Path(pattern=r"^[0-9]{6}-M-[0-9a-f]{32}$", examples=["410804-M-0f3a5c0f9f0b4f2fa6a1c5d2e9b7c410"])
]
PersonId = Annotated[str, Path(pattern=r"^[0-9]{6}-[A-Za-z0-9-]{1,80}$", examples=["410804-N-jia-yi"])]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,60}$")]
Cursor = Annotated[
    str | None, Query(pattern=r"^[01]\.[0-9]{1,17}\.[0-9]{6}-M-[0-9a-f]{32}$", description="`next` of a page")
]
Limit = Annotated[int, Query(ge=1, le=200, description="Rows on a page")]
EmailAddress = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254, pattern=ADDRESS.pattern)]


class Texts(BaseModel):
    """What a notice says, in both languages."""

    title_zh: str = Field(examples=["招商一组2026年8月月报开始报送"])
    title_en: str = Field(examples=["Group One: the report of 2026-08 is open"])
    body_zh: str
    body_en: str


class InboxItem(Texts):
    """A notice in the inbox."""

    id: str
    kind: str = Field(examples=["report_opened"])
    about: str = Field(description="Position of the event", examples=["reporting/410804-R-2026-08-G1@1"])
    told_as: str = Field(description="As what: a post, or a part in the event", examples=["liaison@410804-G-1"])
    person: str = Field(description="The inbox that it stands in: one's own, or that of an office that one holds")
    link: str = Field(examples=["/reports/410804-G-1/2026-08"])
    queued_at: datetime = Field(description="Business time")
    recorded_at: datetime = Field(description="Wall time, by which the newest are first")
    unread: bool
    read_at: datetime | None


class InboxPage(BaseModel):
    """A page of the inbox."""

    items: list[InboxItem]
    unread: int = Field(description="How many are unread in all")
    next: str | None = Field(description="`cursor` of the next page; null on the last one")


class UnreadKind(BaseModel):
    """What is unread of one kind."""

    kind: str
    name_zh: str = Field(examples=["月报待审核"])
    name_en: str = Field(examples=["Report to be reviewed"])
    unread: int
    newest: datetime = Field(description="Wall time")


class Unread(BaseModel):
    """What is unread, for a badge and a digest."""

    unread: int
    kinds: list[UnreadKind]


class ReadAllBody(Body):
    """Which unread notices have been read: all of them, of one kind, or those up to what was seen."""

    kind: Kind | None = Field(None, examples=["report_opened"])
    until: AwareDatetime | None = Field(None, description="`recorded_at` of the newest one that was shown")

    model_config = example(kind=None, until="2026-08-25T09:00:00+08:00")


class ReadAll(BaseModel):
    """What was marked."""

    read: int = Field(description="Notices marked by this request")
    more: bool = Field(description="There are more: send it again, with a new key")
    after: list[str] = Field(description="`?after=` of a GET that shows all of them read; empty when none was unread")


class Delivery(BaseModel):
    """How a person was told of an event, by one channel. Never with an address; the text is the addressee's."""

    id: str
    person: str
    told_as: str
    channel: Channel
    kind: str
    about: str
    status: Status
    attempts: int = Field(description="Failed ones, since it was queued or asked for again")
    reason: str | None = Field(description="Why the last attempt failed", examples=["550 mailbox unavailable"])
    receipt: str | None = Field(description="`inbox`, or the Message-ID of the e-mail")
    queued_at: datetime
    queued_for: datetime
    delivered_at: datetime | None
    read_at: datetime | None


class DeliveryPage(BaseModel):
    """A page of deliveries."""

    items: list[Delivery]
    next: str | None


class EscalationView(BaseModel):
    """Something overdue that is taken to the next levels."""

    id: str
    about: str
    obligation: str
    kind: str
    title_zh: str
    title_en: str
    group: str | None
    unit: str | None
    link: str
    due_at: datetime
    level: int = Field(description="The last level that was told; 0: none yet")
    told: list[str]
    raised_at: datetime | None
    settled_by: str | None
    resolved_at: datetime | None


class RuleView(BaseModel):
    """A line of the table of rules."""

    kind: str
    name_zh: str
    name_en: str
    on: list[str] = Field(examples=[["reporting.ReportPeriodOpened"]])
    to: list[str] = Field(description="Selectors", examples=[["liaison@group"]])
    otherwise: list[str]
    channels: list[Channel]
    joined: bool


class ContactBody(Body):
    """How one wants to be reached outside the inbox."""

    email: EmailAddress | None = Field(None, description="Null: by no e-mail")
    opted_out: list[Channel] = Field(
        default_factory=list,
        max_length=2,
        description="Channels that are declined. The inbox cannot be: duties are told there",
    )

    model_config = example(email="someone@example.org", opted_out=[])


class Contact(BaseModel):
    """One's own contact. Nobody else is shown it."""

    email: str | None
    opted_out: list[Channel]
    updated_at: datetime | None = Field(description="Null: nothing is kept")


class ErasureReceipt(BaseModel):
    """That a contact was erased. The log never held it, so that every hash stays valid."""

    receipt: str = Field(examples=["0191f2a4-7b1e-7c55-9f8e-3d2c1b0a9f87"])
    person: str
    erased: list[str] = Field(description="What was erased; empty when nothing was kept", examples=[["email"]])
    erased_at: datetime
    note_zh: str
    note_en: str
