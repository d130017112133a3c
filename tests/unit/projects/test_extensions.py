"""One project counts once; an extension (增资) counts its increment («Projects», identity)."""

from __future__ import annotations

from typing import Any

import pytest

from services.projects.domain.project import commands as c
from services.projects.domain.project import events as e
from services.projects.domain.project.contract_commands import (
    AddExtension,
    DeclareExtension,
    RemoveExtension,
    WithdrawExtension,
)
from services.projects.domain.values import Stage, Status
from tests.unit.projects.stories import LIAISON, OFFICER, TODAY, WAY, Story, project_at

BASE, NEXT, THIRD = "410804-P-2026-0001", "410804-P-2026-0002", "410804-P-2026-0003"
DECLARE = DeclareExtension(NEXT, BASE, TODAY, LIAISON)
ADD = AddExtension(NEXT, TODAY, LIAISON)
WITHDRAW = WithdrawExtension("系独立项目", TODAY, LIAISON)
REMOVE = RemoveExtension(NEXT, "系独立项目", TODAY, LIAISON)


def declared() -> Story:
    return project_at(Stage.NEGOTIATING).after([DECLARE])


def test_an_extension_names_its_base_and_the_base_knows_it() -> None:
    story, base = project_at(Stage.NEGOTIATING), project_at(Stage.SIGNED)
    assert story.when(DECLARE) == [e.ExtensionDeclared(BASE, TODAY, LIAISON)]
    assert base.when(ADD) == [e.ExtensionAdded(NEXT, TODAY, LIAISON)]
    assert (story.when(DECLARE), base.when(ADD)) == ([], [])
    assert (story.state.extends, base.state.extensions) == (BASE, (NEXT,))


def test_every_stage_of_an_extension_says_so_that_it_counts_as_no_project_of_its_own() -> None:
    story = declared().after(command() for command in WAY[1:])
    names = {"ProjectSigned", "ProjectLanded", "ConstructionStarted", "ProductionStarted", "CapacityReached"}
    assert {type(one).__name__: one.extends for one in story.events if type(one).__name__ in names} == dict.fromkeys(
        names, BASE
    )


@pytest.mark.parametrize(
    ("base", "code"),
    [
        (project_at(Stage.NEGOTIATING), "base-not-signed"),
        (project_at(Stage.SIGNED).after([c.ChangeStatus(Status.TERMINATED, TODAY, "终止", TODAY, LIAISON)]),
         "project-not-active"),
        (declared().after([WAY[1]()]), "extension-of-extension"),
    ],
)  # fmt: skip
def test_a_base_is_signed_not_over_and_no_extension_itself(base: Story, code: str) -> None:
    assert base.refused(ADD).code == code


@pytest.mark.parametrize(
    ("story", "command", "code"),
    [
        (project_at(Stage.SIGNED), DECLARE, "extension-signed"),
        (declared(), DeclareExtension(NEXT, THIRD, TODAY, LIAISON), "extends-another"),
        (project_at(Stage.NEGOTIATING), DeclareExtension(BASE, BASE, TODAY, LIAISON), "extends-itself"),
        (project_at(Stage.NEGOTIATING), WITHDRAW, "no-extension"),
        (declared().after([WAY[1]()]), WITHDRAW, "extension-signed"),
    ],
)
def test_whether_a_project_is_an_extension_is_settled_before_its_signature(
    story: Story, command: Any, code: str
) -> None:
    assert story.refused(command).code == code


def test_what_has_extensions_extends_nothing() -> None:
    """No circle: of extensions there is one level. A base may be taken back to negotiating only without them."""
    base = project_at(Stage.SIGNED).after([ADD])
    refused = base.refused(c.CorrectStage(Stage.NEGOTIATING, "合同无效", TODAY, OFFICER))
    assert (refused.code, refused.details["extensions"]) == ("extensions-rest-on-it", [NEXT])
    base.after([REMOVE, c.CorrectStage(Stage.NEGOTIATING, "合同无效", TODAY, OFFICER)])
    assert base.when(DeclareExtension(BASE, THIRD, TODAY, LIAISON))


def test_a_wrong_extension_is_withdrawn_on_both_sides_with_the_reason() -> None:
    story, base = declared(), project_at(Stage.SIGNED).after([ADD])
    assert story.when(WITHDRAW) == [e.ExtensionWithdrawn(BASE, "系独立项目", TODAY, LIAISON)]
    assert base.when(REMOVE) == [e.ExtensionRemoved(NEXT, "系独立项目", TODAY, LIAISON)]
    assert (story.state.extends, base.state.extensions) == (None, ())
    assert base.when(REMOVE) == []
    assert declared().refused(WithdrawExtension("", TODAY, LIAISON)).code == "reason-missing"
