"""Who may do what. Scope `person`: whom a notice is addressed to.

Queueing, deliveries and escalation come from reactions, the clock and the sender: nobody gives them.
"""

from __future__ import annotations

from services.notifier.domain.notice import commands as c
from services.notifier.domain.recipients import OFFICES, office_subject
from sevenx.kernel.auth import SELF, Principal, Rule

PERMISSIONS: dict[type, tuple[Rule, ...]] = {
    c.MarkRead: (Rule(SELF, "person"),),
    c.RetryDelivery: (Rule("operator"),),
}


def inboxes(principal: Principal) -> tuple[str, ...]:
    """The inboxes that are a principal's own: that of his person, and those of the offices that he holds."""
    held = [role for role in OFFICES if principal.holds(role, [principal.district])]
    return tuple(dict.fromkeys((principal.subject, *(office_subject(principal.district, role) for role in held))))


def on_behalf(principal: Principal, person: str) -> str:
    """For the scope `person`: the principal himself where the notice stands in one of his inboxes, else its owner. A
    notice that does not exist is nobody's, and the rules say so."""
    return principal.subject if not person or person in inboxes(principal) else person
