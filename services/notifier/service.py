"""The service of area notifier, put together."""

from __future__ import annotations

from services.notifier.api import router
from services.notifier.deciders import DECIDERS
from services.notifier.permissions import PERMISSIONS
from services.notifier.projections import projections
from services.notifier.tables import POSTS
from sevenx.kernel.service import ServiceDefinition

SERVICE = ServiceDefinition(
    area="notifier",
    title="Notifier",
    title_zh="通知",
    router=router,
    deciders=DECIDERS,
    projections=projections,
    permissions=PERMISSIONS,
    grants=POSTS.grants_of,
    description="Who is told what, by which channel, when: inbox and e-mail, reminders, escalation, receipts.",
)
