"""The service of area outreach, put together."""

from __future__ import annotations

from services.outreach.api import router
from services.outreach.deadlines import DEADLINES
from services.outreach.deciders import DECIDERS
from services.outreach.permissions import PERMISSIONS
from services.outreach.projections import projections
from services.outreach.reactions import REACTIONS
from services.outreach.rulebooks import read_rulebook
from services.outreach.tables import POSTS
from sevenx.kernel.service import ServiceDefinition

SERVICE = ServiceDefinition(
    area="outreach",
    title="Outreach",
    title_zh="外出招商",
    router=router,
    deciders=DECIDERS,
    projections=projections,
    permissions=PERMISSIONS,
    reactions=REACTIONS,
    deadlines=DEADLINES,
    grants=POSTS.grants_of,
    on_start=(read_rulebook,),
    description=(
        "Trips (外出招商) with approval and visits, the quarter-of-the-year quota of principal heads, budgets and "
        "expenses under the eight-point rules."
    ),
)
