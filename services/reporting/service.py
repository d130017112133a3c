"""The service of area reporting, put together."""

from __future__ import annotations

from services.reporting.api import router
from services.reporting.deadlines import DEADLINES
from services.reporting.deciders import DECIDERS
from services.reporting.permissions import PERMISSIONS
from services.reporting.projections import projections
from services.reporting.reactions import REACTIONS
from services.reporting.tables import POSTS
from sevenx.kernel.service import ServiceDefinition

SERVICE = ServiceDefinition(
    area="reporting",
    title="Reporting",
    title_zh="信息报送",
    router=router,
    deciders=DECIDERS,
    projections=projections,
    permissions=PERMISSIONS,
    reactions=REACTIONS,
    deadlines=DEADLINES,
    grants=POSTS.grants_of,
    description=(
        "The seven groups' monthly reports (月报): periods and deadlines, drafts from the events, review, sign-off, "
        "acceptance or return, frozen figures and restatements. The bi-monthly hearings (双月听取汇报) with briefing "
        "packs and minutes, and the directives (督办) that the supervision office closes."
    ),
)
