"""`sevenx deployment`: the parts of the deployments' files that follow from the declaration of the services."""

from __future__ import annotations

from collections.abc import Callable

import click

from sevenx.declaration import AUDIT, ROOT, Service, services
from sevenx.kernel.errors import SevenXError
from sevenx.local.gateway import PORTAL
from sevenx.local.home import PORTAL_CLIENT, PROJECTS

BEGIN = "  # -- services: written by `sevenx deployment --write` --"
END = "  # -- end of services --"
_SECRETS = "secrets:/run/secrets/sevenx:ro"


def compose_service(one: Service) -> str:
    """A service in docker-compose.yml."""
    district = "${SEVENX_DISTRICT:-410804}"
    lines = [
        f"  {one.area}:",
        "    <<: *service",
        f'    command: ["python", "-m", "{one.module}"]',
        "    environment:",
        "      <<: *service-environment",
        f"      SEVENX_DATABASE: postgresql://{one.app_role}@postgres:5432/{one.database}",
        f"      SEVENX_DATABASE_PASSWORD_FILE: /run/secrets/sevenx/postgres-{one.app_role}",
        f"      SEVENX_KAFKA_USER: {district}-{one.area}",
        f"      SEVENX_KAFKA_PASSWORD_FILE: /run/secrets/sevenx/kafka-{district}-{one.area}",
    ]
    if one.area == AUDIT:
        lines += [
            "      SEVENX_SEALS: /seals",
            "      SEVENX_SEAL_KEY_FILE: /run/secrets/sevenx/seal.pem",
            f'    volumes: ["{_SECRETS}", "seals:/seals"]',
        ]
    if one.area == PROJECTS:
        lines += ["      SEVENX_DOCUMENTS: /documents", f'    volumes: ["{_SECRETS}", "documents:/documents"]']
    if one.area == PORTAL:
        lines += [
            f"      SEVENX_OIDC_CLIENT_ID: {PORTAL_CLIENT}",
            "      SEVENX_OIDC_CLIENT_SECRET_FILE: /run/secrets/sevenx/oidc-client",
            "      SEVENX_SESSION_KEY_FILE: /run/secrets/sevenx/portal-session",
        ]
    return "\n".join(lines) + "\n"


def chart_service(one: Service) -> str:
    """A service in the chart's values: all defaults."""
    return f"  {one.area}: {{}}"


FILES: dict[str, tuple[Callable[[Service], str], str]] = {
    "docker-compose.yml": (compose_service, "\n"),
    "deploy/helm/sevenx/values.yaml": (chart_service, "\n"),
}


def renewed(name: str, text: str) -> str:
    """A file's text with its services written anew; SevenXError when it has lost its marks. What the chart's values say
    about a service beyond the defaults belongs into a values file of one's own."""
    entry, between = FILES[name]
    before, begun, rest = text.partition(f"{BEGIN}\n")
    _, ended, after = rest.partition(f"{END}\n")
    if not (begun and ended):
        raise SevenXError(f"{name} lacks the lines {BEGIN.strip()!r} and {END.strip()!r} around its services")
    return f"{before}{BEGIN}\n{between.join(entry(one) for one in services())}\n{END}\n{after}"


@click.command(name="deployment")
@click.option("--write", is_flag=True, help="Renew the files; otherwise say which are not current (exit 1).")
def command(write: bool) -> None:
    """Hold docker-compose.yml and the chart's values against services/services.toml."""
    stale = []
    for name in FILES:
        path = ROOT / name
        text = path.read_text("utf-8")
        new = renewed(name, text)
        if new == text:
            continue
        stale.append(name)
        if write:
            path.write_text(new, "utf-8")
            click.echo(f"wrote {name}")
    if stale and not write:
        raise SevenXError(f"not current: {', '.join(stale)}; type: sevenx deployment --write")
    if not stale:
        click.echo("docker-compose.yml and the chart's values are current")
