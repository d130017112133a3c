"""What the list of industries and the routing of a text answer."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from services.registry.domain.routing import Outcome


class ClaimView(BaseModel):
    """The notice's words that give an industry to a group."""

    group: str
    kind: str = Field(description="`lead_units` or `duties`")
    names: list[str]


class DecisionView(BaseModel):
    group: str
    reason: str
    decided_on: date


class IndustryView(BaseModel):
    """An industry and the groups that claim it. `overlap` with no decision is open for the district office. One without
    claims belongs to the groups of the industry above it."""

    id: str
    zh: str
    en: str
    indicator: bool = Field(description="A task that is counted apart, no industry")
    claims: list[ClaimView]
    groups: list[str]
    overlap: bool
    decision: DecisionView | None
    parent: str | None = Field(description="The industry under which it stands")
    keywords: list[str] = Field(description="Words that lead a text here, beside the notice's own")
    keywords_source: str = Field(description="`assumed`, or where the keywords are from")


class WordView(BaseModel):
    word: str
    industry: str
    points: int


class CandidateView(BaseModel):
    """A group that may have the lead, with the words that speak for it."""

    group: str
    zh: str
    en: str
    score: int
    words: list[WordView]


class RoutingView(BaseModel):
    """Where a lead's text leads by the groups' duties (一)."""

    outcome: Outcome = Field(description="`one` group; `several`, to be decided; `none` whose words stand in the text")
    group: str | None
    candidates: list[CandidateView]
    overlaps: list[str] = Field(description="Industries whose overlap the district office has yet to decide")
