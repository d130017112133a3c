"""The chart lints, renders for each way to configure it, and refuses what cannot work. `helm` must be on the PATH."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from sevenx.declaration import ROOT, services
from sevenx.deployment.secrets_folder import password_names

CHART = ROOT / "deploy" / "helm" / "sevenx"
ISSUER = ["--set", "issuer=https://id.example/realms/district"]
VERSION = ["--kube-version", "1.34.2"]
HELM = shutil.which("helm")

if HELM is None and os.environ.get("CI"):
    pytest.fail("helm is not on the PATH; .ci/run installs it", pytrace=False)
pytestmark = pytest.mark.skipif(HELM is None, reason="helm is not on the PATH")


def helm(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(HELM), *arguments], capture_output=True, text=True, check=False, timeout=60)


def rendered(*values: str) -> list[dict[str, Any]]:
    done = helm("template", "macun", str(CHART), *VERSION, *ISSUER, *values)
    assert done.returncode == 0, done.stderr
    return [document for document in yaml.safe_load_all(done.stdout) if document]


def of_kind(documents: list[dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one for one in documents if one["kind"] == kind}


def containers(documents: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    pods = [one for one in documents if one["kind"] in ("Deployment", "Job")]
    return {one["metadata"]["name"]: one["spec"]["template"]["spec"]["containers"][0] for one in pods}


def refusal(*values: str) -> str:
    done = helm("template", "macun", str(CHART), *VERSION, *values)
    assert done.returncode != 0, done.stdout
    return done.stderr


def test_the_chart_lints_strictly() -> None:
    done = helm("lint", str(CHART), "--strict", *VERSION, *ISSUER)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_declared_service_is_deployed_with_its_own_login_and_no_others() -> None:
    documents = rendered()
    deployments = of_kind(documents, "Deployment")
    assert sorted(deployments) == sorted(f"macun-{one.area}" for one in services())
    for one in services():
        pod = deployments[f"macun-{one.area}"]["spec"]["template"]["spec"]
        secrets = next(volume for volume in pod["volumes"] if volume["name"] == "secrets")
        keys = {item["key"] for item in secrets["secret"]["items"]}
        own = {f"postgres-{one.app_role}", f"kafka-410804-{one.area}"}
        assert own <= keys <= own | {"seal.pem", "portal-session", "oidc-client"}
        env = {entry["name"]: entry["value"] for entry in pod["containers"][0]["env"]}
        assert env["SEVENX_DATABASE"] == f"postgresql://{one.app_role}@postgres:5432/{one.database}?sslmode=prefer"
        assert env["SEVENX_KAFKA_USER"] == f"410804-{one.area}"


def test_every_secret_that_is_mounted_is_one_that_sevenx_secrets_makes() -> None:
    made = {*password_names("410804"), "issuer.pem", "seal.pem", "seal.pub"}
    for deployment in of_kind(rendered(), "Deployment").values():
        secrets = deployment["spec"]["template"]["spec"]["volumes"][0]["secret"]
        assert {item["key"] for item in secrets["items"]} <= made


def test_no_container_may_gain_rights_or_write_to_its_image() -> None:
    for name, container in containers(rendered()).items():
        security = container["securityContext"]
        assert security["allowPrivilegeEscalation"] is False, name
        assert security["readOnlyRootFilesystem"] is True, name
        assert security["capabilities"] == {"drop": ["ALL"]}, name
        assert container["resources"]["limits"]["memory"], name


def test_stores_are_prepared_before_services_start() -> None:
    job = of_kind(rendered("--set", "kafka.replication=3"), "Job")["macun-provision"]
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert job["spec"]["template"]["spec"]["containers"][0]["args"] == ["sevenx", "provision", "--replication", "3"]


def test_one_origin_leads_each_api_to_its_service_and_the_rest_to_the_console() -> None:
    rule = of_kind(rendered(), "Ingress")["macun-origin"]["spec"]["rules"][0]
    paths = {path["path"]: path["backend"]["service"]["name"] for path in rule["http"]["paths"]}
    apis = {f"/api/{one.area}": f"macun-{one.area}" for one in services() if one.area != "portal"}
    assert paths == {**apis, "/": "macun-portal"}


def test_a_service_with_replicas_keeps_one_through_a_drain() -> None:
    documents = rendered("--set", "services.projects.replicas=2", "--set", "documents.accessMode=ReadWriteMany")
    assert list(of_kind(documents, "PodDisruptionBudget")) == ["macun-projects"]
    assert of_kind(documents, "Deployment")["macun-projects"]["spec"]["replicas"] == 2


def test_the_seals_outlive_the_release() -> None:
    claim = of_kind(rendered(), "PersistentVolumeClaim")["macun-seals"]
    assert claim["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    assert "macun-seals" not in of_kind(rendered("--set", "seals.existingClaim=ours"), "PersistentVolumeClaim")


def environment(documents: list[dict[str, Any]], name: str) -> dict[str, str]:
    return {entry["name"]: entry["value"] for entry in containers(documents)[name]["env"]}


def test_documents_are_kept_on_a_volume_that_outlives_the_release() -> None:
    documents = rendered("--set", "documents.largestMib=20")
    claim = of_kind(documents, "PersistentVolumeClaim")["macun-documents"]
    assert claim["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    deployment = of_kind(documents, "Deployment")["macun-projects"]["spec"]
    volumes = {one["name"]: one for one in deployment["template"]["spec"]["volumes"]}
    assert volumes["documents"]["persistentVolumeClaim"] == {"claimName": "macun-documents"}
    assert deployment["strategy"] == {"type": "Recreate"}
    env = environment(documents, "macun-projects")
    assert (env["SEVENX_DOCUMENTS"], env["SEVENX_DOCUMENTS_LARGEST_MIB"]) == ("/documents", "20")
    assert "SEVENX_DOCUMENTS" not in environment(documents, "macun-portal")


def test_documents_are_kept_in_a_bucket_where_one_is_named() -> None:
    documents = rendered("--set", "documents.s3.endpoint=https://s3.example", "--set", "documents.s3.bucket=sevenx")
    assert "macun-documents" not in of_kind(documents, "PersistentVolumeClaim")
    deployment = of_kind(documents, "Deployment")["macun-projects"]["spec"]
    assert deployment["strategy"]["type"] == "RollingUpdate"
    env = environment(documents, "macun-projects")
    assert env["SEVENX_DOCUMENTS"] == "s3://sevenx"
    items = deployment["template"]["spec"]["volumes"][0]["secret"]["items"]
    files = {f"/run/secrets/sevenx/{item['path']}" for item in items}
    assert {env["SEVENX_DOCUMENTS_S3_ACCESS_KEY_FILE"], env["SEVENX_DOCUMENTS_S3_SECRET_KEY_FILE"]} <= files


def test_monitoring_and_network_policy_come_when_asked_for() -> None:
    kinds = {one["kind"] for one in rendered()}
    more = rendered("--set", "serviceMonitor.enabled=true", "--set", "networkPolicy.enabled=true")
    assert {one["kind"] for one in more} - kinds == {"ServiceMonitor", "NetworkPolicy"}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([], "issuer is empty"),
        ([*ISSUER, "--set-string", "district=4108"], "/district"),
        ([*ISSUER, "--set", "kafka.bootstrap=kafka"], "/kafka/bootstrap"),
        ([*ISSUER, "--set", "services.registry.replica=2"], "replica"),
        ([*ISSUER, "--set", "services.registry.replicas=7"], "/services/registry/replicas"),
        ([*ISSUER, "--set", "imagee.tag=1"], "imagee"),
        (["--set", "issuer=id.example"], "/issuer"),
        ([*ISSUER, "--set", "services.projects.replicas=2"], "ReadWriteMany"),
        ([*ISSUER, "--set", "documents.s3.endpoint=https://s3.example"], "documents.s3.bucket is empty"),
    ],
)
def test_a_wrong_value_is_named(values: list[str], says: str) -> None:
    assert says in refusal(*values)


def test_the_schema_of_the_values_knows_every_value() -> None:
    schema = json.loads((CHART / "values.schema.json").read_text("utf-8"))
    values = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))
    assert set(values) <= set(schema["properties"])
    for name, value in values.items():
        known = schema["properties"][name].get("properties")
        if known and isinstance(value, dict):
            assert set(value) == set(known), name
