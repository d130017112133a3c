"""What an enterprise is called or registered as has changed: those that it looks like are proposed as one with it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from services.projects.deciders import ENTERPRISE
from services.projects.domain.enterprise.commands import Suspect, SuspectDuplicates
from services.projects.domain.enterprise.duplicates import by_age
from services.projects.domain.enterprise.likeness import LIKELY
from services.projects.enterprise_likes import likes, mention_of
from services.projects.enterprise_merges import Merges
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import Reads


async def suspect(event: Recorded, reads: Reads, desk: Desk) -> None:
    """What is known of a pair stands with the later one; each pair is proposed once."""
    enterprise = (await Merges.read(reads)).survivor(event.meta.stream)
    today = event.meta.occurred_at.astimezone(SHANGHAI).date()
    found: dict[str, list[Suspect]] = defaultdict(list)
    for one in await likes(reads, await mention_of(reads, enterprise), besides=enterprise, least=LIKELY):
        first, second = by_age(enterprise, one.id)
        score = Decimal(str(one.found.score)).quantize(Decimal("0.000001"))
        found[second].append(Suspect(first, score, one.found.ground))
    for second, suspects in sorted(found.items()):
        await desk.give(ENTERPRISE, second, SuspectDuplicates(tuple(suspects), today))


def _of_one_that_stands(event: Recorded) -> bool:
    """Of a merge, what it is to the survivor; of one undone, to either."""
    if event.name == "EnterprisesMerged":
        return bool(event.meta.stream == event.data["survivor"])
    return event.name != "MergeUndone" or event.meta.stream in (event.data["survivor"], event.data["absorbed"])


ENTERPRISE_REACTIONS = (
    Reaction(
        "enterprise-duplicates",
        (
            "projects.EnterpriseRegistered",
            "projects.EnterpriseCorrected",
            "projects.EnterpriseRenamed",
            "projects.EnterpriseAliasAdded",
            "projects.CreditCodeAssigned",
            "projects.EnterprisesMerged",
            "projects.MergeUndone",
        ),
        suspect,
        when=_of_one_that_stands,
    ),
)
