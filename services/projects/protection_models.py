"""Bodies of the requests on protections and referrals."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from services.projects.api_types import PartyBody
from sevenx.kernel.bodies import Body, Line, Prose, Sha256, example

_SHA = "0f" * 32
OtherLead = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-L-[0-9]{4}-[0-9]{4,}$")]


class ExtendBody(Body):
    reason: Line
    model_config = example(reason="投资方总部审批延后一个月（模拟）")


class GiveUpBody(Body):
    reason: Line
    model_config = example(reason="本单位不再跟进")


class DecideReleaseBody(Body):
    """Decide on a proposed release."""

    release: bool = Field(description="True ends the protection, false keeps it and counts idleness anew")
    reason: Line
    model_config = example(release=True, reason="60天无进展，持有单位无异议")


class ContestBody(Body):
    """Contest the protection behind which a lead waits (异议)."""

    grounds: Annotated[Prose, Field(min_length=1)]
    evidence: Annotated[list[Sha256], Field(default_factory=list, max_length=20, description="SHA-256 of documents")]
    model_config = example(grounds="我单位首谈在先，有投资方确认函（模拟）", evidence=[_SHA])


class DecideContestBody(Body):
    """Decide a contest on its evidence (裁定)."""

    upheld: bool = Field(description="True gives the protection to the contesting lead")
    reason: Line
    model_config = example(upheld=True, reason="首谈纪要经投资方确认，早于首报")


class DecideIntentBody(Body):
    """Find a lead's intent to be that of another report of the investor, or one of its own."""

    same_as: OtherLead | None = Field(None, description="The other lead; null: an intent of its own")
    reason: Line
    model_config = example(same_as="410804-L-2026-0001", reason="两条线索为同一项目的不同环节")


class ReferralBody(Body):
    """Who brought whom (以企引企)."""

    referrer: PartyBody
    referred: PartyBody
    lead: OtherLead | None = Field(None, description="The lead that tells of it: who works on that may record it")
    note: Prose = ""
    model_config = example(
        referrer={"name": "星河铝材（模拟）有限公司", "code": "91000000MA0000001R"},
        referred={"name": "甲辰智造（模拟）有限公司", "code": "91000000MA0000002W"},
        note="供应链配套企业",
    )


class WithdrawReferralBody(Body):
    reason: Line
    model_config = example(reason="引荐方登记有误")
