"""`sevenx secrets`: make the secrets of a deployment."""

from __future__ import annotations

from pathlib import Path

import click

from sevenx.local.errors import LocalError


@click.command(name="secrets")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--district", envvar="SEVENX_DISTRICT", required=True, help="GB/T 2260 code of six digits.")
def command(folder: Path, district: str) -> None:
    """Make what FOLDER lacks of a deployment's secrets, a file for each; what is there stays.

    Docker Compose mounts the folder; for Kubernetes: kubectl create secret generic sevenx --from-file=FOLDER
    """
    from sevenx.deployment.secrets_folder import complete

    if not (len(district) == 6 and district.isdigit()):
        raise LocalError(f"--district is {district!r}; it must be a GB/T 2260 code of six digits, such as 410804")
    made = complete(folder, district)
    click.echo(f"{folder}: {len(made)} secrets made" + (f": {', '.join(made)}" if made else ", nothing was lacking"))
