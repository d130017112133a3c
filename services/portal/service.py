"""The service of area portal, put together."""

from __future__ import annotations

from services.portal.api import router
from services.portal.deciders import DECIDERS
from services.portal.permissions import PERMISSIONS
from services.portal.projections import projections
from services.portal.site import add_site
from services.portal.tables import POSTS
from sevenx.kernel.service import ServiceDefinition

SERVICE = ServiceDefinition(
    area="portal",
    title="Portal",
    title_zh="工作台",
    router=router,
    deciders=DECIDERS,
    projections=projections,
    permissions=PERMISSIONS,
    grants=POSTS.grants_of,
    description="The web console: pages over all areas from a read model of its own, and the login. It has no events.",
    writes=False,
    watched=True,
    site=add_site,
)
