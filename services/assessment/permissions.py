"""Who may do what. Scopes: `appellant` the group or unit in whose name an appeal is filed.

The assessment office (考核办) measures, rates and reviews; the district's leaders settle. Scores are recorded by the
calculation alone: who may calculate gives them with it. The clock's and the reactions' commands are nobody's to give.
"""

from __future__ import annotations

from services.assessment.domain.book import commands as book
from services.assessment.domain.score import commands as score
from services.assessment.domain.year import commands as year
from sevenx.kernel.auth import Rule

OFFICE = Rule("assessment_office")
LEADER = Rule("district_leader")
CONCERNED = (
    Rule("unit_head", "appellant"),
    Rule("unit_liaison", "appellant"),
    Rule("group_leader", "appellant"),
    Rule("group_deputy", "appellant"),
    Rule("lead_unit_head", "appellant"),
    Rule("liaison", "appellant"),
)
"""Those who speak for a unit or group that is assessed."""

PERMISSIONS: dict[type, tuple[Rule, ...]] = {
    book.PublishRulebook: (OFFICE,),
    year.RecordCalculation: (OFFICE,),
    score.RecordScore: (OFFICE,),
    year.MakeFirstRating: (OFFICE,),
    year.Publicize: (OFFICE,),
    year.FileAppeal: CONCERNED,
    year.UpholdAppeal: (OFFICE,),
    year.DismissAppeal: (OFFICE,),
    score.CorrectScore: (OFFICE,),
    year.ApplyVeto: (OFFICE,),
    year.LiftVeto: (OFFICE,),
    year.Settle: (LEADER,),
    year.CorrectAssessment: (OFFICE,),
    year.AdviseCommendation: (OFFICE,),
}
