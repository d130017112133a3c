"""`sevenx seal`: ask audit for a seal, or show those that are there."""

from __future__ import annotations

import uuid
from pathlib import Path

import click
import httpx

from sevenx.cli._log import deployment
from sevenx.cli._options import home_option


@click.command(name="seal")
@click.option("--period", help="A month that all areas have closed, for example 2026-07; else seal on demand.")
@click.option("--list", "show", is_flag=True, help="Show the seals and make none.")
@home_option
def command(period: str | None, show: bool, home: Path) -> None:
    """Seal the log now. Months are sealed by themselves when every area has closed them."""
    where = deployment(home)
    headers = {"Authorization": f"Bearer {where.token('operator')}", "Idempotency-Key": str(uuid.uuid4())}
    with httpx.Client(base_url=where.url, headers=headers, timeout=600, trust_env=False) as client:
        if not show:
            answer = client.post("/api/audit/seals", json={"period": period} if period else {})
            if answer.status_code != 201:
                raise click.ClickException(answer.json().get("detail", answer.text))
            position = answer.json()["position"]
            click.echo(f"sealed: {position}")
            seals = client.get("/api/audit/seals", params={"after": position})
        else:
            seals = client.get("/api/audit/seals")
        for one in seals.raise_for_status().json():
            root = one["root"][:16]
            click.echo(
                f"{one['number']:>4}  {one['kind']:<7} {one['period']:<20} {one['leaves']:>8} events  root {root}…"
            )
