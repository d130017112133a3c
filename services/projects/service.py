"""The service of area projects, put together."""

from __future__ import annotations

from services.projects.api import router
from services.projects.api_documents import STREAMED as DOCUMENTS
from services.projects.api_sheet_imports import STREAMED as SHEETS
from services.projects.deadlines import DEADLINES
from services.projects.deciders import DECIDERS
from services.projects.document_store import open_documents
from services.projects.enterprise_reactions import ENTERPRISE_REACTIONS
from services.projects.permissions import PERMISSIONS
from services.projects.projections import projections
from services.projects.reactions import REACTIONS
from services.projects.tables import POSTS
from sevenx.kernel.service import ServiceDefinition

SERVICE = ServiceDefinition(
    area="projects",
    title="Projects",
    title_zh="招商项目",
    router=router,
    deciders=DECIDERS,
    projections=projections,
    permissions=PERMISSIONS,
    reactions=(*REACTIONS, *ENTERPRISE_REACTIONS),
    deadlines=DEADLINES,
    grants=POSTS.grants_of,
    on_start=(open_documents,),
    streamed=DOCUMENTS | SHEETS,
    description=(
        "Leads (线索), projects (项目) with their stages (洽谈、签约、落地、开工、投产、达产), evidence by SHA-256, "
        "gates (前置程序) and contracts, promises (承诺台账), funds in place (到位资金) and credit shares; "
        "first-report protection (首报首谈) with its contests, "
        "standstill and traffic lights, referrals (以企引企); the register of enterprises (客商库); "
        "procedures (手续办理) and problems (问题协调); documents by their SHA-256 (文件库); "
        "leads and projects as Excel sheets (导入导出)."
    ),
)
