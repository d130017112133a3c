"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from sevenx.local.home import Home

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

home_option: Decorator = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="SEVENX_HOME",
    default=Home.default_path,
    show_default="<project>/.sevenx",
    help="State folder of the embedded runtime.",
)
