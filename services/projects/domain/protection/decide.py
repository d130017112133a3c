"""From a command to the rule that decides it."""

from __future__ import annotations

from services.projects.domain.protection import commands as c
from services.projects.domain.protection.contests import contest, decide_contest, judge_contests
from services.projects.domain.protection.holding import (
    decide_release,
    extend,
    fulfil,
    give_up,
    judge_idle,
    judge_terms,
    reopen,
)
from services.projects.domain.protection.intents import decide_intent
from services.projects.domain.protection.reports import convert, leave, prove_talk, report
from services.projects.domain.protection.state import Investor
from services.projects.domain.protection.transfers import move
from sevenx.kernel.decider import Decision


def decide(command: c.ProtectionCommand, state: Investor) -> Decision:
    """The events that a command causes, or why it is refused."""
    match command:
        case c.ReportLead():
            return report(command, state)
        case c.ConvertProtected():
            return convert(command, state)
        case c.ProveTalk():
            return prove_talk(command, state)
        case c.Leave():
            return leave(command, state)
        case c.MoveReport():
            return move(command, state)
        case c.Contest():
            return contest(command, state)
        case c.DecideContest():
            return decide_contest(command, state)
        case c.DecideIntent():
            return decide_intent(command, state)
        case c.JudgeContests():
            return judge_contests(command, state)
        case _:
            return _of_a_hold(command, state)


def _of_a_hold(command: c.ProtectionCommand, state: Investor) -> Decision:
    match command:
        case c.Extend():
            return extend(command, state)
        case c.DecideRelease():
            return decide_release(command, state)
        case c.GiveUp():
            return give_up(command, state)
        case c.Fulfil():
            return fulfil(command, state)
        case c.Reopen():
            return reopen(command, state)
        case c.JudgeIdle():
            return judge_idle(command, state)
        case c.JudgeTerms():
            return judge_terms(command, state)
        case _:
            raise TypeError(f"{type(command).__name__} is no command of a protection")
