"""The service of area notifier, put together."""

from __future__ import annotations

from services.notifier.api import router
from services.notifier.deadlines import DEADLINES
from services.notifier.deciders import DECIDERS
from services.notifier.permissions import PERMISSIONS
from services.notifier.projections import projections
from services.notifier.reactions import reactions
from services.notifier.sending import check_mail, send_mail
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
    reactions=reactions(),
    deadlines=DEADLINES,
    grants=POSTS.grants_of,
    on_start=(check_mail,),
    background=(send_mail,),
    description=(
        "Who is told what, by which channel, when: notices in an inbox and by e-mail from a table of rules, escalation "
        "of what is overdue, receipts. Contacts are kept here and nowhere else."
    ),
)
