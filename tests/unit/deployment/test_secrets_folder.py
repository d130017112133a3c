"""The secrets of a deployment are made once, kept apart, and never shown."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from sevenx.cli.secrets import command
from sevenx.deployment.secrets_folder import password, password_names
from sevenx.kernel.errors import SettingsError
from sevenx.kernel.settings import Settings


def make(folder: Path, district: str = "410804") -> str:
    done = CliRunner().invoke(command, [str(folder), "--district", district], catch_exceptions=True)
    return done.output + str(done.exception or "")


def test_each_secret_is_a_file_that_others_may_not_read_and_a_key_that_kubernetes_takes(tmp_path: Path) -> None:
    make(tmp_path / "secrets")
    files = sorted(path.name for path in (tmp_path / "secrets").iterdir())
    assert files == sorted([*password_names("410804"), "issuer.pem", "seal.pem", "seal.pub"])
    assert all(re.fullmatch(r"[-._a-zA-Z0-9]+", name) for name in files)
    readable = {stat.S_IMODE((tmp_path / "secrets" / name).stat().st_mode) for name in files if name != "seal.pub"}
    assert readable == {0o640}


def test_what_is_there_stays_and_what_lacks_is_made(tmp_path: Path) -> None:
    make(tmp_path)
    kept = (tmp_path / "kafka-410804-registry").read_text()
    (tmp_path / "postgres-audit_app").unlink()
    assert "1 secrets made: postgres-audit_app" in make(tmp_path)
    assert (tmp_path / "kafka-410804-registry").read_text() == kept
    assert "nothing was lacking" in make(tmp_path)


def test_no_secret_is_printed(tmp_path: Path) -> None:
    said = make(tmp_path)
    assert [name for name in password_names("410804") if password(tmp_path, name) in said] == []


def test_a_district_that_is_no_code_is_named(tmp_path: Path) -> None:
    assert "GB/T 2260 code of six digits" in make(tmp_path / "new", "macun")
    assert not (tmp_path / "new").exists()


def test_a_missing_secret_is_named_with_what_makes_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"postgres-audit_app cannot be read.*sevenx secrets"):
        password(tmp_path, "postgres-audit_app")


def test_a_service_takes_its_database_password_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "word").write_text("p@ss/word\n")
    env = {
        "SEVENX_DISTRICT": "410804",
        "SEVENX_DATABASE": "postgresql://registry_app@db:5432/sevenx_registry",
        "SEVENX_DATABASE_PASSWORD_FILE": str(tmp_path / "word"),
        "SEVENX_KAFKA": "kafka:9092",
        "SEVENX_ISSUER": "https://id.example",
    }
    settings = Settings.from_env("registry", env)
    assert settings.database == "postgresql://registry_app:p%40ss%2Fword@db:5432/sevenx_registry"
    assert "p@ss" not in repr(settings)


def test_a_database_that_is_no_url_is_refused_with_an_example(tmp_path: Path) -> None:
    env = {"SEVENX_DISTRICT": "410804", "SEVENX_DATABASE": "db:5432", "SEVENX_DATABASE_PASSWORD": "x",
           "SEVENX_KAFKA": "kafka:9092", "SEVENX_ISSUER": "https://id.example"}  # fmt: skip
    with pytest.raises(SettingsError, match="such as postgresql://"):
        Settings.from_env("registry", env)
