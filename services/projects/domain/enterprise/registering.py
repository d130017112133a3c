"""The rules of what an enterprise is: names, codes, origin."""

from __future__ import annotations

from services.projects.domain.dates import check_date, check_reason
from services.projects.domain.enterprise import commands as c
from services.projects.domain.enterprise import events as e
from services.projects.domain.enterprise.checks import (
    check_alias,
    check_identity,
    check_listing,
    check_words,
    code_taken,
)
from services.projects.domain.enterprise.state import Enterprise
from services.projects.domain.identity import check_free_text, check_party
from services.projects.domain.values import Origin, Party
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def register(command: c.RegisterEnterprise, state: Enterprise) -> Decision:
    """An enterprise is registered once, with an identity that holds («Identity»)."""
    if state.id:
        return Rejection(
            "enterprise-registered", "该编号的企业已登记。", "An enterprise with this number is registered.", status=409
        )
    wrong = check_identity(command.name, command.code, command.foreign, command.origin) or check_words(
        command.place, command.note, command.industry_code, command.aliases, command.name
    )
    for listing in command.lists:
        wrong = wrong or check_listing(listing, command.today)
    if wrong is not None:
        return wrong
    if command.code and command.same_code:
        return code_taken(command.code, command.same_code)
    return [
        e.EnterpriseRegistered(
            enterprise=command.enterprise,
            name=command.name,
            origin=command.origin,
            place=command.place,
            registered_for=command.registered_for,
            registered_on=command.today,
            registered_by=command.by,
            code=command.code,
            foreign=command.foreign,
            aliases=command.aliases,
            lists=command.lists,
            industry_code=command.industry_code,
            note=command.note,
        )
    ]


def correct(command: c.CorrectEnterprise, state: Enterprise) -> Decision:
    """What was entered wrongly is corrected with the reason; the wrong name is no former name."""
    wrong = (
        check_reason(command.reason)
        or check_free_text(reason=command.reason)
        or check_identity(command.name, state.code, command.foreign, command.origin)
        or check_words(command.place, command.note, command.industry_code)
    )
    if wrong is not None:
        return wrong
    now = (command.name, command.origin, command.place, command.foreign, command.industry_code, command.note)
    if now == (state.name, state.origin, state.place, state.foreign, state.industry_code, state.note):
        return []
    return [
        e.EnterpriseCorrected(
            name=command.name,
            previous_name=state.name,
            origin=command.origin,
            place=command.place,
            reason=command.reason,
            corrected_on=command.today,
            corrected_by=command.by,
            foreign=command.foreign,
            industry_code=command.industry_code,
            note=command.note,
        )
    ]


def rename(command: c.RenameEnterprise, state: Enterprise) -> Decision:
    """An enterprise that took another name keeps the former one (曾用名), by which it is still found."""
    if command.name == state.name:
        return []
    wrong = check_party(Party(command.name)) or check_date("更名日期", "since", command.since, command.today)
    return wrong or [e.EnterpriseRenamed(command.name, state.name, command.since, command.today, command.by)]


def add_alias(command: c.AddEnterpriseAlias, state: Enterprise) -> Decision:
    """A name is entered once."""
    return check_alias(command.alias, (state.name, *state.aliases)) or [
        e.EnterpriseAliasAdded(command.alias, command.today, command.by)
    ]


def remove_alias(command: c.RemoveEnterpriseAlias, state: Enterprise) -> Decision:
    """A name that was taken for the enterprise's by mistake is taken out, with the reason."""
    if command.name not in state.aliases:
        return Rejection(
            "alias-unknown",
            f"该企业没有别名“{command.name}”；现有：{'、'.join(state.aliases) or '无'}。",
            f"The enterprise has no other name {command.name}; it has: {', '.join(state.aliases) or 'none'}.",
            status=404,
            details={"name": command.name},
        )
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [e.EnterpriseAliasRemoved(command.name, command.reason, command.today, command.by)]


def assign_code(command: c.AssignCreditCode, state: Enterprise) -> Decision:
    """GB 32100: a code that holds and that nobody else has; where it replaces another, the reason."""
    if command.code == state.code:
        return []
    wrong = check_party(Party(state.name, command.code), Origin.PROVINCE_EXTERNAL) or check_free_text(
        reason=command.reason
    )
    if wrong is not None:
        return wrong
    if command.same_code:
        return code_taken(command.code, command.same_code)
    if state.code is not None and (missing := check_reason(command.reason)) is not None:
        return missing
    return [e.CreditCodeAssigned(command.code, state.code, command.reason, command.today, command.by)]
