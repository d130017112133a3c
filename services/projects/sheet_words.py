"""Words that stand for codes in the cells of a sheet, as the console shows them (a test compares the two)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.projects.domain.lead.state import LeadStatus
from services.projects.domain.project.state import BaselineStanding
from services.projects.domain.values import LeadSource, Origin, ProjectType

ORIGINS: Mapping[Origin, tuple[str, str]] = {
    Origin.DISTRICT: ("区内", "in the district"),
    Origin.CITY: ("市内区外", "in the city"),
    Origin.PROVINCE: ("省内市外", "in the province"),
    Origin.PROVINCE_EXTERNAL: ("省外境内", "outside the province"),
    Origin.FOREIGN: ("境外", "foreign"),
}
PROJECT_TYPES: Mapping[ProjectType, tuple[str, str]] = {
    ProjectType.NEW_LAND: ("新增用地", "new land"),
    ProjectType.LEASED_PLANT: ("租赁厂房", "leased plant"),
    ProjectType.TECHNICAL_UPGRADE: ("技术改造", "technical upgrade"),
    ProjectType.FINANCIAL_INSTITUTION: ("金融机构", "financial institution"),
    ProjectType.PRIVATE_SCHOOL_OR_CARE: ("民办教育或养老", "private school or care"),
    ProjectType.FACILITY_FARMING: ("设施农业", "facility farming"),
    ProjectType.PPP_OR_SPECIAL_BOND: ("PPP或专项债", "PPP or special bond"),
}
LEAD_SOURCES: Mapping[LeadSource, tuple[str, str]] = {
    LeadSource.OWN_VISIT: ("外出招商", "own visit"),
    LeadSource.INVESTOR_CAME: ("客商来访", "the investor came"),
    LeadSource.REFERRAL: ("以商招商", "referral"),
    LeadSource.PROMOTION_EVENT: ("推介活动", "promotion event"),
    LeadSource.ASSOCIATION: ("商会协会", "association"),
    LeadSource.PLATFORM: ("平台机构", "platform"),
    LeadSource.HIGHER_LEVEL: ("上级推介", "higher level"),
    LeadSource.OTHER: ("其他", "other"),
}
LEAD_STATUSES: Mapping[LeadStatus, tuple[str, str]] = {
    LeadStatus.REGISTERED: ("待研判", "Registered"),
    LeadStatus.QUALIFIED: ("研判通过", "Qualified"),
    LeadStatus.CONVERTED: ("已转项目", "Became a project"),
    LeadStatus.CLOSED: ("已关闭", "Closed"),
}
BASELINES: Mapping[BaselineStanding, tuple[str, str]] = {
    BaselineStanding.PENDING: ("待审定", "To be approved"),
    BaselineStanding.APPROVED: ("已审定", "Approved"),
    BaselineStanding.REJECTED: ("未通过", "Rejected"),
}


def by_zh(words: Mapping[Any, tuple[str, str]]) -> dict[str, str]:
    """Chinese word to code."""
    return {zh: str(code) for code, (zh, _) in words.items()}
