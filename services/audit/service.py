"""The audit service: it keeps the hash of every event, seals the log each month, and concludes about forged records."""

from __future__ import annotations

from services.audit.api import make_router
from services.audit.deciders import DECIDERS
from services.audit.permissions import PERMISSIONS
from services.audit.projections import projections
from services.audit.reactions import reactions
from services.audit.sealing import Sealing
from services.audit.tables import POSTS
from sevenx.kernel.runtime import Runtime
from sevenx.kernel.service import ServiceDefinition


def definition() -> ServiceDefinition:
    """A definition with a sealing of its own, configured when the process starts."""
    sealing = Sealing()

    async def configure(runtime: Runtime) -> None:
        sealing.configure(runtime.settings)

    return ServiceDefinition(
        area="audit",
        title="Audit",
        title_zh="审计",
        router=make_router(sealing),
        deciders=DECIDERS,
        projections=projections,
        permissions=PERMISSIONS,
        reactions=reactions(sealing),
        grants=POSTS.grants_of,
        on_start=(configure,),
        description=(
            "Seals of the whole log, forks that owners report, conclusions about single records, and findings: "
            "back-dated entries (补录倒签) and vouchers used twice (凭证重复使用)."
        ),
    )
