"""The `sevenx` command. A verb is a module beside this one with a click command that is named `command`,
or as the module.

`sevenx/cli/cut_offs.py` is the verb `cut-offs`, and `import_.py` is `import` (Python's keywords take an underscore
behind them); a module whose name starts with an underscore is none. Only the chosen verb's module is imported (for
`--help` all are), so that a verb starts fast whatever the others need.
"""

from __future__ import annotations

import errno
import keyword
import pkgutil
import sys
from importlib import import_module

import click

import sevenx.cli
from sevenx.kernel.errors import SevenXError


class Verbs(click.Group):
    """Finds verbs by their modules' names and shows our own errors without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        modules = (module.name for module in pkgutil.iter_modules(sevenx.cli.__path__))
        verbs = (name for name in modules if name != "main" and not name.startswith("_"))
        return sorted(name.removesuffix("_").replace("_", "-") for name in verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_") + ("_" if keyword.iskeyword(cmd_name) else "")
        module = import_module(f"sevenx.cli.{name}")
        command = getattr(module, "command", None) or getattr(module, name, None)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SevenXError as error:
            message = str(error)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            message = f"the disk is full ({error.filename or 'state folder'}); free at least 1 GiB"
        click.echo(click.style("Error: ", fg="red", bold=True) + message, err=True)
        sys.exit(1)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sevenx")
def main() -> None:
    """SevenX: a district's investment promotion mechanism as event-sourced services on Apache Kafka."""
