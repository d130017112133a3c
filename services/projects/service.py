"""The service of area projects, put together."""

from __future__ import annotations

from services.projects.api import router
from services.projects.deciders import DECIDERS
from services.projects.permissions import PERMISSIONS
from services.projects.projections import projections, roster_posts
from sevenx.kernel.service import ServiceDefinition

SERVICE = ServiceDefinition(
    area="projects",
    title="Projects",
    title_zh="招商项目",
    router=router,
    deciders=DECIDERS,
    projections=projections,
    permissions=PERMISSIONS,
    grants=roster_posts.grants_of,
    description=(
        "Leads (线索), projects (项目) with their stages (洽谈、签约、落地、开工、投产、达产), evidence by SHA-256, "
        "contracts, funds in place (到位资金) and credit shares."
    ),
)
