"""What an indicator can measure. A rulebook chooses among these; what is not here is never counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """A measure by its name in a rulebook."""

    SIGNED_COUNT = "signed_count"
    SIGNED_AMOUNT = "signed_amount"
    COMPANIES_REGISTERED = "companies_registered"
    LANDED_COUNT = "landed_count"
    STARTED_COUNT = "started_count"
    PRODUCED_COUNT = "produced_count"
    CAPACITY_COUNT = "capacity_count"
    FUNDS_RECOGNISED = "funds_recognised"
    POLICY_FUNDS = "policy_funds"
    STAGES_IN_TIME = "stages_in_time"
    STAGES_LATE = "stages_late"
    LEADS_QUALIFIED = "leads_qualified"
    REFERRALS = "referrals"
    PROJECTS_STALLED = "projects_stalled"
    REPORTS_DUE = "reports_due"
    REPORTS_IN_TIME = "reports_in_time"
    REPORTS_MISSED = "reports_missed"
    REPORTS_RETURNED = "reports_returned"
    REPORTS_RESTATED = "reports_restated"
    TRIPS = "trips"
    TRIP_DAYS = "trip_days"
    DIRECTIVES_ISSUED = "directives_issued"
    DIRECTIVES_CLOSED = "directives_closed"
    DIRECTIVES_IN_TIME = "directives_in_time"
    DIRECTIVES_OVERDUE = "directives_overdue"


@dataclass(frozen=True, slots=True)
class About:
    """A measure for its readers. `unit`: yuan, projects, reports, trips, days …"""

    zh: str
    en: str
    unit: str


ABOUT: dict[Measure, About] = {
    Measure.SIGNED_COUNT: About("正式签约项目数", "Projects formally signed", "projects"),
    Measure.SIGNED_AMOUNT: About("正式合同额", "Amount of formal contracts", "yuan"),
    Measure.COMPANIES_REGISTERED: About("履约项目数（项目公司已注册）", "Project companies registered", "projects"),
    Measure.LANDED_COUNT: About("落地项目数", "Projects landed", "projects"),
    Measure.STARTED_COUNT: About("开工项目数", "Projects started", "projects"),
    Measure.PRODUCED_COUNT: About("投产项目数", "Projects in production", "projects"),
    Measure.CAPACITY_COUNT: About("达产项目数", "Projects at capacity", "projects"),
    Measure.FUNDS_RECOGNISED: About("认定到位资金", "Recognised funds in place", "yuan"),
    Measure.POLICY_FUNDS: About("争取上级政策性资金", "Policy funds won from higher levels", "yuan"),
    Measure.STAGES_IN_TIME: About("按约定时间落地开工投产（次）", "Stages reached by the agreed date", "stages"),
    Measure.STAGES_LATE: About("逾约定时间落地开工投产（次）", "Stages reached after the agreed date", "stages"),
    Measure.LEADS_QUALIFIED: About("有效线索数", "Leads found genuine", "leads"),
    Measure.REFERRALS: About("以企引企引荐数", "Referrals recorded", "referrals"),
    Measure.PROJECTS_STALLED: About("停滞项目次数", "Times that a project stalled", "projects"),
    Measure.REPORTS_DUE: About("应报月报数", "Monthly reports due", "reports"),
    Measure.REPORTS_IN_TIME: About("按时报送月报数", "Monthly reports in time", "reports"),
    Measure.REPORTS_MISSED: About("逾期月报数", "Monthly reports whose deadline was missed", "reports"),
    Measure.REPORTS_RETURNED: About("被退回月报次数", "Monthly reports returned", "reports"),
    Measure.REPORTS_RESTATED: About("关账后更正月报次数", "Monthly reports restated", "reports"),
    Measure.TRIPS: About("实质外出招商次数", "Trips with at least one counted day", "trips"),
    Measure.TRIP_DAYS: About("主要负责同志外出招商天数", "Principal heads' counted days outside", "days"),
    Measure.DIRECTIVES_ISSUED: About("交办事项数", "Directives issued", "directives"),
    Measure.DIRECTIVES_CLOSED: About("销号事项数", "Directives closed", "directives"),
    Measure.DIRECTIVES_IN_TIME: About("按期销号事项数", "Directives finished in time", "directives"),
    Measure.DIRECTIVES_OVERDUE: About("事项逾期次数", "Due days of directives missed", "directives"),
}
"""Only what was recognised counts as funds in place, never what was claimed; policy funds of higher levels are a
measure of their own. A responsible unit's missed contribution is no measure at all: only groups owe the report
(三(三))."""
