"""The service of area registry, put together."""

from __future__ import annotations

from services.registry.api import router
from services.registry.deciders import DECIDERS
from services.registry.permissions import PERMISSIONS
from services.registry.projections import projections
from services.registry.tables import roster_posts
from sevenx.kernel.service import ServiceDefinition

SERVICE = ServiceDefinition(
    area="registry",
    title="Registry",
    title_zh="名册",
    router=router,
    deciders=DECIDERS,
    projections=projections,
    permissions=PERMISSIONS,
    grants=roster_posts.grants_of,
    description=(
        "The district, its units (单位) and all their spellings, the seven groups (招商小组) with leaders, lead and "
        "responsible units and liaisons, people and posts over time, industries, settings, calendars, annual plans and "
        "targets."
    ),
)
