"""The rules of what belongs to an enterprise: places on lists, contact persons by id."""

from __future__ import annotations

from services.projects.domain.dates import check_reason
from services.projects.domain.enterprise import commands as c
from services.projects.domain.enterprise import events as e
from services.projects.domain.enterprise.checks import check_listing
from services.projects.domain.enterprise.state import Enterprise
from services.projects.domain.identity import check_free_text
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def add_listing(command: c.AddListing, state: Enterprise) -> Decision:
    """A list counts once for a year; entered again it corrects the rank."""
    listing = command.listing
    if (wrong := check_listing(listing, command.today)) is not None:
        return wrong
    key = (listing.list_name, listing.year)
    if key in state.lists and state.lists[key] == listing.rank:
        return []
    return [e.ListingAdded(listing, command.today, command.by)]


def remove_listing(command: c.RemoveListing, state: Enterprise) -> Decision:
    """A list that was entered by mistake is taken out, with the reason."""
    if (command.list_name, command.year) not in state.lists:
        return Rejection(
            "list-unknown",
            f"该企业没有登记 {command.year} 年的“{command.list_name}”。",
            f"The enterprise is not entered on {command.list_name} of {command.year}.",
            status=404,
            details={"list_name": command.list_name, "year": command.year},
        )
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [e.ListingRemoved(command.list_name, command.year, command.reason, command.today, command.by)]


def add_contact(command: c.AddEnterpriseContact, state: Enterprise) -> Decision:
    """Each contact person gets an id of the enterprise's own: `410804-C-2026-0001-1`, never given twice."""
    contact = f"{state.id.replace('-E-', '-C-', 1)}-{len(state.contacts) + 1}"
    return [e.EnterpriseContactAdded(contact, command.holder, command.today, command.by)]


def erase_contact(command: c.EraseEnterpriseContact, state: Enterprise) -> Decision:
    """A contact person is erased once and for good; the event is the receipt."""
    if command.contact in state.erased:
        return []
    if command.contact not in state.contacts:
        return unknown_contact(command.contact)
    return [e.EnterpriseContactErased(command.contact, command.receipt, command.erased, command.today, command.by)]


def unknown_contact(contact: str) -> Rejection:
    """No contact of this id was ever made here."""
    return Rejection(
        "unknown-contact",
        f"该企业没有联系人 {contact}。",
        f"The enterprise has no contact {contact}.",
        status=404,
        details={"contact": contact},
    )
