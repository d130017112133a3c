"""`docs/guide/permissions.md` says what the services' PERMISSIONS say, and each command of a service that a person may
give has a line in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sevenx.cli import permissions
from sevenx.kernel.auth import ROLES
from sevenx.kernel.errors import SevenXError


def test_the_page_is_current() -> None:
    page = permissions.PAGE.read_text("utf-8")
    assert permissions.renewed(page) == page, "run `sevenx permissions --write`"


def test_every_declared_command_and_every_role_stands_in_the_table() -> None:
    text = permissions.tables()
    commands = [command for _, declared in permissions.declared() for command in declared]
    assert commands
    assert [c.__name__ for c in commands if f"\n| `{c.__name__}` |" not in text] == []
    assert [role for role in ROLES if f"\n### {role}\n\n- " not in text] == []


def test_no_command_is_open_to_nobody() -> None:
    """A command without rules would be dead; a command of the clock or a reaction has no entry at all."""
    assert [c.__name__ for _, declared in permissions.declared() for c, rules in declared.items() if not rules] == []


def test_the_auditor_writes_nothing() -> None:
    """mechanism, People: the auditor trusts nothing; he reads all."""
    for area, declared in permissions.declared():
        may = [c.__name__ for c, rules in declared.items() if any(rule.role == "auditor" for rule in rules)]
        assert may == [], area


def test_a_stale_page_is_found_and_renewed(tmp_path: Path) -> None:
    stale = tmp_path / "permissions.md"
    stale.write_text(f"# Permissions\n\n{permissions.BEGIN}\n\n| `Old` | nobody |\n", "utf-8")
    assert permissions.write(stale)
    assert stale.read_text("utf-8") == f"# Permissions\n\n{permissions.BEGIN}\n\n{permissions.tables()}"
    assert not permissions.write(stale)


def test_a_page_without_its_mark_is_refused() -> None:
    with pytest.raises(SevenXError, match="lacks the line"):
        permissions.renewed("# Permissions\n")
