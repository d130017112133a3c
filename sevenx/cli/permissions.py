"""`sevenx permissions`: who may give which command, as the services declare it, in one table."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from sevenx.declaration import ROOT, services
from sevenx.kernel.auth import ROLES, Rule
from sevenx.kernel.errors import SevenXError

PAGE = ROOT / "docs" / "guide" / "permissions.md"
BEGIN = "<!-- Written by `sevenx permissions --write`; do not edit below. -->"
HEAD = "| command 命令 | allowed 有权者 |\n| --- | --- |"


def declared() -> Iterator[tuple[str, Mapping[type, tuple[Rule, ...]]]]:
    """(area, PERMISSIONS) of every declared service, in the declaration's order."""
    for service in services():
        yield service.area, importlib.import_module(f"services.{service.area}.permissions").PERMISSIONS


def tables() -> str:
    """The generated part of the page: a table for each area, then what each role may do."""
    parts, by_role = [], dict[str, list[str]]()
    for area, permissions in declared():
        rows = []
        for command, rules in permissions.items():
            rows.append(f"| `{command.__name__}` | {', '.join(_rule(rule) for rule in rules)} |")
            for role in dict.fromkeys(rule.role for rule in rules):
                by_role.setdefault(role, []).append(f"`{area}.{command.__name__}`")
        parts.append(f"## {area}\n\n{HEAD}\n" + "\n".join(rows))
    parts.append("## By role 按角色")
    for role in ROLES:
        held = "\n".join(f"- {command}" for command in by_role.get(role, ["none 无"]))
        parts.append(f"### {role}\n\n{held}")
    return "\n\n".join(parts) + "\n"


def _rule(rule: Rule) -> str:
    return f"{rule.role} of `{rule.of}`" if rule.of else rule.role


def renewed(page: str) -> str:
    """The page with its generated part written anew; SevenXError when it has lost its mark."""
    kept, mark, _ = page.partition(BEGIN)
    if not mark:
        raise SevenXError(f"{PAGE.relative_to(ROOT)} lacks the line {BEGIN}")
    return f"{kept}{BEGIN}\n\n{tables()}"


def write(path: Path = PAGE) -> bool:
    """Renew the page's file; whether anything changed."""
    page = path.read_text("utf-8")
    new = renewed(page)
    if new != page:
        path.write_text(new, "utf-8")
    return new != page


@click.command(name="permissions")
@click.option("--write", "to_file", is_flag=True, help="Renew docs/guide/permissions.md instead of printing.")
def command(to_file: bool) -> None:
    """Show who may give which command; every command without a line is refused."""
    if not to_file:
        click.echo(tables(), nl=False)
    elif write():
        click.echo(f"wrote {PAGE.relative_to(ROOT)}")
    else:
        click.echo(f"{PAGE.relative_to(ROOT)} is current")
