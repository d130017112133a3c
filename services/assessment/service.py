"""The service of area assessment, put together."""

from __future__ import annotations

from services.assessment.api import router
from services.assessment.deadlines import DEADLINES
from services.assessment.deciders import DECIDERS
from services.assessment.permissions import PERMISSIONS
from services.assessment.projections import projections
from services.assessment.reactions import REACTIONS
from services.assessment.tables import POSTS
from sevenx.kernel.service import ServiceDefinition

SERVICE = ServiceDefinition(
    area="assessment",
    title="Assessment",
    title_zh="考核",
    router=router,
    deciders=DECIDERS,
    projections=projections,
    permissions=PERMISSIONS,
    reactions=REACTIONS,
    deadlines=DEADLINES,
    grants=POSTS.grants_of,
    description="Rulebooks of the year, measured facts, scores explained to the event, public notice, appeals, freeze.",
)
